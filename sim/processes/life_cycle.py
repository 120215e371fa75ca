"""The life of a mission: it opens, follows its ceilings, hands over, draws down and closes."""

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import Count, EventKind, Exit, MissionStage
from sim.world.log import note
from sim.world.strength import authorised, deployed_people, highest


@kernel
def enter_stage(m, stage, week, missions, log):
    """Move a mission to a stage and note it."""
    if missions.stage[m] != stage:
        note(log, week, EventKind.MISSION_STAGE, -1, m, stage, missions.stage[m], 0.0)
        missions.stage[m] = stage


@kernel
def obey_ceilings(week, calendar, missions, mandates):
    """Put the ceilings of this date in force; a flexible mandate puts off cuts while its benchmarks are not met."""
    for w in range(len(calendar.ceiling_week)):
        m = calendar.ceiling_mission[w]
        if calendar.ceiling_week[w] != week or missions.stage[m] == MissionStage.CLOSED:
            continue
        put_off = missions.flexible[m] == 1 and mandates.met[m] == 0
        for kind in range(calendar.ceiling.shape[1]):
            new = calendar.ceiling[w, kind]
            if new > missions.ceiling[m, kind] or not put_off:
                missions.ceiling[m, kind] = new


@kernel
def is_over(m, week, units, missions, mandates, rates):
    """Tell whether a mission's end has come: by its date, its benchmarks or its relief, or because it is unwanted."""
    if week < missions.end_week[m]:
        return False
    if mandates.unwanted[m] == 1 or mandates.exit[m] == Exit.DATE:
        return True
    if mandates.exit[m] == Exit.BENCHMARKS:
        return mandates.met[m] == 1
    ceiling = authorised(0, missions)
    relieved = ceiling > 0 and deployed_people(0, units) >= rates.relieved_at * ceiling
    return m == 0 or relieved or missions.stage[0] == MissionStage.CLOSED


@kernel
def hand_over(m, week, missions, units, contributors, casualties, accounts, record, log):
    """Re-hat the units of a mission that ends: they stay in place, and what it owes them is its own affair."""
    people, owed = 0, 0.0
    for u in range(len(units.status)):
        if units.mission[u] == m:
            units.mission[u] = 0
            people += units.headcount[u]
    for k in range(len(contributors.mission)):
        if contributors.mission[k] == m:
            owed += contributors.owed_usd[k]
    paid = min(owed, accounts.cash[m])
    for k in range(len(contributors.mission)):
        if contributors.mission[k] == m:
            if owed > 0.0:
                contributors.written_off_usd[k] += contributors.owed_usd[k] * (1.0 - paid / owed)
            contributors.owed_usd[k] = 0.0
            contributors.overdue_weeks[k] = 0.0
            contributors.mission[k] = 0
    accounts.cash[m] -= paid
    accounts.spent[m] += paid
    record.tally[Count.SPENT_USD] += paid
    casualties.handed_over[m] -= people
    casualties.handed_over[0] += people
    if people > 0:
        note(log, week, EventKind.REHAT, -1, m, 0, people, 0.0)


@process(
    writes=(
        "missions.stage", "missions.ceiling", "units.mission", "contributors.mission", "contributors.owed_usd",
        "contributors.overdue_weeks", "contributors.written_off_usd", "casualties.handed_over", "accounts.cash",
        "accounts.spent", "mandates.exit", "record.tally", "log",
    )
)  # fmt: skip
def live(
    clock, calendar, units, contributors, missions, mandates, casualties, accounts, record, log, rates
):  # fmt: skip
    """Open missions on their date, move their ceilings, hand over or close them, and name their stage.

    Ceilings follow their dates; a flexible mandate puts off a cut while the last report found its benchmarks not met. A
    mission ends on its date; one that leaves by benchmarks waits until they are met; one that leaves on relief until
    the main mission has ``relieved_at`` of its ceiling in the country; one that the host wants gone waits for nothing.
    Its units go home or change hats, if the main mission is open; it pays them what it has of its debts. The stage is
    deploying until ``full_at`` of the ceiling is in the country, then full; drawdown once the ceiling has fallen below
    ``drawdown_at`` of its highest; closed when the end has come and the last unit has left. The country goes on.

    Draws: none. Order: missions in file order. This week's decisions work from next week on.
    Assumption: headquarters keeps to the dates of the Council, as UN practice has it.
    """
    week = clock.week[0] + 1
    obey_ceilings(week, calendar, missions, mandates)
    for m in range(len(missions.stage)):
        if missions.stage[m] == MissionStage.CLOSED:
            continue
        if missions.stage[m] == MissionStage.PLANNED:
            if week >= missions.start_week[m]:
                enter_stage(m, MissionStage.DEPLOYING, week - 1, missions, log)
            continue
        over = is_over(m, week, units, missions, mandates, rates)
        if over:
            mandates.exit[m] = Exit.DATE  # what has come to its end does not begin again
            opened = missions.stage[0] != MissionStage.PLANNED and missions.stage[0] != MissionStage.CLOSED
            if missions.rehat[m] == 1 and opened:
                hand_over(m, week - 1, missions, units, contributors, casualties, accounts, record, log)
            for kind in range(missions.ceiling.shape[1]):
                missions.ceiling[m, kind] = 0
        ceiling, deployed = authorised(m, missions), deployed_people(m, units)
        if over and deployed == 0:
            enter_stage(m, MissionStage.CLOSED, week - 1, missions, log)
        elif ceiling < rates.drawdown_at * highest(m, week, calendar):
            enter_stage(m, MissionStage.DRAWDOWN, week - 1, missions, log)
        elif deployed >= rates.full_at * ceiling and deployed > 0:
            enter_stage(m, MissionStage.FULL, week - 1, missions, log)
