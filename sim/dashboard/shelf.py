"""What has been computed and may be wanted again, up to a bound in bytes."""

import ctypes
import gc
import sys
import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

MEGABYTE = 1_000_000


class Shelf:
    """Keeps values by key; what was not asked for longest goes first. Any thread may use it.

    Parameters
    ----------
    limit : int
        Most bytes kept. A value larger than that is not kept at all.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Return how many values are kept."""
        return len(self._values)

    def get(self, key: Hashable) -> Any:
        """Return a value, or None."""
        with self._lock:
            found = self._values.get(key)
            if found is None:
                return None
            self._values.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: Any, size: int) -> None:
        """Keep a value of a size in bytes; older ones make room."""
        with self._lock:
            before = self._values.pop(key, None)
            if before is not None:
                self.size -= before[1]
            if size > self.limit:
                return
            self._values[key] = (value, size)
            self.size += size
            while self.size > self.limit:
                _, (_, freed) = self._values.popitem(last=False)
                self.size -= freed

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self.size = 0


def give_back() -> None:
    """Hand what was freed back to the system, where its C library can; otherwise it waits to be used again."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)
