"""How evaluators look at a mission: the design of their field survey."""

from sim.scenario.inputs import Input
from sim.scenario.quantity import quantity


class Evaluation(Input):
    """``[evaluation]``: the survey of the people by evaluators who are paid by others and change nothing."""

    clusters: int = quantity(
        150,
        "places drawn in each round, with replacement, by their people",
        unit="clusters",
        valid=(2, 10_000),
        plausible=(30, 300),
        role="input",
        source="data: 1,200 respondents at eight a place (Afrobarometer; Bratton, Mattes and Gyimah-Boadi 2005, "
        "Public Opinion, Democracy, and Market Reform in Africa, appendix B)",
    )
    respondents: int = quantity(
        8,
        "people asked in each of them",
        unit="persons per cluster",
        valid=(1, 1_000),
        plausible=(4, 30),
        role="input",
        source="data: eight a place (Afrobarometer, as above)",
    )
    every_weeks: int = quantity(
        52,
        "time between rounds; there is also one at the mission's exit and one at the end",
        unit="weeks",
        valid=(4, 1_040),
        plausible=(26, 156),
        role="input",
        source="assumption: once a year, as mandates are reviewed",
    )
    unsafe_deaths: float = quantity(
        0.2,
        "recent deaths per 1,000 people above which interviewers do not go to a place",
        unit="deaths per 1,000",
        valid=(0.0, 1_000.0),
        plausible=(0.05, 1.0),
        role="input",
        source="assumption: zones of armed conflict are left out of national surveys (Afrobarometer, as above)",
    )
    acquaintances: float = quantity(
        290.0,
        "people whom a respondent knows",
        unit="persons",
        valid=(0.0, 10_000.0),
        plausible=(100.0, 600.0),
        role="input",
        source="literature: McCarty, Killworth, Bernard, Johnsen and Shelley (2001), Comparing two methods for "
        "estimating network size, Human Organization 60(1)",
    )
    interview_usd: float = quantity(
        40.0,
        "cost of one interview, travel and data entry included",
        unit="US$",
        valid=(0.0, 10_000.0),
        plausible=(20.0, 200.0),
        role="input",
        source="assumption: a survey of the general population in sub-Saharan Africa at about US$ 50,000",
    )
