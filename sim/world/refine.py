"""The same country drawn in cells of half the side: a check on what a map's scale must not change."""

from collections.abc import Iterator
from itertools import count

from sim.scenario.drawing import is_place
from sim.scenario.scenario import Scenario
from sim.world.settlement import apportion

SIDE = 2  # cells of the finer map along the side of one cell of the coarser


def refine(scenario: Scenario) -> Scenario:
    """Redraw a scenario with every cell cut into four, and everything else as it was.

    A place is one cell of a map, so a town becomes four places that share its people. The first keeps its letter, its
    port, airport or camp and the fighters who stood there; control and events of the town are in all four.

    Parameters
    ----------
    scenario : Scenario
        A map of ``n`` cells of land.

    Returns
    -------
    Scenario
        A map of ``4 n`` cells of half the side, with the same people, armed groups, missions, money and calendar.

    Raises
    ------
    ScenarioError
        If the finer map has more cells than a map may have, or smaller ones.
    """
    data = scenario.data()
    parts = town_parts(scenario)
    data["map"] = {"cell_km": scenario.map.cell_km / SIDE, "rows": "\n".join(redrawn(scenario, parts))}
    for letter, place in scenario.places.items():
        shares = apportion(place.population, [1.0] * len(parts[letter]))
        for number, (part, people) in enumerate(zip(parts[letter], shares, strict=True)):
            town = data["places"][letter] | {"population": people}
            if number > 0:
                town |= {"name": f"{place.name} {number + 1}", "capital": False, "entry": False, "camp": False}
            data["places"][part] = town
    for group in data["armed_groups"]:
        group["control"] = {
            part: share for letter, share in group["control"].items() for part in parts.get(letter, [letter])
        }
    for event in data["events"]:
        event["where"] = tuple(part for letter in event["where"] for part in parts.get(letter, [letter]))
    return Scenario.model_validate(data)


def town_parts(scenario: Scenario) -> dict[str, list[str]]:
    """Give the letters of the four cells of each place, its own first."""
    free = (chr(n) for n in count(ord("a")) if is_place(chr(n)) and chr(n) not in scenario.places)
    return {letter: [letter, *(next(free) for _ in range(SIDE * SIDE - 1))] for letter in scenario.places}


def redrawn(scenario: Scenario, parts: dict[str, list[str]]) -> Iterator[str]:
    """Give the rows of the finer map."""
    for row in scenario.rows:
        for k in range(SIDE):
            cells = (parts.get(letter, [letter] * SIDE * SIDE) for letter in row)
            yield "".join("".join(four[k * SIDE : (k + 1) * SIDE]) for four in cells)
