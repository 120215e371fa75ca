"""The claims about peacekeeping that the model is there to examine, and where each of them lives in it.

A claim can be switched off as a whole process, as a mechanism (:mod:`sim.scenario.mechanisms`), or set by the
inputs that stand for it. ``gap`` says plainly what of it the model does not have. To add a mechanism to a claim,
name the claim in the mechanism's row.
"""

from dataclasses import dataclass

from sim.scenario.mechanisms import MECHANISMS


@dataclass(frozen=True)
class Claim:
    """One claim of the literature.

    Parameters
    ----------
    title
        What is claimed, in short.
    processes
        Processes that carry it; each can be switched off.
    levers
        Inputs that a user sets to examine it; ``missions`` stands for the mission and its partners.
    gap
        What of it is not in the model.
    """

    title: str
    processes: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()
    gap: str = ""


def _row(title: str, processes: str = "", levers: str = "", gap: str = "") -> Claim:
    return Claim(title, tuple(processes.split()), tuple(levers.split()), gap)


M, D = "missions.*.mandate", "missions.*.deployment"

# fmt: off
CLAIMS: dict[str, Claim] = {
    "C01": _row("consent, impartiality, force only in self-defence", "consent",
                f"missions.*.consent missions.*.impartiality {M}.rules_of_engagement"),
    "C02": _row("mission types", "presence offensives sanctions",
                f"missions.*.type {M}.tasks {M}.rules_of_engagement {M}.sanctions",
                "but for enforcement the type itself does nothing: tasks and rules do"),
    "C03": _row("clear mandates; overload", "presence mandate benchmarks", f"{M}.clarity {M}.tasks {M}.benchmarks"),
    "C04": _row("flexible mandates; mission creep", "mandate",
                f"{M}.flexible {M}.review_weeks {M}.creep {M}.decisions"),
    "C05": _row("leadership", "tasking presence misconduct", "missions.*.leadership"),
    "C06": _row("military, police, observers, civilians", "presence",
                "contributors.*.component contributors.*.pledged"),
    "C07": _row("multilateral cooperation", "tasking awareness", f"{D}.coordination {D}.information_sharing"),
    "C08": _row("regional organisations", "force_generation",
                "contributors.*.lead_weeks contributors.*.proximity missions.*.rehat"),
    "C09": _row("bilateral partners", "force_generation funding", "partners.*.start contributors.*.will",
                "legal frameworks"),
    "C10": _row("multinational forces", "presence consent", "contributors.*.caveats contributors.*.interoperability"),
    "C11": _row("interoperability", "presence", f"contributors.*.interoperability {D}.joint_training"),
    "C12": _row("training and quality; capacity building", "presence institutions security_reform",
                f"{D}.training contributors.*.quality contributors.*.tour_weeks"),
    "C13": _row("community engagement", "engagement awareness feelings", f"{M}.tasks contributors.*.proximity"),
    "C14": _row("state authority and local government", "control institutions", f"{M}.tasks"),
    "C15": _row("donors and their will", "funding", "donors.*.will donors.*.reliability donors.*.share"),
    "C16": _row("funding mechanisms", "funding", "donors.*.mechanism donors.*.delay_weeks donors.*.earmark"),
    "C17": _row("shortfall", "funding force_generation", "contributors.*.pledged donors.*.share"),
    "C18": _row("logistics and supply", "presence tasking force_generation", "regions.*.roads places.*.entry",
                "engineering"),
    "C19": _row("disarmament, demobilisation, reintegration", "ddr reintegration",
                f"{M}.tasks armed_groups.*.demobilise"),
    "C20": _row("ceasefires and agreements, spoilers, relapse", "peace_process",
                "peace.agreements armed_groups.*.spoils armed_groups.*.commitment"),
    "C21": _row("elections", "elections", "peace.elections.*.date"),
    "C22": _row("inclusive governance, power sharing", "peace_process feelings",
                "peace.inclusion peace.agreements.*.inclusion"),
    "C23": _row("rule of law, security-sector reform, institutions", "institutions security_reform crime",
                f"{M}.tasks regions.*.institutions"),
    "C24": _row("reconciliation; grievances", "engagement feelings recruitment communal_violence",
                f"{M}.tasks identity_groups.*.grievance"),
    "C25": _row("economic reconstruction", "engagement recruitment", "regions.*.livelihood regions.*.resources"),
    "C26": _row("humanitarian assistance", "relief", f"ngos.*.budget_usd_per_year ngos.*.principled {M}.tasks"),
    "C27": _row("human-rights monitoring", "human_rights presence one_sided_violence", f"{M}.tasks"),
    "C28": _row("protection of civilians", "presence one_sided_violence", f"{M}.tasks {M}.rules_of_engagement"),
    "C29": _row("civil-military cooperation", "engagement relief", f"{M}.tasks ngos.*.principled"),
    "C30": _row("NGOs and civil society", "relief one_sided_violence", "ngos.*.principled"),
    "C31": _row("peacekeeper safety", "attacks_on_mission force_generation",
                "contributors.*.casualty_tolerance contributors.*.quality"),
    "C32": _row("misconduct and accountability", "misconduct", f"missions.*.leadership {D}.training {D}.oversight"),
    "C33": _row("technology", "awareness shocks", f"{D}.technology {D}.doctrine events.*.kind"),
    "C34": _row("situational awareness", "awareness", f"{D}.information_sharing {D}.doctrine"),
    "C35": _row("political will", "funding force_generation mandate", "donors.*.will contributors.*.will"),
    "C36": _row("pre-deployment assessment", "awareness tasking", f"{D}.assessment"),
    "C37": _row("displacement", "displacement", "places.*.camp"),
    "C38": _row("asymmetric opponents", "group_strategy attacks_on_mission", "armed_groups.*.kind"),
    "C39": _row("exit", "mandate life_cycle benchmarks", f"{M}.authorised.*.date {M}.exit missions.*.end"),
    "C40": _row("evaluation", "benchmarks", "evaluation.clusters evaluation.respondents"),
    "C41": _row("shocks", "shocks", "events.*.kind events.*.size"),
}
# fmt: on


def mechanisms_of(claim: str) -> tuple[str, ...]:
    """Name the mechanisms that stand for a claim."""
    return tuple(name for name, mechanism in MECHANISMS.items() if claim in mechanism.claims)
