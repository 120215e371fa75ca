"""In the seven missions base times factors is the hazard that was used, for every event of every kind that has one.

The log does not say which band or unit drew the luck, but there must have been one: among those whom the event fits,
one whose draw lies below the probability of the hazard in the log. Where only one fits, its draw is uniform below it,
so that a hazard of the log that is too large, for a factor left out, shows in the mean.
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest

from sim.core.arithmetic import hazard_to_probability
from sim.core.chance import normal, uniform
from sim.engine.run import lengthen, switches
from sim.engine.step import SCHEDULE
from sim.processes.clashes import find_foe
from sim.processes.one_sided_violence import choose_place
from sim.results.because import made, moved
from sim.scenario.load import load_scenario
from sim.scenario.scenario import Scenario
from sim.world.build import build_world
from sim.world.kinds import BandStatus, Component, EventKind, UnitStatus
from sim.world.log import CAUSES
from sim.world.rates import build_rates
from sim.world.streams import Stream
from sim.world.tables import Bands, World
from tests.support.calls import Calls

MISSIONS = ("unficyp", "unamir", "kfor", "amisom", "minustah", "minusma", "unmil")
TEACHING = ("ceasefire_line", "fragile_peace")  # where truces grow into agreements by themselves
SEED = 1
ENOUGH = 100  # events of a kind in a scenario
WEEKS = 300
HAZARDS = {
    EventKind.CLASH: Stream.CLASH,
    EventKind.KILLING: Stream.KILLING,
    EventKind.OFFENSIVE: Stream.OFFENSIVE,
    EventKind.ATTACK_ON_MISSION: Stream.ATTACK,
    EventKind.MISCONDUCT: Stream.MISCONDUCT,
    EventKind.RIOT: Stream.RIOT,
    EventKind.CONTRIBUTOR_LEAVES: Stream.CONTRIBUTOR_LEAVES,
    EventKind.AGREEMENT: Stream.TALKS,
}
CHANCES = (EventKind.MISCONDUCT, EventKind.AGREEMENT)  # the log has their probability itself
BY_BANDS = ("clashes", "one_sided_violence")


class Happened(NamedTuple):
    """An event, what its process found (bands, commitments) and the world right after the process."""

    kind: EventKind
    row: int
    world: World
    bands: Bands
    commitment: np.ndarray

    @property
    def made(self) -> float:
        """What base and factors of the log make together."""
        log, row = self.world.log, self.row
        return made(self.kind, log.base[row], moved(self.kind, log.base[row], log.factors[row].tolist()))


def events_of(scenario: Scenario, seed: int) -> Iterator[Happened]:
    """Run a scenario process by process and give its events as they happen."""
    world, rates = build_world(scenario, seed), build_rates(scenario.parameters)
    steps = [step for step, on in zip(SCHEDULE, switches(scenario), strict=True) if on]
    call = Calls()
    for _ in range(min(WEEKS, scenario.weeks)):
        for step in steps:
            first, bands = int(world.log.count[0]), world.bands
            if step.name in BY_BANDS:
                bands = Bands(*(column.copy() for column in bands))
            commitment = world.groups.commitment.copy()
            call(step, world, rates)
            for row in range(first, int(world.log.count[0])):
                yield Happened(EventKind(world.log.kind[row]), row, world, bands, commitment)
        world.clock.week[0] += 1
        if world.clock.halt[0]:
            world = world._replace(log=lengthen(world.log))
            world.clock.halt[0] = 0


def luck_of(stream: Stream, week: int, entity: int) -> float:
    """Give the first draw of an entity in a week."""
    return uniform(SEED, week, int(stream), entity, 0)  # a plain number: what takes a member is slow from Python


def fitting(event: Happened, rates) -> list[int]:
    """Give the rows of those who may have drawn the luck of an event."""
    world, bands, units = event.world, event.bands, event.world.units
    log, row = world.log, event.row
    week, cell, actor = int(log.week[row]), int(log.cell[row]), int(log.actor[row])
    if event.kind == EventKind.RIOT:
        return [cell]
    if event.kind == EventKind.CONTRIBUTOR_LEAVES:
        return [actor]
    if event.kind == EventKind.AGREEMENT:
        return [0]
    if event.kind in (EventKind.CLASH, EventKind.KILLING):
        theirs = np.flatnonzero((bands.group == actor) & (bands.status != BandStatus.DISPERSED)).tolist()
        if event.kind == EventKind.KILLING:
            theirs = [i for i in theirs if bands.fighters[i] == log.size_other[row]]
            place = {i: choose_place(i, SEED, week, world.geography, world.population, bands)[0] for i in theirs}
            return [i for i in theirs if place[i] == cell]
        given = SEED, week, world.geography, world.groups, bands, world.influence, rates.clashes
        # Who is not likely to fight is not asked whom it would meet.
        theirs = [i for i in theirs if luck_of(Stream.CLASH, week, i) < hazard_to_probability(event.made)]
        foe = {i: find_foe(i, *given) for i in theirs}
        return [i for i in theirs if bands.cell[foe[i]] == cell and bands.group[foe[i]] == log.other[row]]
    own = (units.contributor == (log.other[row] if event.kind == EventKind.ATTACK_ON_MISSION else actor)) & (
        units.status == UnitStatus.DEPLOYED
    )
    if event.kind == EventKind.OFFENSIVE:
        own &= (units.component == Component.MILITARY) & (units.effective > 0.0)
    else:
        own &= units.cell == cell
    if event.kind == EventKind.ATTACK_ON_MISSION:
        own &= units.headcount == log.size_other[row]
    return np.flatnonzero(own).tolist()


def check_hazard(event: Happened, rates) -> list[float]:
    """Check that somebody's luck lies below the hazard of an event; give it as a part of that, if only one fits."""
    hazard, week = event.made, int(event.world.log.week[event.row])
    chance = min(1.0, hazard) if event.kind in CHANCES else hazard_to_probability(hazard)
    who = fitting(event, rates)
    drawn = [luck_of(HAZARDS[event.kind], week, entity) / chance for entity in who]
    assert min(drawn, default=2.0) < 1.0 + 1e-9, f"{event.kind.name}, week {week}: no luck below {hazard:g} of {drawn}"
    return drawn if len(drawn) == 1 else []


def moved_to(a: int, event: Happened, rates) -> float:
    """Return where the odds of the log move the commitment of a group."""
    world, part = event.world, rates.peace_process
    week, own = int(world.log.week[event.row]), float(world.groups.fighters[a])
    force = own / (own + part.force_to_break * world.groups.start_fighters[a])
    aim = event.made / (1.0 + event.made)
    level = event.commitment[a] + part.commitment_rate * (aim - event.commitment[a])
    return min(1.0, max(0.0, level + part.noise * force * normal(SEED, week, int(Stream.COMMITMENT), a, 0)))


def check_truce(event: Happened, rates) -> None:
    """Check that the odds of the log moved the commitment of one of the two; each signature lifts it besides."""
    log, found = event.world.log, []
    for a in (int(log.actor[event.row]), int(log.other[event.row])):
        level = moved_to(a, event, rates)
        for _ in range(4):
            level += rates.peace_process.truce_lift * (1.0 - level)
            found.append(abs(level - event.world.groups.commitment[a]))
    assert min(found) < 1e-9


@pytest.mark.slow
def test_the_factors_multiply_to_the_hazard_that_was_used() -> None:
    drawn: dict[EventKind, list[float]] = {kind: [] for kind in CAUSES}
    seen: Counter[EventKind] = Counter()
    for name in (*MISSIONS, *TEACHING):
        scenario, done = load_scenario(name), Counter()
        rates = build_rates(scenario.parameters)
        for event in events_of(scenario, SEED):
            log, row, kind = event.world.log, event.row, event.kind
            if kind not in CAUSES or (log.base[row] == 0.0 and not CAUSES[kind].added) or done[kind] >= ENOUGH:
                continue
            done[kind] += 1
            assert np.isfinite(log.factors[row]).all()
            if kind == EventKind.ELECTION:
                assert log.size[row] == pytest.approx(min(1.0, max(0.0, event.made)))
            elif kind == EventKind.COLLAPSE:
                assert log.size[row] == pytest.approx(moved_to(int(log.actor[row]), event, rates), abs=1e-9)
            elif kind == EventKind.CEASEFIRE:
                check_truce(event, rates)
            else:
                drawn[kind] += check_hazard(event, rates)
        seen += done
    assert set(CAUSES) - set(seen) == set(), "a kind of event that nothing here has is not checked"
    assert all(seen[kind] >= 20 for kind in (EventKind.CLASH, EventKind.KILLING, EventKind.ATTACK_ON_MISSION))
    for kind, parts in drawn.items():
        if len(parts) >= 20:
            assert np.mean(parts) == pytest.approx(0.5, abs=4.0 / np.sqrt(12 * len(parts))), kind.name
