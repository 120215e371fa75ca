"""The numbers of a scenario in the form that compiled processes read: one record per process."""

from collections import namedtuple
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
    fields = [
        (name, np.int64 if field.annotation is int else np.float64) for name, field in type(part).model_fields.items()
    ]
    values = tuple(getattr(part, name) for name, _ in fields)
    return np.array([values], dtype=np.dtype(fields, align=True)).view(np.recarray)[0]
