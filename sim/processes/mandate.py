"""The life of a mandate: it opens, its ceilings move, it is reviewed, hands over, draws down and closes."""

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import EventKind, MissionStage, UnitStatus
from sim.world.log import note

N_CEILINGS = 4


@kernel
def enter_stage(m, stage, week, missions, log):
    """Move a mission to a stage and note it."""
    if missions.stage[m] != stage:
        note(log, week, EventKind.MISSION_STAGE, -1, m, stage, missions.stage[m], 0.0)
        missions.stage[m] = stage


@kernel
def hand_over(m, week, missions, units, contributors, casualties, log):
    """Re-hat the units of a mission that ends: they stay in place and serve the main mission."""
    people = 0
    for u in range(len(units.status)):
        if units.mission[u] == m:
            units.mission[u] = 0
            people += units.headcount[u]
    for k in range(len(contributors.mission)):
        if contributors.mission[k] == m:
            contributors.mission[k] = 0
    casualties.handed_over[m] -= people
    casualties.handed_over[0] += people
    note(log, week, EventKind.REHAT, -1, m, 0, people, 0.0)


@kernel
def apply_ceilings(week, calendar, violence, missions, communities, rates):
    """Put the ceilings of this week's date in force; a flexible mandate puts off a cut while people die."""
    alarm = 0.0
    for c in range(len(violence.memory)):
        alarm = max(alarm, communities.fear[c])
    for w in range(len(calendar.ceiling_week)):
        m = calendar.ceiling_mission[w]
        if calendar.ceiling_week[w] > week:
            continue
        latest = True
        for v in range(w + 1, len(calendar.ceiling_week)):
            if calendar.ceiling_mission[v] == m and calendar.ceiling_week[v] <= week:
                latest = False
        if not latest:
            continue
        for kind in range(N_CEILINGS):
            new = calendar.ceiling[w, kind]
            cut = new < missions.ceiling[m, kind]
            put_off = missions.flexible[m] == 1 and cut and alarm > rates.alarm_at
            reviewed = (week - missions.start_week[m]) % missions.review_weeks[m] == 0
            if not put_off and (calendar.ceiling_week[w] == week or not cut or reviewed):
                missions.ceiling[m, kind] = new


@process(
    writes=(
        "missions.stage", "missions.ceiling", "missions.consent", "units.mission", "contributors.mission",
        "casualties.handed_over", "log",
    )
)  # fmt: skip
def review(clock, calendar, communities, violence, missions, units, contributors, casualties, groups, log, rates):
    """Open missions on their date, move their ceilings, hand over or close them, and name their stage.

    The stage is deploying until ``full_at`` of the ceiling is in the country, then full; drawdown once the ceiling has
    fallen below ``drawdown_at`` of its highest; closed when a mission's end has come and its last unit has left.
    A mandate's ceilings follow its dates; a flexible one puts off a cut, from review to review, while fear anywhere is
    above ``alarm_at``. Consent of the host follows the state's commitment. The country goes on afterwards.

    Draws: none. Order: missions in file order. This week's decisions work from next week on.
    Assumption: headquarters keeps to the dates of the Council, as UN practice has it.
    """
    week = clock.week[0] + 1
    apply_ceilings(week, calendar, violence, missions, communities, rates)
    for m in range(len(missions.stage)):
        if missions.stage[m] == MissionStage.CLOSED:
            continue
        if missions.stage[m] == MissionStage.PLANNED:
            if week >= missions.start_week[m]:
                enter_stage(m, MissionStage.DEPLOYING, week - 1, missions, log)
            continue
        for a in range(len(groups.kind)):
            if groups.kind[a] == 0:
                missions.consent[m] += rates.consent_rate * (0.5 + 0.5 * groups.commitment[a] - missions.consent[m])
        if week >= missions.end_week[m]:
            if missions.rehat[m] == 1:
                hand_over(m, week - 1, missions, units, contributors, casualties, log)
            for kind in range(N_CEILINGS):
                missions.ceiling[m, kind] = 0
        deployed, ceiling, highest = 0, 0, 0
        for u in range(len(units.status)):
            if units.mission[u] == m and units.status[u] == UnitStatus.DEPLOYED:
                deployed += units.size[u]
        for kind in range(N_CEILINGS):
            ceiling += missions.ceiling[m, kind]
        for w in range(len(calendar.ceiling_week)):
            if calendar.ceiling_mission[w] == m and calendar.ceiling_week[w] <= week:
                total = 0
                for kind in range(N_CEILINGS):
                    total += calendar.ceiling[w, kind]
                highest = max(highest, total)
        if week >= missions.end_week[m] and deployed == 0:
            enter_stage(m, MissionStage.CLOSED, week - 1, missions, log)
        elif ceiling < rates.drawdown_at * highest:
            enter_stage(m, MissionStage.DRAWDOWN, week - 1, missions, log)
        elif deployed >= rates.full_at * ceiling and deployed > 0:
            enter_stage(m, MissionStage.FULL, week - 1, missions, log)
