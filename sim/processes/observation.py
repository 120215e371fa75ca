"""What is written down at the end of a week."""

import numpy as np

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import BandStatus, Component, GroupKind, MissionStage, UnitStatus
from sim.world.overlap import duplicated
from sim.world.series import FIRST_STATE, Layer, State
from sim.world.whereabouts import ruler

WEEKS_PER_QUARTER = 13


@kernel
def count_forces(row, missions, units, bands, contributors, record):
    """Write the strengths of missions and bands."""
    weekly = record.weekly
    seen = contributors.takes_part * 0
    for u in range(len(units.status)):
        if units.status[u] != UnitStatus.DEPLOYED:
            continue
        n, component = units.headcount[u], units.component[u]
        weekly[row, FIRST_STATE + State.DEPLOYED] += n
        weekly[row, FIRST_STATE + State.EFFECTIVE] += units.effective[u]
        seen[units.contributor[u]] = 1
        if component == Component.MILITARY or component == Component.ENABLERS:
            weekly[row, FIRST_STATE + State.TROOPS] += n
        elif component == Component.OBSERVERS:
            weekly[row, FIRST_STATE + State.OBSERVERS] += n
        elif component == Component.CIVILIANS:
            weekly[row, FIRST_STATE + State.CIVILIANS] += n
        else:
            weekly[row, FIRST_STATE + State.POLICE] += n
    for k in range(len(seen)):
        weekly[row, FIRST_STATE + State.CONTRIBUTORS] += seen[k]
    for i in range(len(bands.group)):
        if bands.status[i] != BandStatus.DISPERSED:
            weekly[row, FIRST_STATE + State.BANDS] += 1
            weekly[row, FIRST_STATE + State.FIGHTERS] += bands.fighters[i]
    for m in range(len(missions.stage)):
        if missions.stage[m] != MissionStage.PLANNED and missions.stage[m] != MissionStage.CLOSED:
            for kind in range(missions.ceiling.shape[1]):
                weekly[row, FIRST_STATE + State.AUTHORISED] += missions.ceiling[m, kind]


@kernel
def tell_pain(communities, people, pain):
    """Write the people of each cell and the sum of their grievances; return all people and all who are displaced."""
    total, displaced = 0, 0
    for c in range(len(people)):
        people[c] = communities.foreigners[c]
        total += communities.foreigners[c]
    for g in range(len(communities.residents)):
        residents, hosted, grievance = communities.residents[g], communities.hosted[g], communities.grievance[g]
        for c in range(len(people)):
            n = residents[c] + hosted[c]
            people[c] += n
            pain[c] += n * grievance[c]
        for c in range(len(people)):
            total += residents[c] + hosted[c]
            displaced += hosted[c]
    return total, displaced


@kernel
def count_people(row, communities, population, groups, presence, violence, record):
    """Write what people live through, as means over people or over area."""
    weekly = record.weekly
    n_groups, n_cells = communities.control.shape
    people, pain = np.zeros(n_cells), np.zeros(n_cells)
    total, hosted = tell_pain(communities, people, pain)
    of_state = np.zeros(n_groups)
    for a in range(n_groups):
        of_state[a] = 1.0 if groups.kind[a] == GroupKind.STATE else 0.0
    coverage, trust_mission, trust_state, fear, grievance = 0.0, 0.0, 0.0, 0.0, 0.0
    cohesion, livelihood, policing, services, need = 0.0, 0.0, 0.0, 0.0, 0.0
    state, rebel, contested = 0.0, 0.0, 0.0
    for c in range(n_cells):
        n = people[c]
        grievance += pain[c]
        coverage += n * presence.covered[c]
        trust_mission += n * communities.trust_mission[c]
        trust_state += n * communities.trust_state[c]
        fear += n * communities.fear[c]
        cohesion += n * communities.cohesion[c]
        livelihood += n * communities.livelihood[c]
        policing += n * communities.police[c]
        services += n * communities.services[c]
        need += n * communities.need[c]
        contested += violence.contested[c]
        for a in range(n_groups):
            state += communities.control[a, c] * of_state[a]
            rebel += communities.control[a, c] * (1.0 - of_state[a])
    heads = max(1.0, float(total))
    weekly[row, FIRST_STATE + State.PEOPLE] = total
    weekly[row, FIRST_STATE + State.HOSTED] = hosted
    weekly[row, FIRST_STATE + State.COVERAGE] = coverage / heads
    weekly[row, FIRST_STATE + State.TRUST_MISSION] = trust_mission / heads
    weekly[row, FIRST_STATE + State.TRUST_STATE] = trust_state / heads
    weekly[row, FIRST_STATE + State.FEAR] = fear / heads
    weekly[row, FIRST_STATE + State.GRIEVANCE] = grievance / heads
    weekly[row, FIRST_STATE + State.COHESION] = cohesion / heads
    weekly[row, FIRST_STATE + State.LIVELIHOOD] = livelihood / heads
    weekly[row, FIRST_STATE + State.POLICING] = policing / heads
    weekly[row, FIRST_STATE + State.SERVICES] = services / heads
    weekly[row, FIRST_STATE + State.NEED] = need / heads
    weekly[row, FIRST_STATE + State.STATE_CONTROL] = state / n_cells
    weekly[row, FIRST_STATE + State.REBEL_CONTROL] = rebel / n_cells
    weekly[row, FIRST_STATE + State.CONTESTED] = contested / n_cells
    for g in range(len(population.abroad)):
        weekly[row, FIRST_STATE + State.ABROAD] += population.abroad[g]


@kernel
def count_politics(row, groups, ranks, missions, mandates, accounts, donors, contributors, peace, record):
    """Write money, wills, commitments and stages."""
    weekly = record.weekly
    share, people = 0.0, 0.0
    for d in range(len(donors.share)):
        share += donors.share[d]
        weekly[row, FIRST_STATE + State.DONOR_WILL] += donors.share[d] * donors.will[d]
    for k in range(len(contributors.part)):
        people += contributors.part[k]
        weekly[row, FIRST_STATE + State.CONTRIBUTOR_WILL] += contributors.part[k] * contributors.will[k]
    weekly[row, FIRST_STATE + State.DONOR_WILL] /= share if share > 0.0 else 1.0
    weekly[row, FIRST_STATE + State.CONTRIBUTOR_WILL] /= people if people > 0.0 else 1.0
    weight = 0.0
    for a in range(len(groups.kind)):
        weekly[row, FIRST_STATE + State.IN_PROGRAMME] += ranks.waiting[a] + ranks.reintegrating[a]
        weekly[row, FIRST_STATE + State.COMMITMENT] += groups.commitment[a] * groups.start_fighters[a]
        weight += groups.start_fighters[a]
    weekly[row, FIRST_STATE + State.COMMITMENT] /= max(1.0, weight)
    for m in range(len(missions.stage)):
        weekly[row, FIRST_STATE + State.CASH] += accounts.cash[m]
        weekly[row, FIRST_STATE + State.BUDGET] += accounts.need[m]
    if len(missions.stage) > 0:
        weekly[row, FIRST_STATE + State.TEMPO] = accounts.tempo[0]
        weekly[row, FIRST_STATE + State.MISSION_STAGE] = missions.stage[0]
        weekly[row, FIRST_STATE + State.CONSENT] = missions.consent[0]
        weekly[row, FIRST_STATE + State.BENCHMARKS] = max(0.0, mandates.score[0])
    for d in range(len(donors.owed_usd)):
        weekly[row, FIRST_STATE + State.ARREARS] += donors.owed_usd[d]
    for k in range(len(contributors.owed_usd)):
        weekly[row, FIRST_STATE + State.OWED] += contributors.owed_usd[k]
    weekly[row, FIRST_STATE + State.STAGE] = peace.stage[0]
    weekly[row, FIRST_STATE + State.IMPLEMENTATION] = peace.implementation[0]
    weekly[row, FIRST_STATE + State.LEGITIMACY] = peace.legitimacy[0]
    weekly[row, FIRST_STATE + State.MEDIATION] = peace.mediation[0]


@kernel
def draw_map(frame, communities, population, groups, presence, violence, record):
    """Write the layers of one map."""
    n_identities, n_cells = communities.residents.shape
    for c in range(n_cells):
        largest, state, hosted = 0.0, 0.0, 0.0
        for a in range(len(groups.kind)):
            share = communities.control[a, c]
            largest = max(largest, share)
            if groups.kind[a] == GroupKind.STATE:
                state += share
        for g in range(n_identities):
            hosted += communities.hosted[g, c]
        record.layers[frame, Layer.RULER, c] = ruler(communities.control[:, c])
        record.layers[frame, Layer.STATE_CONTROL, c] = state
        record.layers[frame, Layer.PRESENCE, c] = (
            presence.troops[c] + presence.police[c] + presence.observers[c] + presence.civilians[c]
        )
        record.layers[frame, Layer.VIOLENCE, c] = violence.memory[c]
        record.layers[frame, Layer.DISPLACED, c] = hosted
        record.layers[frame, Layer.TRUST, c] = communities.trust_mission[c]
        record.layers[frame, Layer.FEAR, c] = communities.fear[c]
        record.layers[frame, Layer.INSTITUTIONS, c] = 0.5 * (communities.police[c] + communities.services[c])
        record.layers[frame, Layer.PEOPLE, c] = population.here[c]
        record.layers[frame, Layer.TRUST_STATE, c] = communities.trust_state[c]
        record.layers[frame, Layer.LIVELIHOOD, c] = communities.livelihood[c]
        record.layers[frame, Layer.NEED, c] = communities.need[c]
        record.layers[frame, Layer.COHESION, c] = communities.cohesion[c]
        record.layers[frame, Layer.RULER_SHARE, c] = largest


@kernel
def note_positions(frame, units, bands, record):
    """Write where every unit and band stands with the map."""
    for u in range(len(units.status)):
        here = units.status[u] == UnitStatus.DEPLOYED
        record.unit_track[frame, u, 0] = units.cell[u] if here else -1
        record.unit_track[frame, u, 1] = units.headcount[u]
        record.unit_track[frame, u, 2] = units.mission[u]
    for i in range(len(bands.status)):
        here = bands.status[i] != BandStatus.DISPERSED
        record.band_track[frame, i, 0] = bands.cell[i] if here else -1
        record.band_track[frame, i, 1] = bands.fighters[i]
        record.band_track[frame, i, 2] = bands.group[i]
        record.band_track[frame, i, 3] = bands.status[i]


@process(writes=("clock.halt", "record"))
def observe(
    clock, geography, communities, population, groups, ranks, bands, units, contributors, donors, missions, mandates,
    accounts, peace, presence, violence, record, log,
):  # fmt: skip
    """Write the week's row, at a stride the map, and ask for more room in the event log before it is full.

    Draws: none. Order: last of the week. Nothing here acts on the world.
    """
    row = clock.week[0]
    if row < len(record.weekly):
        for k in range(len(record.tally)):
            record.weekly[row, k] = record.tally[k]
        for k in range(FIRST_STATE, record.weekly.shape[1]):
            record.weekly[row, k] = 0.0
        count_forces(row, missions, units, bands, contributors, record)
        count_people(row, communities, population, groups, presence, violence, record)
        count_politics(row, groups, ranks, missions, mandates, accounts, donors, contributors, peace, record)
        if row % WEEKS_PER_QUARTER == 0:
            duplication = duplicated(geography, units, contributors)
        else:
            duplication = record.weekly[row - 1, FIRST_STATE + State.DUPLICATION]
        record.weekly[row, FIRST_STATE + State.DUPLICATION] = duplication
    stride = record.stride[0]
    if stride > 0 and row % stride == 0 and row // stride < len(record.layers):
        draw_map(row // stride, communities, population, groups, presence, violence, record)
        note_positions(row // stride, units, bands, record)
    for k in range(len(record.tally)):
        record.tally[k] = 0.0
    # A week can log at most a clash per two bands, a killing and an offensive per band, an attack and misconduct per
    # unit, a riot for a thirteenth of the cells (there is room for a quarter), and a few more for groups, missions,
    # contributors and the calendar.
    room = len(log.week) - log.count[0]
    if room < 8 * len(bands.group) + 2 * len(units.status) + len(population.here) // 4 + 101:
        clock.halt[0] = 1
