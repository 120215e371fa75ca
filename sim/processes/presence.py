"""Patrols: how units spread their strength over the cells they reach, and what that does there."""

import numpy as np

from sim.core.chance import bernoulli
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import Component, Task, UnitStatus
from sim.world.reach import spread_out
from sim.world.streams import Stream


@kernel
def strength_of(u, seed, week, units, contributors, missions, accounts, rates):
    """Return the people-equivalents that a deployed unit puts to work this week."""
    k, m = units.contributor[u], units.mission[u]
    due = missions.clarity[m] * (rates.steady_leadership + (1.0 - rates.steady_leadership) * missions.leadership[m])
    acts = bernoulli(due * (1.0 - contributors.caveats[k]) * contributors.will[k], seed, week, Stream.ACTS, u, 0)
    drive = 1.0 if acts else rates.routine
    skill = contributors.quality[k] * (1.0 + rates.training_gain * (units.training[u] - 0.5))
    fit = 1.0 - rates.misfit * (1.0 - units.interoperability[u]) * (1.0 - contributors.part[k])
    ground = 1.0 + rates.knowledge_gain * (units.knowledge[u] - 0.5)
    free = accounts.tempo[m] * missions.access[m]  # without money or leave from the host nobody goes out
    return units.headcount[u] * drive * skill * units.readiness[u] * fit * ground * free


@kernel
def settle_in(u, geography, units, accounts, rates):
    """Let a unit's readiness follow money and supply, its knowledge of the place grow and its caution fade."""
    supply = 1.0 / (1.0 + rates.supply_drag * geography.entry_km[units.cell[u]] / 100.0)
    units.readiness[u] += rates.readiness_return * (accounts.tempo[units.mission[u]] * supply - units.readiness[u])
    units.knowledge[u] += rates.knowledge_return * (1.0 - units.knowledge[u])
    units.caution[u] *= 1.0 - rates.caution_fades


@kernel
def patrol(u, guards, geography, units, felt):
    """Spread a unit's strength: the cautious part and its guards stay in its own cell, the rest goes on patrol."""
    c, strength = units.cell[u], units.effective[u]
    out = strength * (1.0 - units.caution[u]) * (1.0 - guards)
    felt[c] += strength - out
    spread_out(out, c, geography.patrol_weight, geography, felt)


@kernel
def put_to_work(m, missions, presence, rates):
    """Add what the units of one mission do in each cell, by its rules of engagement and its effort on tasks."""
    effort, force = missions.effort[m], missions.force[m]
    shield = force * effort[Task.PROTECTION_OF_CIVILIANS]
    watch = effort[Task.CEASEFIRE_MONITORING]
    between = force * min(
        1.0, rates.interposing * watch + effort[Task.OFFENSIVE_OPERATIONS] + effort[Task.PROTECTION_OF_CIVILIANS]
    )
    rights = effort[Task.HUMAN_RIGHTS]
    on_host = 1.0 if missions.imposes[m] == 1 else rates.force_on_host * missions.access[m]
    felt = presence.felt[m]
    troops, enablers, observers = felt[Component.MILITARY], felt[Component.ENABLERS], felt[Component.OBSERVERS]
    formed, officers, civilians = felt[Component.FORMED_POLICE], felt[Component.POLICE], felt[Component.CIVILIANS]
    arms, badge = rates.enabler_arms, rates.police_shield
    add(troops, 1.0, enablers, arms, presence.troops)
    add(formed, 1.0, officers, 1.0, presence.police)
    add_one(observers, 1.0, presence.observers)
    add_one(civilians, 1.0, presence.civilians)
    if shield > 0.0:
        add(troops, shield, enablers, shield * arms, presence.protection)
        add(formed, shield, officers, shield * badge, presence.protection)
    if on_host * shield > 0.0:
        add(troops, on_host * shield, enablers, on_host * shield * arms, presence.restraint)
        add(formed, on_host * shield, officers, on_host * shield * badge, presence.restraint)
    if between > 0.0:
        add(troops, between, enablers, between * arms, presence.interposition)
    if watch > 0.0:
        add_one(observers, watch, presence.monitoring)
        add(troops, watch * rates.troops_watch, enablers, watch * rates.troops_watch * arms, presence.monitoring)
    if rights > 0.0:
        add_one(civilians, rights, presence.monitoring)


@kernel
def add(one, weight, other, weight_other, total):
    """Add two columns of what is felt, each times its weight, to a column of presence (C,)."""
    for c in range(len(total)):
        total[c] = total[c] + weight * one[c] + weight_other * other[c]


@kernel
def add_one(felt, weight, total):
    """Add a column of what is felt, times a weight, to a column of presence (C,)."""
    for c in range(len(total)):
        total[c] += weight * felt[c]


@kernel
def saturate_within(work, whole, load):
    """Turn a part of the strength at work into its share of what would be enough for the whole."""
    for c in range(len(work)):
        work[c] /= whole[c] + load[c]


@kernel
def saturate(work, load, scale):
    """Turn strength at work in each cell into its share of what would be enough, ``x / (x + scale * load)``."""
    for c in range(len(work)):
        work[c] /= work[c] + scale * load[c]


@process(
    writes=(
        "units.effective", "units.readiness", "units.knowledge", "units.caution", "units.moving_weeks", "presence",
    )
)  # fmt: skip
def spread(clock, geography, population, missions, units, contributors, accounts, presence, rates):
    """Put deployed units to work and work out protection, interposition and monitoring in every cell.

    Effective strength of a unit is ``headcount * quality * training * readiness * fit * local knowledge * tempo *
    access``, times ``routine`` in weeks in which it does not act. It acts with chance ``clarity * (steady_leadership +
    (1 - steady_leadership) * leadership) * (1 - caveats) * will``. Training and knowledge are ``1 + gain * (index -
    0.5)``; fit falls with what its procedures lack, among people of other contributors. Patrols spread strength over
    the cells in reach with weights that fall with travel distance and sum to 1, so presence sums to effective
    strength; casualties make units cautious and guarding themselves ties some down: those stay in their base.

    With ``load = area * troops_per_1000_km2 + people * troops_per_1000_people`` and ``x`` the strength that rules
    of engagement and the mandate's effort let work on a task: ``protection = x / (x + load)``, and likewise
    interposition (ceasefire monitoring, offensive operations and protection) and monitoring, with
    ``monitors_per_troop * load`` (observers, human-rights staff and, as far as ``troops_watch``, troops). Enablers
    count as ``enabler_arms`` of troops, police officers as ``police_shield`` of them in protection. ``covered`` is what
    all troops and police would be by their number. Of protection, a mission that needs the host's consent uses
    ``force_on_host * access`` against state forces: that part is ``restraint``.

    Draws: whether a unit acts, per unit and week. Order: any, sums in file order.
    Source: reach of about 20 km round a base: Kunkel (2024), Purdue dissertation; mechanisms of protection by
    presence: Hultman, Kathman and Shannon (2013), doi:10.1111/ajps.12036.
    """
    seed, week = clock.seed[0], clock.week[0]
    n_cells = len(population.here)
    for column in (
        presence.troops, presence.police, presence.observers, presence.civilians, presence.protection,
        presence.restraint, presence.interposition, presence.monitoring, presence.covered,
    ):  # fmt: skip
        column[:] = 0.0
    n_deployed = 0
    for m in range(len(missions.stage)):
        active = False
        for u in range(len(units.status)):
            if units.mission[u] == m:
                units.effective[u] = 0.0
                active = active or units.status[u] == UnitStatus.DEPLOYED
        presence.felt[m] = 0.0
        if not active:
            continue
        n_deployed += 1
        guards = rates.guard_share * missions.effort[m, Task.FORCE_PROTECTION]
        for u in range(len(units.status)):
            if units.mission[u] == m and units.status[u] == UnitStatus.DEPLOYED:
                settle_in(u, geography, units, accounts, rates)
                if units.moving_weeks[u] > 0:
                    units.moving_weeks[u] -= 1
                    continue
                units.effective[u] = strength_of(u, seed, week, units, contributors, missions, accounts, rates)
                if units.effective[u] != 0.0:
                    patrol(u, guards, geography, units, presence.felt[m, units.component[u]])
        put_to_work(m, missions, presence, rates)
    if n_deployed == 0:
        return
    by_area = geography.cell_km[0] * geography.cell_km[0] / 1000.0 * rates.troops_per_1000_km2
    by_people = rates.troops_per_1000_people / 1000.0
    load = np.empty(n_cells)
    for c in range(n_cells):
        load[c] = by_area + population.here[c] * by_people
        presence.covered[c] = presence.troops[c] + presence.police[c]
    saturate(presence.covered, load, 1.0)
    saturate_within(presence.restraint, presence.protection, load)
    saturate(presence.protection, load, 1.0)
    saturate(presence.interposition, load, 1.0)
    saturate(presence.monitoring, load, rates.monitors_per_troop)
