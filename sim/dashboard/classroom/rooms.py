"""All classes of this server. They live in its memory: a restart ends them, and so does a day without use."""

import threading
import time
from collections.abc import Callable

from sim.dashboard.classroom.codes import as_code, new_code
from sim.dashboard.classroom.roles import ROLES, Role
from sim.dashboard.classroom.room import RefusedError, Room

MOST_ROOMS = 40
MOST_FOR_ONE = 5  # classes that one browser may have open
KEPT_SECONDS = 12 * 3600.0  # without any change

GONE = (
    "There is no class with this code. Classes live in the server's memory: they end when the instructor closes them, "
    "after twelve hours without use, and when the server is started again. Ask for a new code."
)


class Rooms:
    """Finds classes by their code. Any thread may use it.

    Parameters
    ----------
    clock : callable
        Seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._rooms: dict[str, Room] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """Return how many classes there are."""
        with self._lock:
            self._sweep()
            return len(self._rooms)

    def open(self, instructor: str, name: str, seed: int | None = None, roles: tuple[Role, ...] = ROLES) -> Room:
        """Open a class on a scenario on offer.

        Raises
        ------
        RefusedError
            If there are too many classes.
        KeyError
            If there is no such scenario.
        """
        with self._lock:
            self._sweep()
            if len(self._rooms) >= MOST_ROOMS:
                raise RefusedError(f"this server has {MOST_ROOMS} classes already; close one, or try later")
            if sum(room.instructor == instructor for room in self._rooms.values()) >= MOST_FOR_ONE:
                raise RefusedError(f"you have {MOST_FOR_ONE} classes open already; close one first")
            code = next(code for code in iter(new_code, "") if code not in self._rooms)
            room = Room(code, instructor, name, seed, roles)
            self._rooms[code] = room
            return room

    def find(self, text: object) -> Room:
        """Find a class by its code, as somebody typed it.

        Raises
        ------
        RefusedError
            If there is none, with why that may be.
        """
        with self._lock:
            self._sweep()
            room = self._rooms.get(as_code(text))
        if room is None:
            raise RefusedError(GONE)
        return room

    def of(self, instructor: str) -> list[Room]:
        """List the classes that a browser has opened."""
        with self._lock:
            self._sweep()
            return [room for room in self._rooms.values() if room.instructor == instructor]

    def _sweep(self) -> None:
        now = self._clock()
        for code, room in list(self._rooms.items()):
            if room.closed or now - room.used > KEPT_SECONDS:
                del self._rooms[code]
                room.close()


rooms = Rooms()
