"""The quantities that the causal diagrams name, group by group, and the columns of the world that hold them."""

from typing import NamedTuple

GROUPS = {
    "abroad": "Capitals and the host",
    "mission": "The mission",
    "field": "Peacekeepers in the cells",
    "violence": "Violence",
    "armed": "Armed groups",
    "people": "People and institutions",
    "peace": "Peace process",
}


class Quantity(NamedTuple):
    """A named part of the state; ``columns`` hold it, as ``table.column``."""

    label: str
    group: str
    columns: tuple[str, ...]


def _quantity(label: str, group: str, columns: str) -> Quantity:
    return Quantity(label, group, tuple(columns.split()))


# fmt: off
QUANTITIES: dict[str, Quantity] = {
    "events": _quantity("dated events", "abroad", "calendar.shock_kind calendar.shock_size"),
    "donor_will": _quantity("donors' will", "abroad", "donors.will"),
    "contributor_will": _quantity("contributors' will", "abroad", "contributors.will"),
    "mandate": _quantity("mandate: tasks, rules, ceiling", "abroad",
                         "missions.effort missions.force missions.ceiling missions.end_week mandates.sanctions"),
    "consent": _quantity("consent of the host", "abroad", "missions.consent missions.access"),
    "benchmarks": _quantity("success as reported", "abroad",
                            "mandates.score mandates.security mandates.progress mandates.met"),
    "money": _quantity("money of the mission", "mission", "accounts.cash accounts.tempo accounts.programmes"),
    "arrears": _quantity("arrears to contributors", "mission", "contributors.owed_usd contributors.overdue_weeks"),
    "strength": _quantity("peacekeepers in the country", "mission", "units.headcount"),
    "picture": _quantity("headquarters' picture", "mission", "missions.threat missions.warning"),
    "places": _quantity("where units stand", "mission", "units.cell"),
    "impartiality": _quantity("impartiality as seen", "mission", "missions.impartiality"),
    "scandal": _quantity("known misconduct", "mission", "missions.scandal"),
    "presence": _quantity("presence", "field",
                          "presence.felt presence.covered presence.troops presence.police units.effective"),
    "protection": _quantity("protection", "field", "presence.protection presence.restraint"),
    "interposition": _quantity("interposition", "field", "presence.interposition"),
    "monitoring": _quantity("monitoring", "field", "presence.monitoring"),
    "caution": _quantity("caution of units", "field", "units.caution"),
    "battle_deaths": _quantity("fighters killed", "violence",
                               "violence.battle_deaths groups.recent_dead bands.losses"),
    "civilians_killed": _quantity("civilians killed", "violence", "violence.civilians_killed violence.crossfire"),
    "state_killings": _quantity("killings by state forces", "violence", "record.tally"),
    "peacekeepers_killed": _quantity("peacekeepers killed", "violence",
                                     "casualties.hostile missions.recent_dead contributors.recent_dead"),
    "violations": _quantity("truces violated", "violence", "groups.recent_wrongs"),
    "fighters": _quantity("fighters", "armed", "bands.fighters groups.fighters"),
    "bands": _quantity("where bands stand", "armed", "bands.cell influence.armed"),
    "boldness": _quantity("bold postures and targets", "armed", "groups.posture bands.target"),
    "control": _quantity("control of the ground", "armed", "communities.control violence.contested"),
    "support": _quantity("support from abroad", "armed", "groups.support"),
    "abusiveness": _quantity("abusiveness", "armed", "groups.abusiveness"),
    "grievance": _quantity("grievance", "people", "communities.grievance"),
    "livelihood": _quantity("livelihood", "people", "communities.livelihood"),
    "fear": _quantity("fear", "people", "communities.fear"),
    "displaced": _quantity("displaced people", "people", "communities.hosted population.abroad"),
    "need": _quantity("humanitarian need", "people", "communities.need"),
    "cohesion": _quantity("cohesion of groups", "people", "communities.cohesion"),
    "trust_mission": _quantity("trust in the mission", "people", "communities.trust_mission"),
    "trust_state": _quantity("trust in the state", "people", "communities.trust_state"),
    "institutions": _quantity("police, courts, services", "people", "communities.police communities.services"),
    "weariness": _quantity("weariness of war", "peace", "groups.weariness"),
    "commitment": _quantity("commitment of parties", "peace", "groups.commitment"),
    "mediation": _quantity("mediation", "peace", "peace.mediation"),
    "agreements": _quantity("truces and agreements", "peace", "groups.signatory groups.truce peace.stage"),
    "implementation": _quantity("agreement carried out", "peace", "peace.implementation"),
    "inclusion": _quantity("parts in power", "peace", "peace.inclusion groups.share"),
    "legitimacy": _quantity("legitimacy of government", "peace", "peace.legitimacy"),
    "disarmed": _quantity("disarmed fighters", "peace", "ranks.disarmed"),
    "reintegrated": _quantity("reintegrated fighters", "peace", "ranks.reintegrated ranks.reintegrating"),
    "adrift": _quantity("former fighters adrift", "people", "communities.adrift"),
    "weapons": _quantity("weapons in private hands", "people", "weapons.civil"),
    "crime": _quantity("dead in riots, by crime", "violence", "violence.riot_deaths violence.murders"),
}
# fmt: on
