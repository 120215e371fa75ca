"""Human-rights reporting: those who see write down who killed, and somebody abroad acts on it."""

import numpy as np

from sim.core.process import process
from sim.world.kinds import Component, Task


@process(writes=("groups.restraint", "groups.abusiveness"))
def report(population, groups, influence, missions, presence, violence, rates):
    """Let reports of killings make backers abroad rein in the groups that they support.

    Of this week's civilians killed in a cell the part ``x / (x + people * staff_per_1000_people)`` is documented, with
    ``x`` the missions' civilians times their effort on human rights; it is laid at the door of the armed groups felt
    there, in proportion to their strength. Documented deaths ``d`` of a group restrain it by ``pressure * support * d /
    (d + deaths_half)`` of what is left unrestrained: who needs nobody abroad hears nothing. Restraint fades, and
    abusiveness is ``1 - restraint`` of what it was without it. Being seen deters besides, at the moment of the deed
    (``one_sided_violence``).

    Draws: none. Order: any; cells in map order.
    Source: naming and shaming works where it costs something: Hafner-Burton (2008), doi:10.1017/S0020818308080247;
    DeMeritt (2012), doi:10.1080/03050629.2012.726180; sizes are assumptions.
    """
    n_groups = len(groups.kind)
    documented = np.zeros(n_groups)
    for c in range(len(population.here)):
        if violence.civilians_killed[c] <= 0.0:
            continue
        x, armed = 0.0, 0.0
        for m in range(len(missions.stage)):
            x += missions.effort[m, Task.HUMAN_RIGHTS] * presence.felt[m, Component.CIVILIANS, c]
        for a in range(n_groups):
            armed += influence.armed[a, c]
        if x <= 0.0 or armed <= 0.0:
            continue
        seen = x / (x + population.here[c] / 1000.0 * rates.staff_per_1000_people)
        for a in range(n_groups):
            documented[a] += violence.civilians_killed[c] * seen * influence.armed[a, c] / armed
    for a in range(n_groups):
        before = groups.restraint[a]
        if documented[a] == 0.0 and before == 0.0:
            continue
        weight = documented[a] / (documented[a] + rates.deaths_half)
        after = before * rates.restraint_keep
        after += rates.pressure * groups.support[a] * weight * (1.0 - after)
        groups.restraint[a] = after
        if before < 1.0:  # who is wholly held back, and stays so, kills nobody
            groups.abusiveness[a] *= (1.0 - after) / (1.0 - before)
