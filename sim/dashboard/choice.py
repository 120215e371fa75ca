"""What one page has set, and the link that carries it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import parse_qsl, quote

from sim.core.errors import ScenarioError
from sim.dashboard.countries import FIRST, country
from sim.dashboard.levers import Value, levers, overrides
from sim.scenario.scenario import Scenario

MOST_SEED = 2**63 - 1
LONGEST_QUERY = 8_000
UPLOADED = "uploaded"  # stands for a scenario that only this page has
AGAINST = "against"
NO_MISSION = "no_mission"
NOTHING = "nothing"
PINNED = "pinned"
Settings = Mapping[str, Value]
NONE: Settings = MappingProxyType({})


@dataclass(frozen=True)
class Choice:
    """Everything that decides what a page shows.

    Parameters
    ----------
    name
        Scenario on offer, or ``uploaded``.
    seed
        Luck of the first future; None is the scenario's own.
    settings
        What was moved, by the path of its lever.
    against
        ``no_mission``, ``nothing``, ``pinned`` or the name of another scenario.
    pinned
        The settings of the pinned world, where it is compared with.
    week
        Week that the player shows.
    edition
        Which of the files that were loaded or written in this page.
    """

    name: str = FIRST
    seed: int | None = None
    settings: Settings = field(default_factory=lambda: NONE)
    against: str = NO_MISSION
    pinned: Settings = field(default_factory=lambda: NONE)
    week: int = 0
    edition: int = 0

    def moved(self, path: str, value: Value | None) -> "Choice":
        """Return the choice with one lever moved; None puts it back."""
        settings = {name: old for name, old in self.settings.items() if name != path}
        if value is not None:
            settings[path] = value
        return replace(self, settings=MappingProxyType(settings))

    def link(self) -> str:
        """Return the query of the link that brings this choice back; an uploaded file stays with its page."""
        parts = [("scenario", self.name)]
        if self.seed is not None:
            parts.append(("seed", str(self.seed)))
        if self.against != NO_MISSION:
            parts.append((AGAINST, self.against))
        if self.week:
            parts.append(("week", str(self.week)))
        parts += [(path, _text(value)) for path, value in sorted(self.settings.items())]
        if self.against == PINNED:
            parts += [(f"pinned.{path}", _text(value)) for path, value in sorted(self.pinned.items())]
        return "&".join(f"{quote(name, safe='*.')}={quote(value, safe='')}" for name, value in parts)


def read_link(query: str, uploaded: Scenario | None = None) -> tuple[Choice, list[str]]:
    """Read the query of a link; whatever is not in order is left out and named.

    Parameters
    ----------
    query
        What stands after the question mark; anybody may have written it.
    uploaded
        The file that this page has, for a link that it wrote itself.

    Returns
    -------
    Choice, list of str
        The choice, and what was left out in words.
    """
    if len(query) > LONGEST_QUERY:
        return Choice(), ["The link is too long to be one of this page's, and was not read."]
    said: dict[str, str] = {}
    for name, value in parse_qsl(query, keep_blank_values=True, max_num_fields=400):
        said.setdefault(name, value)
    left_out: list[str] = []
    choice = Choice()
    name = said.pop("scenario", FIRST)
    if name == UPLOADED and uploaded is None:
        left_out.append("The link belongs to an uploaded scenario, which is not in it: upload the file first.")
    elif name == UPLOADED or _on_offer(name):
        choice = replace(choice, name=name)
    else:
        left_out.append(f"There is no scenario {_shown(name)} here.")
    base = uploaded if choice.name == UPLOADED and uploaded is not None else country(choice.name)
    seed, week = said.pop("seed", ""), said.pop("week", "")
    choice = replace(choice, seed=_whole(seed, MOST_SEED, "seed", left_out))
    choice = replace(choice, week=_whole(week, base.weeks - 1, "week", left_out) or 0)
    against = said.pop(AGAINST, NO_MISSION)
    if against in (NO_MISSION, NOTHING, PINNED) or _on_offer(against):
        choice = replace(choice, against=against)
    else:
        left_out.append(f"There is no scenario {_shown(against)} here to compare with.")
    settings, pinned = {}, {}
    known = {lever.path: lever for lever in levers(base)}
    for path, text in said.items():
        pin = path.startswith("pinned.")
        lever = known.get(path.removeprefix("pinned."))
        if lever is None:
            left_out.append(f"This scenario has no setting {_shown(path)}.")
            continue
        try:
            (pinned if pin else settings)[lever.path] = lever.taken(text)
        except ValueError:
            left_out.append(f"{lever.label} cannot be {_shown(text)}.")
    return replace(choice, settings=MappingProxyType(settings), pinned=MappingProxyType(pinned)), left_out


def world_of(base: Scenario, settings: Settings) -> Scenario:
    """Return the scenario with the settings of a page.

    Raises
    ------
    ScenarioError
        If they contradict each other or the rest of the scenario.
    """
    return base.override(overrides(base, settings), "settings")


def refusal(error: ScenarioError) -> str:
    """Say why settings were refused, without the machinery of a file."""
    return "; ".join(re.sub(r"^settings: ", "", str(problem)) for problem in error.problems)


def _on_offer(name: str) -> bool:
    try:
        country(name)
    except KeyError:
        return False
    return True


def _whole(text: str, most: int, what: str, left_out: list[str]) -> int | None:
    if not text:
        return None
    if text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= most:
        return int(text)
    left_out.append(f"The {what} {_shown(text)} is not a whole number from 0 to {most:,}.")
    return None


def _shown(text: str) -> str:
    return repr(text if len(text) <= 40 else text[:40] + "…")


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return value if isinstance(value, str) else f"{value:g}"
