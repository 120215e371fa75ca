"""How pages of a class hear of each other: each waits for its class in a thread of its own."""

import threading
from collections.abc import Callable

import solara

from sim.dashboard.classroom.room import Room

LOOK_SECONDS = 1.0  # at most so long after its page has gone, a thread ends


def use_room(room: Room, changed: Callable[[], object]) -> int:
    """Draw the component again whenever the class changes, after telling whoever wants to know first.

    Parameters
    ----------
    room : Room
    changed : callable
        Called in the page's own context after each change.

    Returns
    -------
    int
        Version of the class that the page knows.
    """
    version, set_version = solara.use_state(room.version)

    def watch() -> Callable[[], None]:
        left = threading.Event()

        def listen() -> None:
            known = room.version
            changed()  # what happened between the first drawing and now
            set_version(known)
            while not (left.is_set() or room.closed):
                new = room.wait(known, LOOK_SECONDS)
                if left.is_set():
                    return
                if new != known:
                    known = new
                    changed()
                    set_version(new)
            set_version(room.version)

        threading.Thread(target=listen, daemon=True, name=f"class-{room.code}").start()
        return left.set

    solara.use_effect(watch, [room.code])
    return version
