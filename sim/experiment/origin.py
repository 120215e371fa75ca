"""Where the results of a sweep come from: experiment, model, packages, machine."""

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sim.experiment.plan import Plan
from sim.results.provenance import FORMAT, code, machine, now, packages, sources

DESIGN_PACKAGES = ("scipy", "SALib")  # what draws samples


def origin(plan: Plan, command: Sequence[str]) -> dict[str, Any]:
    """Return what the manifest of a new sweep says."""
    experiment = plan.experiment
    return {
        "format": FORMAT,
        "kind": "sweep",
        "id": experiment.id,
        "title": experiment.about.title,
        "experiment": experiment.model_dump(mode="json", by_alias=True),
        "design": {
            "kind": experiment.design.kind,
            "n": experiment.design.n,
            "seed": experiment.design.seed,
            "second_order": experiment.design.second_order,
            "num_levels": experiment.design.num_levels,
            "rows": plan.n_rows,
            "arms": list(plan.recipe.arms),
            "against": plan.recipe.against,
            "replicates": plan.recipe.replicates,
            "factors": [axis.described() for axis in plan.axes],
        },
        "outcomes": list(plan.recipe.outcomes),
        "digest": plan.digest,
        "identity": plan.identity,
        "code": {**code(), "model": model_digest()},
        "packages": packages(DESIGN_PACKAGES),
        "platform": machine(),
        "command": list(command),
        "started": now(),
    }


def same_makers(manifest: dict[str, Any]) -> bool:
    """Whether the model, packages and machine that began a folder are those of this program."""
    return (
        manifest.get("code", {}).get("model") == model_digest()
        and manifest.get("packages") == packages(DESIGN_PACKAGES)
        and manifest.get("platform") == machine()
    )


@lru_cache(maxsize=1)
def model_digest() -> str:
    """Fingerprint the source of everything that a run's numbers come from."""
    return hashlib.sha256(json.dumps(sources()).encode()).hexdigest()
