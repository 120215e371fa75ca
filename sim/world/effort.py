"""What missions put into a task in one place: each mission's people there, times its own effort on the task."""

from sim.core.compile import kernel
from sim.world.kinds import Component


@kernel
def civilians_on(task, c, missions, presence):
    """Return the civilian staff felt in a cell who work on a task, in people-equivalents."""
    staff = 0.0
    for m in range(len(missions.stage)):
        staff += presence.felt[m, Component.CIVILIANS, c] * missions.effort[m, task]
    return staff


@kernel
def guard_on(task, c, missions, presence):
    """Return the peacekeepers' cover of a cell, times the mean effort on a task of those who give it.

    Cover is given by troops, formed police and police officers; each mission's count by its own effort, so a second
    mission that does not care for the task adds nothing to it.
    """
    if presence.covered[c] <= 0.0:
        return 0.0
    strength, on_task = 0.0, 0.0
    for m in range(len(missions.stage)):
        felt = presence.felt[m, Component.MILITARY, c] + presence.felt[m, Component.FORMED_POLICE, c]
        felt += presence.felt[m, Component.POLICE, c]
        strength += felt
        on_task += felt * missions.effort[m, task]
    return presence.covered[c] * on_task / strength if strength > 0.0 else 0.0
