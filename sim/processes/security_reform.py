"""Security-sector reform: the state's own forces are trained and put under civilian control."""

from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import BandStatus, Component, GroupKind, Task


@kernel
def trainers_at(c, missions, presence):
    """Return the staff of all missions who train the state's forces in a cell, by effort and consent."""
    total = 0.0
    for m in range(len(missions.stage)):
        effort = missions.effort[m, Task.SECURITY_SECTOR_REFORM] * missions.consent[m]
        if effort > 0.0:
            felt = presence.felt[m]
            total += effort * (felt[Component.MILITARY, c] + felt[Component.POLICE, c] + felt[Component.CIVILIANS, c])
    return total


@process(writes=("groups.reform", "groups.abusiveness"))
def reform_forces(groups, bands, missions, presence, rates):
    """Train the state's forces where trainers stand among them, and let what was learnt fade with turnover.

    ``reform += train_rate * reached * commitment * (1 - reform) - fade * reform``, with ``reached`` the mean over the
    state's fighters of ``x / (x + fighters * trainers_per_100_fighters / 100)`` where their band stands: ``x`` are the
    missions' soldiers, officers and civilians times their effort on the task and the host's consent. A state bent on
    war (low commitment) does not let itself be reformed. Reformed forces kill fewer civilians: abusiveness is
    ``1 - discipline * reform`` of what it was; and they are a guarantee to others (see ``peace_process``), which
    stays when the mission leaves.

    Draws: none. Order: any; sums over bands by row.
    Source: security-sector reform in peace agreements: Toft (2010), doi:10.1162/isec.2010.34.4.7; training and
    conduct: Hoover Green (2016), Journal of Peace Research 53(5); sizes are assumptions.
    """
    efforts = 0.0
    for m in range(len(missions.stage)):
        efforts += missions.effort[m, Task.SECURITY_SECTOR_REFORM]
    for a in range(len(groups.kind)):
        if groups.kind[a] != GroupKind.STATE or (efforts == 0.0 and groups.reform[a] == 0.0):
            continue
        reached, fighters = 0.0, 0.0
        for i in range(len(bands.group)):
            if bands.group[i] == a and bands.status[i] != BandStatus.DISPERSED:
                x = trainers_at(bands.cell[i], missions, presence)
                if x > 0.0:
                    reached += bands.fighters[i] * x / (x + bands.fighters[i] * rates.trainers_per_100_fighters / 100.0)
                fighters += bands.fighters[i]
        reached = reached / fighters if fighters > 0.0 else 0.0
        before = groups.reform[a]
        after = before + rates.train_rate * reached * groups.commitment[a] * (1.0 - before) - rates.fade * before
        groups.reform[a] = after
        groups.abusiveness[a] *= (1.0 - rates.discipline * after) / (1.0 - rates.discipline * before)
