"""Missions, their units, contributors, donors and accounts at the start."""

from collections.abc import Callable, Mapping

import numpy as np

from sim.scenario.inputs import Contributor, Decision, Input, Mandate, Mission, Strength
from sim.scenario.scenario import Scenario
from sim.world.effort import effort_by_task
from sim.world.kinds import (
    Benchmark,
    BudgetLine,
    Ceiling,
    Component,
    Doctrine,
    Exit,
    Mechanism,
    MissionStage,
    Task,
    UnitStatus,
)
from sim.world.settlement import cells_of
from sim.world.tables import Accounts, Contributors, Donors, Geography, Mandates, Missions, Units

NEVER = 10**9
CEILING_OF = {
    Component.MILITARY: Ceiling.MILITARY,
    Component.ENABLERS: Ceiling.MILITARY,
    Component.FORMED_POLICE: Ceiling.POLICE,
    Component.POLICE: Ceiling.POLICE,
    Component.OBSERVERS: Ceiling.OBSERVERS,
    Component.CIVILIANS: Ceiling.CIVILIANS,
}


def ceilings_of(row: Strength) -> tuple[int, int, int, int]:
    """Return authorised strengths in the order of ``Ceiling``."""
    return row.military, row.police, row.observers, row.civilians


def row_of(scenario: Scenario, mission: str) -> int:
    """Return the row of a mission by its id; the main one where the id is left out."""
    ids = [item.id for item in scenario.missions]
    return ids.index(mission) if mission else 0


def force_of(scenario: Scenario, orders: Mandate | Decision) -> float:
    """Return the force that rules of engagement allow, 0 to 1."""
    rates = scenario.parameters.mandate
    rules = orders.rules_of_engagement
    return 1.0 if rules == "enforce" else float(getattr(rates, f"force_{rules}"))


def weights_of(tasks: Mapping[str, float]) -> list[float]:
    """Return the weight of each task in the order of ``Task``; 0 for those not given."""
    return [tasks.get(task.name.lower(), 0.0) for task in Task]


def orders_at_start(scenario: Scenario, mission: Mission) -> Mandate:
    """Return a mission's mandate as the decisions up to week 0 leave it."""
    mandate = mission.mandate
    for decision in mandate.decisions:
        if scenario.week_of(decision.date) <= 0:
            said = {name: value for name, value in decision if value is not None and name in Mandate.model_fields}
            mandate = mandate.model_copy(update=said)
    return mandate


def end_at_start(scenario: Scenario, mission: Mission) -> int:
    """Return the week in which a mission is to close, as the decisions up to week 0 leave it."""
    ends = [mission.end, *(row.end for row in mission.mandate.decisions if scenario.week_of(row.date) <= 0)]
    known = [scenario.week_of(end) for end in ends if end is not None]
    return known[-1] if known else NEVER


def areas(scenario: Scenario, n_cells: int) -> np.ndarray:
    """Mark with 1 the cells where each mission may station units."""
    where, marks = cells_of(scenario), np.zeros((len(scenario.missions), n_cells))
    for m, mission in enumerate(scenario.missions):
        for letter in mission.deployment.area or tuple(scenario.regions):
            marks[m, where[letter]] = 1.0
    return marks


def build_missions(scenario: Scenario, n_cells: int) -> Missions:
    """List the missions; one authorised before the run begins is in the field already."""
    items = scenario.missions
    orders = [orders_at_start(scenario, item) for item in items]
    start = [scenario.week_of(item.start) for item in items]
    rates = scenario.parameters
    ceiling = np.zeros((len(items), 4), dtype=np.int64)
    effort = np.zeros((len(items), len(Task)))
    for m, (item, mandate) in enumerate(zip(items, orders, strict=True)):
        weight = np.array(weights_of(mandate.tasks))
        effort_by_task(weight, rates.mandate.tasks_in_hand, rates.mandate.overload, effort[m])
        for row in item.mandate.authorised:
            if scenario.week_of(row.date) <= 0:
                ceiling[m] = ceilings_of(row)

    def column(name: str, where: Callable[[Mission], Input] = lambda item: item) -> np.ndarray:
        return np.array([float(getattr(where(item), name)) for item in items], dtype=np.float64)

    def deployment(name: str) -> np.ndarray:
        return column(name, lambda item: item.deployment)

    imposes = np.array([item.type == "enforcement" for item in items], dtype=np.int64)
    consent = column("consent")
    return Missions(
        start_week=np.array(start, dtype=np.int64),
        end_week=np.array([end_at_start(scenario, item) for item in items], dtype=np.int64),
        rehat=np.array([item.rehat for item in items], dtype=np.int64),
        stage=np.array(
            [MissionStage.DEPLOYING if week <= 0 else MissionStage.PLANNED for week in start], dtype=np.int64
        ),
        force=np.array([force_of(scenario, mandate) for mandate in orders], dtype=np.float64),
        leadership=column("leadership"),
        clarity=np.array([mandate.clarity for mandate in orders], dtype=np.float64),
        area=areas(scenario, n_cells),
        coordination=deployment("coordination"),
        sharing=deployment("information_sharing"),
        assessment=deployment("assessment"),
        technology=deployment("technology"),
        signals=np.ones(len(items)),
        training=deployment("training"),
        doctrine=np.array([Doctrine[item.deployment.doctrine.upper()] for item in items], dtype=np.int64),
        flexible=np.array([mandate.flexible for mandate in orders], dtype=np.int64),
        review_weeks=np.array([mandate.review_weeks for mandate in orders], dtype=np.int64),
        effort=effort,
        ceiling=ceiling,
        threat=np.zeros((len(items), n_cells)),
        warning=np.zeros((len(items), n_cells)),
        consent=consent,
        recent_dead=np.zeros(len(items)),
        imposes=imposes,
        welcome=consent.copy(),
        access=np.where(imposes == 1, 1.0, np.minimum(1.0, consent / rates.consent.free_at)),
        even_handed=column("impartiality"),
        impartiality=column("impartiality"),
        oversight=deployment("oversight"),
        joint_training=deployment("joint_training"),
        scandal=np.zeros(len(items)),
        dispute=np.zeros(len(items)),
    )


def build_mandates(scenario: Scenario) -> Mandates:
    """Write down what the missions are told to do."""
    orders = [orders_at_start(scenario, item) for item in scenario.missions]
    n = len(orders)
    targets = [[x.benchmarks.get(aim.name.lower(), 0.0) for aim in Benchmark] for x in orders]  # type: ignore[call-overload]
    weights = [weights_of(x.tasks) for x in orders]
    return Mandates(
        weight=np.array(weights, dtype=np.float64).reshape(n, len(Task)),
        target=np.array(targets, dtype=np.float64).reshape(n, len(Benchmark)),
        score=np.full(n, -1.0),
        security=np.full(n, -1.0),
        progress=np.zeros(n),
        met=np.ones(n, dtype=np.int64),
        text=np.array([x.clarity for x in orders], dtype=np.float64),
        unity=np.ones(n),
        exit=np.array([Exit[x.exit.upper()] for x in orders], dtype=np.int64),
        creep=np.array([x.creep for x in orders], dtype=np.float64),
        sanctions=np.array([x.sanctions for x in orders], dtype=np.float64),
        unwanted=np.zeros(n, dtype=np.int64),
    )


def lead_of(scenario: Scenario, contributor: Contributor) -> float:
    """Return a contributor's mean lead time in weeks; the usual of its component where it says none."""
    if contributor.lead_weeks is not None:
        return contributor.lead_weeks
    rates = scenario.parameters.force_generation
    usual = {
        "military": rates.lead_weeks_military,
        "enablers": rates.lead_weeks_military,
        "formed_police": rates.lead_weeks_police,
        "police": rates.lead_weeks_police,
        "observers": rates.lead_weeks_observers,
        "civilians": rates.lead_weeks_civilians,
    }
    return usual[contributor.component]


def build_contributors(scenario: Scenario) -> Contributors:
    """List the contributors."""
    items = scenario.contributors

    def column(name: str) -> np.ndarray:
        return np.array([float(getattr(item, name)) for item in items], dtype=np.float64)

    return Contributors(
        mission=np.array([row_of(scenario, item.mission) for item in items], dtype=np.int64),
        component=np.array([Component[item.component.upper()] for item in items], dtype=np.int64),
        lead_weeks=np.array([lead_of(scenario, item) for item in items], dtype=np.float64),
        tour_weeks=np.array([item.tour_weeks for item in items], dtype=np.int64),
        quality=column("quality"),
        proximity=column("proximity"),
        caveats=column("caveats"),
        interoperability=column("interoperability"),
        casualty_tolerance=column("casualty_tolerance"),
        recent_dead=np.zeros(len(items)),
        owed_usd=np.zeros(len(items)),
        takes_part=np.ones(len(items), dtype=np.int64),
        will=column("will"),
        usual_will=column("will"),
        patience_weeks=column("patience_weeks"),
        overdue_weeks=np.zeros(len(items)),
        written_off_usd=np.zeros(len(items)),
        part=np.zeros(len(items)),
    )


def build_units(scenario: Scenario, geography: Geography, missions: Missions, contributors: Contributors) -> Units:
    """Divide what contributors pledge into units; those of a mission already in the field stand at its entry points."""
    rows: list[tuple[int, int]] = []  # contributor, size
    for k, item in enumerate(scenario.contributors):
        usual = int(getattr(scenario.parameters.force_generation, f"unit_size_{item.component}"))
        size = item.unit_size or usual
        full, rest = divmod(item.pledged, size)
        rows += [(k, size)] * full + ([(k, rest)] if rest else [])
    n = len(rows)
    owner = np.array([k for k, _ in rows], dtype=np.int64)
    size = np.array([people for _, people in rows], dtype=np.int64)
    units = Units(
        contributor=owner,
        mission=contributors.mission[owner],
        component=contributors.component[owner],
        size=size,
        headcount=np.zeros(n, dtype=np.int64),
        status=np.full(n, UnitStatus.HOME, dtype=np.int64),
        cell=np.full(n, -1, dtype=np.int64),
        ready_week=np.zeros(n, dtype=np.int64),
        arrived_week=np.zeros(n, dtype=np.int64),
        moving_weeks=np.zeros(n, dtype=np.int64),
        readiness=np.zeros(n),
        knowledge=np.zeros(n),
        caution=np.zeros(n),
        effective=np.zeros(n),
        training=np.zeros(n),
        interoperability=np.zeros(n),
    )
    joint_gain = scenario.parameters.force_generation.joint_gain
    room = missions.ceiling.copy()
    for u in range(n):
        m, kind = units.mission[u], CEILING_OF[Component(int(units.component[u]))]
        if missions.start_week[m] >= 0 or size[u] > room[m, kind]:
            continue
        room[m, kind] -= size[u]
        units.status[u] = UnitStatus.DEPLOYED
        units.headcount[u] = size[u]
        units.cell[u] = geography.entry[u % len(geography.entry)]
        units.readiness[u] = 1.0
        units.knowledge[u] = contributors.proximity[owner[u]]
        units.training[u] = missions.training[m]
        own = contributors.interoperability[owner[u]]
        units.interoperability[u] = own + (1.0 - own) * joint_gain * missions.joint_training[m]
    return units


def build_donors(scenario: Scenario) -> Donors:
    """List the donors."""
    items = scenario.donors

    def column(name: str) -> np.ndarray:
        return np.array([float(getattr(item, name)) for item in items], dtype=np.float64)

    def zeros() -> np.ndarray:
        return np.zeros(len(items))

    return Donors(
        mission=np.array([row_of(scenario, item.mission) for item in items], dtype=np.int64),
        mechanism=np.array([Mechanism[item.mechanism.upper()] for item in items], dtype=np.int64),
        share=column("share"),
        will=column("will"),
        usual_will=column("will"),
        reliability=column("reliability"),
        delay_weeks=column("delay_weeks"),
        owed_usd=zeros(),
        promised_usd=zeros(),
        paid_usd=zeros(),
        lapsed_usd=zeros(),
        renewed=np.ones(len(items), dtype=np.int64),
        signed_will=column("will"),
        reserve_usd=zeros(),
        earmark=np.array([-1 if x.earmark is None else BudgetLine[x.earmark.upper()] for x in items], dtype=np.int64),
    )


def build_accounts(scenario: Scenario) -> Accounts:
    """Open the missions' accounts, empty."""
    n = len(scenario.missions)
    budgets = [-1.0 if x.budget_usd_per_year is None else x.budget_usd_per_year / 52.0 for x in scenario.missions]
    purse = np.zeros((n, len(BudgetLine)))
    accounts = Accounts(np.array(budgets, dtype=np.float64), *(np.zeros(n) for _ in Accounts._fields[1:-1]), purse)
    accounts.tempo[:], accounts.posts[:] = 1.0, 1.0  # what holds where the process of funding is left out
    return accounts
