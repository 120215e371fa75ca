"""What one page has set, and the link that carries it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from urllib.parse import parse_qsl, quote

from sim.core.errors import ScenarioError
from sim.core.seeds import MAX_SEED
from sim.dashboard.countries import FIRST, country
from sim.dashboard.course import Course
from sim.dashboard.levers import Lever, Value, levers, overrides
from sim.dashboard.midway import midway, settled
from sim.results.trunk import Trunk
from sim.scenario.scenario import Scenario

LONGEST_QUERY = 8_000
UPLOADED = "uploaded"  # stands for a scenario that only this page has
AGAINST = "against"
NO_MISSION = "no_mission"
NOTHING = "nothing"
PINNED = "pinned"
AS_BEFORE = "as_before"  # the world whose policy does not change midway
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
        ``no_mission``, ``nothing``, ``pinned``, ``as_before`` or the name of another scenario.
    pinned
        The settings of the pinned world, where it is compared with.
    week
        Week that the player shows.
    from_week
        First week in which the settings hold, 0 for the whole run.
    before
        The settings until then.
    future
        Seed of the future that is to be shown; None leaves it to the page.
    edition
        Which of the files that were loaded or written in this page.
    """

    name: str = FIRST
    seed: int | None = None
    settings: Settings = field(default_factory=lambda: NONE)
    against: str = NO_MISSION
    pinned: Settings = field(default_factory=lambda: NONE)
    week: int = 0
    from_week: int = 0
    before: Settings = field(default_factory=lambda: NONE)
    future: int | None = None
    edition: int = 0

    def forked(self, week: int, future: int | None) -> "Choice":
        """Return the choice whose settings hold until a week only, or with 0 the one in which they hold throughout.

        A choice that is forked already keeps what was changed since, and changes it in the other week.
        """
        if week and self.from_week:
            return replace(self, from_week=week, future=future)
        if week:
            new = replace(self, from_week=week, before=self.settings, settings=NONE, future=future)
            return replace(new, against=AS_BEFORE, pinned=NONE)
        against = NO_MISSION if self.against in (AS_BEFORE, PINNED) else self.against
        new = replace(self, from_week=0, settings=self.before, before=NONE, future=None)
        return replace(new, against=against, pinned=NONE)

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
        if self.from_week:
            parts.append(("from_week", str(self.from_week)))
        if self.future is not None:
            parts.append(("future", str(self.future)))
        if self.week:
            parts.append(("week", str(self.week)))
        parts += [(path, _text(value)) for path, value in sorted(self.settings.items())]
        parts += [(f"before.{path}", _text(value)) for path, value in sorted(self.before.items())]
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
    choice = replace(choice, seed=_whole(seed, MAX_SEED, "seed", left_out))
    choice = replace(choice, week=_whole(week, base.weeks - 1, "week", left_out) or 0)
    choice = replace(choice, future=_whole(said.pop("future", ""), MAX_SEED, "future", left_out))
    choice = _forked(choice, base, said, left_out)
    against = said.pop(AGAINST, NO_MISSION)
    own = (NO_MISSION, NOTHING, PINNED, AS_BEFORE) if choice.from_week else (NO_MISSION, NOTHING, PINNED)
    if against in own or _on_offer(against):
        choice = replace(choice, against=against)
    else:
        left_out.append(f"There is no scenario {_shown(against)} here to compare with.")
    pinned = {path: said.pop(path) for path in tuple(said) if path.startswith("pinned.")}
    known = levers_of(base, choice)
    choice = replace(choice, settings=_read(said, "", known, left_out))
    return replace(choice, pinned=_read(pinned, "pinned.", known, left_out)), left_out


def _forked(choice: Choice, base: Scenario, said: dict[str, str], left_out: list[str]) -> Choice:
    """Read in which week the policy changes, and what it is until then."""
    week = _whole(said.pop("from_week", ""), base.weeks - 1, "week of the change", left_out) or 0
    before = {path: said.pop(path) for path in tuple(said) if path.startswith("before.")}
    if not week:
        left_out += [f"This link has no week before which {_shown(path)} could hold." for path in before]
        return choice
    past = _read(before, "before.", levers(base), left_out)
    try:
        world_of(base, past)
    except ScenarioError as error:
        left_out.append(f"The settings before week {week} do not go together: {refusal(error)}")
        past = NONE
    return replace(choice, from_week=week, before=past)


def _read(said: Mapping[str, str], prefix: str, known: Sequence[Lever], left_out: list[str]) -> Settings:
    by_path = {lever.path: lever for lever in known}
    settings = {}
    for path, text in said.items():
        lever = by_path.get(path.removeprefix(prefix))
        if lever is None:
            late = ", which is settled at the start" if settled(path.removeprefix(prefix)) else ""
            left_out.append(f"This scenario has no setting {_shown(path)}{late}.")
            continue
        try:
            settings[lever.path] = lever.taken(text)
        except ValueError:
            left_out.append(f"{lever.label} cannot be {_shown(text)}.")
    return MappingProxyType(settings)


def levers_of(base: Scenario, choice: Choice) -> tuple[Lever, ...]:
    """List what a page may move now: all levers of its scenario, or what can still change where it is forked."""
    if not choice.from_week:
        return levers(base)
    past = world_of(base, choice.before)
    return midway(levers(past), past, choice.from_week)


def course_of(base: Scenario, choice: Choice) -> Course:
    """Return what a page runs.

    Raises
    ------
    ScenarioError
        If its settings contradict each other or the rest of the scenario, or come too late.
    """
    if not choice.from_week:
        return Course(world_of(base, choice.settings))
    past = world_of(base, choice.before)
    changed = overrides(past, choice.settings, levers_of(base, choice))
    if not changed:
        return Course(past)  # nothing differs yet
    return Course(past.override(changed, "settings"), Trunk(past, choice.from_week))


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
