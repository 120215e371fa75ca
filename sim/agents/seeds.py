"""What Mesa calls a seed, and what the engine takes: a whole number."""

import sys
from typing import Any

from sim.core.errors import InputError
from sim.core.seeds import whole_seed


def seed_of(seed: Any, rng: Any) -> int:
    """Return the one of Mesa's two names for a seed that is given, as an int."""
    if seed is not None and rng is not None:
        raise ValueError("give seed or rng, not both")
    try:
        return whole_seed(rng if seed is None else seed)
    except InputError as error:
        raise ValueError(str(error)) from None  # as Mesa's own


def iteration_of_batch() -> int:
    """Return the number of the iteration in ``mesa.batch_run``, 0 outside it.

    Mesa 3.3 makes each iteration with the same arguments and trusts a model without a seed to be different
    every time. Here such a model has the scenario's seed, and all iterations would be the same run; so this
    reads from the caller what Mesa does not pass on.
    """
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_globals.get("__name__") == "mesa.batchrunner" and "iteration" in frame.f_locals:
            return int(frame.f_locals["iteration"])
        frame = frame.f_back
    return 0
