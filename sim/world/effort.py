"""What the missions' people work on: effort by task, and how much of it is felt in a cell."""

from sim.core.compile import kernel
from sim.world.kinds import Component, Task


def effort_by_task(weight, tasks_in_hand, overload, effort):
    """Write the share of effort that reaches each task: its weight, less where a mission has too many.

    ``effort = weight / heaviest / (1 + overload * max(0, n - tasks_in_hand) / tasks_in_hand)``, with ``n`` the number
    of tasks whose weight is above 0.

    Parameters
    ----------
    weight : float array (T,)
        Weights of the tasks, >= 0.
    tasks_in_hand : float
        Tasks that a mission carries without loss.
    overload : float
        Extra load when tasks are twice those in hand.
    effort : float array (T,)
        Filled with shares between 0 and 1.
    """
    heaviest, n = 0.0, 0
    for t in range(len(weight)):
        heaviest = max(heaviest, weight[t])
        if weight[t] > 0.0:
            n += 1
    excess = max(0.0, n - tasks_in_hand) / tasks_in_hand
    for t in range(len(weight)):
        effort[t] = weight[t] / heaviest / (1.0 + overload * excess) if heaviest > 0.0 else 0.0


share_effort = kernel(effort_by_task)


@kernel
def drive_to_attack(m, missions):
    """Return how far a mission may and will attack: effort, force that its rules allow, and consent of the host."""
    return missions.effort[m, Task.OFFENSIVE_OPERATIONS] * missions.force[m] * missions.consent[m]


@kernel
def add_work(task, component, missions, presence, work):
    """Add to a column (C,) the people-equivalents of a component who work on a task, all missions together.

    ``sum over missions of felt strength * effort on the task``: a mission whose units are not felt in a cell adds
    nothing, whatever its mandate says, so planned, closed and unpaid missions need no special case.
    """
    for m in range(len(missions.stage)):
        effort, felt = missions.effort[m, task], presence.felt[m, component]
        if effort > 0.0:
            for c in range(len(work)):
                work[c] += felt[c] * effort


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
