"""The numbers of a scenario in the form that compiled processes read: one record per process."""

from collections import namedtuple
from functools import cache
from typing import Any

import numpy as np

from sim.scenario.inputs import Input
from sim.scenario.parameters import Parameters

Rates = namedtuple("Rates", list(Parameters.model_fields))  # type: ignore[misc]
Rates.__doc__ = "One record of numbers per process, under the names of the processes."


def build_rates(parameters: Parameters) -> Any:
    """Turn validated parameters into records; integers stay integers."""
    return Rates(*(record_of(getattr(parameters, name)) for name in Parameters.model_fields))


def record_of(part: Input) -> np.record:
    """Turn one class of parameters into a NumPy record with a field for each."""
    layout = layout_of(type(part))
    return np.array([tuple(map(part.__getattribute__, layout.names))], dtype=layout).view(np.recarray)[0]


@cache
def layout_of(kind: type[Input]) -> np.dtype:
    """Return the fields of the record of a class of parameters."""
    kinds = {name: np.int64 if field.annotation is int else np.float64 for name, field in kind.model_fields.items()}
    return np.dtype(list(kinds.items()), align=True)
