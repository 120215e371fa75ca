"""Parameters of missions: money, forces, information, tasks, presence, safety, conduct, life cycle."""

from sim.scenario.inputs import Input
from sim.scenario.quantity import quantity

ASSUMED = "assumption"


class Funding(Input):
    """How missions are paid and spend."""

    cost_per_person_usd: float = quantity(75_000.0, "all-in cost of a deployed person", unit="US$ per year", valid=(0.0, 1e6), plausible=(55_000.0, 105_000.0), source="data: US$ 6.7 billion for about 90,900 uniformed in 2018 (UN peacekeeping budget 2018/19)")
    life_support_share: float = quantity(0.35, "part of the need for food, fuel, camps", unit="share", valid=(0.0, 1.0), plausible=(0.25, 0.45), source=ASSUMED)
    operations_share: float = quantity(0.2, "part for patrols, flights, communications", unit="share", valid=(0.0, 1.0), plausible=(0.1, 0.3), source=ASSUMED)
    reimbursement_share: float = quantity(0.35, "part owed to contributors", unit="share", valid=(0.0, 1.0), plausible=(0.25, 0.45), source="data: about 1,430 US$ a person and month and as much for equipment (UN General Assembly rates 2018)")
    programme_share: float = quantity(0.1, "part for programmes: DDR, projects, institutions", unit="share", valid=(0.0, 1.0), plausible=(0.02, 0.15), source=ASSUMED)
    reimbursement_weeks: float = quantity(26.0, "usual wait of contributors for what is owed", unit="weeks", valid=(1.0, 260.0), plausible=(12.0, 78.0), source="literature: arrears to contributors, Coleman, K. (2020), Global Observatory; half a year assumed")
    cushion_weeks: float = quantity(8.0, "life support that a mission keeps in hand", unit="weeks", valid=(0.0, 104.0), plausible=(4.0, 16.0), source=ASSUMED)
    start_up_weeks: float = quantity(26.0, "need that reserve funds may bridge", unit="weeks", valid=(0.0, 104.0), plausible=(8.0, 40.0), source="data: commitment authority ahead of assessment (UN General Assembly resolution 64/269); length assumed")
    repayment_share: float = quantity(0.05, "part of the surplus that repays the bridge", unit="per week", valid=(0.0, 1.0), plausible=(0.02, 0.2), source=ASSUMED)
    pool_weeks: float = quantity(26.0, "weeks over which a pooled fund spreads what it holds", unit="weeks", valid=(1.0, 260.0), plausible=(8.0, 52.0), source=ASSUMED)
    signature_weeks: int = quantity(156, "time between signatures of multi-year donors", unit="weeks", valid=(13, 520), plausible=(104, 260), source="assumption: programmes of three years are usual")
    vacancies: float = quantity(1.0, "how far posts stay vacant as contributors wait: 1 keeps staff in line with the money, 0 cuts none", unit="ratio", valid=(0.0, 2.0), plausible=(0.5, 1.5), source="data: missions lack 21.6 % of their people, Passmore, Shannon and Hart (2018), doi:10.1177/0022343317731152, and 27.7 % of their budget, Passmore, Nadeau and Shannon (2022)")
    dispute_weeks: float = quantity(26.0, "time in which a quarrel over who pays builds up or is forgotten", unit="weeks", valid=(1.0, 520.0), plausible=(13.0, 52.0), source=ASSUMED)
    will_noise: float = quantity(0.03, "standard deviation of the quarterly move of a donor's will", unit="index", valid=(0.0, 1.0), plausible=(0.01, 0.1), source=ASSUMED)
    will_return_per_quarter: float = quantity(0.2, "return of a donor's will to its usual level", unit="per quarter", valid=(0.0, 1.0), plausible=(0.1, 0.4), source=ASSUMED)
    will_loss_per_death: float = quantity(0.0005, "will lost for each peacekeeper killed within a year", unit="index per death and quarter", valid=(0.0, 1.0), plausible=(0.0, 0.002), source=ASSUMED)
    will_loss_per_scandal: float = quantity(0.002, "will lost for each act of misconduct that became known within a year", unit="index per act and quarter", valid=(0.0, 1.0), plausible=(0.0, 0.01), source=ASSUMED)
    will_loss_in_dispute: float = quantity(0.1, "will lost when all quarrel over all of the budget", unit="index per quarter", valid=(0.0, 1.0), plausible=(0.0, 0.3), source=ASSUMED)
    will_gain_per_progress: float = quantity(0.3, "will gained for progress from nothing to all benchmarks", unit="index", valid=(0.0, 5.0), plausible=(0.0, 1.0), source=ASSUMED)


class ForceGeneration(Input):
    """How forces come, rotate and leave."""

    lift_persons_per_week: float = quantity(1_000.0, "people that strategic lift can bring or take for one mission", unit="persons per week", valid=(1.0, 100_000.0), plausible=(400.0, 2_000.0), source=ASSUMED)
    tempo_to_land: float = quantity(0.3, "share of operations that must be payable before more units land", unit="share", valid=(0.0, 1.0), plausible=(0.1, 0.6), source=ASSUMED)
    rotation_dip: float = quantity(0.2, "readiness lost at a rotation", unit="share", valid=(0.0, 1.0), plausible=(0.0, 0.4), source=ASSUMED)
    leave_per_week: float = quantity(0.02, "hazard that a contributor leaves when half of its will is lost", unit="per week", valid=(0.0, 1.0), plausible=(0.005, 0.1), source=ASSUMED)
    will_return: float = quantity(0.02, "return of a contributor's will when news is better", unit="per week", valid=(0.0, 1.0), plausible=(0.01, 0.1), source=ASSUMED)
    dispute_strain: float = quantity(1.0, "strain of a full quarrel over who pays, deaths at the tolerance being 1", unit="ratio", valid=(0.0, 10.0), plausible=(0.0, 2.0), source=ASSUMED)
    preparation_weeks: float = quantity(12.0, "more time that full preparation takes, none being the other end", unit="weeks", valid=(0.0, 104.0), plausible=(4.0, 24.0), source="assumption: UN predeployment training and exercises take one to several months")
    joint_gain: float = quantity(0.6, "part of the misfit of procedures that joint exercises remove", unit="share", valid=(0.0, 1.0), plausible=(0.2, 0.9), source=ASSUMED)
    lead_shape: float = quantity(4.0, "gamma shape of lead times: 4 is a spread of half the mean", unit="1", valid=(0.5, 100.0), role="constant", source="assumption: lead times vary by half of their mean")
    lead_weeks_military: float = quantity(26.0, "usual lead time of troops", unit="weeks", valid=(0.0, 260.0), plausible=(12.0, 45.0), source="literature: about ten months to peak strength, Rappa (2016); spread of contributors, Lundgren et al. (2021), doi:10.1177/0022343320940763")
    lead_weeks_police: float = quantity(30.0, "usual lead time of police", unit="weeks", valid=(0.0, 260.0), plausible=(16.0, 60.0), source="data: 37 % of the police of Kosovo were there after half a year, 96 % after two and a half years (UN 1999, 2002)")
    lead_weeks_observers: float = quantity(12.0, "usual lead time of observers", unit="weeks", valid=(0.0, 260.0), plausible=(4.0, 26.0), source=ASSUMED)
    lead_weeks_civilians: float = quantity(30.0, "usual lead time of civilian staff", unit="weeks", valid=(0.0, 260.0), plausible=(16.0, 60.0), source=ASSUMED)
    unit_size_military: int = quantity(150, "people in an infantry company", unit="persons", valid=(1, 2_000), plausible=(120, 200), role="constant", source="data: Geo-PKO codebook, Cil et al. (2020), doi:10.1177/0022343319871978")
    unit_size_formed_police: int = quantity(140, "people in a formed police unit", unit="persons", valid=(1, 1_000), plausible=(120, 180), role="constant", source="literature: UN Police Division practice, 140 officers")
    unit_size_police: int = quantity(20, "individual officers in one team", unit="persons", valid=(1, 1_000), plausible=(10, 40), role="constant", source=ASSUMED)
    unit_size_observers: int = quantity(8, "observers in a team site", unit="persons", valid=(1, 200), plausible=(4, 12), role="constant", source=ASSUMED)
    unit_size_civilians: int = quantity(25, "civilian staff in a field office", unit="persons", valid=(1, 1_000), plausible=(10, 60), role="constant", source=ASSUMED)
    unit_size_enablers: int = quantity(150, "people in an engineer, medical or aviation unit", unit="persons", valid=(1, 2_000), plausible=(60, 250), role="constant", source=ASSUMED)


class Awareness(Input):
    """How headquarters learns of violence."""

    forget_per_week: float = quantity(0.08, "part of a past threat forgotten", unit="per week", valid=(0.0, 1.0), plausible=(0.03, 0.2), source=ASSUMED)
    deaths_half: float = quantity(10.0, "deaths that count half of the gravest incident", unit="persons", valid=(0.1, 10_000.0), plausible=(3.0, 30.0), source=ASSUMED)
    told_at_full_trust: float = quantity(0.6, "chance that a trusting population tells", unit="probability", valid=(0.0, 1.0), plausible=(0.3, 0.9), source=ASSUMED)
    tellers_per_km2: float = quantity(4.0, "density of people from which somebody sees whatever happens", unit="persons per km2", valid=(0.001, 10_000.0), plausible=(1.0, 20.0), source=ASSUMED)
    armed_half: float = quantity(100.0, "fighters of usual abusiveness that make half of the gravest warning", unit="persons per 1,000 km2", valid=(0.1, 100_000.0), plausible=(30.0, 300.0), source=ASSUMED)
    technology_sight: float = quantity(0.5, "chance that full technology sees an incident", unit="probability", valid=(0.0, 1.0), plausible=(0.2, 0.8), source=ASSUMED)
    press: float = quantity(0.15, "chance that an incident is reported whatever the mission does", unit="probability", valid=(0.0, 1.0), plausible=(0.05, 0.4), source=ASSUMED)


class Tasking(Input):
    """How headquarters places its units."""

    cycle_weeks: float = quantity(3.0, "time between tasking rounds under perfect leadership", unit="weeks", valid=(1.0, 52.0), plausible=(2.0, 8.0), source=ASSUMED)
    turns: int = quantity(8, "rounds after which every unit has been reconsidered", unit="rounds", valid=(1, 52), plausible=(2, 16), source=ASSUMED)
    move_gain: float = quantity(2.0, "how much better a new base must be", unit="ratio", valid=(1.0, 100.0), plausible=(1.3, 4.0), source="calibrated: 5-10 % of bases open or close in a year (Geo-PKO 2.3, Cil et al. 2020, doi:10.1177/0022343319871978)")
    crowding: float = quantity(90.0, "patrolling peacekeepers who halve the wish for more", unit="persons per 1,000 km2", valid=(0.1, 100_000.0), plausible=(25.0, 270.0), source=ASSUMED)
    supply_km: float = quantity(300.0, "distance from an entry point without roads at which a place is worth half", unit="km", valid=(10.0, 5_000.0), plausible=(100.0, 600.0), source=ASSUMED)
    calm_weight: float = quantity(0.2, "wish for peacekeepers where no threat is known", unit="index", valid=(0.0, 10.0), plausible=(0.05, 0.5), source=ASSUMED)
    people_floor: float = quantity(2.0, "people that even empty land counts for", unit="persons per km2", valid=(0.0, 10_000.0), plausible=(0.5, 10.0), source=ASSUMED)
    briefing: float = quantity(0.3, "part of missing local knowledge that a full assessment gives a unit beforehand", unit="share", valid=(0.0, 1.0), plausible=(0.1, 0.6), source=ASSUMED)
    road_km_per_week: float = quantity(300.0, "move of a unit to a new base", unit="km per week", valid=(10.0, 5_000.0), plausible=(100.0, 700.0), source="literature: convoys make 50-150 km a day and must be prepared; assumed")


class Presence(Input):
    """How units turn into protection, interposition and monitoring."""

    steady_leadership: float = quantity(0.5, "part of action that does not depend on leadership", unit="share", valid=(0.0, 1.0), plausible=(0.3, 0.8), source=ASSUMED)
    routine: float = quantity(0.3, "strength of a unit that is there but does not act", unit="share", valid=(0.0, 1.0), plausible=(0.1, 0.6), source=ASSUMED)
    training_gain: float = quantity(0.4, "gain in skill from none to full preparation", unit="ratio", valid=(0.0, 2.0), plausible=(0.1, 0.8), source="literature: quality of troops, Haass and Ansorg (2018), doi:10.1177/0022343318785419; size assumed")
    misfit: float = quantity(0.4, "strength lost to incompatible procedures and radios", unit="share", valid=(0.0, 1.0), plausible=(0.1, 0.6), source=ASSUMED)
    knowledge_gain: float = quantity(0.3, "gain from none to full local knowledge", unit="ratio", valid=(0.0, 2.0), plausible=(0.1, 0.6), source="literature: distance to locals, Bove and Ruggeri (2019), doi:10.1177/0022002718817104; size assumed")
    knowledge_return: float = quantity(0.02, "growth of local knowledge", unit="per week", valid=(0.0, 1.0), plausible=(0.01, 0.05), source=ASSUMED)
    readiness_return: float = quantity(0.15, "return of readiness to what money and supply allow", unit="per week", valid=(0.0, 1.0), plausible=(0.05, 0.3), source=ASSUMED)
    supply_drag: float = quantity(0.05, "readiness lost per 100 km from an entry point", unit="ratio", valid=(0.0, 5.0), plausible=(0.0, 0.2), source=ASSUMED)
    caution_fades: float = quantity(0.04, "caution lost after casualties", unit="per week", valid=(0.0, 1.0), plausible=(0.02, 0.1), source=ASSUMED)
    troops_per_1000_km2: float = quantity(40.0, "peacekeepers at work who give half protection to empty land", unit="persons per 1,000 km2", valid=(0.1, 10_000.0), plausible=(20.0, 100.0), source="calibrated: civilian deaths against troops, Hultman, Kathman and Shannon (2013)")
    troops_per_1000_people: float = quantity(1.5, "peacekeepers at work who give half protection to people", unit="persons per 1,000", valid=(0.01, 1_000.0), plausible=(0.8, 4.0), source="calibrated: well below the 20 security forces per 1,000 of counter-insurgency (Quinlivan 1995), which count the state's own")
    monitors_per_troop: float = quantity(0.05, "monitors needed for what one soldier's presence does", unit="ratio", valid=(0.001, 10.0), plausible=(0.02, 0.2), source=ASSUMED)
    troops_watch: float = quantity(0.05, "monitoring by troops, that of observers being 1", unit="ratio", valid=(0.0, 1.0), plausible=(0.0, 0.2), source=ASSUMED)
    interposing: float = quantity(0.6, "part of ceasefire monitoring by troops that stands between the sides", unit="share", valid=(0.0, 1.0), plausible=(0.3, 1.0), source=ASSUMED)
    police_shield: float = quantity(0.5, "protection by unarmed officers, that of formed units being 1", unit="ratio", valid=(0.0, 5.0), plausible=(0.2, 1.0), source=ASSUMED)
    enabler_arms: float = quantity(0.3, "patrol strength of engineers, medics and aviators, infantry being 1", unit="ratio", valid=(0.0, 1.0), plausible=(0.1, 0.5), source=ASSUMED)
    guard_share: float = quantity(0.3, "strength tied down in camps and convoys when force protection has full effort", unit="share", valid=(0.0, 1.0), plausible=(0.1, 0.5), source="assumption: in Mali a third or more of the force guarded itself")
    force_on_host: float = quantity(0.1, "part of its protection that a mission which needs consent uses against state forces", unit="share", valid=(0.0, 1.0), plausible=(0.0, 0.3), source="literature: rebels deterred, governments not, Fjelde, Hultman and Nilsson (2019), doi:10.1017/S0020818318000346; size assumed")


class AttacksOnMission(Input):
    """How peacekeepers come to harm."""

    attack_rate: float = quantity(0.018, "attacks a week on an unprepared, unguarded, uninformed unit amid wholly hostile fighters", unit="per week", valid=(0.0, 10.0), plausible=(0.01, 0.1), source="calibrated: hostile deaths of 0.3 per 1,000 a year in a usual mission (SIPRI 2015)")
    killed_per_attack: float = quantity(0.4, "mean dead of an attack", unit="persons", valid=(0.0, 100.0), plausible=(0.2, 1.5), source=ASSUMED)
    terrorist_hostility: float = quantity(4.0, "hostility of terrorist groups, rebels being 1", unit="ratio", valid=(0.0, 50.0), plausible=(2.0, 8.0), source=ASSUMED)
    state_hostility: float = quantity(0.5, "hostility of the forces of a state that does not consent at all, rebels being 1", unit="ratio", valid=(0.0, 50.0), plausible=(0.0, 0.5), source=ASSUMED)
    gang_hostility: float = quantity(0.3, "hostility of gangs, rebels being 1", unit="ratio", valid=(0.0, 50.0), plausible=(0.1, 1.0), source="assumption: war with peacekeepers is bad for business")
    signed_hostility: float = quantity(0.3, "hostility of groups that have signed, others being 1", unit="ratio", valid=(0.0, 10.0), plausible=(0.1, 0.7), source=ASSUMED)
    discipline: float = quantity(0.8, "part of the attacks of all but terrorists that full cohesion of a group averts", unit="share", valid=(0.0, 1.0), plausible=(0.4, 1.0), source=ASSUMED)
    offensive_gain: float = quantity(2.0, "hostility added in groups that a mission attacks with all its effort, force and consent", unit="ratio", valid=(0.0, 50.0), plausible=(0.5, 4.0), source=ASSUMED)
    isolation_gain: float = quantity(1.0, "rise for a unit alone", unit="ratio", valid=(0.0, 50.0), plausible=(0.3, 3.0), source=ASSUMED)
    training_weight: float = quantity(1.0, "weight of training and quality against attacks that succeed", unit="1", valid=(0.0, 10.0), plausible=(0.3, 2.0), source=ASSUMED)
    distrust_gain: float = quantity(1.0, "rise amid people without trust in the mission", unit="ratio", valid=(0.0, 50.0), plausible=(0.3, 3.0), source=ASSUMED)
    partial_gain: float = quantity(1.0, "rise when nobody takes the mission for impartial", unit="ratio", valid=(0.0, 50.0), plausible=(0.3, 3.0), source=ASSUMED)
    guard_weight: float = quantity(0.7, "weight of full effort on force protection against attacks", unit="1", valid=(0.0, 10.0), plausible=(0.2, 1.5), source=ASSUMED)
    information_weight: float = quantity(0.5, "weight of shared local knowledge against attacks", unit="1", valid=(0.0, 10.0), plausible=(0.1, 1.0), source="literature: intelligence for force protection, United Nations, Improving Security of Peacekeepers (Cruz report, 2017); size assumed")
    caution_per_attack: float = quantity(0.4, "caution after an attack", unit="index", valid=(0.0, 1.0), plausible=(0.2, 0.8), source=ASSUMED)
    illness_per_year: float = quantity(0.001, "deaths by illness and accident", unit="per person and year", valid=(0.0, 0.1), plausible=(0.0007, 0.0015), source="data: about 1 per 1,000 a year (SIPRI 2015, UN fatality figures)")


class Misconduct(Input):
    """How often peacekeepers abuse, and what it costs."""

    acts_per_1000_year: float = quantity(2.0, "acts per 1,000 peacekeepers under usual training and leadership", unit="per 1,000 and year", valid=(0.0, 1_000.0), plausible=(0.5, 8.0), source="literature: allegations of 0.3-2 per 1,000 a year; surveys find far more, Beber et al. (2017), doi:10.1017/S0020818316000242")
    rumour: float = quantity(0.1, "chance that an act becomes known where nobody inspects", unit="probability", valid=(0.0, 1.0), plausible=(0.02, 0.3), source=ASSUMED)
    openness: float = quantity(0.6, "part of the rest that full oversight brings to light", unit="share", valid=(0.0, 1.0), plausible=(0.3, 0.9), source=ASSUMED)
    discipline: float = quantity(1.0, "weight of training, leadership and quality against misconduct", unit="1", valid=(0.0, 10.0), plausible=(0.3, 2.0), source="literature: breakdown of discipline, Moncrief (2017), Journal of Peace Research 54(5); size assumed")
    deterrence: float = quantity(1.0, "weight of oversight against misconduct", unit="1", valid=(0.0, 10.0), plausible=(0.0, 2.0), source=ASSUMED)
    redress: float = quantity(1.0, "trust saved when leaders with full oversight answer for an act", unit="share", valid=(0.0, 1.0), plausible=(0.3, 1.0), source=ASSUMED)
    trust_lost: float = quantity(0.3, "trust lost in the cell when it does", unit="share", valid=(0.0, 1.0), plausible=(0.1, 0.5), source=ASSUMED)


class Mandate(Input):
    """How a mandate works out and ends."""

    force_observe: float = quantity(0.0, "force allowed by rules to observe", unit="share", valid=(0.0, 1.0), role="constant", source="assumption: order of the five rules, evenly spread")
    force_self_defence: float = quantity(0.35, "force allowed in self-defence", unit="share", valid=(0.0, 1.0), plausible=(0.2, 0.5), source="assumption: order of the five rules, evenly spread")
    force_defend_mandate: float = quantity(0.7, "force allowed in defence of the mandate", unit="share", valid=(0.0, 1.0), plausible=(0.5, 0.8), source="assumption: order of the five rules, evenly spread")
    force_robust: float = quantity(0.9, "force allowed under robust rules", unit="share", valid=(0.0, 1.0), plausible=(0.7, 1.0), source="assumption: order of the five rules, evenly spread")
    tasks_in_hand: float = quantity(8.0, "tasks that a mission carries without loss", unit="tasks", valid=(1.0, 50.0), plausible=(4.0, 14.0), source="literature: tasks per mission rose from 8 in the 1990s to 16 in the 2000s (UNPMM 2.0); load assumed")
    overload: float = quantity(0.5, "extra load when tasks are twice those in hand: effort falls to 1 / (1 + load)", unit="ratio", valid=(0.0, 10.0), plausible=(0.0, 1.0), source="literature: fragmented mandates, Blair, Di Salvatore and Smidt (2022), doi:10.1111/ajps.12650; size assumed")
    compromise: float = quantity(0.5, "clarity lost when those who pay are wholly divided", unit="share", valid=(0.0, 1.0), plausible=(0.1, 0.8), source=ASSUMED)
    creep_weight: float = quantity(0.5, "weight of a task that creeps in, the main task being 1", unit="ratio", valid=(0.0, 1.0), plausible=(0.2, 1.0), source=ASSUMED)
    alarm_at: float = quantity(0.7, "part of the security wanted below which a flexible mandate is reinforced", unit="share", valid=(0.0, 1.0), plausible=(0.4, 0.9), source=ASSUMED)
    surge_step: float = quantity(0.25, "troops and police added at a review", unit="share", valid=(0.0, 2.0), plausible=(0.15, 0.8), source="data: additions of 17 to 79 % in Sierra Leone 2000, Congo 2004, South Sudan 2013 (Security Council resolutions 1299, 1565, 2132); default assumed")
    surge_limit: float = quantity(0.5, "most that reviews add to the planned strength", unit="share", valid=(0.0, 5.0), plausible=(0.2, 1.0), source="data: 29 % more in Haiti in 2010 and 79 % more in South Sudan in 2013 (Security Council resolutions 1908 and 2132)")
    drawdown_step: float = quantity(0.25, "part of the strength taken away at a review that finds the benchmarks met", unit="share", valid=(0.0, 1.0), plausible=(0.1, 0.5), source="data: ceilings cut by 12 to 33 % at a time in Liberia 2008-2015, Haiti 2012-2015 and Kosovo 2002-2010 (Security Council resolutions 1777 to 2239, 2012 to 2180; NATO)")
    close_at: float = quantity(0.2, "part of the highest strength below which a mission that met its benchmarks closes", unit="share", valid=(0.0, 1.0), plausible=(0.05, 0.4), source="data: Haiti was closed from 27 % and Liberia from 3 % of the highest ceiling (Security Council resolutions 2350 and 2333)")


class Benchmarks(Input):
    """How headquarters judges its progress."""

    threats_per_million: float = quantity(1.0, "believed threats in a million people at which security counts as half; a massacre that is fresh in mind is one", unit="threats per million", valid=(0.001, 1_000.0), plausible=(0.3, 3.0), source=ASSUMED)
    safe_at: float = quantity(0.98, "safety wanted where a mandate names no benchmark", unit="share", valid=(0.01, 1.0), plausible=(0.9, 1.0), source=ASSUMED)
    met_at: float = quantity(0.9, "score from which benchmarks count as met", unit="share", valid=(0.0, 1.0), plausible=(0.8, 1.0), source=ASSUMED)


class Consent(Input):
    """What a mission's standing hangs on."""

    consent_rate: float = quantity(0.04, "speed at which consent follows the host's attitude and interest", unit="per week", valid=(0.0, 1.0), plausible=(0.01, 0.1), source=ASSUMED)
    consent_floor: float = quantity(0.5, "consent of a well-disposed host that has no mind for peace", unit="index", valid=(0.0, 1.0), plausible=(0.3, 0.8), source=ASSUMED)
    resentment: float = quantity(0.05, "consent lost in a week of killing by state forces on which the mission reports", unit="share", valid=(0.0, 1.0), plausible=(0.0, 0.2), source="assumption: as in Mali after the report on Moura in 2023")
    resented_half: float = quantity(20.0, "civilians killed by the state in a week who matter half", unit="persons", valid=(0.1, 10_000.0), plausible=(5.0, 100.0), source=ASSUMED)
    free_at: float = quantity(0.5, "consent from which a mission is free to land and move", unit="index", valid=(0.01, 1.0), plausible=(0.3, 0.8), source=ASSUMED)
    expel_below: float = quantity(0.1, "consent below which the host asks the mission to leave", unit="index", valid=(0.0, 1.0), plausible=(0.05, 0.3), source=ASSUMED)
    notice_weeks: int = quantity(26, "time that it is given", unit="weeks", valid=(0, 520), plausible=(4, 52), source="data: Mali asked in June 2023 for departure, granted by the end of the year (Security Council resolution 2690)")
    alone: float = quantity(0.3, "impartiality that a force of a single nation is denied", unit="share", valid=(0.0, 1.0), plausible=(0.0, 0.6), source="literature: UN and French patrols in Mali, Nomikos (2022), Journal of Politics 84(1); size assumed")
    siding: float = quantity(0.5, "impartiality lost when offensive operations have full effort", unit="share", valid=(0.0, 1.0), plausible=(0.2, 0.8), source=ASSUMED)
    impartiality_rate: float = quantity(0.02, "speed at which the parties change their mind about a mission", unit="per week", valid=(0.0, 1.0), plausible=(0.01, 0.1), source=ASSUMED)


class Sanctions(Input):
    """How an embargo bites."""

    cut_per_month: float = quantity(0.06, "support cut off in a month by a full embargo whose ways are all watched", unit="share per 4 weeks", valid=(0.0, 1.0), plausible=(0.02, 0.2), source="literature: embargoes work with peacekeepers, Fruchart et al. (2007), SIPRI and Uppsala University; size assumed")


class LifeCycle(Input):
    """How a mission's stages are told apart."""

    full_at: float = quantity(0.9, "share of the ceiling at which a mission counts as fully deployed", unit="share", valid=(0.0, 1.0), role="constant", source="literature: peak of 92.5 % of the ceiling, Rappa (2016)")
    drawdown_at: float = quantity(0.85, "share of the highest ceiling below which a mission draws down", unit="share", valid=(0.0, 1.0), role="constant", source="assumption: a naming rule")
    relieved_at: float = quantity(0.7, "share of its ceiling at which the main mission relieves a bridging force", unit="share", valid=(0.0, 1.0), plausible=(0.4, 1.0), source="assumption: Haiti's bridging force left at a third of the ceiling of 2004, others at most of it")
