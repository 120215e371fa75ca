"""Patrols: how units spread their strength over the cells they reach, and what that does there."""

from sim.core.chance import bernoulli
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.streams import Stream
from sim.world.tables import Component, Task, UnitStatus


@kernel
def strength_of(u, seed, week, units, contributors, missions, accounts, rates):
    """Return the people-equivalents that a deployed unit puts to work this week."""
    k, m = units.contributor[u], units.mission[u]
    due = missions.clarity[m] * (rates.steady_leadership + (1.0 - rates.steady_leadership) * missions.leadership[m])
    acts = bernoulli(due * (1.0 - contributors.caveats[k]), seed, week, Stream.ACTS, u, 0)
    drive = 1.0 if acts else rates.routine
    skill = contributors.quality[k] * (1.0 + rates.training_gain * (missions.training[m] - 0.5))
    fit = 1.0 - rates.misfit * (1.0 - contributors.interoperability[k])
    ground = 1.0 + rates.knowledge_gain * (units.knowledge[u] - 0.5)
    return units.headcount[u] * drive * skill * units.readiness[u] * fit * ground * accounts.tempo[m]


@kernel
def patrol(strength, u, column, geography, units):
    """Spread a unit's strength: the cautious part stays in its own cell, the rest goes on patrol."""
    c = units.cell[u]
    out = strength * (1.0 - units.caution[u])
    column[c] += strength - out
    for r in range(geography.reach_start[c], geography.reach_start[c + 1]):
        column[geography.reach_cell[r]] += out * geography.patrol_weight[r]


@process(
    writes=(
        "units.effective", "units.readiness", "units.knowledge", "units.caution", "units.moving_weeks", "presence",
    )
)  # fmt: skip
def spread(clock, geography, population, missions, units, contributors, accounts, presence, rates):
    """Put deployed units to work and work out protection, interposition and monitoring in every cell.

    Effective strength of a unit is ``headcount * quality * readiness * fit * local knowledge * tempo``, times
    ``routine`` in weeks in which it does not act (chance to act: ``clarity * leadership * (1 - caveats)``). Patrols
    spread it over the cells in reach with weights that fall with travel distance and sum to 1, so presence sums to
    effective strength; casualties make units cautious and keep them in their base.

    With ``load = area * troops_per_1000_km2 + people * troops_per_1000_people`` and ``x`` the strength that rules of
    engagement and the mandate's effort let work on a task: ``protection = x / (x + load)``, and likewise
    interposition (ceasefire monitoring and offensive operations) and monitoring (observers, human-rights staff).

    Draws: whether a unit acts, per unit and week. Order: any, sums in file order.
    Source: reach of about 20 km round a base: Kunkel (2024), Purdue dissertation; mechanisms of protection by
    presence: Hultman, Kathman and Shannon (2013), doi:10.1111/ajps.12036.
    """
    seed, week = clock.seed[0], clock.week[0]
    n_cells = len(population.here)
    for c in range(n_cells):
        presence.troops[c] = 0.0
        presence.police[c] = 0.0
        presence.observers[c] = 0.0
        presence.civilians[c] = 0.0
        presence.protection[c] = 0.0
        presence.interposition[c] = 0.0
        presence.monitoring[c] = 0.0
        presence.covered[c] = 0.0
    n_deployed = 0
    for u in range(len(units.status)):
        units.effective[u] = 0.0
        if units.status[u] != UnitStatus.DEPLOYED:
            continue
        n_deployed += 1
        m, component = units.mission[u], units.component[u]
        supply = 1.0 / (1.0 + rates.supply_drag * geography.entry_km[units.cell[u]] / 100.0)
        units.readiness[u] += rates.readiness_return * (accounts.tempo[m] * supply - units.readiness[u])
        units.knowledge[u] += rates.knowledge_return * (1.0 - units.knowledge[u])
        units.caution[u] *= 1.0 - rates.caution_fades
        if units.moving_weeks[u] > 0:
            units.moving_weeks[u] -= 1
            continue
        strength = strength_of(u, seed, week, units, contributors, missions, accounts, rates)
        units.effective[u] = strength
        force = missions.force[m]
        shield = force * missions.effort[m, Task.PROTECTION_OF_CIVILIANS]
        between = missions.effort[m, Task.CEASEFIRE_MONITORING] * rates.interposing
        between += missions.effort[m, Task.OFFENSIVE_OPERATIONS] + shield
        if component == Component.OBSERVERS:
            patrol(strength, u, presence.observers, geography, units)
            patrol(strength * missions.effort[m, Task.CEASEFIRE_MONITORING], u, presence.monitoring, geography, units)
        elif component == Component.CIVILIANS:
            patrol(strength, u, presence.civilians, geography, units)
            patrol(strength * missions.effort[m, Task.HUMAN_RIGHTS], u, presence.monitoring, geography, units)
        elif component == Component.POLICE:
            patrol(strength, u, presence.police, geography, units)
            patrol(strength * shield * rates.police_shield, u, presence.protection, geography, units)
        elif component == Component.FORMED_POLICE:
            patrol(strength, u, presence.police, geography, units)
            patrol(strength * shield, u, presence.protection, geography, units)
        else:
            arms = rates.enabler_arms if component == Component.ENABLERS else 1.0
            patrol(strength * arms, u, presence.troops, geography, units)
            patrol(strength * arms * shield, u, presence.protection, geography, units)
            patrol(strength * arms * force * min(1.0, between), u, presence.interposition, geography, units)
            patrol(
                strength * arms * missions.effort[m, Task.CEASEFIRE_MONITORING] * rates.troops_watch,
                u, presence.monitoring, geography, units,
            )  # fmt: skip
    if n_deployed == 0:
        return
    area = geography.cell_km[0] * geography.cell_km[0] / 1000.0
    for c in range(n_cells):
        load = area * rates.troops_per_1000_km2 + population.here[c] / 1000.0 * rates.troops_per_1000_people
        strength = presence.troops[c] + presence.police[c]
        presence.covered[c] = strength / (strength + load)
        presence.protection[c] /= presence.protection[c] + load
        presence.interposition[c] /= presence.interposition[c] + load
        presence.monitoring[c] /= presence.monitoring[c] + load * rates.monitors_per_troop
