"""An agent-based laboratory for peacekeeping.

The public names below are loaded on first use, so that ``import sim`` and ``peacesim --help`` stay quick:
nothing here imports the compiler, Mesa, pandas or Matplotlib until a name is asked for.

>>> from sim import load_scenario, run
>>> result = run(load_scenario("unmil"), seed=1)  # doctest: +SKIP
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.analysis.compare.comparison import Comparison, compare
    from sim.engine.fork import fork
    from sim.engine.run import run
    from sim.experiment.sweep import Sweep, sweep
    from sim.model import PeacekeepingModel
    from sim.results.result import Result
    from sim.scenario.load import list_scenarios, load_scenario

__version__ = "0.1.0"

__all__ = [
    "Comparison",
    "PeacekeepingModel",
    "Result",
    "Sweep",
    "__version__",
    "compare",
    "fork",
    "list_scenarios",
    "load_scenario",
    "run",
    "sweep",
]

_HOME = {
    "Comparison": "sim.analysis.compare.comparison",
    "PeacekeepingModel": "sim.model",
    "Result": "sim.results.result",
    "Sweep": "sim.experiment.sweep",
    "compare": "sim.analysis.compare.comparison",
    "fork": "sim.engine.fork",
    "list_scenarios": "sim.scenario.load",
    "load_scenario": "sim.scenario.load",
    "run": "sim.engine.run",
    "sweep": "sim.experiment.sweep",
}


def __getattr__(name: str) -> Any:
    """Load a public name from its module, once."""
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *_HOME})
