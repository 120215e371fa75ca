"""The end-of-mission report in plain words."""

import datetime
import math
import textwrap
from collections.abc import Iterator

from sim.results.evaluation.frame import QUESTIONS
from sim.results.evaluation.report import Evaluation, TaskReport
from sim.results.evaluation.survey import Round
from sim.results.summary import folded, percent, tenth, usd, whole

INDENT = " " * 12
OCCASIONS = {"before": "before the mission", "yearly": "", "exit": "as the mission left", "end": "at the end"}


def tell(report: Evaluation) -> str:
    """Tell a report."""
    lines = [f"Evaluation: {report.title}", f"{report.mission or 'No mission'}; seed {report.seed}"]
    for label, section in (
        ("Mandate", _mandate),
        ("Peace", _peace),
        ("Partners", _partners),
        ("Survey", _survey),
    ):
        told = list(section(report))
        if told:
            lines += ["", *_headed(label, told)]
    return "\n".join(lines)


def _headed(label: str, told: list[str]) -> Iterator[str]:
    """Fold sentences after a label; lines that begin with a space are rows of a table and stay as they are."""
    for number, text in enumerate(told):
        if text.startswith(" "):
            yield f"{INDENT}{text[1:]}"
        else:
            head = f"{label:<{len(INDENT)}}" if number == 0 else INDENT
            yield from folded(f"{head}{text}", INDENT)


def number(value: float, unit: str = "") -> str:
    """Write a figure in the way of its unit."""
    if math.isnan(value):
        return "?"
    if unit in ("index", "share"):
        return f"{value:.2f}"
    return whole(value) if value >= 10.0 or value == 0.0 else tenth(value)


def date_of(report: Evaluation, week: int) -> str:
    """Write the month of a week."""
    return (datetime.date.fromisoformat(report.start) + datetime.timedelta(weeks=week)).strftime("%B %Y")


def _mandate(report: Evaluation) -> Iterator[str]:
    if not report.came:
        yield "Nobody came." if report.mission else "There was no mission and no mandate."
        return
    judged = [task for task in report.tasks if not math.isnan(task.attained)]
    if judged:
        share = report.mandate_attained
        where = "to where its mandate points" if share >= 0.0 else "away from where its mandate points"
        gone = f"it went {percent(abs(share))} of the way {where}"
        yield f"By the weight of the {len(judged)} tasks that can be judged {gone}."
    yield f" {'task':<26}{'judged by':<44}{'before':>8}{'last year':>10}{'way':>7}"
    for task in report.tasks:
        yield f" {_row(task)}"
    yield (
        "Before and after are not cause and effect: what the mission did shows in the same country without it "
        "(--without-mission)."
    )


def _row(task: TaskReport) -> str:
    name = task.task.replace("_", " ")
    judged = task.indicator + (", a year" if task.unit == "a year" else "")
    way = "?" if math.isnan(task.attained) else percent(task.attained)
    before, after = number(task.before, task.unit), number(task.after, task.unit)
    return f"{name:<26}{textwrap.shorten(judged, 43, placeholder='…'):<44}{before:>8}{after:>10}{way:>7}"


def _peace(report: Evaluation) -> Iterator[str]:
    peace = report.peace
    yield f"At the end the peace process stands at: {report.stage.replace('_', ' ')}."
    if peace["agreement_reached"]:
        if peace["relapsed"]:
            yield f"War was back {whole(peace['weeks_to_relapse'])} weeks after the first agreement."
        else:
            yield f"War did not come back in the {whole(peace['weeks_to_relapse'])} weeks after the first agreement."
        yield f"{percent(peace['implementation_end'])} of what was agreed is carried out."
    else:
        yield "No agreement was reached."
    if peace["collapses"]:
        yield f"Agreements or ceasefires that fell: {whole(peace['collapses'])}."
    if peace["elections_held"]:
        votes, accepted = whole(peace["elections_held"]), percent(peace["elections_accepted"])
        yield f"Votes held: {votes}, accepted: {accepted}."
    if not report.came:
        return
    if not report.pillars:
        yield "Peacekeepers are still there: what holds without them cannot be told."
        return
    years = tenth(peace["peace_years_after_exit"])
    held = peace["peace_held_after_exit"]
    yield (
        f"The last peacekeeper left in {date_of(report, int(peace['weeks_to_exit']))}; peace then held for {years} "
        f"years{', to the end of the run' if held else ', until war was back'}."
    )
    yield f" {'':<44}{'at exit':>10}{'at the end':>12}"
    for pillar in report.pillars:
        unit = "" if pillar.name == "fighters" else "index"
        yield f" {pillar.meaning:<44}{number(pillar.at_exit, unit):>10}{number(pillar.at_end, unit):>12}"


def _partners(report: Evaluation) -> Iterator[str]:
    if not report.came:
        return
    for partner in report.partners:
        yield (
            f"{partner.name} ({partner.organisation}): {date_of(report, partner.first_week)} to "
            f"{date_of(report, partner.last_week)}; coordination {partner.coordination:.2f}, "
            f"information sharing {partner.information_sharing:.2f}."
        )
    found = report.cooperation
    if not math.isnan(found["duplication_deployed"]):
        double = percent(found["duplication_deployed"])
        yield f"{double} of armed patrols went where another contributor patrolled more."
    for handover in report.handovers:
        yield (
            f"{whole(handover.people)} peacekeepers of {handover.before} passed to {handover.after} in "
            f"{date_of(report, handover.week)}."
        )
    if report.handovers and not math.isnan(found["handover_dip"]):
        yield f"At the worst {percent(found['handover_dip'])} of the strength was missing in the quarter after."
    if found["contributors_left"]:
        yield f"Contributors who left over their dead, arrears or cost: {whole(found['contributors_left'])}."
    if not math.isnan(found["strength_share"]):
        yield f"On average {percent(found['strength_share'])} of the authorised strength was there."
    if not math.isnan(found["funding_gap"]):
        gap, unpaid = percent(found["funding_gap"]), percent(found["dues_unpaid"])
        yield f"At the end of a budget year {gap} of it had not come, at the end of the run {unpaid} of all dues."


def _survey(report: Evaluation) -> Iterator[str]:
    taken = [each for each in report.survey if each.estimates]
    if not taken:
        yield "No survey could be taken: no place was safe, or no map was kept."
        return
    last = taken[-1]
    clusters, asked = len(last.places), last.respondents
    cost = usd(sum(each.cost_usd for each in report.survey))
    yield (
        f"{asked:,} people in {clusters:,} places drawn by their people were asked in each of {len(taken)} rounds, for "
        f"{cost} in all, paid by the evaluators. In brackets the interval of 95 % for chance in the drawing; "
        "then the truth that the model knows, among all people."
    )
    for each in _worth_telling(taken):
        yield from _round(report, each)


def _worth_telling(taken: list[Round]) -> list[Round]:
    """Pick the first round, the one at the exit, or midway, and the last."""
    middle = next((each for each in taken if each.occasion == "exit"), taken[len(taken) // 2])
    return list({each.week: each for each in (taken[0], middle, taken[-1])}.values())


def _round(report: Evaluation, taken: Round) -> Iterator[str]:
    when = OCCASIONS[taken.occasion] if report.mission else ""
    out = f"; {percent(taken.left_out)} of the people live where nobody could go" if taken.left_out > 0.005 else ""
    yield f" {date_of(report, taken.week)}{', ' + when if when else ''}{out}"
    for question in QUESTIONS:
        each = taken.estimates.get(question.name)
        if each is not None:
            said = f"{percent(each.share):>5} ({percent(each.low)} to {percent(each.high)})"
            yield f"   {question.words:<36}{said:<26}truth {percent(each.true)}"
