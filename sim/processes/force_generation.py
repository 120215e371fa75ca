"""How contributors' units come to the country, rotate and go home."""

from sim.core.arithmetic import hazard_to_probability
from sim.core.chance import bernoulli, gamma
from sim.core.compile import kernel
from sim.core.process import process
from sim.world.kinds import Ceiling, Component, EventKind, MissionStage, UnitStatus
from sim.world.log import explain, note
from sim.world.streams import Stream

NEVER_WEEKS = 1e6  # so long that a run has ended
USUAL_TRAINING = 0.5  # what the index of preparation calls usual; lead times are those of usually prepared units


@kernel
def ceiling_of(component):
    """Return the kind of authorised strength that a component counts against."""
    if component == Component.FORMED_POLICE or component == Component.POLICE:
        return Ceiling.POLICE
    if component == Component.OBSERVERS:
        return Ceiling.OBSERVERS
    if component == Component.CIVILIANS:
        return Ceiling.CIVILIANS
    return Ceiling.MILITARY


@kernel
def send_home(u, units, casualties, mission):
    """Take a unit out of the country; it may be called again."""
    casualties.left[mission] += units.headcount[u]
    units.status[u] = UnitStatus.HOME
    units.headcount[u] = 0
    units.effective[u] = 0.0
    units.cell[u] = -1


@kernel
def calmest_unit(m, kind, units, missions):
    """Return the deployed unit of a mission and ceiling whose cell is believed least threatened, -1 if none."""
    best, least = -1, 1e300
    for u in range(len(units.status)):
        if units.status[u] == UnitStatus.DEPLOYED and units.mission[u] == m:
            if ceiling_of(units.component[u]) == kind and missions.threat[m, units.cell[u]] < least:
                best, least = u, missions.threat[m, units.cell[u]]
    return best


@kernel
def people_to_rehat(kind, missions, units):
    """Return the people of partner missions who will pass to the main mission, so that it does not call others."""
    people = 0
    for u in range(len(units.status)):
        m = units.mission[u]
        if m > 0 and missions.rehat[m] == 1 and units.status[u] == UnitStatus.DEPLOYED:
            if ceiling_of(units.component[u]) == kind:
                people += units.size[u]
    return people


@kernel
def hazard_of_leaving(k, missions, contributors, rates):
    """Let a contributor's will follow its dead, its arrears and quarrels over cost; return its hazard of leaving.

    Bad news takes will to ``usual / (1 + strain)`` at once, better times bring it back slowly. The hazard grows with
    the square of the will lost, as a part of what is left: with the square of the strain, while bad news lasts.
    """
    contributors.recent_dead[k] *= 1.0 - 1.0 / 52.0
    strain = contributors.recent_dead[k] / contributors.casualty_tolerance[k]
    strain += contributors.overdue_weeks[k] / contributors.patience_weeks[k]
    strain += rates.dispute_strain * missions.dispute[contributors.mission[k]]
    usual = contributors.usual_will[k]
    aim = usual / (1.0 + strain)
    if aim < contributors.will[k]:
        contributors.will[k] = aim
    else:
        contributors.will[k] += rates.will_return * (aim - contributors.will[k])
    if contributors.will[k] <= 0.0:
        return 0.0 if usual <= 0.0 else 1e9
    lost = usual / contributors.will[k] - 1.0
    return rates.leave_per_week * lost * lost


@kernel
def count_parts(units, contributors, missions):
    """Write each contributor's share of the people that its mission has in the country."""
    total = missions.access * 0.0
    for k in range(len(contributors.part)):
        contributors.part[k] = 0.0
    for u in range(len(units.status)):
        contributors.part[units.contributor[u]] += units.headcount[u]
        total[units.mission[u]] += units.headcount[u]
    for k in range(len(contributors.part)):
        contributors.part[k] /= max(1.0, total[contributors.mission[k]])


@kernel
def weeks_until_ready(u, seed, week, units, missions, contributors, rates):
    """Return how long a unit takes to come: slow where will is weak, and longer with more preparation."""
    k, m = units.contributor[u], units.mission[u]
    more = missions.training[m] - USUAL_TRAINING + missions.joint_training[m]
    mean = max(0.0, contributors.lead_weeks[k] + rates.preparation_weeks * more)
    spread = gamma(rates.lead_shape, seed, week, Stream.LEAD_TIME, u, 0) / rates.lead_shape
    return int(min(NEVER_WEEKS, mean * spread / contributors.will[k]))


@kernel
def prepare(u, units, missions, contributors, rates):
    """Give the people of a unit that is about to serve the preparation of its mission."""
    m, own = units.mission[u], contributors.interoperability[units.contributor[u]]
    units.training[u] = missions.training[m]
    units.interoperability[u] = own + (1.0 - own) * rates.joint_gain * missions.joint_training[m]


@kernel
def bring(u, week, geography, units, contributors, casualties):
    """Land a unit at the entry point of its turn."""
    n_entries = len(geography.entry)
    units.status[u] = UnitStatus.DEPLOYED
    units.cell[u] = geography.entry[u % n_entries]
    units.headcount[u] = units.size[u]
    units.arrived_week[u] = week
    units.moving_weeks[u] = 1
    units.readiness[u] = 1.0
    units.knowledge[u] = contributors.proximity[units.contributor[u]]
    units.caution[u] = 0.0
    casualties.arrived[units.mission[u]] += units.size[u]


@process(
    writes=(
        "units", "contributors.takes_part", "contributors.recent_dead", "contributors.will", "contributors.part",
        "casualties", "log",
    )
)  # fmt: skip
def generate(clock, geography, missions, units, contributors, accounts, casualties, log, rates):
    """Call up pledged units, land those that are ready, rotate those in the field and send home those not wanted.

    A unit at home is called when its mission is open and its ceiling, or what the mission can pay of that, has room.
    It is ready after a lead time ``(contributor lead + preparation_weeks * (training - 0.5 + joint training)) * gamma
    / will`` and lands when it is ready, the mission can pay (tempo at least ``tempo_to_land``) and lift is left this
    week, of which the host lets in the part ``access``. It brings the training of the mission that it came for, and
    takes it along if it changes hats. Above the ceiling, or when the mission is closed, units leave, those in the
    calmest cells first, as fast as lift allows. Every tour a rotation costs readiness and local knowledge.

    A contributor's will falls to ``usual / (1 + strain)``, ``strain = dead / tolerance + overdue weeks / patience +
    dispute_strain * quarrel over cost``, and returns slowly; with ``lost = usual / will - 1`` it leaves with hazard
    ``leave_per_week * lost^2``.

    Draws: lead time per unit and call, leaving per contributor and week. Order: units in file order.
    Source: lead times: Lundgren, Oksamytna and Coleman (2021), doi:10.1177/0022343320940763; about ten months to peak
    strength: Rappa (2016), Global Peace Operations Review; withdrawal after losses: Oestman (2021),
    International Interactions 47(6), 986-1015.
    """
    seed, week = clock.seed[0], clock.week[0]
    n_missions = len(missions.stage)
    for k in range(len(contributors.lead_weeks)):
        hazard = hazard_of_leaving(k, missions, contributors, rates)
        stage = missions.stage[contributors.mission[k]]
        under_way = stage != MissionStage.PLANNED and stage != MissionStage.CLOSED
        if under_way and contributors.takes_part[k] == 1 and hazard > 0.0:
            if bernoulli(hazard_to_probability(hazard), seed, week, Stream.CONTRIBUTOR_LEAVES, k, 0):
                contributors.takes_part[k] = 0
                losses = contributors.recent_dead[k] / contributors.casualty_tolerance[k]
                arrears = contributors.overdue_weeks[k] / contributors.patience_weeks[k]
                row = note(log, week, EventKind.CONTRIBUTOR_LEAVES, -1, k, contributors.mission[k], losses, arrears)
                base = rates.leave_per_week if rates.leave_per_week > 0.0 else 1.0
                explain(log, row, base, (hazard / base,))
    for m in range(n_missions):
        is_open = missions.stage[m] != MissionStage.PLANNED and missions.stage[m] != MissionStage.CLOSED
        lift_in = int(rates.lift_persons_per_week * missions.access[m])
        lift_out = int(rates.lift_persons_per_week)
        for kind in range(len(missions.ceiling[m])):
            present, called = 0, 0
            ceiling = int(missions.ceiling[m, kind] * accounts.posts[m]) if is_open else 0
            # Those who are to be re-hatted keep others from being called, but send nobody home.
            room = ceiling - people_to_rehat(kind, missions, units) if m == 0 else ceiling
            for u in range(len(units.status)):
                if units.mission[u] != m or ceiling_of(units.component[u]) != kind:
                    continue
                willing = contributors.takes_part[units.contributor[u]] == 1
                if units.status[u] == UnitStatus.DEPLOYED and not willing and lift_out > 0:
                    lift_out -= units.headcount[u]
                    send_home(u, units, casualties, m)
                elif units.status[u] == UnitStatus.DEPLOYED:
                    present += units.size[u]
                elif units.status[u] == UnitStatus.PREPARING:
                    called += units.size[u]
            for u in range(len(units.status)):
                if units.mission[u] != m or ceiling_of(units.component[u]) != kind:
                    continue
                k = units.contributor[u]
                if units.status[u] == UnitStatus.HOME:
                    willing = contributors.takes_part[k] == 1 and contributors.will[k] > 0.0
                    if willing and present + called + units.size[u] <= room:
                        weeks = weeks_until_ready(u, seed, week, units, missions, contributors, rates)
                        units.status[u] = UnitStatus.PREPARING
                        units.ready_week[u] = week + weeks
                        called += units.size[u]
                elif units.status[u] == UnitStatus.PREPARING:
                    if contributors.takes_part[k] == 0 or present + called > room:
                        units.status[u] = UnitStatus.HOME
                        called -= units.size[u]
                    elif units.ready_week[u] <= week and lift_in > 0 and accounts.tempo[m] >= rates.tempo_to_land:
                        bring(u, week, geography, units, contributors, casualties)
                        prepare(u, units, missions, contributors, rates)
                        lift_in -= units.size[u]
                        called -= units.size[u]
                        present += units.size[u]
                elif (week - units.arrived_week[u]) % contributors.tour_weeks[k] == contributors.tour_weeks[k] - 1:
                    units.readiness[u] *= 1.0 - rates.rotation_dip
                    units.knowledge[u] = contributors.proximity[k]
                    prepare(u, units, missions, contributors, rates)
                    casualties.arrived[m] += units.size[u] - units.headcount[u]
                    units.headcount[u] = units.size[u]
            while present > ceiling and lift_out > 0:
                u = calmest_unit(m, kind, units, missions)
                if u < 0:
                    break
                present -= units.size[u]
                lift_out -= units.headcount[u]
                send_home(u, units, casualties, m)
    count_parts(units, contributors, missions)
