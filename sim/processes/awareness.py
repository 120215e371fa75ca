"""What a mission's headquarters believes about where people are in danger."""

from sim.core.chance import uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import Doctrine, MissionStage, UnitStatus
from sim.world.reach import spread_out
from sim.world.streams import Stream


@process(writes=("missions.threat", "missions.warning"))
def observe_incidents(
    clock, geography, communities, population, groups, influence, presence, violence, missions, units, rates
):
    """Let headquarters learn of last week's violence, forget the old, and look ahead where its doctrine asks for it.

    An incident that becomes known adds ``severity = deaths / (deaths + deaths_half)`` to the threat where a patrol base
    would have been near: ``threat = keep * threat + severity * patrol_weight / area``, incidents per 1,000 km2. The
    chance to know is ``press + (1 - press) * sharing * signals * seen``, ``seen = 1 - (1 - own eyes) * (1 - told) *
    (1 - sensed)``: own eyes rise with presence; what people tell with their trust in the mission, their number and how
    well its units understand them; sensing with technology and ``signals``. Of what is seen only the shared part
    reaches headquarters, and of that the part ``signals``, 1 but under cyber-attack; the press reaches it anyway. Early
    warning is the same eyes and ears on what comes before violence: ``warning = sharing * signals * seen *
    foreboding``, ``foreboding = tension * armed / (armed + armed_half)`` with the armed, by abusiveness, per 1,000 km2
    and ``tension = 1 - cohesion * (1 - contested)``. In its second week, or that of the run where it was there before,
    a mission adds the threats that it has made a study of, ``assessment * foreboding``. One that has not begun, or has
    closed, learns nothing.

    Draws: one per cell with violence and mission. Order: any.
    Assumption: the press reports the worst everywhere (``press``). Source: information as the limit of protection:
    Duursma (2018), doi:10.1080/13533312.2018.1446757.
    """
    seed, week = clock.seed[0], clock.week[0]
    n_missions, n_cells = missions.threat.shape
    km2 = geography.cell_km[0] * geography.cell_km[0]
    keep = 1.0 - rates.forget_per_week
    for m in range(n_missions):
        if missions.stage[m] == MissionStage.PLANNED or missions.stage[m] == MissionStage.CLOSED:
            continue
        threat = missions.threat[m]
        for c in range(n_cells):
            threat[c] *= keep
        if week == max(missions.start_week[m], 0) + 1:
            for c in range(n_cells):
                threat[c] += missions.assessment[m] * foreboding(
                    c, km2, communities, groups, influence, violence, rates
                )
        ears = understanding(m, units)
        for c in range(n_cells):
            deaths = violence.civilians_killed[c] + violence.crossfire[c] + violence.battle_deaths[c]
            if deaths <= 0.0:
                continue
            seen = sight(m, c, km2, ears, communities, population, presence, missions, rates)
            chance = rates.press + (1.0 - rates.press) * seen * missions.sharing[m] * missions.signals[m]
            if uniform(seed, week, Stream.OBSERVED, c, m) < chance:
                known = deaths / (deaths + rates.deaths_half) * 1000.0 / km2
                spread_out(known, c, geography.patrol_weight, geography, threat)
        if missions.doctrine[m] == Doctrine.EARLY_WARNING:
            for c in range(n_cells):
                seen = sight(m, c, km2, ears, communities, population, presence, missions, rates)
                danger = foreboding(c, km2, communities, groups, influence, violence, rates)
                missions.warning[m, c] = missions.sharing[m] * missions.signals[m] * seen * danger


@kernel
def understanding(m, units):
    """Return how well the people of a mission know the country and its languages, the mean of its deployed units."""
    known, heads = 0.0, 0.0
    for u in range(len(units.status)):
        if units.mission[u] == m and units.status[u] == UnitStatus.DEPLOYED:
            known += units.headcount[u] * units.knowledge[u]
            heads += units.headcount[u]
    return known / heads if heads > 0.0 else 0.0


@kernel
def sight(m, c, km2, ears, communities, population, presence, missions, rates):
    """Return the chance that something in a cell is seen by patrols, told by people or sensed from afar."""
    crowd = min(1.0, population.here[c] / km2 / rates.tellers_per_km2)
    told = rates.told_at_full_trust * communities.trust_mission[c] * crowd * ears
    sensed = rates.technology_sight * missions.technology[m] * missions.signals[m]
    return 1.0 - (1.0 - presence.covered[c]) * (1.0 - told) * (1.0 - sensed)


@kernel
def foreboding(c, km2, communities, groups, influence, violence, rates):
    """Return the danger that shows before anybody is killed, 0 to 1: abusive armed men where there is tension."""
    armed = 0.0
    for a in range(len(groups.kind)):
        armed += groups.abusiveness[a] * influence.armed[a, c]
    armed *= 1000.0 / km2
    tension = 1.0 - communities.cohesion[c] * (1.0 - violence.contested[c])
    return tension * armed / (armed + rates.armed_half)
