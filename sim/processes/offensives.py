"""Peacekeepers with a mandate to attack seek out armed groups that fight their host."""

import numpy as np

from sim.core.arithmetic import exp, hazard_to_probability
from sim.core.chance import pick, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.combat import (
    begin_battles,
    bury,
    catch_civilians,
    crowding,
    daring,
    draw_dead,
    engaged,
    fire_of,
    intensity_of,
    retreat,
    shells_of,
)
from sim.world.effort import drive_to_attack
from sim.world.kinds import BandStatus, Component, Count, EventKind, UnitStatus
from sim.world.log import explain, note
from sim.world.reach import cells_around, weights_around
from sim.world.streams import Stream
from sim.world.whereabouts import fights_the_state


@kernel
def is_target(b, groups):
    """Tell whether a group fights the state and has not signed."""
    return groups.signatory[b] == 0 and fights_the_state(b, groups)


@kernel
def look_round(base, visible, geography, groups, bands, influence, near):
    """Fill how near the patrols from a base each band is that they may attack, per 1,000 km2; return the sum."""
    area, total = geography.cell_km[0] * geography.cell_km[0] / 1000.0, 0.0
    cells, weights = cells_around(base, geography), weights_around(base, geography.patrol_weight, geography)
    for r in range(len(cells)):
        j = influence.first_band[cells[r]]
        while j >= 0:
            if bands.status[j] != BandStatus.DISPERSED and is_target(bands.group[j], groups):
                near[j] = weights[r] / area
                near[j] *= visible if bands.status[j] == BandStatus.HIDDEN else 1.0
                total += near[j]
            j = bands.next_here[j]
    return total


@process(
    writes=(
        "bands", "communities.residents", "communities.hosted", "communities.trust_mission", "population.killed",
        "population.fighters_killed", "groups.recent_dead", "groups.fighters", "ranks.killed",
        "violence.battle_deaths", "violence.battle_week", "violence.crossfire", "units.headcount", "units.caution",
        "contributors.recent_dead", "missions.recent_dead", "casualties.hostile", "record.tally", "log",
    )
)  # fmt: skip
def attack_groups(
    clock, geography, communities, population, groups, ranks, bands, influence, missions, units, contributors,
    casualties, violence, record, log, rates,
):  # fmt: skip
    """Let units whose mission has the task attack bands of groups that fight the host state and have not signed.

    Hazard per military unit and week: ``h = rate * drive * crowd * daring * (1 - caution)``, with ``drive = effort on
    offensive operations * force allowed * consent of the host``, ``crowd = 1 - exp(-scouted * sum of nearness)`` over
    the bands within its patrols' reach, ``daring`` at the odds of its strength at work times ``firepower * (1 +
    technology_gain * technology)`` against the one it meets, in proportion to nearness. Bands in hiding are found less,
    ``hidden_risk + (1 - hidden_risk) * intelligence * sharing * local knowledge``. Losses on both sides as in
    ``clashes``, those of the unit times ``exposure``; the band withdraws and hides, or if the unit loses the larger
    share, the unit grows cautious. Civilians die in the crossfire as in ``clashes``, peacekeepers having heavy weapons,
    and for each, trust in the mission falls by ``blame``.

    Draws: attack, foe, intensity, dead, crossfire and way of retreat per unit and week. Order: units in file order, a
    band being attacked once a week at most. No units or no effort, no change.
    Source: offensive mandates: Hunt (2017), doi:10.1080/13533312.2016.1214074; Williams (2018), Fighting for Peace in
    Somalia; sizes assumed. Assumption: the host points out who the enemy is.
    """
    seed, week, n_bands = clock.seed[0], clock.week[0], len(bands.group)
    begin_battles(week, violence)
    busy, near = np.zeros(n_bands), np.zeros(n_bands)
    for u in range(len(units.status)):
        if units.status[u] != UnitStatus.DEPLOYED or units.component[u] != Component.MILITARY:
            continue
        m, k, heads = units.mission[u], units.contributor[u], units.headcount[u]
        drive = drive_to_attack(m, missions)
        luck = uniform(seed, week, Stream.OFFENSIVE, u, 0)
        # A chance is never more than its hazard: most units are done here, without a look around.
        if units.effective[u] <= 0.0 or luck >= rates.offensive_rate * drive:
            continue
        near[:] = 0.0
        told = rates.intelligence * missions.sharing[m] * units.knowledge[u]
        visible = rates.hidden_risk + (1.0 - rates.hidden_risk) * told
        total = look_round(units.cell[u], visible, geography, groups, bands, influence, near)
        crowd = hazard_to_probability(rates.scouted_1000_km2 * total)
        j = pick(near, n_bands, seed, week, Stream.OFFENSIVE_FOE, u, 0)
        if j < 0 or busy[j] > 0.0:
            continue
        b, place, foe = bands.group[j], bands.cell[j], bands.fighters[j]
        power = rates.firepower * (1.0 + rates.technology_gain * missions.technology[m])
        dare = daring(units.effective[u] * power, foe * fire_of(bands.morale[j]), 1.0)
        boldness = 1.0 - units.caution[u]
        if luck >= hazard_to_probability(rates.offensive_rate * drive * crowd * dare * boldness):
            continue
        busy[j] = 1.0
        intensity = intensity_of(seed, week, Stream.OFFENSIVE_INTENSITY, u)
        on_band = engaged(heads, rates) * units.effective[u] / heads * power
        on_unit = engaged(foe, rates) * fire_of(bands.morale[j]) * rates.exposure
        dead = draw_dead(foe, on_band, intensity, seed, week, Stream.OFFENSIVE_LOSS, u, 0, rates)
        fallen = draw_dead(heads, on_unit, intensity, seed, week, Stream.OFFENSIVE_LOSS, u, 1, rates)
        bury(j, dead, groups, bands, ranks, population, record, rates)
        units.headcount[u] -= fallen
        contributors.recent_dead[k] += fallen
        missions.recent_dead[m] += fallen
        casualties.hostile[m] += fallen
        record.tally[Count.PEACEKEEPERS_HOSTILE] += fallen
        violence.battle_deaths[place] += dead
        town = crowding(place, 0.5 + 0.5 * shells_of(b, groups), geography, population, rates)
        caught = catch_civilians(
            place, dead, town, seed, week, Stream.OFFENSIVE_CROSSFIRE, u, communities, population, violence, record,
            rates,
        )  # fmt: skip
        communities.trust_mission[place] *= exp(-rates.blame * caught)
        row = note(log, week, EventKind.OFFENSIVE, place, k, b, dead, fallen)
        explain(log, row, rates.offensive_rate, (drive, crowd, dare, boldness))
        if fallen * foe > dead * heads:
            units.caution[u] += (1.0 - units.caution[u]) * min(0.9, rates.morale_loss * fallen / heads)
        elif bands.status[j] != BandStatus.DISPERSED:
            bands.status[j] = BandStatus.HIDDEN
            retreat(j, uniform(seed, week, Stream.OFFENSIVE, u, 1), geography, bands)
