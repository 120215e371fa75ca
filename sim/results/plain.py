"""Values as JSON can hold them."""

import math
from typing import Any


def plain(value: Any) -> Any:
    """Replace numbers that JSON does not have, not a number and infinity, by None, at any depth."""
    if isinstance(value, dict):
        return {name: plain(inside) for name, inside in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inside) for inside in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
