"""From claim to code: which processes, mechanisms, parameters and inputs stand for each claim of the literature."""

from collections.abc import Iterable
from pathlib import Path

from sim.analysis.odd.tables import markdown
from sim.scenario.claims import CLAIMS, Claim, mechanisms_of
from sim.scenario.mechanisms import MECHANISMS

STUDIES = Path(__file__).resolve().parents[3] / "experiments" / "claims"


def claims_table() -> str:
    """Tabulate claim, processes, parameters and inputs, and how to take each mechanism out."""
    rows = []
    for name, claim in CLAIMS.items():
        mechanisms = mechanisms_of(name)
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


def levers(mechanisms: Iterable[str], claim: Claim) -> list[str]:
    """List the parameters of a claim's mechanisms, without their common beginning, then its inputs, each once."""
    paths = [path.removeprefix("parameters.") for each in mechanisms for path in MECHANISMS[each].paths]
    return list(dict.fromkeys([*paths, *claim.levers]))


def study(name: str) -> str:
    """Name the studies of a claim, files that begin with its number."""
    return "".join(f"`{path.name}`, " for path in sorted(STUDIES.glob(f"{name.lower()}*.toml")))


def code(names: Iterable[str]) -> str:
    """Write names as code."""
    return ", ".join(f"`{name}`" for name in names)
