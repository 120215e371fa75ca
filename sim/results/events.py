"""The event log in plain words: what happened, where, who was in it, and what made it likely."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from sim.results.because import because, made, moved
from sim.results.places import PlaceNames, name_places
from sim.results.sentences import WORDS, Cast, Row, unknown
from sim.world.kinds import EventKind

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario
    from sim.world.tables import World


class Event(NamedTuple):
    """One row of the log in words.

    Parameters
    ----------
    size, size_other
        Its figures, by kind.
    because
        What moved its hazard, strongest first, or the rule that brought it about.
    factors
        Everything that moved it, by name; ``sim.world.log.CAUSES`` says what 1 stands for.
    base, hazard
        Hazard per week before any factor, and with all of them: what was used. Not numbers without factors.
    nearest_km
        Distance to the nearest base of armed peacekeepers; -1 where there is none, or where it plays no part.
    """

    week: int
    date: str
    kind: str
    cell: int
    place: str
    region: str
    actor: str
    other: str
    size: float
    size_other: float
    text: str
    because: str
    factors: dict[str, float]
    base: float
    hazard: float
    nearest_km: float


def tell(scenario: "Scenario", world: "World") -> Iterator[Event]:
    """Tell the events of a run in the order in which they happened."""
    log, names, cast = world.log, name_places(scenario, world.geography), Cast(scenario)
    n = int(log.count[0])
    rows = map(
        Row,
        log.week[:n].tolist(),
        log.kind[:n].tolist(),
        log.cell[:n].tolist(),
        log.actor[:n].tolist(),
        log.other[:n].tolist(),
        log.size[:n].tolist(),
        log.size_other[:n].tolist(),
        log.base[:n].tolist(),
        log.nearest_km[:n].tolist(),
        map(names.where, log.cell[:n].tolist()),
    )
    for row, factors in zip(rows, log.factors[:n].tolist(), strict=True):
        yield _event(cast, names, row, factors)


def _event(cast: Cast, names: PlaceNames, row: Row, factors: list[float]) -> Event:
    """Put one row into words."""
    kind = EventKind(row.kind)
    causes = moved(kind, row.base, factors)
    words, actor, other = WORDS.get(kind, unknown)(cast, row)
    return Event(
        week=row.week,
        date=cast.date(row.week),
        kind=kind.name.lower(),
        cell=row.cell,
        place=names.places[row.cell] if row.cell >= 0 else "",
        region=names.regions[row.cell] if row.cell >= 0 else "",
        actor=actor,
        other=other,
        size=row.size,
        size_other=row.size_other,
        text=words,
        because=because(kind, causes, row.nearest_km),
        factors=causes,
        base=row.base if causes else math.nan,
        hazard=made(kind, row.base, causes),
        nearest_km=row.nearest_km,
    )
