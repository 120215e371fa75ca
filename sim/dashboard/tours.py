"""Guided tours: a few steps for every scenario, each with a question, a guess, and the settings it is about."""

from sim.dashboard.levers import Value, levers
from sim.dashboard.tour_own import own_steps, written_for
from sim.dashboard.tour_step import Step
from sim.dashboard.words import plain
from sim.scenario.scenario import Scenario

ASKS = {
    "civilian_deaths": "Compared with the world beside it, how many civilians will be killed?",
    "battle_deaths": "Compared with the world beside it, how many fighters will be killed?",
    "displaced_end": "Compared with the world beside it, how many people will be displaced at the end?",
}
END = "Halve the dead with the smallest change you can find. Copy the link, and defend it before the class."
STRENGTH = "contributors.*.pledged"
RULES = "mission.mandate.rules_of_engagement"
WILL = "donors.*.will"
RELIABLE = "donors.*.reliability"
GRIEVANCE = "identity_groups.*.grievance"
SUPPORT = "armed_groups.*.support"


def tour(scenario: Scenario) -> list[Step]:
    """Return the tour of a scenario: the case, a guess, its own steps, what moves it, its questions, an open end."""
    about = scenario.about
    steps = [Step("The case", " ".join(about.summary.split()), {}, notes=about.teaches)]
    if scenario.missions:
        steps.append(
            Step(
                "With and without",
                "The map beside shows the same country with the same luck, and no mission.",
                {},
                "civilian_deaths",
                "With the mission, how many civilians will be killed, compared with the world without it?",
                "Collect the guesses of the class before anybody chooses. Ask for reasons, not only for numbers.",
            )
        )
    own = own_steps(scenario)
    told = {path for step in own for path in step.settings or ()}
    steps += own
    steps += [step for step in _experiments(scenario) if not told.intersection(step.settings or ())]
    for number, question in enumerate(about.questions, start=1):
        text = f"{question} Use the settings on the left, and say before you move them what you expect."
        steps.append(Step(f"Question {number}", text))
    end = written_for(scenario.id).get("end", END)
    return [*steps, Step("Your turn", end, notes="Compare two groups: pin one setting, open the other beside it.")]


def _experiments(scenario: Scenario) -> list[Step]:
    """Return guesses about single settings that the scenario has."""
    known = {lever.path: lever for lever in levers(scenario)}
    plans: tuple[tuple[str, Value, str, str], ...] = (
        (STRENGTH, 0.3, "battle_deaths", "A third of the peacekeepers come; everything else stays."),
        (RULES, "robust", "civilian_deaths", "The same people get robust rules of engagement."),
        (RELIABLE, 0.2, "civilian_deaths", "Donors are willing, but hardly anything is paid on time."),
        (GRIEVANCE, 0.9, "displaced_end", "The groups are far more aggrieved, with and without a mission."),
        (SUPPORT, 0.0, "battle_deaths", "No arms or money reach the armed groups from abroad."),
    )
    steps = []
    for path, value, outcome, words in plans:
        lever = known.get(path)
        if lever is None or lever.start == value or (lever.kind == "choice" and value not in lever.options):
            continue
        moved = lever.quantised(float(value)) if lever.slides else value
        note = f"The setting is {lever.group}: {lever.label}; {plain(lever.meaning).lower()}."
        steps.append(Step(lever.label, words, {path: moved}, outcome, ASKS[outcome], note))
    return steps
