"""Names and numbers as a report writes them."""

import math
import re
from typing import Any

from sim.analysis.study.study import Arm, Study
from sim.results.outcomes import OUTCOMES

NOTHING = "–"


def label_of(outcome: str) -> str:
    """Name an outcome with its unit, as the catalogue has it."""
    words = outcome.replace("_", " ")
    unit = OUTCOMES[outcome].unit if outcome in OUTCOMES else ""
    return words if not unit or words.endswith(f" {unit.lower()}") else f"{words.removesuffix(' usd')} ({unit})"


def meaning_of(outcome: str) -> str:
    """Say what an outcome means; empty for one that the catalogue does not know."""
    return OUTCOMES[outcome].meaning if outcome in OUTCOMES else ""


def labels_of(study: Study) -> dict[str, str]:
    """Name the factors with their units."""
    return {item.name: item.label for item in study.factors}


def against(study: Study) -> str:
    """Return what the policy is compared with; empty where there is nothing."""
    if not study.paired:
        return ""
    second = (study.manifest.get("sides") or {}).get("second") or {}
    return str((study.manifest.get("design") or {}).get("against") or second.get("name") or "the contrast")


def arm_of(study: Study, outcome: str) -> Arm:
    """Return what is told of an outcome: the difference to the contrast, or the policy where there is none.

    What only a mission has, such as trust in it, is unknown in a contrast without one.
    """
    return "difference" if study.paired and len(study.values(outcome, "difference")) else "policy"


def told(study: Study, outcome: str) -> str:
    """Name what is told of an outcome, with its unit."""
    label = label_of(outcome)
    return f"{label}, against {against(study)}" if arm_of(study, outcome) == "difference" else label


def capital(words: str) -> str:
    """Return words with a capital at the beginning."""
    return words[:1].upper() + words[1:]


def written(value: Any) -> str:
    """Write a value for readers: four figures, thousands apart, a dash for what is not known.

    >>> written(12345.678), written(0.00012), written(float("nan")), written(True)
    ('12,346', '0.00012', '–', 'yes')
    """
    if value is None:
        return NOTHING
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if not isinstance(value, float):
        return str(value)
    if math.isnan(value):
        return NOTHING
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = f"{value:,.0f}" if abs(value) >= 1000.0 else f"{value:.4g}"
    if abs(value) >= 1e5:
        text = f"{float(f'{value:.4g}'):,.0f}"
    return text if "e" in text else text.replace("-", "−")


def file_name(*words: str) -> str:
    """Make the name of a file from words: letters, digits and hyphens, at most 80."""
    text = re.sub(r"[^a-z0-9]+", "-", " ".join(words).lower()).strip("-")
    return text[:80] or "figure"
