"""From claim to code: which processes, mechanisms, parameters and inputs stand for each claim of the literature."""

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from sim.analysis.odd.tables import markdown

STUDIES = Path(__file__).resolve().parents[3] / "experiments" / "claims"
CATALOGUE, MECHANISMS = "sim.scenario.claims", "sim.scenario.mechanisms"


def claims_table() -> str:
    """Tabulate claim, processes, parameters and inputs, and how to take each mechanism out."""
    if not find_spec(CATALOGUE):
        return "This version has no catalogue of claims yet."
    catalogue = import_module(CATALOGUE)
    rows = []
    for name, claim in catalogue.CLAIMS.items():
        mechanisms = catalogue.mechanisms_of(name)
        ways = [f"`--without {each}`" for each in (*mechanisms, *claim.processes)]
        rows.append(
            [
                f"{name} {claim.title}",
                code(claim.processes),
                code(levers(mechanisms, claim)),
                study(name) + ", ".join(ways),
                claim.gap,
            ]
        )
    head = ["claim", "processes", "parameters and inputs", "experiment or ablation", "not in the model"]
    return markdown(head, rows)


def levers(mechanisms, claim) -> list[str]:
    """List the parameters of a claim's mechanisms, without their common beginning, then its inputs, each once."""
    known = import_module(MECHANISMS).MECHANISMS
    paths = [path.removeprefix("parameters.") for each in mechanisms for path in known[each].paths]
    return list(dict.fromkeys([*paths, *claim.levers]))


def study(name: str) -> str:
    """Name the studies of a claim, files that begin with its number."""
    return "".join(f"`{path.name}`, " for path in sorted(STUDIES.glob(f"{name.lower()}*.toml")))


def code(names) -> str:
    """Write names as code."""
    return ", ".join(f"`{name}`" for name in names)
