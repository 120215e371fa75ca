"""What a mission is told: decisions on their dates, and renewals at which a mandate is reviewed."""

import math

from sim.core.chance import bernoulli, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.effort import share_effort
from sim.world.kinds import Ceiling, EventKind, Exit, MissionStage, Review, Task
from sim.world.log import note
from sim.world.streams import Stream
from sim.world.strength import authorised, highest, planned


@kernel
def obey_decisions(week, calendar, missions, mandates, log, rates):
    """Put the decisions of this date in force; what a decision leaves out stays as it is."""
    for o in range(len(calendar.order_week)):
        m = calendar.order_mission[o]
        if calendar.order_week[o] != week or missions.stage[m] == MissionStage.CLOSED:
            continue
        if calendar.order_weight[o, 0] >= 0.0:
            for task in range(calendar.order_weight.shape[1]):
                mandates.weight[m, task] = calendar.order_weight[o, task]
            share_effort(mandates.weight[m], rates.tasks_in_hand, rates.overload, missions.effort[m])
        if calendar.order_force[o] >= 0.0:
            missions.force[m] = calendar.order_force[o]
        if calendar.order_clarity[o] >= 0.0:
            mandates.text[m] = calendar.order_clarity[o]
            missions.clarity[m] = calendar.order_clarity[o]
        if calendar.order_flexible[o] >= 0:
            missions.flexible[m] = calendar.order_flexible[o]
        if calendar.order_sanctions[o] >= 0.0:
            mandates.sanctions[m] = calendar.order_sanctions[o]
        if calendar.order_end[o] >= 0 and mandates.unwanted[m] == 0:
            missions.end_week[m] = calendar.order_end[o]
        note(log, week - 1, EventKind.MANDATE, -1, m, Review.DECISION, o, 0.0)


@kernel
def unity_of(m, donors):
    """Return how far those who pay a mission want the same: 1 less twice the spread of their will, by share."""
    share, mean, spread = 0.0, 0.0, 0.0
    for d in range(len(donors.share)):
        if donors.mission[d] == m:
            share += donors.share[d]
            mean += donors.share[d] * donors.will[d]
    if share <= 0.0:
        return 1.0
    for d in range(len(donors.share)):
        if donors.mission[d] == m:
            apart = donors.will[d] - mean / share
            spread += donors.share[d] * apart * apart
    return max(0.0, 1.0 - 2.0 * math.sqrt(spread / share))


@kernel
def add_task(m, chosen, week, missions, mandates, log, rates):
    """Give a mission one more of the tasks that it does not have, and no more means."""
    free, heaviest = 0, 0.0
    for task in range(mandates.weight.shape[1]):
        heaviest = max(heaviest, mandates.weight[m, task])
        if mandates.weight[m, task] <= 0.0:
            free += 1
    wanted = int(chosen * free)
    for task in range(mandates.weight.shape[1]):
        if mandates.weight[m, task] <= 0.0:
            if wanted == 0:
                mandates.weight[m, task] = rates.creep_weight * heaviest
                note(log, week - 1, EventKind.MANDATE, -1, m, Review.TASK_ADDED, task, 0.0)
            wanted -= 1


@kernel
def reinforce(m, week, calendar, missions, mandates, log, rates):
    """Give a mission in trouble more troops and police, stronger rules, and the protection of civilians."""
    more = 0
    for kind in (Ceiling.MILITARY, Ceiling.POLICE):
        limit = int(planned(m, kind, week, calendar) * (1.0 + rates.surge_limit))
        new = min(limit, int(missions.ceiling[m, kind] * (1.0 + rates.surge_step)))
        more += max(0, new - missions.ceiling[m, kind])
        missions.ceiling[m, kind] = max(new, missions.ceiling[m, kind])
    for force in (rates.force_self_defence, rates.force_defend_mandate, rates.force_robust):
        if force > missions.force[m]:
            missions.force[m] = force
            break
    heaviest = 0.0
    for task in range(mandates.weight.shape[1]):
        heaviest = max(heaviest, mandates.weight[m, task])
    mandates.weight[m, Task.PROTECTION_OF_CIVILIANS] = heaviest
    note(log, week - 1, EventKind.MANDATE, -1, m, Review.REINFORCED, more, missions.force[m])


@kernel
def reduce(m, week, calendar, missions, mandates, log, rates):
    """Bring a mission that has met its benchmarks down to plan, and beyond it where benchmarks decide its exit."""
    fewer, left = 0, 0
    for kind in range(missions.ceiling.shape[1]):
        new = min(missions.ceiling[m, kind], planned(m, kind, week, calendar))
        if mandates.exit[m] == Exit.BENCHMARKS:
            new = int(new * (1.0 - rates.drawdown_step))
        fewer += missions.ceiling[m, kind] - new
        missions.ceiling[m, kind] = new
        left += new
    if mandates.exit[m] == Exit.BENCHMARKS and left < rates.close_at * highest(m, week, calendar):
        missions.end_week[m] = min(missions.end_week[m], week)
    if fewer > 0:
        note(log, week - 1, EventKind.MANDATE, -1, m, Review.REDUCED, fewer, 0.0)


@kernel
def renew(m, seed, week, calendar, donors, missions, mandates, log, rates):
    """Renew a mandate: its text shows how united its sponsors are, tasks creep in, and it may adapt."""
    mandates.unity[m] = unity_of(m, donors)
    missions.clarity[m] = mandates.text[m] * (1.0 - rates.compromise * (1.0 - mandates.unity[m]))
    if bernoulli(mandates.creep[m], seed, week, Stream.COUNCIL, m, 0):
        add_task(m, uniform(seed, week, Stream.COUNCIL, m, 1), week, missions, mandates, log, rates)
    agreed = bernoulli(mandates.unity[m], seed, week, Stream.COUNCIL, m, 2)
    if agreed and mandates.score[m] >= 0.0:
        if missions.flexible[m] == 1 and mandates.security[m] < rates.alarm_at:
            reinforce(m, week, calendar, missions, mandates, log, rates)
        elif mandates.met[m] == 1 and (missions.flexible[m] == 1 or mandates.exit[m] == Exit.BENCHMARKS):
            reduce(m, week, calendar, missions, mandates, log, rates)
    share_effort(mandates.weight[m], rates.tasks_in_hand, rates.overload, missions.effort[m])


@process(
    writes=(
        "missions.ceiling", "missions.effort", "missions.force", "missions.clarity", "missions.flexible",
        "missions.end_week", "mandates.weight", "mandates.text", "mandates.sanctions", "mandates.unity", "log",
    )
)  # fmt: skip
def review(clock, calendar, donors, missions, mandates, log, rates):
    """Change mandates on the dates of decisions, and renew them in step with what was achieved.

    A decision sets what it names: tasks, rules of engagement, clarity, flexibility, embargo, end. Every
    ``review_weeks`` the mandate is renewed: the clarity of its text becomes ``text * (1 - compromise * (1 - unity))``,
    ``unity = 1 - 2 * standard deviation of its donors' will``; with chance ``creep`` it is given one more task and no
    more means; and with chance ``unity`` the Council agrees to adapt it:

    - flexible, security below ``alarm_at`` of what is wanted: more troops and police, stronger rules up to robust,
      civilians first;
    - flexible, benchmarks met: down to the planned strength;
    - exit by benchmarks, met: another ``drawdown_step`` down, and home below ``close_at`` of the highest strength.

    A fixed mandate that leaves on a date changes by decisions alone.

    Draws: agreement, creep and which task, per mission and review. Order: missions in file order. This week's decisions
    work from next week on.
    Source: fragmented and growing mandates: Blair, Di Salvatore and Smidt (2022), doi:10.1111/ajps.12650; divided
    preferences in the Council and mandates: Allen and Yuen (2014), doi:10.1111/isqu.12086.
    """
    seed, week = clock.seed[0], clock.week[0] + 1
    obey_decisions(week, calendar, missions, mandates, log, rates)
    for m in range(len(missions.stage)):
        if missions.stage[m] == MissionStage.PLANNED or missions.stage[m] == MissionStage.CLOSED:
            continue
        age = week - missions.start_week[m]
        if age > 0 and age % missions.review_weeks[m] == 0 and authorised(m, missions) > 0:
            renew(m, seed, week, calendar, donors, missions, mandates, log, rates)
