"""Who lives where at the start, and how they feel."""

import numpy as np

from sim.scenario.scenario import Scenario
from sim.world.kinds import GroupKind
from sim.world.tables import Communities, Geography, Ints

# Where a run begins; the first weeks of violence or calm soon replace them.
FEAR_IN_WAR, FEAR_IN_PEACE = 0.15, 0.05


def apportion(total: int, weights: list[float]) -> list[int]:
    """Split a whole number in proportion to weights, exactly: shares differ from the ideal by less than 1.

    >>> apportion(10, [1.0, 1.0, 1.0])
    [3, 4, 3]
    """
    whole, running, given, parts = 0.0, 0.0, 0, []
    for weight in weights:
        whole += weight
    for weight in weights:
        running += weight
        due = int(total * running / whole + 0.5) if whole > 0.0 else 0
        parts.append(due - given)
        given = due
    return parts


def cells_of(scenario: Scenario) -> dict[str, list[int]]:
    """Return the cells drawn with each letter, and for a region those of its places as well."""
    found: dict[str, list[int]] = {letter: [] for letter in [*scenario.regions, *scenario.places]}
    number = 0
    for row in scenario.rows:
        for letter in row:
            if letter in found:
                found[letter].append(number)
                if letter in scenario.places:
                    found[scenario.places[letter].region].append(number)
                number += 1
    return found


def build_communities(scenario: Scenario, geography: Geography) -> Communities:
    """Settle the people of a scenario in its cells.

    A place gets its own number, the rest of a region spreads evenly over its other cells. Displaced people are part of
    a region's population; they stay in its camps, or all over it where it has none. Their empty homes, and those of
    the refugees abroad, are spread over the other cells in proportion to residents and to control by groups other than
    the state.
    """
    n_cells, n_identities = len(geography.row), len(scenario.identity_groups)
    where = cells_of(scenario)
    residents = np.zeros((n_identities, n_cells), dtype=np.int64)
    hosted = np.zeros((n_identities, n_cells), dtype=np.int64)
    control = starting_control(scenario, where, n_cells)
    names = [group.id for group in scenario.identity_groups]
    letters = {cell: letter for letter in scenario.places for cell in where[letter]}
    for letter, region in scenario.regions.items():
        shares = [region.identity.get(name, 0.0) for name in names]
        open_land = [c for c in where[letter] if c not in letters]
        towns = [c for c in where[letter] if c in letters]
        settled = region.population - region.displaced
        in_towns = [scenario.places[letters[c]].population for c in towns]
        if not open_land or sum(in_towns) > settled:
            in_towns = apportion(settled, [float(n) + 1.0 for n in in_towns])
        spread = apportion(settled - sum(in_towns), [1.0] * len(open_land))
        for cell, people in zip([*towns, *open_land], [*in_towns, *spread], strict=True):
            residents[:, cell] = apportion(people, shares)
        camps = [c for c in towns if c in geography.camp_cells] or where[letter]
        guests = apportion(region.displaced, [float(residents[:, c].sum()) + 1.0 for c in camps])
        for cell, people in zip(camps, guests, strict=True):
            hosted[:, cell] = people  # identity follows below, when all residents are known
    nation = [float(residents[g].sum()) for g in range(n_identities)]
    for cell in range(n_cells):
        hosted[:, cell] = apportion(int(hosted[0, cell]) if n_identities else 0, nation)
    uprooted = hosted.sum(axis=1) + abroad_of(scenario)
    of_region = list(scenario.regions.values())
    regional = {
        name: np.array([float(getattr(of_region[r], name)) for r in geography.region])
        for name in ("livelihood", "institutions")
    }
    at_war = scenario.peace.stage in ("war", "talks", "relapse")
    return Communities(
        residents=residents,
        hosted=hosted,
        empty_homes=homes_of(uprooted, hosted, residents, control, scenario),
        foreigners=np.zeros(n_cells, dtype=np.int64),
        trust_mission=np.full(n_cells, 0.5),
        trust_state=0.5 * regional["institutions"] + 0.25,
        fear=np.full(n_cells, FEAR_IN_WAR if at_war else FEAR_IN_PEACE),
        grievance=np.tile(
            np.array([[group.grievance] for group in scenario.identity_groups], dtype=np.float64).reshape(-1, 1),
            (1, n_cells),
        ),
        cohesion=np.full(n_cells, cohesion_of(scenario)),
        livelihood=regional["livelihood"].copy(),
        police=regional["institutions"].copy(),
        services=regional["institutions"].copy(),
        need=np.zeros(n_cells),
        reached=np.zeros(n_cells),
        adrift=np.zeros(n_cells),
        control=control,
    )


def abroad_of(scenario: Scenario) -> Ints:
    """Return the people of each identity group who are refugees abroad at the start."""
    return np.array([group.abroad for group in scenario.identity_groups], dtype=np.int64)


def rift_of(scenario: Scenario) -> np.ndarray:
    """Return the hostility between identity groups: ties from -1..1 to 1..0, each way alike; 0 with itself."""
    groups = scenario.identity_groups
    tie = np.array([[one.ties.get(other.id, 0.0) for other in groups] for one in groups]).reshape(len(groups), -1)
    rift = 0.5 - 0.25 * (tie + tie.T)
    np.fill_diagonal(rift, 0.0)
    return rift


def starting_control(scenario: Scenario, where: dict[str, list[int]], n_cells: int) -> np.ndarray:
    """Return the shares of control at the start; a place's own entry overrides its region's."""
    control = np.zeros((len(scenario.armed_groups), n_cells))
    for a, group in enumerate(scenario.armed_groups):
        for letter, share in sorted(group.control.items(), key=lambda item: item[0] in scenario.places):
            for cell in where[letter]:
                control[a, cell] = share
    return control


def cohesion_of(scenario: Scenario) -> float:
    """Return how well groups get on: mean of their ties, from -1..1 to 0..1."""
    ties = [tie for group in scenario.identity_groups for tie in group.ties.values()]
    total = 0.0
    for tie in ties:
        total += tie
    n = len(scenario.identity_groups)
    pairs = n * (n - 1)
    return 0.5 + 0.5 * total / pairs if pairs else 0.5


def homes_of(uprooted: Ints, hosted: Ints, residents: Ints, control: np.ndarray, scenario: Scenario) -> Ints:
    """Return where the displaced and refugees of the start come from: peopled cells that the state does not hold."""
    n_identities, n_cells = hosted.shape
    state = [a for a, group in enumerate(scenario.armed_groups) if GroupKind[group.kind.upper()] == GroupKind.STATE]
    lost = np.ones(n_cells)
    for a in range(control.shape[0]):
        if a not in state:
            lost = lost + 10.0 * control[a]
    homes = np.zeros_like(hosted)
    lost[hosted.sum(axis=0) > 0] = 0.0
    for g in range(n_identities):
        homes[g] = apportion(int(uprooted[g]), (residents[g] * lost).tolist())
    return homes
