"""Police, courts and administration grow and decay."""

from sim.core.process import process
from sim.world.kinds import MissionStage, Task


@process(writes=("communities.police", "communities.services"))
def build_institutions(communities, population, missions, presence, violence, rates):
    """Let police, courts and services grow with training, effort and calm, and decay under violence.

    ``growth = (own_growth + help_growth * x / (x + load)) * calm * (1 - level)``, ``decay = harm * fear * level``;
    for police ``x`` is the mission's police times its effort on training and rule of law, for services its civilians
    times its effort on state authority; ``load = people * staff_per_1000_people``. ``calm = 1 - fear``. Growth needs a
    state in control: it is scaled by the cell's trust in the state. What has grown stays when the mission leaves.

    Draws: none. Order: any. Source: Blair, Di Salvatore and Smidt (2023), doi:10.1017/S0003055422001319 (civilians and
    engagement with the state); sizes are assumptions.
    """
    training, authority = 0.0, 0.0
    for m in range(len(missions.stage)):
        if missions.stage[m] != MissionStage.PLANNED and missions.stage[m] != MissionStage.CLOSED:
            law = max(missions.effort[m, Task.POLICE_TRAINING], missions.effort[m, Task.RULE_OF_LAW])
            training = max(training, law)
            authority = max(authority, missions.effort[m, Task.STATE_AUTHORITY])
    for c in range(len(population.here)):
        load = population.here[c] / 1000.0 * rates.staff_per_1000_people + 0.1
        calm = (1.0 - communities.fear[c]) * communities.trust_state[c]
        police = presence.police[c] * training
        growth = rates.own_growth + rates.help_growth * police / (police + load)
        level = communities.police[c]
        communities.police[c] += growth * calm * (1.0 - level) - rates.harm * communities.fear[c] * level
        civilians = presence.civilians[c] * authority
        growth = rates.own_growth + rates.help_growth * civilians / (civilians + load)
        level = communities.services[c]
        communities.services[c] += growth * calm * (1.0 - level) - rates.harm * communities.fear[c] * level
