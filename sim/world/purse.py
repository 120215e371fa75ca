"""Programme money for a task: of the missions whose mandate has a share for it."""

from sim.core.compile import kernel
from sim.world.kinds import Count


@kernel
def funds_for(task, missions, accounts):
    """Return the programmes' money of missions that work on a task, in US$."""
    funds = 0.0
    for m in range(len(accounts.programmes)):
        if missions.effort[m, task] > 0.0:
            funds += accounts.programmes[m]
    return funds


@kernel
def payable(n, cost_usd, task, missions, accounts):
    """Return for how many of ``n`` people, at ``cost_usd`` each, that money suffices."""
    return min(n, int(funds_for(task, missions, accounts) / cost_usd)) if cost_usd > 0.0 else n


@kernel
def spend(n, cost_usd, task, missions, accounts, record):
    """Pay for ``n`` people, each mission in proportion to the money it has; the caller has asked what is payable."""
    funds, bill = funds_for(task, missions, accounts), n * cost_usd
    if bill <= 0.0 or funds <= 0.0:
        return
    for m in range(len(accounts.programmes)):
        if missions.effort[m, task] > 0.0:
            part = bill * accounts.programmes[m] / funds
            accounts.programmes[m] -= part
            accounts.programmes_spent[m] += part
    record.tally[Count.PROGRAMMES_USD] += bill
