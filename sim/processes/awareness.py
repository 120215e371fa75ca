"""What a mission's headquarters believes about where people are in danger."""

from sim.core.chance import uniform
from sim.core.process import process
from sim.world.kinds import MissionStage
from sim.world.streams import Stream


@process(writes=("missions.threat",))
def observe_incidents(clock, communities, population, presence, violence, missions, rates):
    """Let headquarters learn of last week's violence, and forget the old.

    ``threat = keep * threat + severity * known``, with ``severity = deaths / (deaths + deaths_half)`` and the chance to
    know ``press + (1 - press) * sharing * seen``, ``seen = 1 - (1 - own eyes) * (1 - told) * (1 - sensed)``: own eyes
    rise with presence, what people tell with their trust in the mission, sensing with technology. Of what is seen only
    the shared part reaches headquarters; the press reaches it anyway. A mission that has not begun, or has closed,
    learns nothing.

    Draws: one per cell with violence and mission. Order: any.
    Assumption: the press reports the worst everywhere (``press``). Source: information as the limit of protection:
    Duursma (2018), doi:10.1080/13533312.2018.1446757.
    """
    seed, week = clock.seed[0], clock.week[0]
    n_missions, n_cells = missions.threat.shape
    for m in range(n_missions):
        if missions.stage[m] == MissionStage.PLANNED or missions.stage[m] == MissionStage.CLOSED:
            continue
        keep = 1.0 - rates.forget_per_week
        for c in range(n_cells):
            missions.threat[m, c] *= keep
        sensed = rates.technology_sight * missions.technology[m] * missions.signals[m]
        for c in range(n_cells):
            deaths = violence.civilians_killed[c] + violence.crossfire[c] + violence.battle_deaths[c]
            if deaths <= 0.0:
                continue
            eyes = presence.covered[c]
            told = rates.told_at_full_trust * communities.trust_mission[c] * min(1.0, population.here[c] / 1000.0)
            seen = 1.0 - (1.0 - eyes) * (1.0 - told) * (1.0 - sensed)
            chance = rates.press + (1.0 - rates.press) * seen * missions.sharing[m] * missions.signals[m]
            if uniform(seed, week, Stream.OBSERVED, c, m) < chance:
                missions.threat[m, c] += deaths / (deaths + rates.deaths_half)
