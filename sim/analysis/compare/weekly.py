"""The main weekly series of a comparison as fans: quantiles over the pairs, week by week."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.world.kinds import Count
from sim.world.series import FIRST_STATE, State

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
SIDES = ("first", "second", "difference")


class Theme(NamedTuple):
    """One weekly series that a comparison shows."""

    name: str
    title: str
    unit: str
    of: Callable[[np.ndarray], np.ndarray]


def so_far(*counts: Count) -> Callable[[np.ndarray], np.ndarray]:
    """Return what adds up counts from the start to each week."""
    return lambda weekly: np.cumsum(weekly[:, list(counts)].sum(axis=1))


def state(*columns: State) -> Callable[[np.ndarray], np.ndarray]:
    """Return what adds columns of state."""
    return lambda weekly: weekly[:, [FIRST_STATE + column for column in columns]].sum(axis=1)


THEMES: tuple[Theme, ...] = (
    Theme(
        "civilian_deaths",
        "Civilians killed",
        "persons, since the start",
        so_far(Count.CIVILIANS_KILLED, Count.CROSSFIRE),
    ),
    Theme("battle_deaths", "Fighters killed", "persons, since the start", so_far(Count.BATTLE_DEATHS)),
    Theme("uprooted", "Displaced people", "persons, inside and abroad", state(State.HOSTED, State.ABROAD)),
    Theme("deployed", "Peacekeepers", "persons in the country", state(State.DEPLOYED)),
    Theme("cost_usd", "Cost of missions", "US$, since the start", so_far(Count.SPENT_USD, Count.PROGRAMMES_USD)),
    Theme("trust_state", "Trust in the state", "index, mean over people", state(State.TRUST_STATE)),
)


class Fan(NamedTuple):
    """Quantiles and mean of one series on one side."""

    quantiles: np.ndarray  # (quantiles, weeks)
    mean: np.ndarray  # (weeks,)


def themes_of(weekly: np.ndarray) -> np.ndarray:
    """Return the themes of one run, (themes, weeks), in single precision: they are for bands, not for sums."""
    return np.array([theme.of(weekly) for theme in THEMES], dtype=np.float32)


def fans_of(first: np.ndarray, second: np.ndarray) -> dict[str, dict[str, Fan]]:
    """Return the fans of every theme and side; the difference is that of each pair.

    Parameters
    ----------
    first, second : array (pairs, themes, weeks)
    """
    fans: dict[str, dict[str, Fan]] = {}
    for number, theme in enumerate(THEMES):
        one, other = first[:, number].astype(float), second[:, number].astype(float)
        fans[theme.name] = {side: fan_of(values) for side, values in zip(SIDES, (one, other, one - other), strict=True)}
    return fans


def fan_of(values: np.ndarray) -> Fan:
    """Return quantiles and mean over runs, (runs, weeks)."""
    return Fan(np.quantile(values, QUANTILES, axis=0), values.mean(axis=0))
