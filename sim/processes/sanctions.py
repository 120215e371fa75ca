"""Embargoes: support from abroad dries up where peacekeepers watch the ways in."""

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import MissionStage

WEEKS_PER_MONTH = 4


@kernel
def watched(geography, presence):
    """Return the mean cover of the cells by which arms and money come in: borders and ports, 0 to 1."""
    cover, n = 0.0, 0
    for c in range(len(geography.border)):
        if geography.border[c] == 1:
            cover += presence.covered[c]
            n += 1
    for e in range(len(geography.entry)):
        if geography.border[geography.entry[e]] == 0:
            cover += presence.covered[geography.entry[e]]
            n += 1
    return cover / n if n > 0 else 0.0


@process(writes=("groups.support",))
def embargo(clock, geography, missions, mandates, presence, groups, rates):
    """Cut the support from abroad of those who hold out, as far as the ways in are watched.

    Once a month the support of a group falls by ``cut_per_month * sanctions * watched * (1 - commitment)`` of itself:
    sanctions are those of the strictest mandate in force, ``watched`` is the mean cover of border and entry cells.
    Networks that have been broken do not come back by themselves; a dated change of support may restore them.

    Draws: none. Order: any. Where nobody watches, an embargo on paper changes nothing.
    Source: arms embargoes work where peacekeepers enforce them: Fruchart et al. (2007), United Nations Arms Embargoes,
    SIPRI and Uppsala University; size assumed.
    """
    if clock.week[0] % WEEKS_PER_MONTH != 0:
        return
    strictest = 0.0
    for m in range(len(missions.stage)):
        if missions.stage[m] != MissionStage.PLANNED and missions.stage[m] != MissionStage.CLOSED:
            strictest = max(strictest, mandates.sanctions[m])
    if strictest <= 0.0:
        return
    cut = rates.cut_per_month * strictest * watched(geography, presence)
    for a in range(len(groups.kind)):
        groups.support[a] *= 1.0 - cut * (1.0 - groups.commitment[a])
