"""The mechanisms of the model that can be switched off one by one, and the values that make each of them idle.

A mechanism is an idea inside a process, or across several: recidivism, caution after attacks, local knowledge.
Switching it off sets the parameters and inputs named here to values at which it does nothing, for the whole run.
Whole processes can be switched off too, by their names. To add one, add a row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Mechanism:
    """One idea of the model that can be switched off.

    Parameters
    ----------
    name
        What ``switched_off`` and ``--without`` call it.
    process
        The process that it belongs to; bare names in ``neutral`` are parameters of it.
    claims
        Claims of the literature that it stands for, C01 to C41; see :mod:`sim.scenario.claims`.
    meaning
        What it does, as a sentence without its full stop.
    neutral
        Values at which it does nothing: ``name`` or ``process.name`` of a parameter, or the path of an input with
        stars, in which ``missions`` stands for the mission and its partners.
    silences
        Inputs that then no longer matter, bit for bit.
    """

    name: str
    process: str
    claims: tuple[str, ...]
    meaning: str
    neutral: Mapping[str, Any]
    silences: tuple[str, ...] = ()

    @property
    def paths(self) -> dict[str, Any]:
        """Neutral values by the path in a scenario file; inputs keep their stars."""
        return {self._path(name): value for name, value in self.neutral.items()}

    def _path(self, name: str) -> str:
        if "*" in name:
            return name
        return f"parameters.{name}" if "." in name else f"parameters.{self.process}.{name}"


def _row(name: str, process: str, claims: str, meaning: str, neutral: Mapping[str, Any], *silences: str) -> Mechanism:
    return Mechanism(name, process, tuple(claims.split()), meaning, neutral, silences)


DEPLOYMENT = "missions.*.deployment"
FREE_DDR = {"ddr.disarm_cost_usd": 0.0, "cost_usd": 0.0}
AT_ONCE = {f"lead_weeks_{kind}": 0.0 for kind in ("military", "police", "observers", "civilians")}

# fmt: off
MECHANISMS: dict[str, Mechanism] = {each.name: each for each in (
    # ------------------------------------------------------------ money and forces
    _row("donor_grief", "funding", "C15 C31", "donors lose will with the mission's dead", {"will_loss_per_death": 0.0}),
    _row("donor_shame", "funding", "C15 C32", "scandals cost donors' will", {"will_loss_per_scandal": 0.0}),
    _row("donor_hope", "funding", "C15", "progress that is reported lifts donors' will",
         {"will_gain_per_progress": 0.0}),
    _row("cost_disputes", "funding", "C09 C16 C35", "quarrels over who pays sour donors and contributors",
         {"will_loss_in_dispute": 0.0, "force_generation.dispute_strain": 0.0}),
    _row("donor_moods", "funding", "C15 C35", "donors' will drifts by chance", {"will_noise": 0.0}),
    _row("bridging_loans", "funding", "C16", "reserve funds bridge early dues", {"start_up_weeks": 0.0}),
    _row("vacant_posts", "funding", "C16 C17", "missions that cannot pay leave posts vacant", {"vacancies": 0.0}),
    _row("lead_times", "force_generation", "C08 C17 C35", "units take weeks or months to arrive",
         {**AT_ONCE, "contributors.*.lead_weeks": 0.0}),
    _row("contributor_exit", "force_generation", "C09 C31", "contributors leave after dead, arrears and quarrels",
         {"leave_per_week": 0.0}),
    _row("preparation_time", "force_generation", "C12 C17", "preparation takes time", {"preparation_weeks": 0.0}),
    _row("joint_exercises", "force_generation", "C11", "exercises together mend what does not fit",
         {"joint_gain": 0.0}),
    _row("rotation_dip", "force_generation", "C12", "rotations cost readiness", {"rotation_dip": 0.0}),
    _row("cash_before_landing", "force_generation", "C17", "units wait until the mission can pay",
         {"tempo_to_land": 0.0}),
    # ------------------------------------------------------------ information and tasking
    _row("told_by_people", "awareness", "C13 C30 C34", "people who trust the mission tell it what they know",
         {"told_at_full_trust": 0.0}),
    _row("technology", "awareness", "C33", "aircraft, imagery and radios see incidents",
         {"technology_sight": 0.0, "offensives.technology_gain": 0.0}, f"{DEPLOYMENT}.technology"),
    _row("lost_reports", "awareness", "C07 C34", "reports get lost on the way to headquarters",
         {f"{DEPLOYMENT}.information_sharing": 1.0}),
    _row("press", "awareness", "C34", "the press reports the worst everywhere", {"press": 0.0}),
    _row("uncoordinated_tasking", "tasking", "C07 C35", "contingents place their units as if alone",
         {f"{DEPLOYMENT}.coordination": 1.0}),
    # ------------------------------------------------------------ what a unit is worth
    _row("inaction", "presence", "C03 C10", "units do not act under unclear mandates, weak leadership and caveats",
         {"routine": 1.0}, "missions.*.mandate.clarity", "contributors.*.caveats"),
    _row("unclear_mandate", "presence", "C03", "units read the mandate differently",
         {"missions.*.mandate.clarity": 1.0}),
    _row("caveats", "presence", "C10", "capitals forbid their units some tasks", {"contributors.*.caveats": 0.0}),
    _row("leadership_in_action", "presence", "C05", "weak leadership keeps units from acting",
         {"steady_leadership": 1.0}),
    _row("overload", "mandate", "C03", "many tasks spread effort", {"overload": 0.0}),
    _row("training", "presence", "C12", "prepared units do more and are hit less",
         {"training_gain": 0.0, "attacks_on_mission.training_weight": 0.0}),
    _row("interoperability", "presence", "C10 C11", "units whose procedures and radios do not fit do less",
         {"misfit": 0.0}, "contributors.*.interoperability"),
    _row("local_knowledge", "presence", "C08 C36", "units that know the place do more",
         {"knowledge_gain": 0.0, "attacks_on_mission.information_weight": 0.0, "offensives.intelligence": 0.0}),
    _row("assessment", "tasking", "C36", "missions study local politics before they deploy",
         {f"{DEPLOYMENT}.assessment": 0.0}),
    _row("supply_drag", "presence", "C18", "units far from an entry point are less ready", {"supply_drag": 0.0}),
    _row("caution", "attacks_on_mission", "C31", "attacked units keep to their base", {"caution_per_attack": 0.0}),
    _row("officers_protect", "presence", "C06", "unarmed police officers protect people", {"police_shield": 0.0}),
    _row("force_protection", "attacks_on_mission", "C31", "guards keep attacks off and tie down strength",
         {"guard_weight": 0.0, "presence.guard_share": 0.0}),
    # ------------------------------------------------------------ mandate and standing
    _row("flexibility", "mandate", "C04 C39", "mandates adapt at their reviews",
         {"missions.*.mandate.flexible": False}),
    _row("mission_creep", "mandate", "C04", "tasks are added without means", {"missions.*.mandate.creep": 0.0}),
    _row("compromise", "mandate", "C03 C35", "divided sponsors write unclear mandates", {"compromise": 0.0}),
    _row("surges", "mandate", "C04", "missions in trouble are reinforced at reviews", {"surge_step": 0.0}),
    _row("consent_follows", "consent", "C01", "the host's consent follows its mind for peace", {"consent_rate": 0.0}),
    _row("resentment", "consent", "C01 C27", "reports on its own forces cost the host's consent", {"resentment": 0.0}),
    _row("expulsion", "consent", "C01 C39", "hosts without consent ask the mission to leave", {"expel_below": 0.0}),
    _row("taking_sides", "consent", "C01 C02", "offensive operations cost impartiality", {"siding": 0.0}),
    _row("lone_nation", "consent", "C10", "a force of one nation is no third party", {"alone": 0.0}),
    _row("partiality", "attacks_on_mission", "C01 C31", "a mission seen as a party is attacked and mistrusted",
         {"partial_gain": 0.0, "engagement.bias": 0.0}),
    # ------------------------------------------------------------ fighting
    _row("interposition", "clashes", "C02 C20", "peacekeepers between two sides keep them apart",
         {"interposition_weight": 0.0}),
    _row("deterrence", "group_strategy", "C02 C28", "groups shy from peacekeepers when they plan",
         {"deterrence_weight": 0.0, "shun_peacekeepers": 0.0}),
    _row("truce_restraint", "clashes", "C20", "committed signatories fight and kill less",
         {"truce_weight": 0.0, "one_sided_violence.truce_weight": 0.0}),
    _row("hiding", "group_strategy", "C38", "beaten guerrillas hide",
         {"hide_below": 0.0, "clashes.hidden_risk": 1.0, "offensives.hidden_risk": 1.0}),
    _row("shelter", "group_strategy", "C38", "guerrillas keep to their own people and away from garrisons",
         {"shelter": 0.0, "battle_shy": 0.0}),
    _row("restraint_answered", "group_strategy", "C20", "groups talk when their foes do", {"others_weight": 0.0}),
    _row("crossfire", "clashes", "C28", "civilians die in clashes",
         {"crossfire_per_death": 0.0, "offensives.crossfire_per_death": 0.0}),
    _row("ambushes", "clashes", "C38", "guerrillas avoid battle until odds are good",
         {"ambush_odds": 1.0, "guerrilla_risk": 1.0}),
    _row("harm_by_offensives", "offensives", "C02 C13", "civilians killed in offensives cost the mission trust",
         {"blame": 0.0}),
    _row("resource_pull", "group_strategy", "C25", "lootable wealth draws groups", {"loot_pull": 0.0}),
    # ------------------------------------------------------------ killing of civilians
    _row("protection", "one_sided_violence", "C06 C28", "armed peacekeepers near by deter killing",
         {"protection_weight": 0.0, "police_weight": 0.0}, "parameters.presence.force_on_host"),
    _row("host_immunity", "presence", "C01 C28", "protection hardly reaches to the host's forces",
         {"force_on_host": 1.0}),
    _row("being_seen", "one_sided_violence", "C27", "killers hold back where observers watch",
         {"monitoring_weight": 0.0}),
    _row("witness", "one_sided_violence", "C27 C30", "relief organisations see and report killing", {"witness": 0.0}),
    _row("police_among_people", "one_sided_violence", "C06 C28", "officers among the people deter killing",
         {"police_weight": 0.0}),
    _row("outcry", "human_rights", "C27", "reports make backers restrain those who kill", {"pressure": 0.0}),
    _row("reformed_forces", "security_reform", "C12 C23", "reformed forces kill fewer civilians", {"discipline": 0.0}),
    _row("contestation", "one_sided_violence", "C28", "killing is worst where control is contested",
         {"contest_gain": 0.0}),
    _row("retaliation", "one_sided_violence", "C28 C38", "bands kill after losses", {"retaliation_gain": 0.0}),
    _row("looting", "one_sided_violence", "C28", "groups without backers live off people", {"loot_gain": 0.0}),
    _row("own_people_spared", "one_sided_violence", "C24", "bands spare their own people", {"spare": 1.0}),
    # ------------------------------------------------------------ attacks on peacekeepers
    _row("backlash", "attacks_on_mission", "C02 C31", "offensive operations draw attacks", {"offensive_gain": 0.0}),
    _row("isolation", "attacks_on_mission", "C31", "lone units are attacked more", {"isolation_gain": 0.0}),
    _row("distrust", "attacks_on_mission", "C13 C31", "units amid distrust are attacked more", {"distrust_gain": 0.0}),
    _row("discipline", "attacks_on_mission", "C31", "groups without discipline attack more", {"discipline": 0.0}),
    _row("terrorist_zeal", "attacks_on_mission", "C31 C38", "terrorists are more hostile than rebels",
         {"terrorist_hostility": 1.0}),
    # ------------------------------------------------------------ control, flight, recruitment
    _row("state_authority", "control", "C14", "working institutions hold and fill what nobody rules",
         {"officers_per_1000": 0.0, "extend_rate": 0.0}),
    _row("roots", "displacement", "C37", "livelihood and cohesion keep people in place", {"roots": 0.0}),
    _row("camps", "displacement", "C37", "camps draw those who flee", {"camp_people": 0.0}),
    _row("returns", "displacement", "C37", "the displaced go home", {"return_per_week": 0.0}),
    _row("grievance_recruits", "recruitment", "C24", "grievance drives people into groups", {"grievance_gain": 0.0}),
    _row("livelihood_keeps", "recruitment", "C25", "who earns well stays out of groups", {"livelihood_pull": 0.0}),
    _row("pay", "recruitment", "C25", "groups that can pay grow, those that cannot shrink",
         {"pay_gain": 0.0, "want_gain": 0.0}),
    _row("rout", "recruitment", "C20", "beaten armies dissolve", {"rout_gain": 0.0}),
    # ------------------------------------------------------------ disarmament
    _row("recidivism", "reintegration", "C19", "disarmed fighters without a place go back to arms",
         {"reoffend_rate": 0.0}),
    _row("hoarding", "ddr", "C19", "fighters without trust in peace hide weapons", {"hoard": 0.0}),
    _row("disarming_together", "ddr", "C19 C20", "groups disarm as their enemies do", {"alone": 1.0}),
    _row("ddr_bills", "reintegration", "C16 C19", "each place in the programme must be paid for", FREE_DDR),
    # ------------------------------------------------------------ relief, institutions, people
    _row("relief_reaches", "relief", "C26", "relief that arrives meets need", {"relief_effect": 0.0}),
    _row("shunned_relief", "relief", "C26 C29", "who comes with soldiers is turned away", {"refused": 0.0}),
    _row("aid_capture", "relief", "C26", "bands loot relief", {"capture": 0.0}),
    _row("capacity_building", "institutions", "C12 C14 C23", "mission staff build police, courts and services",
         {"help_growth": 0.0}),
    _row("harm_to_institutions", "institutions", "C23", "institutions decay in fear", {"harm": 0.0}),
    _row("liaison", "engagement", "C13", "staff among the people win trust", {"liaison_trust": 0.0}),
    _row("blame", "engagement", "C13 C28", "deaths under its eyes cost the mission trust", {"blame": 0.0}),
    _row("reconciliation", "engagement", "C24", "dialogue brings groups together",
         {"cohesion_rate": 0.0, "healing_rate": 0.0}),
    _row("community_policing", "engagement", "C06 C13", "officers on patrol take fear away", {"policing_rate": 0.0}),
    _row("projects", "engagement", "C25 C29", "quick-impact projects lift livelihood", {"projects_per_week": 0.0}),
    _row("comfort", "feelings", "C13 C28", "trusted protection takes fear away", {"comfort": 0.0}),
    _row("exclusion", "feelings", "C22", "people kept from power bear a grudge", {"exclusion_grievance": 0.0}),
    _row("lasting_grief", "feelings", "C24", "people bear a grudge for their dead", {"grievance_per_memory": 0.0}),
    _row("known_misconduct", "misconduct", "C32", "known misconduct costs trust", {"trust_lost": 0.0}),
    # ------------------------------------------------------------ crime and riots
    _row("adrift", "crime", "C19", "former fighters without help turn to crime", {"adrift_gain": 0.0}),
    _row("loose_arms", "crime", "C19", "private arms make crime and riots deadly",
         {"arms_gain": 0.0, "communal_violence.arms_gain": 0.0}),
    _row("gangs", "crime", "C23", "crime is worst where gangs rule", {"gang_gain": 0.0}),
    _row("law_and_order", "crime", "C06 C23", "police and courts hold down crime and riots",
         {"police_weight": 0.0, "communal_violence.police_weight": 0.0}),
    _row("sparks", "communal_violence", "C24", "fear sparks riots", {"spark_gain": 0.0}),
    _row("bitterness", "communal_violence", "C24", "riots divide", {"bitterness": 0.0}),
    # ------------------------------------------------------------ the peace process
    _row("weariness", "peace_process", "C20", "losses weary groups of war", {"weariness_weight": 0.0}),
    _row("guarantee", "peace_process", "C01 C20", "peacekeepers who cover fighters let them dare peace",
         {"guarantee_weight": 0.0}),
    _row("mediation", "peace_process", "C05 C20", "political staff move parties and carry agreements out",
         {"mediation_weight": 0.0, "mediation_gain": 0.0, "own_effort": 1.0}),
    _row("leverage", "peace_process", "C20", "mediators need peacekeepers among the fighters",
         {"leverage_weight": 0.0}),
    _row("local_guarantee", "peace_process", "C20 C23", "institutions that people trust let fighters dare peace",
         {"local_guarantee": 0.0}),
    _row("watched_truce", "peace_process", "C01 C20", "observers who see attacks coming let fighters dare peace",
         {"watch_guarantee": 0.0}),
    _row("truce_habit", "peace_process", "C20", "a truce that was kept for long is kept", {"habit_weight": 0.0}),
    _row("lootable_spoils", "peace_process", "C20 C25", "groups that lose lootable ground gain less from war",
         {"lootable": 0.0}),
    _row("reciprocity", "peace_process", "C20", "groups commit as their enemies do", {"reciprocity_weight": 0.0}),
    _row("spoilers", "peace_process", "C20", "gains from war keep groups in it",
         {"spoils_weight": 0.0}, "armed_groups.*.spoils"),
    _row("foreign_support", "peace_process", "C20 C41", "support from abroad keeps groups from peace",
         {"support_weight": 0.0}),
    _row("wrongs", "peace_process", "C20", "violations embitter fellow signatories", {"wrongs_weight": 0.0}),
    _row("legitimacy", "peace_process", "C21 C22", "a legitimate government is easier to make peace with",
         {"legitimacy_weight": 0.0}),
    _row("inclusion", "peace_process", "C22", "a share in power holds signatories", {"inclusion_weight": 0.0}),
    _row("talks", "peace_process", "C20", "parties who lean to peace sign without a date", {"talks_rate": 0.0}),
    _row("election_results", "elections", "C21", "good votes settle and bad ones unsettle", {"swing": 0.0}),
    _row("intimidation", "elections", "C21", "arms about make votes bad", {"intimidation": 0.0}),
    _row("tempers", "peace_process", "C20", "leaders differ for good", {"temper_spread": 0.0}),
)}
# fmt: on
