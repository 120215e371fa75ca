"""Reintegration of former fighters: places, work, and the way back to arms."""

from sim.core.chance import binomial, uniform
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import BandStatus, Count, Task
from sim.world.people import spread_among_own
from sim.world.purse import payable, spend
from sim.world.streams import Stream

WEEKS_BETWEEN = 13  # those who finish or give up go home once a quarter, and caches leak


@kernel
def give_places(seed, week, ranks, missions, accounts, record, rates):
    """Let those who wait begin reintegration, groups in proportion, as far as places and money go."""
    waiting = 0
    for a in range(len(ranks.waiting)):
        waiting += ranks.waiting[a]
    opened = int(rates.places_per_week + uniform(seed, week, Stream.REINTEGRATE, 0, 3))
    n = payable(min(waiting, opened), rates.cost_usd, Task.DDR, missions, accounts)
    if n == 0:
        return
    spend(n, rates.cost_usd, Task.DDR, missions, accounts, record)
    running, part = uniform(seed, week, Stream.REINTEGRATE, 0, 4), n / waiting
    left = n
    for a in range(len(ranks.waiting)):
        before = int(running)
        running += ranks.waiting[a] * part
        placed = min(int(running) - before, left)
        left -= placed
        ranks.waiting[a] -= placed
        ranks.reintegrating[a] += placed


@kernel
def rejoin(n, a, seed, week, communities, groups, bands):
    """Put former fighters who take up arms again into the bands of their group, or a new one; return how many."""
    free, total = -1, 0.0
    for i in range(len(bands.group)):
        if bands.status[i] == BandStatus.DISPERSED:
            free = i
        elif bands.group[i] == a:
            total += bands.fighters[i]
    if total > 0.0:
        running = uniform(seed, week, Stream.REOFFEND, a, 2)
        for i in range(len(bands.group)):
            if bands.group[i] == a and bands.status[i] != BandStatus.DISPERSED:
                before = int(running)
                running += n * (bands.fighters[i] / total)
                bands.fighters[i] += int(running) - before
        return n
    if free < 0:
        return 0
    # None is left: they gather where one of their people, drawn by chance, lives.
    drawn = spread_among_own(1, a, uniform(seed, week, Stream.REOFFEND, a, 3), communities, groups)
    place = 0
    for g in range(drawn.shape[0]):
        for c in range(drawn.shape[1]):
            if drawn[g, c] > 0:
                place = c
    bands.group[free], bands.status[free] = a, BandStatus.ACTIVE
    bands.cell[free], bands.target[free] = place, place
    bands.fighters[free], bands.next_here[free] = n, -1
    bands.morale[free], bands.losses[free] = 1.0, 0.0
    return n


@kernel
def back_to_arms(a, seed, week, communities, groups, ranks, bands, weapons, record, rates):
    """Let some who wait take up arms again, as far as there are weapons in caches or from abroad."""
    angry = rates.reoffend_rate * (1.0 - groups.commitment[a])
    back = binomial(ranks.waiting[a], min(1.0, angry), seed, week, Stream.REOFFEND, a, 0)
    cached = min(back, weapons.hidden[a])
    bought = int((back - cached) * groups.support[a] + uniform(seed, week, Stream.REOFFEND, a, 1))
    back = min(back, cached + bought)
    if back == 0 or rejoin(back, a, seed, week, communities, groups, bands) == 0:
        return
    cached = min(cached, back)
    weapons.hidden[a] -= cached
    weapons.imported[0] += back - cached
    weapons.held[a] += back
    ranks.waiting[a] -= back
    ranks.reoffended[a] += back
    groups.fighters[a] += back
    record.tally[Count.REOFFENDED] += back


@kernel
def send_home(a, seed, week, communities, groups, ranks, record, rates):
    """Let those who have finished reintegration go home, and those who have given up waiting, adrift."""
    pace = float(WEEKS_BETWEEN)
    finished = min(1.0, pace / rates.weeks)
    done = binomial(ranks.reintegrating[a], finished, seed, week, Stream.REINTEGRATE, a, 0)
    tired = binomial(ranks.waiting[a], min(1.0, pace / rates.patience_weeks), seed, week, Stream.REINTEGRATE, a, 1)
    if done + tired == 0:
        return
    came = spread_among_own(done + tired, a, uniform(seed, week, Stream.REINTEGRATE, a, 2), communities, groups)
    home = 0
    for g in range(came.shape[0]):
        for c in range(came.shape[1]):
            communities.residents[g, c] += came[g, c]
            communities.adrift[c] += came[g, c] * (tired / (done + tired))
            home += came[g, c]
    if home == 0:
        return  # nobody of their own is left to go home to
    ranks.reintegrating[a] -= done
    ranks.waiting[a] -= tired
    ranks.reintegrated[a] += done
    ranks.gave_up[a] += tired
    record.tally[Count.REINTEGRATED] += done
    record.tally[Count.GAVE_UP] += tired


@kernel
def sell_caches(a, seed, week, communities, groups, weapons, rates):
    """Let hidden weapons leak into private hands, among the people of those who hid them.

    What a group without fighters held lies hidden from then on.
    """
    if groups.fighters[a] == 0:
        weapons.hidden[a] += weapons.held[a]
        weapons.held[a] = 0
    share = min(1.0, WEEKS_BETWEEN * rates.leak_per_week)
    sold = min(weapons.hidden[a], int(weapons.hidden[a] * share + uniform(seed, week, Stream.CACHE, a, 0)))
    if sold == 0:
        return
    bought = spread_among_own(sold, a, uniform(seed, week, Stream.CACHE, a, 1), communities, groups)
    for g in range(bought.shape[0]):
        for c in range(bought.shape[1]):
            weapons.civil[c] += bought[g, c]
            weapons.hidden[a] -= bought[g, c]


@process(
    writes=(
        "communities.residents", "communities.adrift", "bands", "groups.fighters", "ranks", "weapons",
        "accounts.programmes", "accounts.programmes_spent", "record.tally",
    )
)  # fmt: skip
def reintegrate(clock, communities, groups, ranks, bands, weapons, missions, accounts, record, rates):
    """Bring the disarmed back among the people, as far as there are places and money, or lose them.

    Of those who wait, ``places_per_week`` begin reintegration if a mission with the task pays ``cost_usd`` for each,
    the groups in proportion to those who wait; they finish after ``weeks`` on average and settle among their own.
    Those who wait take up arms again with ``reoffend_rate * (1 - commitment)``, as long as there are weapons: from the
    caches of their group, or for a part ``support`` of them from abroad; they join the bands of their group in
    proportion to size, or form one. Others give up after ``patience_weeks`` and go home without help: they are adrift,
    and crime is more likely where they are. What is hidden leaks into private hands with ``leak_per_week``.

    Draws: each group's week of the quarter, once; places; those who finish, reoffend and give up, and where they and
    their weapons go, per group. Order: places for all, then groups. *Must hold*: fighters and weapons are conserved.
    Source: recidivism and reintegration: Kaplan and Nussio (2018), doi:10.1177/0022002716644326; Gilligan, Mvukiyehe
    and Samii (2013), doi:10.1177/0022002712448908.
    """
    seed, week = clock.seed[0], clock.week[0]
    give_places(seed, week, ranks, missions, accounts, record, rates)
    for a in range(len(groups.kind)):
        if ranks.waiting[a] + ranks.reintegrating[a] + weapons.hidden[a] == 0 and groups.fighters[a] > 0:
            continue
        if ranks.waiting[a] > 0:
            back_to_arms(a, seed, week, communities, groups, ranks, bands, weapons, record, rates)
        turn = int(uniform(seed, 0, Stream.REINTEGRATE, a, 5) * WEEKS_BETWEEN)
        if week % WEEKS_BETWEEN == turn:
            send_home(a, seed, week, communities, groups, ranks, record, rates)
            sell_caches(a, seed, week, communities, groups, weapons, rates)
