"""What the scenario has put on dates, as weeks."""

import numpy as np

from sim.scenario.inputs import Decision, Event
from sim.scenario.scenario import Scenario
from sim.world.kinds import ShockKind, Stage, Task
from sim.world.missions import ceilings_of, force_of, weights_of
from sim.world.settlement import cells_of
from sim.world.tables import Calendar, Geography, Groups


def build_calendar(scenario: Scenario, geography: Geography) -> Calendar:
    """Turn dates into weeks and names into rows."""
    armed = [group.id for group in scenario.armed_groups]
    ceilings = [
        (max(0, scenario.week_of(row.date)), m, ceilings_of(row))
        for m, mission in enumerate(scenario.missions)
        for row in mission.mandate.authorised
    ]
    agreements = scenario.peace.agreements
    signs = np.zeros((len(agreements), len(armed)), dtype=np.int64)
    for q, agreement in enumerate(agreements):
        for name in agreement.signatories:
            signs[q, armed.index(name)] = 1
    events = scenario.events
    where = cells_of(scenario)
    cells = np.zeros((len(events), len(geography.row)))
    for s, event in enumerate(events):
        for letter in event.where or tuple(scenario.regions):
            cells[s, where[letter]] = 1.0
    orders = [
        (scenario.week_of(row.date), m, row)
        for m, mission in enumerate(scenario.missions)
        for row in mission.mandate.decisions
        if scenario.week_of(row.date) > 0  # those before are in force at the start
    ]
    return Calendar(
        ceiling_week=np.array([week for week, _, _ in ceilings], dtype=np.int64),
        ceiling_mission=np.array([m for _, m, _ in ceilings], dtype=np.int64),
        ceiling=np.array([row for _, _, row in ceilings], dtype=np.int64).reshape(len(ceilings), 4),
        **order_columns(scenario, orders),
        agreement_week=np.array([scenario.week_of(item.date) for item in agreements], dtype=np.int64),
        agreement_kind=np.array([Stage[item.kind.upper()] for item in agreements], dtype=np.int64),
        agreement_inclusion=np.array([item.inclusion for item in agreements], dtype=np.float64),
        signs=signs,
        election_week=np.array([scenario.week_of(item.date) for item in scenario.peace.elections], dtype=np.int64),
        shock_week=np.array([scenario.week_of(event.date) for event in events], dtype=np.int64),
        shock_weeks=np.array([event.weeks for event in events], dtype=np.int64),
        shock_kind=np.array([ShockKind[event.kind.upper()] for event in events], dtype=np.int64),
        shock_size=np.array([event.size for event in events], dtype=np.float64),
        shock_who=np.array([whom(scenario, event) for event in events], dtype=np.int64),
        shock_cells=cells,
    )


def order_columns(scenario: Scenario, orders: list[tuple[int, int, Decision]]) -> dict[str, np.ndarray]:
    """Turn decisions on mandates into columns; -1 stands for what a decision leaves as it is."""
    numbers = {
        "order_force": [-1.0 if x.rules_of_engagement is None else force_of(scenario, x) for _, _, x in orders],
        "order_clarity": [-1.0 if x.clarity is None else x.clarity for _, _, x in orders],
        "order_sanctions": [-1.0 if x.sanctions is None else x.sanctions for _, _, x in orders],
    }
    whole = {
        "order_week": [week for week, _, _ in orders],
        "order_mission": [m for _, m, _ in orders],
        "order_flexible": [-1 if x.flexible is None else int(x.flexible) for _, _, x in orders],
        "order_end": [-1 if x.end is None else scenario.week_of(x.end) for _, _, x in orders],
    }
    weights = [[-1.0] * len(Task) if x.tasks is None else weights_of(x.tasks) for _, _, x in orders]
    return (
        {name: np.array(column, dtype=np.float64) for name, column in numbers.items()}
        | {name: np.array(column, dtype=np.int64) for name, column in whole.items()}
        | {"order_weight": np.array(weights, dtype=np.float64).reshape(len(orders), len(Task))}
    )


def whom(scenario: Scenario, event: Event) -> int:
    """Return the row of whom an event concerns in the table that its kind speaks of, -1 for none."""
    tables = {
        "donor_cut": scenario.donors,
        "contributor_cut": scenario.contributors,
        "consent_loss": scenario.missions,
    }
    rows = [item.id for item in tables.get(event.kind, scenario.armed_groups)]
    return rows.index(event.group) if event.group in rows else -1


def sign_what_was_signed(scenario: Scenario, groups: Groups) -> None:
    """Put agreements that were signed before the run began in force."""
    armed = [group.id for group in scenario.armed_groups]
    for agreement in scenario.peace.agreements:
        if scenario.week_of(agreement.date) >= 0:
            continue
        rows = [armed.index(name) for name in agreement.signatories]
        for a in rows:
            groups.signatory[a] = 1
            groups.share[a] = max(groups.share[a], agreement.inclusion)
            for b in rows:
                groups.truce[a, b] = 1.0 if a != b else 0.0
