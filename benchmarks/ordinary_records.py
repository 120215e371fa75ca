"""What the ordinary Mesa version writes down each week: Mesa's data collector with one reporter for each series."""

from collections.abc import Callable

from mesa import DataCollector
from ordinary_people import Unit

from sim.world.kinds import GroupKind

COUNTS = ("battle_deaths", "civilians_killed", "fled", "recruited", "deserted")
MEANS = ("covered", "trust_mission", "trust_state", "fear", "cohesion", "livelihood", "police", "services")


def collector() -> DataCollector:
    """Collect the series of the engine that these rules give."""
    reporters: dict[str, Callable] = {name: lambda m, name=name: m.counts[name] for name in COUNTS}
    reporters |= {name: lambda m, name=name: mean(m, name) for name in MEANS}
    reporters |= {
        "people": lambda m: sum(sum(here.residents) + sum(here.hosted) for here in m.communities),
        "displaced": lambda m: sum(sum(here.hosted) for here in m.communities),
        "grievance": grievance,
        "contested": lambda m: sum(here.contested for here in m.communities) / len(m.communities),
        "state_control": lambda m: control(m, [g.row for g in m.groups if g.kind == GroupKind.STATE]),
        "rebel_control": lambda m: control(m, [g.row for g in m.groups if g.kind != GroupKind.STATE]),
        "fighters": lambda m: sum(band.fighters for group in m.groups for band in group.bands),
        "bands": lambda m: sum(len(group.bands) for group in m.groups),
        "deployed": lambda m: sum(unit.headcount for unit in m.agents_by_type[Unit]),
        "effective": lambda m: sum(unit.effective for unit in m.agents_by_type[Unit]),
    }
    return DataCollector(model_reporters=reporters)


def mean(model, name: str) -> float:
    """Return the mean of an index over people."""
    return sum(here.people * getattr(here, name) for here in model.communities) / model.people()


def grievance(model) -> float:
    """Return the mean grievance over people; each identity group has its own."""
    pain = 0.0
    for here in model.communities:
        for residents, hosted, felt in zip(here.residents, here.hosted, here.grievance, strict=True):
            pain += (residents + hosted) * felt
    return pain / model.people()


def control(model, rows: list[int]) -> float:
    """Return the share of the country that some armed groups hold."""
    return sum(here.control[row] for here in model.communities for row in rows) / len(model.communities)
