"""Small random countries, and one small country in which everything happens, for tests that need a world."""

import datetime
from typing import Any, get_args

from hypothesis import strategies as st

from sim.scenario.scenario import Scenario
from sim.scenario.words import Doctrine

START = datetime.date(2000, 1, 3)
TASKS = (
    "ceasefire_monitoring",
    "protection_of_civilians",
    "ddr",
    "humanitarian_support",
    "human_rights",
    "police_training",
    "rule_of_law",
    "state_authority",
    "elections",
    "political_process",
    "reconciliation",
    "offensive_operations",
)
BENCHMARKS = ("security", "disarmament", "politics", "institutions", "return")
COMPONENTS = ("military", "formed_police", "police", "observers", "civilians", "enablers")
STAGES = ("war", "talks", "ceasefire", "agreement", "transition", "post_election", "peace", "relapse")


def day(week: int) -> datetime.date:
    """Give the first day of a week."""
    return START + datetime.timedelta(weeks=week)


def build(data: dict[str, Any]) -> Scenario:
    """Validate the tables of a scenario."""
    return Scenario.model_validate(data)


# --------------------------------------------------- one country with everything


def valley(weeks: int = 156, **changes: Any) -> Scenario:
    """Give a small country with war, truce, election, two missions, all kinds of donors, units and events.

    Keyword arguments replace whole parts of it, such as ``donors=[]``.
    """
    rows = "*AAAaBB\n*AAAABb\n.CcCABB\n.CCCdBB\n"
    region = {"terrain": 0.3, "roads": 0.4, "resources": 0.3, "livelihood": 0.4, "institutions": 0.3}
    data: dict[str, Any] = {
        "scenario": {
            "id": "test",
            "title": "Test",
            "summary": "A country for tests.",
            "start": START,
            "weeks": weeks,
        },
        "map": {"cell_km": 12.0, "rows": rows},
        "regions": {
            "A": {"name": "A", "population": 90_000, "identity": {"hill": 0.6, "plain": 0.4}, **region},
            "B": {
                "name": "B",
                "population": 70_000,
                "identity": {"plain": 1.0},
                "displaced": 2_000,
                **region,
            },
            "C": {"name": "C", "population": 50_000, "identity": {"hill": 0.9, "plain": 0.1}, **region},
        },
        "places": {
            "a": {
                "name": "Port",
                "region": "A",
                "population": 30_000,
                "capital": True,
                "entry": True,
                "camp": True,
            },
            "b": {"name": "Market", "region": "B", "population": 9_000, "camp": True},
            "c": {"name": "Fort", "region": "C", "population": 4_000, "entry": True},
            "d": {"name": "Ford", "region": "C"},
        },
        "identity_groups": [
            {"id": "hill", "name": "Hill", "grievance": 0.5},
            {"id": "plain", "name": "Plain", "grievance": 0.2},
        ],
        "armed_groups": [
            armed(
                "army",
                "state",
                1_400,
                {"A": 0.5, "a": 0.2, "B": 0.3},
                enemies=["front", "sons"],
                constituency=["plain"],
                control={"A": 0.7, "B": 0.9},
            ),
            armed(
                "front",
                "rebel",
                1_100,
                {"C": 0.8, "A": 0.2},
                enemies=["army"],
                constituency=["hill"],
                control={"C": 0.6},
            ),
            armed("sons", "terrorist", 300, {"A": 0.5, "B": 0.5}, enemies=["army"], band_size=60),
        ],
        "peace": {
            "stage": "war",
            "agreements": [
                {"date": day(12), "name": "Truce", "kind": "ceasefire", "signatories": ["army", "front"]},
                {
                    "date": day(40),
                    "name": "Accord",
                    "signatories": ["army", "front", "sons"],
                    "inclusion": 0.8,
                },
            ],
            "elections": [{"date": day(100)}],
        },
        "mission": mission(
            "main",
            16,
            rules="robust",
            tasks=dict.fromkeys(TASKS, 1.0),
            ceilings=((16, 1_500, 400, 60, 200), (110, 600, 100, 20, 60)),
            end=140,
            orders={
                "benchmarks": {"security": 0.9, "politics": 0.3},
                "creep": 0.5,
                "decisions": [
                    {
                        "date": day(60),
                        "name": "Resolution",
                        "tasks": dict.fromkeys(TASKS[:8], 1.0),
                        "rules_of_engagement": "defend_mandate",
                        "clarity": 0.6,
                        "flexible": False,
                        "sanctions": 0.5,
                        "end": day(138),
                    }
                ],
            },
        ),
        "partners": [
            mission(
                "bridge",
                6,
                tasks={"ceasefire_monitoring": 1.0},
                ceilings=((6, 450, 0, 0, 0),),
                end=20,
                rehat=True,
                deployment={"doctrine": "early_warning"},
            )
        ],
        "contributors": [
            contributor("first", 450, mission="bridge", lead_weeks=1.0, casualty_tolerance=4.0),
            contributor("second", 600, lead_weeks=3.0, casualty_tolerance=2.0, tour_weeks=30),
            contributor("third", 500, lead_weeks=6.0, unit_size=90),
            contributor("fpu", 280, "formed_police", lead_weeks=8.0),
            contributor("blue", 100, "police", lead_weeks=5.0),
            contributor("eyes", 48, "observers", lead_weeks=2.0),
            contributor("staff", 200, "civilians", lead_weeks=4.0),
            contributor("build", 150, "enablers", lead_weeks=8.0),
        ],
        "donors": [
            {"id": "all", "name": "All", "share": 0.7, "will": 0.9, "reliability": 0.9, "delay_weeks": 6.0},
            {"id": "fund", "name": "Fund", "mechanism": "pooled", "share": 0.1},
            {"id": "friend", "name": "Friend", "mechanism": "voluntary", "share": 0.1, "earmark": "programmes"},
            {"id": "bank", "name": "Bank", "mechanism": "multi_year", "share": 0.1},
            {"id": "ally", "name": "Ally", "mechanism": "ad_hoc", "share": 0.8, "mission": "bridge"},
        ],
        "ngos": [
            {"id": "bread", "name": "Bread", "budget_usd_per_year": 2e6, "principled": 0.2},
            {"id": "water", "name": "Water", "budget_usd_per_year": 1e6, "start": day(20), "end": day(90)},
        ],
        "events": [
            {"date": day(5), "kind": "disaster", "name": "Flood", "where": ["B"], "size": 300.0, "weeks": 3},
            {"date": day(10), "kind": "refugee_inflow", "name": "Inflow", "size": 4_000.0, "weeks": 9},
            {"date": day(25), "kind": "epidemic", "name": "Fever", "size": 500.0, "weeks": 12},
            {"date": day(30), "kind": "economic_crisis", "name": "Crash", "size": 0.3, "weeks": 10},
            {"date": day(35), "kind": "leader_departure", "name": "Exile", "group": "front", "size": 0.6},
            {"date": day(45), "kind": "support_change", "name": "Arms", "group": "sons", "size": 0.7},
            {"date": day(50), "kind": "donor_cut", "name": "Cut", "group": "all", "size": 0.3},
            {"date": day(60), "kind": "scandal", "name": "Scandal", "size": 0.5},
            {"date": day(62), "kind": "cyber_attack", "name": "Worm", "size": 0.8, "weeks": 6},
            {"date": day(65), "kind": "spill_over", "name": "Raiders", "group": "sons", "size": 200.0},
            {"date": day(70), "kind": "intervention", "name": "Guests", "group": "army", "size": 300.0, "weeks": 8},
            {"date": day(120), "kind": "coup", "name": "Coup", "size": 0.2},
            {"date": day(65), "kind": "contributor_cut", "name": "Vote", "group": "third", "size": 0.5},
            {"date": day(70), "kind": "consent_loss", "name": "Quarrel", "group": "main", "size": 0.6},
        ],
        "planned_weeks": max(weeks, 156),
    }
    return build({**data, **changes})


def armed(name: str, kind: str, fighters: int, where: dict[str, float], **more: Any) -> dict[str, Any]:
    """Describe an armed group that is quick to fight and to recruit."""
    return {
        "id": name,
        "name": name.title(),
        "kind": kind,
        "fighters": fighters,
        "where": where,
        "band_size": 90,
        "abusiveness": 2.0,
        **more,
    }


def mission(
    name: str,
    start: int,
    *,
    tasks: dict[str, float],
    ceilings: tuple[tuple[int, int, int, int, int], ...],
    rules: str = "defend_mandate",
    end: int | None = None,
    orders: dict[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Describe a mission; a ceiling is its week, military, police, observers and civilians."""
    authorised = [
        {
            "date": day(week),
            "military": military,
            "police": police,
            "observers": observers,
            "civilians": civilians,
        }
        for week, military, police, observers, civilians in ceilings
    ]
    mandate = {
        "tasks": tasks,
        "rules_of_engagement": rules,
        "authorised": authorised,
        "flexible": True,
        "review_weeks": 13,
        **(orders or {}),
    }
    dates = {"start": day(start), "end": None if end is None else day(end)}
    return {"id": name, "name": name.title(), **dates, "mandate": mandate, **more}


def contributor(name: str, pledged: int, component: str = "military", **more: Any) -> dict[str, Any]:
    """Describe a contributor."""
    return {"id": name, "name": name.title(), "pledged": pledged, "component": component, **more}


# ------------------------------------------------------------- random countries


def shares(draw: Any, n: int) -> list[float]:
    """Draw n shares that sum to 1."""
    weights = [draw(st.integers(0, 6)) for _ in range(n - 1)]
    weights.append(1 if not any(weights) else draw(st.integers(0, 6)))
    return [weight / sum(weights) for weight in weights]


unit = st.sampled_from((0.0, 0.1, 0.5, 0.9, 1.0))


@st.composite
def drawings(draw: Any) -> str:
    """Draw a map with regions A and B, the port p and the town q."""
    high, wide = draw(st.integers(3, 8)), draw(st.integers(3, 8))
    cells = draw(st.lists(st.sampled_from("AAAABBBB.*"), min_size=high * wide, max_size=high * wide))
    for place, letter in zip(draw(st.permutations(range(high * wide)))[:4], "ABpq", strict=True):
        cells[place] = letter
    return "\n".join("".join(cells[row * wide : (row + 1) * wide]) for row in range(high))


@st.composite
def armed_groups(draw: Any, identities: list[str]) -> list[dict[str, Any]]:
    """Draw one to four armed groups, not all of them with fighters or enemies."""
    names = ["army", "front", "militia", "gang"][: draw(st.integers(1, 4))]
    held = {letter: shares(draw, len(names) + 1) for letter in "AB"}
    groups = []
    for number, name in enumerate(names):
        letters = draw(st.sampled_from(["A", "B", "p", "AB", "ABpq"]))
        others = [other for other in names if other != name]
        groups.append(
            {
                "id": name,
                "name": name,
                "kind": "state" if number == 0 else draw(st.sampled_from(["rebel", "militia", "gang", "terrorist"])),
                "fighters": draw(st.sampled_from([0, 1, 40, 300, 900, 2_000])),
                "where": dict(zip(letters, shares(draw, len(letters)), strict=True)),
                "band_size": draw(st.sampled_from([1, 25, 60, 150])) if number else 100,
                "enemies": draw(st.lists(st.sampled_from(others), unique=True)) if others else [],
                "constituency": draw(st.lists(st.sampled_from(identities), unique=True)),
                "control": {letter: held[letter][number] for letter in "AB"},
                "abusiveness": draw(st.sampled_from([0.0, 1.0, 5.0])),
                **{key: draw(unit) for key in ("support", "cohesion", "commitment", "spoils", "demobilise")},
            }
        )
        if groups[-1]["band_size"] == 1:
            groups[-1]["fighters"] = min(40, groups[-1]["fighters"])
    return groups


@st.composite
def peace_processes(draw: Any, names: list[str], weeks: int) -> dict[str, Any]:
    """Draw a stage, agreements past and to come, and elections."""
    signatories = st.lists(st.sampled_from(names), unique=True, min_size=1)
    agreements = [
        {
            "date": day(draw(st.integers(-20, weeks - 1))),
            "name": f"Accord {n}",
            "inclusion": draw(unit),
            "kind": draw(st.sampled_from(["ceasefire", "agreement"])),
            "signatories": draw(signatories),
        }
        for n in range(draw(st.integers(0, 2)))
    ]
    elections = [{"date": day(draw(st.integers(0, weeks - 1)))} for _ in range(draw(st.integers(0, 2)))]
    stage = draw(st.sampled_from(STAGES))
    return {"stage": stage, "inclusion": draw(unit), "agreements": agreements, "elections": elections}


@st.composite
def missions(draw: Any, name: str, weeks: int) -> dict[str, Any]:
    """Draw a mission that may have begun before the run and may end within it."""
    start = draw(st.integers(-30, weeks // 2))
    strength = st.sampled_from([0, 60, 400, 1_200])
    first = (
        start,
        draw(strength),
        draw(strength),
        draw(st.sampled_from([0, 24])),
        draw(st.sampled_from([0, 120])),
    )
    later = [(start + draw(st.integers(1, weeks)), draw(strength), draw(strength), 8, 50)] * draw(st.integers(0, 1))
    end = max(start, 0) + draw(st.integers(1, weeks)) if draw(st.booleans()) else None
    tasks = {task: draw(st.sampled_from([0.2, 1.0])) for task in draw(st.sets(st.sampled_from(TASKS), min_size=1))}
    deployment = {
        "doctrine": draw(st.sampled_from(get_args(Doctrine))),
        **{key: draw(unit) for key in ("coordination", "information_sharing", "training", "technology", "assessment")},
        **{key: draw(unit) for key in ("joint_training", "oversight")},
    }
    orders = {
        "flexible": draw(st.booleans()),
        "exit": draw(st.sampled_from(["date", "benchmarks"])),
        "benchmarks": {name: 0.5 for name in draw(st.sets(st.sampled_from(BENCHMARKS)))},
        "decisions": draw(decisions(weeks)),
        **{key: draw(unit) for key in ("creep", "sanctions")},
    }
    rules = draw(st.sampled_from(["observe", "self_defence", "defend_mandate", "robust", "enforce"]))
    budget = draw(st.sampled_from([None, None, 0.0, 2e7]))
    more = {"leadership": draw(unit), "deployment": deployment, "budget_usd_per_year": budget}
    more |= {key: draw(unit) for key in ("impartiality", "consent")}
    more["type"] = draw(st.sampled_from(["multidimensional", "enforcement"]))
    return mission(name, start, tasks=tasks, ceilings=(first, *later), rules=rules, end=end, orders=orders, **more)


@st.composite
def decisions(draw: Any, weeks: int) -> list[dict[str, Any]]:
    """Draw at most one decision of the Council, before or during the run."""
    if draw(st.booleans()):
        return []
    week = draw(st.integers(-20, weeks - 1))
    change: dict[str, Any] = {
        "tasks": {draw(st.sampled_from(TASKS)): 0.7},
        "rules_of_engagement": draw(st.sampled_from(["observe", "robust"])),
        "clarity": draw(unit),
        "flexible": draw(st.booleans()),
        "sanctions": draw(unit),
        "end": day(week + draw(st.integers(0, 40))),
    }
    named = draw(st.sets(st.sampled_from(sorted(change))))
    return [{"date": day(week), "name": "Decision", **{key: change[key] for key in sorted(named)}}]


@st.composite
def supporters(draw: Any, names: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Draw contributors and donors of some missions."""
    contributors = [
        contributor(
            f"c{n}",
            draw(st.sampled_from([0, 7, 200, 900])),
            draw(st.sampled_from(COMPONENTS)),
            mission=draw(st.sampled_from(names)),
            unit_size=draw(st.sampled_from([None, 8, 30])),
            lead_weeks=draw(st.sampled_from([0.0, 2.0, 10.0])),
            tour_weeks=draw(st.sampled_from([8, 26])),
            quality=draw(st.sampled_from([0.0, 1.0, 3.0])),
            casualty_tolerance=draw(st.sampled_from([0.1, 10.0])),
            **{key: draw(unit) for key in ("proximity", "caveats", "interoperability", "will")},
            patience_weeks=draw(st.sampled_from([1.0, 104.0])),
        )
        for n in range(draw(st.integers(0, 4)))
    ]
    mechanisms = st.sampled_from(["assessed", "voluntary", "pooled", "multi_year", "ad_hoc"])
    donors = [
        {
            "id": f"d{n}",
            "name": f"Donor {n}",
            "mission": draw(st.sampled_from(names)),
            "mechanism": draw(mechanisms),
            "will": draw(unit),
            "reliability": draw(unit),
            "delay_weeks": draw(st.sampled_from([0.0, 12.0])),
            "share": draw(st.sampled_from([0.0, 0.2, 0.33])),
            "earmark": draw(st.sampled_from([None, "life_support", "operations", "reimbursement", "programmes"])),
        }
        for n in range(draw(st.integers(0, 3)))
    ]
    return {"contributors": contributors, "donors": donors}


SIZES = {
    "disaster": (0.0, 50.0, 1e5),
    "epidemic": (0.5, 500.0),
    "economic_crisis": (0.1, 0.5, 1.0),
    "refugee_inflow": (0.0, 1.0, 5_000.0),
    "leader_departure": (0.0, 0.5, 1.0),
    "support_change": (0.0, 1.0),
    "donor_cut": (0.2, 1.0),
    "scandal": (0.2, 1.0),
    "coup": (0.0, 0.4, 1.0),
    "cyber_attack": (0.5, 1.0),
    "spill_over": (0.0, 0.5, 90.0, 2_000.0),
    "intervention": (0.0, 90.0, 2_000.0),
    "contributor_cut": (0.2, 1.0),
    "consent_loss": (0.2, 1.0),
}
CONCERN_ARMED_GROUPS = ("leader_departure", "support_change", "spill_over", "intervention", "coup")


@st.composite
def events(draw: Any, weeks: int, armed: list[str], donors: list[str], senders: list[str]) -> list[dict[str, Any]]:
    """Draw events of every kind."""
    found = []
    concerned = {"donor_cut": donors, "contributor_cut": senders, **dict.fromkeys(CONCERN_ARMED_GROUPS, armed)}
    for n in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(sorted(SIZES)))
        whom = concerned.get(kind, [])
        found.append(
            {
                "date": day(draw(st.integers(0, weeks - 1))),
                "kind": kind,
                "name": f"Event {n}",
                "group": draw(st.sampled_from(whom)) if whom else "",
                "where": draw(st.lists(st.sampled_from("ABpq"), unique=True)),
                "size": draw(st.sampled_from(SIZES[kind])),
                "weeks": draw(st.sampled_from([1, 2, 9])),
            }
        )
    return found


@st.composite
def countries(draw: Any, weeks: tuple[int, int] = (60, 120), mission_share: float = 1.0) -> Scenario:
    """Draw a small country; with ``mission_share`` 0 there is never a mission."""
    n_weeks = draw(st.integers(*weeks))
    identities = ["hill", "plain", "coast"][: draw(st.integers(1, 3))]
    people = {letter: draw(st.sampled_from([0, 3, 900, 20_000, 150_000])) for letter in "AB"}
    people["A"] = max(people["A"], 10_000)
    regions = {
        letter: {
            "name": letter,
            "population": people[letter],
            "identity": dict(zip(identities, shares(draw, len(identities)), strict=True)),
            "displaced": draw(st.sampled_from([0, people[letter] // 10])),
            **{key: draw(unit) for key in ("terrain", "roads", "resources", "livelihood", "institutions")},
        }
        for letter in "AB"
    }
    town = {"name": "Town", "region": draw(st.sampled_from("AB")), "camp": draw(st.booleans())}
    town["population"] = people[town["region"]] // 4
    port = {
        "name": "Port",
        "region": "A",
        "population": 1_000,
        "capital": draw(st.booleans()),
        "entry": draw(st.booleans()),
    }
    armed_here = draw(armed_groups(identities))
    names = [group["id"] for group in armed_here]
    data: dict[str, Any] = {
        "scenario": {"id": "random", "title": "R", "summary": "Random.", "start": START, "weeks": n_weeks},
        "map": {"cell_km": draw(st.sampled_from([1.0, 8.0, 20.0, 60.0])), "rows": draw(drawings())},
        "regions": regions,
        "places": {"p": port, "q": town},
        "identity_groups": [{"id": name, "name": name, "grievance": draw(unit)} for name in identities],
        "armed_groups": armed_here,
        "peace": draw(peace_processes(names, n_weeks)),
        "ngos": [
            {
                "id": f"n{n}",
                "name": f"NGO {n}",
                "budget_usd_per_year": draw(st.sampled_from([0.0, 1e6, 1e8])),
                "principled": draw(unit),
            }
            for n in range(draw(st.integers(0, 2)))
        ],
    }
    donor_names: list[str] = []
    senders: list[str] = []
    if mission_share > 0.0 and draw(st.booleans()):
        data["mission"] = draw(missions("main", n_weeks))
        own = ["main"]
        if draw(st.booleans()):
            partner = draw(missions("bridge", n_weeks))
            partner["rehat"] = partner["end"] is not None and draw(st.booleans())
            data["partners"] = [partner]
            own.append("bridge")
        data |= draw(supporters(own))
        donor_names = [donor["id"] for donor in data["donors"]]
        senders = [sender["id"] for sender in data["contributors"]]
    data["events"] = draw(events(n_weeks, names, donor_names, senders))
    return build(data)
