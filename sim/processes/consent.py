"""The standing of a mission: what the host lets it do, and whose side the parties think it is on."""

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import Count, EventKind, GroupKind, MissionStage, Task
from sim.world.log import note


@kernel
def mind_of_the_state(groups):
    """Return the mean commitment of state forces to the peace process; full where there is no state."""
    total, n = 0.0, 0
    for a in range(len(groups.kind)):
        if groups.kind[a] == GroupKind.STATE:
            total += groups.commitment[a]
            n += 1
    return total / n if n > 0 else 1.0


@kernel
def concentration(m, contributors):
    """Return the sum of the squared parts of a mission's contributors: 1 for a force of one nation, near 0 of many."""
    squares = 0.0
    for k in range(len(contributors.part)):
        if contributors.mission[k] == m:
            squares += contributors.part[k] * contributors.part[k]
    return squares


@process(
    writes=(
        "missions.consent", "missions.access", "missions.impartiality", "missions.end_week", "mandates.unwanted", "log",
    )
)  # fmt: skip
def consult(clock, groups, contributors, missions, mandates, record, log, rates):
    """Let the host's consent follow its attitude and its interest, and let it ask a mission to leave.

    Consent moves towards ``welcome * (floor + (1 - floor) * commitment of the state)`` at ``consent_rate`` and falls,
    where the mandate reports on human rights, in weeks in which state forces kill civilians: by ``resentment * effort *
    killed / (killed + resented_half)`` of itself. ``access = min(1, consent / free_at)`` is what is left of the
    freedom to land, to go out and to stand up to the host's own forces. Below ``expel_below`` the host asks the
    mission to leave within ``notice_weeks``. A mission of the enforcement type asks nobody.

    Impartiality moves towards ``even_handed * (1 - alone * sum of squared parts of contributors) * (1 - siding * effort
    on offensive operations)``: a force of one nation, or one that attacks a party, is not seen as a third party.

    Draws: none. Order: missions in file order. The parties learn this week's events by next week.
    Source: consent as what a mission spends: Sebastian and Gorur (2018), UN Peacekeeping and Host-State Consent,
    Stimson Center; impartiality and cooperation: Nomikos (2022), Journal of Politics 84(1); diverse forces: Bove and
    Ruggeri (2016), British Journal of Political Science 46(3), 681-700; sizes assumed.
    """
    week = clock.week[0]
    mind = mind_of_the_state(groups)
    killed = record.tally[Count.KILLED_BY_STATE]
    for m in range(len(missions.stage)):
        if missions.stage[m] == MissionStage.PLANNED or missions.stage[m] == MissionStage.CLOSED:
            continue
        aim = missions.welcome[m] * (rates.consent_floor + (1.0 - rates.consent_floor) * mind)
        missions.consent[m] += rates.consent_rate * (aim - missions.consent[m])
        if killed > 0.0:
            seen = missions.effort[m, Task.HUMAN_RIGHTS] * killed / (killed + rates.resented_half)
            missions.consent[m] *= 1.0 - rates.resentment * seen
        taking_sides = rates.siding * missions.effort[m, Task.OFFENSIVE_OPERATIONS]
        aim = missions.even_handed[m] * (1.0 - rates.alone * concentration(m, contributors)) * (1.0 - taking_sides)
        missions.impartiality[m] += rates.impartiality_rate * (aim - missions.impartiality[m])
        if missions.imposes[m] == 1:
            continue
        missions.access[m] = min(1.0, missions.consent[m] / rates.free_at)
        if missions.consent[m] < rates.expel_below and mandates.unwanted[m] == 0:
            mandates.unwanted[m] = 1
            missions.end_week[m] = min(missions.end_week[m], week + rates.notice_weeks)
            note(log, week, EventKind.CONSENT_WITHDRAWN, -1, m, -1, missions.consent[m], missions.end_week[m] - week)
