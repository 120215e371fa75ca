"""What a seed may be: a whole number that a key of the random draws has room for."""

from numbers import Integral, Real
from typing import Any

from sim.core.errors import InputError

MAX_SEED = 2**63 - 1


def whole(number: Any) -> bool:
    """Tell whether something is a whole number, as an int or as another type that holds one."""
    if isinstance(number, Integral):
        return not isinstance(number, bool)
    return isinstance(number, Real) and float(number).is_integer()


def whole_seed(seed: Any) -> int:
    """Return a seed as an int.

    Raises
    ------
    InputError
        If it is no whole number, or the keys of the draws have no room for it.
    """
    if not whole(seed) or not 0 <= seed <= MAX_SEED:
        raise InputError(f"a seed is a whole number from 0 to {MAX_SEED}, not {seed!r}")
    return int(seed)
