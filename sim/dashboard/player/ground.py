"""What stays the same during a run: the ground with its names, the actors with their colours."""

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.results.places import name_places
from sim.scenario.drawing import ABROAD, WATER
from sim.world.kinds import Component, GroupKind

if TYPE_CHECKING:
    from sim.results.result import Result

# Pairs for a light and a dark page; they stay apart under the three common kinds of colour-blindness.
STATES = (("#4a86c5", "#4f8fd4"), ("#86b2df", "#2f619c"), ("#2c5c94", "#8dbbe8"))
ARMED = (
    ("#e08a35", "#d97b26"), ("#ecd04f", "#d8b92f"), ("#8d5b3e", "#a9714f"), ("#44a893", "#3b9c86"),
    ("#c7709f", "#c06797"), ("#7c69b8", "#8d79cc"), ("#a8a03c", "#a19834"),
)  # fmt: skip
OTHERS = ("#8b8b86", "#8b8b86")
SEA, LAND_ABROAD, LAND = 0, 1, 2
HATCHES = 4  # patterns that armed groups other than the state take in turn


def ground_card(result: "Result") -> dict[str, Any]:
    """Describe the ground: size of the map, regions, places, and a name for every cell."""
    scenario, geography = result.scenario, result.world.geography
    names = name_places(scenario, geography)
    return {
        "rows": len(scenario.rows),
        "columns": len(scenario.rows[0]),
        "cell_km": float(geography.cell_km[0]),
        "regions": [region.name for region in scenario.regions.values()],
        "places": places_of(result),
        "cells": list(names.places),
    }


def places_of(result: "Result") -> list[dict[str, Any]]:
    """List towns, camps and entries with their cell, the most peopled first."""
    scenario, geography = result.scenario, result.world.geography
    letters = [scenario.rows[r][c] for r, c in zip(geography.row, geography.column, strict=True)]
    places = [
        {
            "cell": cell,
            "name": place.name,
            "people": place.population,
            "capital": place.capital,
            "camp": place.camp,
            "entry": place.entry,
        }
        for cell, letter in enumerate(letters)
        if (place := scenario.places.get(letter)) is not None
    ]
    return sorted(places, key=lambda place: (not place["capital"], -place["people"]))


def ground_arrays(result: "Result") -> dict[str, np.ndarray]:
    """Return the map by rows and columns (sea, abroad, land) and the row, column and region of each cell."""
    rows, geography = result.scenario.rows, result.world.geography
    letters = np.array([list(row) for row in rows])
    base = np.where(letters == WATER, SEA, np.where(letters == ABROAD, LAND_ABROAD, LAND))
    return {
        "base": base.astype(np.uint8),
        "row": geography.row.astype(np.uint16),
        "column": geography.column.astype(np.uint16),
        "region": geography.region.astype(np.uint16),
    }


def group_cards(result: "Result") -> list[dict[str, Any]]:
    """Describe the armed groups: blues for the state, others apart from them by colour and hatching."""
    cards: list[dict[str, Any]] = []
    states = armed = 0
    for group, kind in zip(result.scenario.armed_groups, result.world.groups.kind, strict=True):
        if kind == GroupKind.STATE:
            colour, hatch = STATES[min(states, len(STATES) - 1)], 0
            states += 1
        else:
            colour = ARMED[armed] if armed < len(ARMED) else OTHERS
            hatch = 1 + armed % HATCHES
            armed += 1
        cards.append(
            {
                "id": group.id,
                "name": group.name,
                "kind": GroupKind(kind).name.lower(),
                "colour": colour[0],
                "dark": colour[1],
                "hatch": hatch,
            }
        )
    return cards


def mission_cards(result: "Result") -> list[dict[str, Any]]:
    """Describe the missions."""
    return [{"id": mission.id, "name": mission.name} for mission in result.scenario.missions]


def unit_cards(result: "Result", sent: np.ndarray) -> dict[str, Any]:
    """Describe the units whose rows are sent: component and contributor of each, and the names of both."""
    units = result.world.units
    return {
        "components": [component.name.lower().replace("_", " ") for component in Component],
        "contributors": [contributor.name for contributor in result.scenario.contributors],
        "component": units.component[sent].tolist(),
        "contributor": units.contributor[sent].tolist(),
    }
