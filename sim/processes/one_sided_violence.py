"""Armed groups kill civilians."""

from sim.core.arithmetic import exp, hazard_to_probability
from sim.core.chance import gamma, poisson, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import BandStatus, Count, EventKind, GroupKind
from sim.world.log import explain, note
from sim.world.people import take_people
from sim.world.reach import cells_around, mean_around, weights_around
from sim.world.streams import Stream
from sim.world.whereabouts import find_bases, nearest_base_km


@kernel
def choose_place(i, seed, week, geography, population, bands):
    """Draw where a band kills, by how near and how many people are; return it with the mean people of a cell around."""
    here = bands.cell[i]
    around = mean_around(here, geography.sway_weight, geography, population.here)
    left = uniform(seed, week, Stream.KILLING, i, 1) * around
    cells, weights = cells_around(here, geography), weights_around(here, geography.sway_weight, geography)
    for r in range(len(cells)):
        left -= weights[r] * population.here[cells[r]]
        if left < 0.0:
            return cells[r], around
    return here, around


@kernel
def protection_of(a, c, people, groups, presence, violence, rates):
    """Return what is left of the hazard under protection by the mission's strength, and by its police."""
    shield, reach = presence.protection[c], 1.0
    if groups.kind[a] == GroupKind.STATE:
        reach = presence.restraint[c] / shield if shield > 0.0 else 0.0
        shield = presence.restraint[c]
    officers = presence.police[c]
    policed = officers / (officers + people / 1000.0 * rates.officers_per_1000) if officers > 0.0 else 0.0
    settled = 1.0 - violence.contested[c]
    return exp(-rates.protection_weight * shield - reach * rates.police_weight * policed * settled)


@kernel
def answer_for(a, c, communities, groups, presence, rates):
    """Return what is left of the hazard where deeds are seen, by a group that has something to lose by it."""
    seen = 1.0 - (1.0 - presence.monitoring[c]) * (1.0 - rates.witness * communities.reached[c])
    pledged = groups.commitment[a] if groups.signatory[a] == 1 else 0.0
    return exp(-rates.monitoring_weight * seen * (1.0 - (1.0 - groups.support[a]) * (1.0 - pledged)))


@process(
    writes=(
        "communities.residents", "communities.hosted", "population.killed", "violence.civilians_killed",
        "violence.killed_by", "groups.recent_wrongs", "record.tally", "log",
    )
)  # fmt: skip
def kill_civilians(
    clock, geography, communities, population, groups, bands, units, presence, violence, record, log, rates
):
    """Let bands kill civilians where it serves them and nobody stops them.

    Hazard per band and week: ``h = rate * abusiveness * size / (1 + size) * crowd * contested * strangers *
    retaliation * loot * guard * exp(-monitoring_weight * seen * answerable)``, with ``size = killed_per_100 * fighters
    / 100``. It kills where people are: the cell is drawn from those in reach by nearness times people, ``around`` being
    the mean of people by nearness:

    - crowd: ``around / (around + crowd_per_km2 * area)``, for in empty land there are few to kill;
    - contested: ``1 + contest_gain * (1 - |2 control - 1|)``, highest where neither side rules;
    - strangers: share of people outside its constituency, from ``spare`` (own people) to 1;
    - retaliation: ``1 + retaliation_gain * losses / (losses + loss_half * fighters)``, its own recent dead;
    - loot: ``1 + loot_gain * (1 - support)``, bands without backers live off people;
    - a group that has signed holds back by ``exp(-truce_weight * commitment)``.

    ``guard = exp(-protection_weight * shield - reach * police_weight * policed * settled)``: the mission's strength
    deters everywhere, as far as its mandate and rules let it, ``shield`` being ``protection``, against state forces
    ``restraint``; its police, ``policed = officers / (officers + people * officers_per_1000 / 1000)``, protect where
    one side rules (``settled = 1 - contested``). Both reach only in part (``reach = restraint / protection``) to state
    forces, on whose consent most missions depend. To be seen, by monitors or by relief organisations (``seen = 1 - (1
    - monitoring) * (1 - witness * reached)``), restrains only those whom others can make pay for it: ``answerable = 1
    - (1 - support) * (1 - commitment of a signatory)``.
    The dead: one more than Poisson with mean ``size * gamma(1/2) * 2``, out-groups
    first; so the size distribution is broad because bands and frenzies are,
    and the expected dead follow the number of fighters, however they are divided into bands.

    Draws: hazard, place, frenzy, number and victims' groups per band and week. Order: bands by row. Source: people and
    violence: Raleigh and Hegre (2009), doi:10.1016/j.polgeo.2009.05.007; control: Kalyvas (2006); rebels deterred,
    governments not: Fjelde, Hultman and Nilsson (2019), doi:10.1017/S0020818318000346; troops and police: Hultman,
    Kathman and Shannon (2013), doi:10.1111/ajps.12036; naming and shaming: Krain (2012),
    doi:10.1111/j.1468-2478.2012.00732.x.
    """
    seed, week = clock.seed[0], clock.week[0]
    tilt = communities.grievance[:, 0] * 0.0
    few = rates.crowd_per_km2 * geography.cell_km[0] * geography.cell_km[0]
    violence.civilians_killed[:] = 0.0
    logged = log.count[0]
    for i in range(len(bands.group)):
        if bands.status[i] == BandStatus.DISPERSED:
            continue
        a, fighters = bands.group[i], bands.fighters[i]
        retaliation = 1.0 + rates.retaliation_gain * bands.losses[i] / (bands.losses[i] + rates.loss_half * fighters)
        loot = 1.0 + rates.loot_gain * (1.0 - groups.support[a])
        size = rates.killed_per_100 * fighters / 100.0
        # With 1 + size dead on average, this makes the expected dead follow the fighters, however they are divided.
        hazard = rates.kill_rate * groups.abusiveness[a] * size / (1.0 + size) * retaliation * loot
        luck = uniform(seed, week, Stream.KILLING, i, 0)
        # A chance is never more than its hazard in the worst place: most bands are done here.
        if luck >= hazard * (1.0 + rates.contest_gain):
            continue
        c, around = choose_place(i, seed, week, geography, population, bands)
        people, foreign = 0.0, 0.0
        for g in range(len(tilt)):
            n = communities.residents[g, c] + communities.hosted[g, c]
            people += n
            foreign += n * (1.0 - groups.constituency[a, g])
            tilt[g] = 1.0 - (1.0 - rates.spare) * groups.constituency[a, g]
        if people < 1.0:
            continue
        contested = 1.0 + rates.contest_gain * (1.0 - abs(2.0 * communities.control[a, c] - 1.0))
        strangers = rates.spare + (1.0 - rates.spare) * foreign / people
        crowd = around / (around + few)
        hazard *= crowd * contested * strangers
        protection = protection_of(a, c, people, groups, presence, violence, rates)
        monitoring = answer_for(a, c, communities, groups, presence, rates)
        truce = exp(-rates.truce_weight * groups.commitment[a]) if groups.signatory[a] == 1 else 1.0
        if luck >= hazard_to_probability(hazard * truce * protection * monitoring):
            continue
        frenzy = 2.0 * gamma(0.5, seed, week, Stream.KILLING_SIZE, i, 0)
        wanted = 1 + poisson(size * frenzy, seed, week, Stream.KILLING_SIZE, i, 1)
        dead = take_people(communities, c, wanted, tilt, uniform(seed, week, Stream.VICTIM_GROUP, i, 0))
        population.killed[0] += dead
        violence.civilians_killed[c] += dead
        violence.killed_by[a] += dead
        record.tally[Count.CIVILIANS_KILLED] += dead
        record.tally[Count.KILLINGS] += 1
        if groups.kind[a] == GroupKind.STATE:
            record.tally[Count.KILLED_BY_STATE] += dead
        for b in range(len(groups.kind)):
            if groups.truce[a, b] > 0.0:
                groups.recent_wrongs[b] += rates.outrage * (1.0 - 0.5 * presence.monitoring[c])
        row = note(log, week, EventKind.KILLING, c, a, -1, dead, fighters)
        base = rates.kill_rate * size / (1.0 + size)
        wish = groups.abusiveness[a]
        explain(log, row, base, (wish, crowd, contested, strangers, retaliation, loot, truce, protection, monitoring))
    if log.count[0] > logged:
        bases = find_bases(len(population.here), units)
        for row in range(logged, log.count[0]):
            log.nearest_km[row] = nearest_base_km(log.cell[row], bases, geography)
