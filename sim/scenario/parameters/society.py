"""Parameters of the ground and of the people."""

from sim.scenario.inputs import Input
from sim.scenario.quantity import quantity

ASSUMED = "assumption"


class Ground(Input):
    """How far actors reach; used when the world is built."""

    reach_km: float = quantity(50.0, "farthest that patrols and bands are felt in a week", unit="km", valid=(5.0, 300.0), plausible=(30.0, 80.0), source=ASSUMED)
    patrol_km: float = quantity(15.0, "distance from a base at which patrols are a quarter as dense", unit="km", valid=(1.0, 200.0), plausible=(8.0, 30.0), source="literature: effect of bases felt to about 20 km, Kunkel (2024), Purdue dissertation")
    sway_km: float = quantity(12.0, "distance from a band at which it is felt a quarter as much", unit="km", valid=(1.0, 200.0), plausible=(6.0, 25.0), source=ASSUMED)
    flight_km: float = quantity(40.0, "distance at which a refuge is half as likely", unit="km", valid=(1.0, 1_000.0), plausible=(20.0, 100.0), source=ASSUMED)
    rough_km: float = quantity(1.0, "extra travel on the hardest ground without roads, in distances", unit="ratio", valid=(0.0, 20.0), plausible=(0.5, 3.0), source=ASSUMED)


class Shocks(Input):
    """What events from outside do."""

    harm_per_death_per_1000: float = quantity(0.05, "fear, need and loss of livelihood, police and services per death in 1,000 people by disaster or epidemic", unit="index", valid=(0.0, 10.0), plausible=(0.01, 0.2), source=ASSUMED)
    exposure: float = quantity(0.2, "deaths of peacekeepers in a disaster, those of the people being 1", unit="ratio", valid=(0.0, 1.0), plausible=(0.1, 0.5), source="data: Port-au-Prince 2010: 102 of some 9,000 in the mission, against 5 to 10 % of the people of the city")
    departure_disorder: float = quantity(0.3, "cohesion lost when a leader with full hold leaves, or in a coup", unit="share", valid=(0.0, 1.0), plausible=(0.1, 0.5), source=ASSUMED)


class Births(Input):
    """How the population grows."""

    growth_per_year: float = quantity(0.026, "births net of ordinary deaths", unit="per year", valid=(-0.2, 0.2), plausible=(0.01, 0.035), source="data: United Nations, World Population Prospects 2022, low-income countries in conflict")


class Displacement(Input):
    """How people flee and return."""

    fear_to_flee: float = quantity(0.3, "fear below which nobody leaves", unit="index", valid=(0.01, 0.99), plausible=(0.2, 0.5), source=ASSUMED)
    flight_rate: float = quantity(0.08, "share that leaves in utmost fear", unit="per week", valid=(0.0, 10.0), plausible=(0.03, 0.2), source="calibrated: of the order of 100 displaced per death in conflict; assumption")
    roots: float = quantity(0.3, "share kept in place by livelihood and cohesion", unit="share", valid=(0.0, 1.0), plausible=(0.0, 0.6), source="literature: Adhikari (2013), doi:10.1111/j.1540-5907.2012.00598.x; size assumed")
    open_land: float = quantity(10.0, "people who would draw as many of the displaced as empty land does", unit="persons per km2", valid=(0.0, 10_000.0), plausible=(2.0, 30.0), source=ASSUMED)
    camp_people: float = quantity(150_000.0, "people of a safe town that draws as many as a camp", unit="persons", valid=(0.0, 1e9), plausible=(30_000.0, 500_000.0), source=ASSUMED)
    abroad_people: float = quantity(300_000.0, "people of a safe town at the border that draws as many as the country behind it", unit="persons", valid=(0.0, 1e9), plausible=(100_000.0, 1_000_000.0), source="assumption: of the order of the towns and camps within a day of a border; of all displaced in the world a third are abroad (UNHCR, Global Trends 2022)")
    settle_per_week: float = quantity(0.002, "share of the displaced who become residents where they stay, in a safe and thriving place", unit="per week", valid=(0.0, 1.0), plausible=(0.0, 0.01), source=ASSUMED)
    from_abroad: float = quantity(0.5, "readiness of refugees abroad to go home, that of the displaced inside being 1", unit="ratio", valid=(0.0, 10.0), plausible=(0.2, 1.0), source="assumption: refugees come home over several years after a war, later than the displaced inside")
    return_per_week: float = quantity(0.015, "share of the displaced who go back to safe and thriving homes", unit="per week", valid=(0.0, 1.0), plausible=(0.002, 0.03), source="assumption: 1-10 % a month; Kosovo, 21 % after nine days and 83 % after 29 (UNHCR 1999), is the fast end")


class Relief(Input):
    """How relief meets need."""

    need_rate: float = quantity(0.1, "speed at which need follows its causes", unit="per week", valid=(0.0, 1.0), plausible=(0.05, 0.3), source=ASSUMED)
    aid_per_person_usd: float = quantity(110.0, "cost of meeting the need of one person", unit="US$ per year", valid=(1.0, 10_000.0), plausible=(40.0, 250.0), source="assumption: UN appeals ask for 40-250 US$ a person")
    relief_effect: float = quantity(0.3, "share of need that a week of full relief takes away", unit="per week", valid=(0.0, 1.0), plausible=(0.1, 0.6), source=ASSUMED)
    looters_per_1000: float = quantity(10.0, "fighters felt per 1,000 people who take half of the most they can take", unit="persons per 1,000", valid=(0.001, 10_000.0), plausible=(3.0, 30.0), source="assumption: in a civil war about 10 of 1,000 people bear arms")
    loot_keep: float = quantity(0.9, "part of what was taken that is left after a week", unit="per week", valid=(0.0, 1.0), plausible=(0.8, 0.97), source=ASSUMED)
    own_coordination: float = quantity(0.5, "how far organisations know what the others do without a mission", unit="share", valid=(0.0, 1.0), plausible=(0.2, 0.8), source="assumption: clusters and coordination offices cover a part")
    refused: float = quantity(0.5, "share of places under armed groups where those who come with soldiers of a mission are turned away, if it works on nothing but relief", unit="share", valid=(0.0, 1.0), plausible=(0.0, 1.0), source="literature: Metcalfe, Giffen and Elhawary (2011), UN Integration and Humanitarian Space; size assumed")
    capture: float = quantity(0.3, "share looted or taxed amid many fighters", unit="share", valid=(0.0, 1.0), plausible=(0.05, 0.5), source=ASSUMED)


class Crime(Input):
    """How many people are killed by crime, and where weapons are."""

    murders_per_100000_year: float = quantity(3.0, "people killed by crime where livelihoods are good, arms few and police absent", unit="per 100,000 people and year", valid=(0.0, 10_000.0), plausible=(1.0, 6.0), source="data: 6.1 in the world and 13 in Africa in 2017, all told (UNODC, Global Study on Homicide 2019); the rest by the gains below")
    want_gain: float = quantity(2.0, "rise where nobody has a livelihood", unit="ratio", valid=(0.0, 50.0), plausible=(0.5, 4.0), source="literature: inequality, hard times and homicide, Fajnzylber, Lederman and Loayza (2002), doi:10.1016/S0014-2921(01)00096-4; size assumed")
    arms_gain: float = quantity(2.0, "rise where private arms are many", unit="ratio", valid=(0.0, 50.0), plausible=(0.5, 4.0), source=ASSUMED)
    arms_half_per_1000: float = quantity(20.0, "private arms per 1,000 people that give half of it", unit="weapons per 1,000", valid=(0.01, 10_000.0), plausible=(5.0, 60.0), source="assumption: of the order of private arms in poor countries (Small Arms Survey 2018)")
    arms_per_1000_at_start: float = quantity(10.0, "private arms at the start", unit="weapons per 1,000", valid=(0.0, 2_000.0), plausible=(2.0, 40.0), source="assumption: below the 3 per 100 people of Africa (Small Arms Survey 2018), with which murders exceed what police counted in Haiti")
    adrift_gain: float = quantity(3.0, "rise where many former fighters got no help to settle", unit="ratio", valid=(0.0, 50.0), plausible=(0.5, 6.0), source="literature: former fighters and crime, Kaplan and Nussio (2018), doi:10.1177/0022002716644326; size assumed")
    adrift_half_per_1000: float = quantity(5.0, "such former fighters per 1,000 people who give half of it", unit="persons per 1,000", valid=(0.01, 10_000.0), plausible=(2.0, 15.0), source=ASSUMED)
    adrift_settle: float = quantity(0.01, "share of them who find a livelihood where everybody has one", unit="per week", valid=(0.0, 1.0), plausible=(0.003, 0.03), source=ASSUMED)
    gang_gain: float = quantity(4.0, "rise where gangs rule", unit="ratio", valid=(0.0, 50.0), plausible=(1.0, 10.0), source="data: homicide in Haiti rose from 5-10 to 40 per 100,000 as gangs took over the capital in 2020-2023 (UN reporting)")
    police_weight: float = quantity(1.0, "weight of working police and courts", unit="1", valid=(0.0, 20.0), plausible=(0.3, 2.0), source=ASSUMED)
    officers_per_1000: float = quantity(0.5, "police officers of missions at work who do half of what full police do", unit="persons per 1,000", valid=(0.001, 100.0), plausible=(0.2, 2.0), source="assumption: the UN's rule of thumb is 2.2 police per 1,000 people")
    seized_per_week: float = quantity(0.002, "share of private arms that full police take", unit="per week", valid=(0.0, 1.0), plausible=(0.0, 0.01), source=ASSUMED)


class CommunalViolence(Input):
    """How identity groups turn on each other."""

    riots_per_million_year: float = quantity(60.0, "riots among two equal, wholly hostile groups without cohesion, livelihood or police, full of grievance", unit="per million people and year", valid=(0.0, 100_000.0), plausible=(10.0, 200.0), source="assumption: comes to about one deadly event a year in a tense country of a few million, the order of UCDP's non-state conflicts (Sundberg, Eck and Kreutz 2012, doi:10.1177/0022343311431598)")
    want_gain: float = quantity(1.0, "rise where nobody has a livelihood", unit="ratio", valid=(0.0, 50.0), plausible=(0.3, 3.0), source=ASSUMED)
    spark_gain: float = quantity(3.0, "rise in utmost fear", unit="ratio", valid=(0.0, 50.0), plausible=(1.0, 8.0), source="literature: riots spread by rumour and recent violence, Horowitz (2001), The Deadly Ethnic Riot; size assumed")
    police_weight: float = quantity(1.5, "weight of working police and courts", unit="1", valid=(0.0, 20.0), plausible=(0.5, 3.0), source="literature: riots end where police act early, Wilkinson (2004), doi:10.1017/CBO9780511510458; size assumed")
    officers_per_1000: float = quantity(0.5, "police of missions at work who do half of what full police do", unit="persons per 1,000", valid=(0.001, 100.0), plausible=(0.2, 2.0), source="assumption: the UN's rule of thumb is 2.2 police per 1,000 people")
    killed: float = quantity(6.0, "people killed in a riot where arms are few, beside the first", unit="persons", valid=(0.0, 10_000.0), plausible=(2.0, 15.0), source=ASSUMED)
    arms_gain: float = quantity(2.0, "rise of the dead where private arms are many", unit="ratio", valid=(0.0, 50.0), plausible=(0.5, 4.0), source=ASSUMED)
    arms_half_per_1000: float = quantity(20.0, "private arms per 1,000 people that give half of it", unit="weapons per 1,000", valid=(0.01, 10_000.0), plausible=(5.0, 60.0), source="assumption: of the order of private arms in poor countries (Small Arms Survey 2018)")
    bitterness: float = quantity(0.05, "cohesion lost in a place per person killed among 1,000", unit="share", valid=(0.0, 1.0), plausible=(0.01, 0.2), source=ASSUMED)


class Institutions(Input):
    """How police, courts and services grow and decay."""

    own_growth: float = quantity(0.001, "growth without help, in calm and trust", unit="per week", valid=(0.0, 1.0), plausible=(0.0003, 0.003), source=ASSUMED)
    help_growth: float = quantity(0.006, "growth with all the help a place can use", unit="per week", valid=(0.0, 1.0), plausible=(0.001, 0.01), source=ASSUMED)
    staff_per_1000_people: float = quantity(0.3, "mission staff at work who give half of that help", unit="persons per 1,000", valid=(0.001, 100.0), plausible=(0.1, 1.0), source=ASSUMED)
    harm: float = quantity(0.02, "share lost in utmost fear", unit="per week", valid=(0.0, 1.0), plausible=(0.005, 0.05), source=ASSUMED)


class SecurityReform(Input):
    """How the state's forces are reformed."""

    train_rate: float = quantity(0.01, "growth of reform with all the trainers that a willing force can use", unit="per week", valid=(0.0, 1.0), plausible=(0.003, 0.03), source="assumption: Liberia's new army of 2,000 took about three years, 2006 to 2009")
    trainers_per_100_fighters: float = quantity(5.0, "trainers at work who give half of that", unit="persons per 100", valid=(0.01, 1_000.0), plausible=(2.0, 15.0), source=ASSUMED)
    fade: float = quantity(0.001, "part of reform lost by turnover", unit="per week", valid=(0.0, 1.0), plausible=(0.0003, 0.003), source="assumption: one in twenty leaves in a year")
    discipline: float = quantity(0.6, "killing of civilians that full reform takes away", unit="share", valid=(0.0, 0.95), plausible=(0.3, 0.8), source="literature: training and restraint, Hoover Green (2016), Journal of Peace Research 53(5); size assumed")


class HumanRights(Input):
    """How reports of killings restrain those who kill."""

    staff_per_1000_people: float = quantity(0.1, "human-rights staff at work who document half of the killings", unit="persons per 1,000", valid=(0.001, 100.0), plausible=(0.03, 0.3), source=ASSUMED)
    deaths_half: float = quantity(5.0, "documented deaths in a week that stir half of the greatest outcry", unit="persons", valid=(0.1, 10_000.0), plausible=(2.0, 20.0), source=ASSUMED)
    pressure: float = quantity(0.2, "restraint that an outcry imposes on a group wholly dependent on backers", unit="share", valid=(0.0, 1.0), plausible=(0.0, 0.4), source="literature: naming and shaming, DeMeritt (2012), doi:10.1080/03050629.2012.726180; size assumed")
    restraint_keep: float = quantity(0.98, "part of that restraint kept from week to week", unit="per week", valid=(0.0, 1.0), plausible=(0.95, 0.995), source=ASSUMED)


class Engagement(Input):
    """How peacekeepers win trust."""

    known_trust: float = quantity(0.6, "trust where peacekeepers are always seen", unit="index", valid=(0.0, 1.0), plausible=(0.3, 0.8), source=ASSUMED)
    liaison_trust: float = quantity(0.4, "trust added by liaison and police", unit="index", valid=(0.0, 1.0), plausible=(0.1, 0.6), source=ASSUMED)
    goodwill_years: float = quantity(20.0, "stay after which half of the first goodwill is left", unit="years", valid=(0.1, 1_000.0), plausible=(8.0, 50.0), source="assumption: missions outstay their welcome")
    bias: float = quantity(0.5, "trust lost, under full offensive operations, where all people side with a group that fights on", unit="share", valid=(0.0, 1.0), plausible=(0.2, 0.8), source="literature: impartial forces win co-operation and others do not, Nomikos (2022), Journal of Politics 84(1); size assumed")
    trust_rate: float = quantity(0.02, "speed of trust", unit="per week", valid=(0.0, 1.0), plausible=(0.01, 0.05), source=ASSUMED)
    blame: float = quantity(0.1, "trust lost per death in 1,000 people under the mission's eyes", unit="index", valid=(0.0, 10.0), plausible=(0.02, 0.3), source="literature: Gordon and Young (2017), Journal of Peace Research 54(1); size assumed")
    staff_per_1000_people: float = quantity(0.3, "staff at work who reach half of a place", unit="persons per 1,000", valid=(0.001, 100.0), plausible=(0.1, 1.0), source=ASSUMED)
    cohesion_rate: float = quantity(0.004, "growth of cohesion where reconciliation has full effort", unit="per week", valid=(0.0, 1.0), plausible=(0.001, 0.01), source=ASSUMED)
    healing_rate: float = quantity(0.003, "part of grievances healed where reconciliation has full effort and groups get on", unit="per week", valid=(0.0, 1.0), plausible=(0.0, 0.01), source="literature: forgiveness rose with reconciliation in Sierra Leone, Cilliers, Dube and Siddiqi (2016), doi:10.1126/science.aad9682; size assumed")
    policing_rate: float = quantity(0.02, "part of fear taken away where officers patrol everywhere with a full local police", unit="per week", valid=(0.0, 1.0), plausible=(0.0, 0.05), source="literature: patrols in Liberia made people safer, Blair, Karim and Morse (2019), doi:10.1017/S0003055419000121; size assumed")
    projects_per_week: float = quantity(0.01, "part of the programmes' money that goes to local projects", unit="per week", valid=(0.0, 1.0), plausible=(0.0, 0.05), source=ASSUMED)
    livelihood_per_usd: float = quantity(0.01, "livelihood gained per US$ a head", unit="index per US$", valid=(0.0, 1.0), plausible=(0.0, 0.03), source=ASSUMED)
    services_per_usd: float = quantity(0.003, "services gained per US$ a head: schools, clinics, roads", unit="index per US$", valid=(0.0, 1.0), plausible=(0.0, 0.01), source=ASSUMED)


class Feelings(Input):
    """How people's feelings follow what they live through."""

    memory_keep: float = quantity(0.92, "part of the memory of violence kept from week to week", unit="per week", valid=(0.0, 1.0), plausible=(0.85, 0.97), source=ASSUMED)
    memory_half: float = quantity(0.5, "recent deaths per 1,000 people that frighten half", unit="per 1,000", valid=(0.001, 100.0), plausible=(0.1, 1.5), source=ASSUMED)
    battle_weight: float = quantity(0.5, "weight of a fighter's death, a civilian's being 1", unit="ratio", valid=(0.0, 10.0), plausible=(0.2, 1.0), source=ASSUMED)
    crime_weight: float = quantity(0.1, "weight of a death by crime, that of a civilian in war being 1", unit="ratio", valid=(0.0, 10.0), plausible=(0.0, 0.5), source="assumption: homicide of ten in 100,000 a year, usual in many countries at peace, makes nobody flee")
    fewest_per_km2: float = quantity(1.0, "people added to those around, so that deaths in empty land frighten no more than the few who hear of them", unit="persons per km2", valid=(0.001, 1_000.0), plausible=(0.2, 4.0), source=ASSUMED)
    comfort: float = quantity(0.5, "fear that trusted protection takes away", unit="share", valid=(0.0, 1.0), plausible=(0.2, 0.8), source=ASSUMED)
    fear_up: float = quantity(0.5, "speed at which fear rises", unit="per week", valid=(0.0, 1.0), plausible=(0.2, 0.8), source=ASSUMED)
    fear_down: float = quantity(0.06, "speed at which fear falls", unit="per week", valid=(0.0, 1.0), plausible=(0.02, 0.1), source=ASSUMED)
    grievance_per_memory: float = quantity(0.01, "grievance gained per recent death in 1,000 people", unit="per week", valid=(0.0, 1.0), plausible=(0.002, 0.03), source=ASSUMED)
    grievance_fades: float = quantity(0.004, "speed at which grievance falls to what exclusion feeds", unit="per week", valid=(0.0, 1.0), plausible=(0.001, 0.01), source=ASSUMED)
    exclusion_grievance: float = quantity(0.4, "grievance of people wholly excluded from power", unit="index", valid=(0.0, 1.0), plausible=(0.2, 0.8), source="literature: Cederman, Wimmer and Min (2010), doi:10.1017/S0043887109990219; size assumed")
    cohesion_rate: float = quantity(0.01, "speed at which cohesion follows calm", unit="per week", valid=(0.0, 1.0), plausible=(0.003, 0.03), source=ASSUMED)
    peace_livelihood: float = quantity(0.7, "livelihood in lasting peace under full services", unit="index", valid=(0.0, 1.0), plausible=(0.4, 0.9), source=ASSUMED)
    livelihood_rate: float = quantity(0.01, "speed at which livelihood follows", unit="per week", valid=(0.0, 1.0), plausible=(0.003, 0.03), source=ASSUMED)
    trust_rate: float = quantity(0.01, "speed of trust in the state", unit="per week", valid=(0.0, 1.0), plausible=(0.003, 0.03), source=ASSUMED)
