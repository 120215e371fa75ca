"""A country of any size to measure with: full of land, at war, with a mission from the first week.

Sixteen regions, three identity groups, and three armed groups that fight for ten years without an agreement.
Bands and units are numbers of their own, so that cost can be measured against cells, bands and units apart.
"""

import math
from datetime import date

from sim.scenario.scenario import Scenario

START = date(2000, 1, 3)
BEFORE = date(1999, 12, 27)  # so that the mission is in the field from the first week
BLOCKS = 4  # regions along each side
PEOPLE_PER_CELL = 10_000
BAND_SIZE = 150
LARGEST_PLEDGE = 200_000  # persons that one contributor may pledge
ARMED = {  # kind, identity groups it recruits from, share of the bands
    "army": ("state", ["plain"], 0.5),
    "front": ("rebel", ["hill"], 0.3),
    "guard": ("militia", ["river"], 0.2),
}
SHARES = ({"plain": 0.6, "hill": 0.3, "river": 0.1}, {"plain": 0.2, "hill": 0.6, "river": 0.2})


def country(side: int = 20, *, bands: int = 60, units: int = 80, weeks: int = 520) -> Scenario:
    """Make a square country.

    Parameters
    ----------
    side : int
        Cells along each side, at least 4.
    bands, units : int
        Bands of armed groups and units of the mission at the start.
    weeks : int
        Length of a run.
    """
    return Scenario.model_validate(
        {
            "scenario": {
                "id": f"square_{side}",
                "title": f"A square of {side} by {side} cells",
                "summary": "Made by the benchmarks.",
                "start": START,
                "weeks": weeks,
            },
            "map": {"cell_km": 15.0, "rows": drawing(side)},
            "regions": regions(side),
            "identity_groups": [{"id": name, "name": name} for name in ("plain", "hill", "river")],
            "armed_groups": armed_groups(bands),
            "mission": mission(units),
            **givers(units),
        }
    )


def letters() -> list[str]:
    """Name the regions."""
    return [chr(ord("A") + number) for number in range(BLOCKS * BLOCKS)]


def drawing(side: int) -> str:
    """Draw the map: blocks of equal regions."""
    names = letters()
    return "\n".join(
        "".join(names[row * BLOCKS // side * BLOCKS + column * BLOCKS // side] for column in range(side))
        for row in range(side)
    )


def regions(side: int) -> dict:
    """Describe the regions; those of the west belong to the plain, those of the east to the hills."""
    text = drawing(side)
    return {
        letter: {
            "name": f"Region {letter}",
            "population": PEOPLE_PER_CELL * text.count(letter) * (1 + number % 3),
            "identity": SHARES[number % BLOCKS // 2],
            "terrain": 0.1 + 0.05 * number,
            "roads": 0.8 - 0.04 * number,
            "resources": 0.1 * (number % 5),
        }
        for number, letter in enumerate(letters())
    }


def armed_groups(bands: int) -> list[dict]:
    """Raise three armed groups with so many bands in all, spread over the regions."""
    names, groups = letters(), []
    for number, (name, (kind, people, share)) in enumerate(ARMED.items()):
        mine = max(1, round(bands * share))
        spread = min(mine, len(names))
        homes = [names[(5 * number + 3 * i) % len(names)] for i in range(spread)]
        counts = [mine // spread + (i < mine % spread) for i in range(spread)]
        groups.append(
            {
                "id": name,
                "name": name,
                "kind": kind,
                "constituency": people,
                "fighters": BAND_SIZE * mine,
                "band_size": BAND_SIZE,
                "where": {home: n / mine for home, n in zip(homes, counts, strict=True)},
                "enemies": [other for other in ARMED if other != name],
                "commitment": 0.1,
                "control": {home: 0.3 for home in homes},
            }
        )
    return groups


def mission(units: int) -> dict:
    """Describe a mission that has been there for a year, with room for all its units."""
    return {
        "name": "Mission of the benchmark",
        "start": BEFORE,
        "mandate": {
            "tasks": {
                "protection_of_civilians": 1.0,
                "ceasefire_monitoring": 0.5,
                "ddr": 0.3,
                "human_rights": 0.3,
            },
            "rules_of_engagement": "robust",
            "authorised": [
                {
                    "date": BEFORE,
                    "military": min(1000 * units, 1_000_000),
                    "police": min(200 * units, 1_000_000),
                    "observers": min(50 * units, 100_000),
                    "civilians": min(200 * units, 100_000),
                }
            ],
        },
    }


def givers(units: int) -> dict:
    """List contributors with so many units in all, donors and relief organisations."""
    kinds = [
        ("military", 0.6, 400),
        ("formed_police", 0.15, 140),
        ("observers", 0.15, 20),
        ("civilians", 0.1, 60),
    ]
    left, contributors = units, []
    for number, (component, share, size) in enumerate(kinds):
        mine = left if number == len(kinds) - 1 else round(units * share)
        left -= mine
        parts = max(3, math.ceil(mine * size / LARGEST_PLEDGE))
        for part in range(parts):
            n = mine // parts + (part < mine % parts)
            if n:
                contributors.append(
                    {
                        "id": f"{component}_{part}",
                        "name": f"{component} {part}",
                        "component": component,
                        "pledged": n * size,
                        "unit_size": size,
                        "casualty_tolerance": 10_000.0,
                    }
                )
    donors = [{"id": f"donor_{d}", "name": f"Donor {d}", "share": 0.25} for d in range(4)]
    ngos = [{"id": f"relief_{n}", "name": f"Relief {n}", "budget_usd_per_year": 2e7} for n in range(3)]
    return {"contributors": contributors, "donors": donors, "ngos": ngos}
