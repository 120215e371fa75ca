"""Police, courts and administration grow and decay."""

from sim.core.process import process
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
    n_missions = len(missions.stage)
    for c in range(len(population.here)):
        officers, jurists, clerks = 0.0, 0.0, 0.0
        for m in range(n_missions):
            officers += missions.effort[m, Task.POLICE_TRAINING] * presence.felt[m, Component.POLICE, c]
            jurists += missions.effort[m, Task.RULE_OF_LAW] * presence.felt[m, Component.CIVILIANS, c]
            clerks += missions.effort[m, Task.STATE_AUTHORITY] * presence.felt[m, Component.CIVILIANS, c]
        others = 0.0
        for a in range(len(groups.kind)):
            if groups.kind[a] != GroupKind.STATE:
                others += communities.control[c, a]
        load = population.here[c] / 1000.0 * rates.staff_per_1000_people
        fear = communities.fear[c]
        calm = (1.0 - fear) * communities.trust_state[c] * max(0.0, 1.0 - others)
        trainers = officers + jurists
        growth = rates.own_growth
        if trainers > 0.0:
            growth += rates.help_growth * trainers / (trainers + load)
        level = communities.police[c]
        communities.police[c] += growth * calm * (1.0 - level) - rates.harm * fear * level
        growth = rates.own_growth
        if clerks > 0.0:
            growth += rates.help_growth * clerks / (clerks + load)
        level = communities.services[c]
        communities.services[c] += growth * calm * (1.0 - level) - rates.harm * fear * level
