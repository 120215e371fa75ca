"""Missions, their units, contributors, donors and accounts at the start."""

import numpy as np

from sim.scenario.inputs import Contributor, Mission, Strength
from sim.scenario.scenario import Scenario
from sim.world.kinds import Component, Doctrine, Mechanism, MissionStage, Task, UnitStatus
from sim.world.tables import Accounts, Contributors, Donors, Geography, Missions, Units

NEVER = 10**9
CEILING_OF = {
    Component.MILITARY: 0,
    Component.ENABLERS: 0,
    Component.FORMED_POLICE: 1,
    Component.POLICE: 1,
    Component.OBSERVERS: 2,
    Component.CIVILIANS: 3,
}


def ceilings_of(row: Strength) -> tuple[int, int, int, int]:
    """Return authorised strengths in the order of ``Ceiling``."""
    return row.military, row.police, row.observers, row.civilians


def row_of(scenario: Scenario, mission: str) -> int:
    """Return the row of a mission by its id; the main one where the id is left out."""
    ids = [item.id for item in scenario.missions]
    return ids.index(mission) if mission else 0


def force_of(scenario: Scenario, mission: Mission) -> float:
    """Return the force that a mission's rules of engagement allow, 0 to 1."""
    rates = scenario.parameters.mandate
    rules = mission.mandate.rules_of_engagement
    return 1.0 if rules == "enforce" else float(getattr(rates, f"force_{rules}"))


def effort_of(scenario: Scenario, mission: Mission) -> list[float]:
    """Return the share of effort that reaches each task: its weight, less where a mission has too many."""
    rates, tasks = scenario.parameters.mandate, mission.mandate.tasks
    heaviest = max(tasks.values(), default=0.0)
    excess = max(0.0, len(tasks) - rates.tasks_in_hand) / rates.tasks_in_hand
    left = 1.0 / (1.0 + rates.overload * excess)
    return [left * tasks.get(task.name.lower(), 0.0) / heaviest if heaviest > 0.0 else 0.0 for task in Task]  # type: ignore[call-overload]


def build_missions(scenario: Scenario, n_cells: int) -> Missions:
    """List the missions; one authorised before the run begins is in the field already."""
    items = scenario.missions
    start = [scenario.week_of(item.start) for item in items]
    ceiling = np.zeros((len(items), 4), dtype=np.int64)
    for m, item in enumerate(items):
        for row in item.mandate.authorised:
            if scenario.week_of(row.date) <= 0:
                ceiling[m] = ceilings_of(row)
    return Missions(
        start_week=np.array(start, dtype=np.int64),
        end_week=np.array([NEVER if x.end is None else scenario.week_of(x.end) for x in items], dtype=np.int64),
        rehat=np.array([item.rehat for item in items], dtype=np.int64),
        stage=np.array(
            [MissionStage.DEPLOYING if week <= 0 else MissionStage.PLANNED for week in start], dtype=np.int64
        ),
        force=np.array([force_of(scenario, item) for item in items], dtype=np.float64),
        offensive=np.array([item.mandate.tasks.get("offensive_operations", 0.0) for item in items], dtype=np.float64),
        leadership=np.array([item.leadership for item in items], dtype=np.float64),
        clarity=np.array([item.mandate.clarity for item in items], dtype=np.float64),
        coordination=np.array([item.deployment.coordination for item in items], dtype=np.float64),
        sharing=np.array([item.deployment.information_sharing for item in items], dtype=np.float64),
        technology=np.array([item.deployment.technology for item in items], dtype=np.float64),
        signals=np.ones(len(items)),
        training=np.array([item.deployment.training for item in items], dtype=np.float64),
        doctrine=np.array([Doctrine[item.deployment.doctrine.upper()] for item in items], dtype=np.int64),
        flexible=np.array([item.mandate.flexible for item in items], dtype=np.int64),
        review_weeks=np.array([item.mandate.review_weeks for item in items], dtype=np.int64),
        effort=np.array([effort_of(scenario, item) for item in items], dtype=np.float64).reshape(len(items), len(Task)),
        ceiling=ceiling,
        threat=np.zeros((len(items), n_cells)),
        consent=np.ones(len(items)),
        recent_dead=np.zeros(len(items)),
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
    )
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
    )


def build_accounts(scenario: Scenario) -> Accounts:
    """Open the missions' accounts, empty."""
    n = len(scenario.missions)
    budgets = [-1.0 if x.budget_usd_per_year is None else x.budget_usd_per_year / 52.0 for x in scenario.missions]
    accounts = Accounts(np.array(budgets, dtype=np.float64), *(np.zeros(n) for _ in Accounts._fields[1:]))
    accounts.tempo[:] = 1.0  # what holds where the process of funding is left out
    return accounts
