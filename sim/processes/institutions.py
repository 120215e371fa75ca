"""Police, courts and administration grow and decay."""

import numpy as np

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.effort import add_work
from sim.world.kinds import Component, GroupKind, Task


@process(writes=("communities.police", "communities.services"))
def build_institutions(communities, population, groups, missions, presence, rates):
    """Let police, courts and services grow with training, effort and calm, and decay under violence.

    ``growth = (own_growth + help_growth * x / (x + load)) * calm * (1 - level)``, ``decay = harm * fear * level``. For
    police and courts ``x`` is each mission's officers times its effort on police training and its civilians times its
    effort on the rule of law, for services its civilians times its effort on state authority; ``load = people *
    staff_per_1000_people``. ``calm = (1 - fear) * trust in the state * (1 - control by armed groups)``: nobody builds
    up a court where people are afraid, do not come, or another rules. What has grown stays when the mission leaves.

    Draws: none. Order: any. Source: Blair, Di Salvatore and Smidt (2023), doi:10.1017/S0003055422001319 (civilians and
    engagement with the state); sizes are assumptions.
    """
    n_cells = len(population.here)
    calm, trainers, jurists, clerks = np.zeros(n_cells), np.zeros(n_cells), np.zeros(n_cells), np.zeros(n_cells)
    find_calm(communities, groups, calm)
    add_work(Task.POLICE_TRAINING, Component.POLICE, missions, presence, trainers)
    add_work(Task.RULE_OF_LAW, Component.CIVILIANS, missions, presence, jurists)
    for c in range(n_cells):
        trainers[c] += jurists[c]
    add_work(Task.STATE_AUTHORITY, Component.CIVILIANS, missions, presence, clerks)
    grow(trainers, calm, population.here, communities.fear, rates, communities.police)
    grow(clerks, calm, population.here, communities.fear, rates, communities.services)


@kernel
def find_calm(communities, groups, calm):
    """Write how far people in each cell are free to turn to the state and do so, 0 to 1."""
    for a in range(len(groups.kind)):
        if groups.kind[a] != GroupKind.STATE:
            for c in range(len(calm)):
                calm[c] += communities.control[a, c]
    for c in range(len(calm)):
        calm[c] = (1.0 - communities.fear[c]) * communities.trust_state[c] * max(0.0, 1.0 - calm[c])


@kernel
def grow(helped, calm, people, fear, rates, level):
    """Let one kind of institution (C,) grow with help and calm, and decay with fear."""
    for c in range(len(level)):
        load = people[c] / 1000.0 * rates.staff_per_1000_people
        gain = rates.help_growth * helped[c] / (helped[c] + load) if helped[c] > 0.0 else 0.0
        level[c] += (rates.own_growth + gain) * calm[c] * (1.0 - level[c]) - rates.harm * fear[c] * level[c]
