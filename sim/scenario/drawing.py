"""The country as drawn: rows of characters, and what can be wrong with them."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.scenario.paths import Complaint, describe

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

WATER, ABROAD = ".", "*"
MAX_CELLS = 250_000
ROWS = ("map", "rows")


def rows_of(text: str) -> tuple[str, ...]:
    r"""Split a drawn map into its rows, north first, without blank edges or indentation.

    >>> rows_of("\n  AA.\n  A1*\n")
    ('AA.', 'A1*')
    """
    rows = [row.strip() for row in text.split("\n")]
    while rows and not rows[0]:
        rows.pop(0)
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def is_region(letter: str) -> bool:
    """Whether a map character draws a region: an upper-case letter."""
    return len(letter) == 1 and letter.isalpha() and letter.isupper()


def is_place(letter: str) -> bool:
    """Whether a map character draws a place: a lower-case letter or a digit."""
    return len(letter) == 1 and ((letter.isalpha() and letter.islower()) or letter in "0123456789")


def check_drawing(scenario: "Scenario") -> Iterator[Complaint]:
    """Find what is wrong with the map, and between the map and its legend."""
    rows = rows_of(scenario.map.rows)
    if not rows:
        yield Complaint(ROWS, "the map is empty; draw at least one cell")
        return
    yield from _shape(rows)
    cells = Counter("".join(rows))
    if not any(is_region(letter) or is_place(letter) for letter in cells):
        yield Complaint(ROWS, "the map has no land; draw at least one cell of a region or place")
    yield from _characters(scenario, rows, cells)
    yield from _legend(scenario, cells)


def _shape(rows: tuple[str, ...]) -> Iterator[Complaint]:
    width = len(rows[0])
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            message = f"row {number} has {len(row)} characters where row 1 has {width}; all rows must be as long"
            yield Complaint(ROWS, message)
            break
    if len(rows) * max(map(len, rows)) > MAX_CELLS:
        size = f"{len(rows)} rows of up to {max(map(len, rows))}"
        yield Complaint(ROWS, f"the map may have at most {MAX_CELLS:,} cells", found=size, hint="raise cell_km")


def _characters(scenario: "Scenario", rows: tuple[str, ...], cells: Counter[str]) -> Iterator[Complaint]:
    for letter in sorted(cells):
        if letter in (WATER, ABROAD) or letter in scenario.regions or letter in scenario.places:
            continue
        row = 1 + next(number for number, row in enumerate(rows) if letter in row)
        if is_region(letter):
            message = f"row {row} draws {letter!r}, but there is no [regions.{letter}]"
        elif is_place(letter):
            message = f"row {row} draws {letter!r}, but there is no [places.{letter}]"
        else:
            message = (
                f"row {row} has the character {letter!r}; use upper-case letters for regions, lower-case "
                f"letters or digits for places, '{WATER}' for water and '{ABROAD}' for foreign land"
            )
        yield Complaint(ROWS, message)


def _legend(scenario: "Scenario", cells: Counter[str]) -> Iterator[Complaint]:
    # A region that is all town has no cell of its own letter, yet it is on the map.
    towns = {place.region for letter, place in scenario.places.items() if cells[letter]}
    for letter in scenario.regions:
        if not is_region(letter):
            yield Complaint(("regions", letter), "a region is drawn with one upper-case letter", found=describe(letter))
        elif not cells[letter] and letter not in towns:
            yield Complaint(("regions", letter), f"is not drawn: no cell of the map is {letter!r}")
    for letter in scenario.places:
        if not is_place(letter):
            message = "a place is drawn with one lower-case letter or digit"
            yield Complaint(("places", letter), message, found=describe(letter))
        elif cells[letter] != 1:
            message = f"is drawn {cells[letter]} times" if cells[letter] else "is not drawn"
            yield Complaint(("places", letter), f"{message}; a place is exactly one cell of the map, {letter!r}")
