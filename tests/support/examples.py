"""How many random examples a property test tries: few in CI, many under ``HYPOTHESIS_PROFILE=explore``."""

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings

MORE = 20  # times as many where somebody looks for trouble


def examples(n: int) -> Callable[[Any], Any]:
    """Set the number of examples of a test."""
    explores = os.environ.get("HYPOTHESIS_PROFILE") == "explore"
    slow = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example)
    return settings(max_examples=n * MORE if explores else n, suppress_health_check=slow)
