"""Dates and places as people write them."""

from datetime import date

import pytest

pytest.importorskip("solara")

from sim.dashboard.stage import ordinal
from sim.dashboard.words import day


@pytest.mark.parametrize("when", [date(2003, 4, 28), "2003-04-28"])
def test_dates_are_written_as_the_player_writes_them(when: date | str) -> None:
    assert day(when) == "28 April 2003"


def test_places_are_counted_in_words() -> None:
    assert [f"{ordinal(n)}most" for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 93, 100)] == [
        "most", "2nd most", "3rd most", "4th most", "11th most", "12th most", "13th most",
        "21st most", "22nd most", "93rd most", "100th most",
    ]  # fmt: skip
