"""Parameters of war: strategy, movement, clashes, killing, control, recruitment."""

from sim.scenario.inputs import Input
from sim.scenario.quantity import quantity

ASSUMED = "assumption"


class GroupStrategy(Input):
    """How armed groups choose postures and places."""

    decisiveness: float = quantity(4.0, "how sharply a group prefers the posture worth most", unit="1", valid=(0.0, 50.0), plausible=(1.0, 10.0), source=ASSUMED)
    edge_weight: float = quantity(1.0, "weight of military edge in the choice of posture", unit="1", valid=(0.0, 10.0), plausible=(0.3, 2.0), source=ASSUMED)
    commitment_weight: float = quantity(2.0, "weight of commitment to peace in the worth of talks", unit="1", valid=(0.0, 10.0), plausible=(1.0, 3.0), source=ASSUMED)
    others_weight: float = quantity(0.5, "worth of talks when all foes talk or comply", unit="1", valid=(0.0, 10.0), plausible=(0.0, 1.0), source="literature: restraint is answered in kind, Axelrod (1984), The Evolution of Cooperation; size assumed")
    hold_worth: float = quantity(0.25, "worth of holding what one has", unit="1", valid=(-2.0, 2.0), plausible=(0.0, 0.6), source=ASSUMED)
    deterrence_weight: float = quantity(1.5, "weight of peacekeepers faced against going on the offensive", unit="1", valid=(0.0, 10.0), plausible=(0.5, 3.0), source=ASSUMED)
    comply_above: float = quantity(0.4, "commitment above which a signatory complies", unit="index", valid=(0.0, 1.0), plausible=(0.3, 0.6), source=ASSUMED)
    people_per_km2: float = quantity(40.0, "density of people whose pull is 1", unit="persons per km2", valid=(0.01, 10_000.0), plausible=(15.0, 100.0), source=ASSUMED)
    land_worth: float = quantity(0.2, "pull of empty land, in that unit", unit="ratio", valid=(0.0, 20.0), plausible=(0.0, 0.5), source=ASSUMED)
    loot_pull: float = quantity(2.0, "pull of lootable wealth, in that unit", unit="ratio", valid=(0.0, 20.0), plausible=(0.5, 4.0), source="literature: resources and rebel location, Lujala (2010), doi:10.1177/0022343309350015; size assumed")
    capital_pull: float = quantity(3.0, "pull of the capital for a group on the offensive, to take it or to keep it, in that unit", unit="ratio", valid=(0.0, 20.0), plausible=(1.0, 6.0), source=ASSUMED)
    open_ground: float = quantity(0.2, "pull of ground that nobody holds for an offensive, that held by an enemy being 1", unit="ratio", valid=(0.0, 5.0), plausible=(0.05, 0.5), source=ASSUMED)
    rashness: float = quantity(0.3, "pull of a place at hopeless odds (offensive) or without a foe near (hold), full odds adding 1", unit="ratio", valid=(0.0, 5.0), plausible=(0.1, 1.0), source=ASSUMED)
    garrison_per_1000_km2: float = quantity(200.0, "enemy fighters that count half as a garrison", unit="persons per 1,000 km2", valid=(1.0, 100_000.0), plausible=(80.0, 500.0), source=ASSUMED)
    battle_shy: float = quantity(0.8, "share of a guerrilla's pull lost before a strong garrison", unit="share", valid=(0.0, 1.0), plausible=(0.5, 1.0), source="literature: the weak avoid battle, Arreguin-Toft (2001), doi:10.1162/016228801753212868; size assumed")
    shelter: float = quantity(0.4, "share of a guerrilla's pull lost where none of its own people live", unit="share", valid=(0.0, 1.0), plausible=(0.1, 0.8), source="literature: insurgents hide among a constituency, Fearon and Laitin (2003), doi:10.1017/S0003055403000534; size assumed")
    shun_peacekeepers: float = quantity(0.5, "share of appeal lost where peacekeepers stand between", unit="share", valid=(0.0, 1.0), plausible=(0.2, 0.8), source=ASSUMED)
    target_km: float = quantity(60.0, "distance at which a target is worth half", unit="km", valid=(5.0, 500.0), plausible=(30.0, 120.0), source=ASSUMED)
    candidates: int = quantity(6, "places drawn at random that a band weighs against its target each month", unit="places", valid=(1, 1_000), plausible=(3, 12), source="assumption: satisficing, Simon (1956), doi:10.1037/h0042769")
    hide_below: float = quantity(0.5, "morale times local odds below which guerrilla bands hide; 0.5 is even odds at full morale", unit="index", valid=(0.0, 1.0), plausible=(0.2, 0.7), source=ASSUMED)


class BandMovement(Input):
    """How bands march, merge and split."""

    march_km_per_week: float = quantity(25.0, "march of a band on open ground", unit="km per week", valid=(0.0, 300.0), plausible=(10.0, 60.0), source=ASSUMED)
    terrain_drag: float = quantity(0.6, "share of the march lost on the hardest ground", unit="share", valid=(0.0, 1.0), plausible=(0.3, 0.8), source=ASSUMED)
    merge_per_week: float = quantity(0.2, "chance that two bands of a group in one cell merge", unit="per week", valid=(0.0, 1.0), plausible=(0.05, 0.5), source=ASSUMED)
    unwieldy: float = quantity(4.0, "size, in usual bands, at which merging is half as likely", unit="bands", valid=(0.1, 1_000.0), plausible=(2.0, 10.0), source=ASSUMED)
    split_per_week: float = quantity(0.06, "chance that a band of usual size without cohesion splits", unit="per week", valid=(0.0, 1.0), plausible=(0.02, 0.2), source=ASSUMED)
    dispersal: float = quantity(0.5, "how much more readily the bands of a guerrilla split, and less readily merge", unit="ratio", valid=(0.0, 10.0), plausible=(0.0, 1.5), source="literature: guerrillas fight in small units, Arreguin-Toft (2001), doi:10.1162/016228801753212868; size assumed")
    pressure: float = quantity(1.0, "how much more readily a band splits that has lost all but a few", unit="ratio", valid=(0.0, 10.0), plausible=(0.0, 3.0), source=ASSUMED)
    smallest_band: int = quantity(20, "fewest fighters that go their own way", unit="persons", valid=(1, 1000), plausible=(10, 40), source=ASSUMED)
    morale_return: float = quantity(0.06, "return of morale after losses", unit="per week", valid=(0.0, 1.0), plausible=(0.03, 0.15), source=ASSUMED)
    losses_keep: float = quantity(0.85, "part of the memory of losses kept from week to week", unit="per week", valid=(0.0, 1.0), plausible=(0.7, 0.95), source=ASSUMED)


class Combat(Input):
    """How a fight goes, whoever fights."""

    lethality: float = quantity(0.1, "dead of one side in an average fight for each foe who bears on it", unit="persons", valid=(0.0, 5.0), plausible=(0.03, 0.4), source="calibrated: median of 3 and mean of about 8 deaths per lethal event (UCDP GED, Sundberg and Melander 2013, doi:10.1177/0022343313484347)")
    engaged_power: float = quantity(0.6, "power of a force's size with which the part that is engaged grows", unit="1", valid=(0.0, 1.0), plausible=(0.5, 0.75), source="literature: casualty rates fall with the size of the unit, Dupuy (1990), Attrition; 1/2 to 3/4 in 38 battles, Osipov (1915), see Helmbold (1993), Osipov: the Russian Lanchester, European Journal of Operational Research 65(2)")
    morale_loss: float = quantity(5.0, "morale lost per share of fighters lost", unit="ratio", valid=(0.0, 50.0), plausible=(2.0, 10.0), source=ASSUMED)
    crossfire_per_death: float = quantity(0.3, "civilians killed in the crossfire per fighter killed, in empty country", unit="persons", valid=(0.0, 10.0), plausible=(0.1, 1.0), source="data: 25 % of those hit by explosive weapons outside populated areas are civilians, Dathan (2021), A Decade of Explosive Violence Harm, Action on Armed Violence; taken for all weapons")
    town_gain: float = quantity(9.0, "rise of that in a crowded city", unit="ratio", valid=(0.0, 100.0), plausible=(1.0, 30.0), source="literature: 91 % are civilians in populated areas, ten to each fighter, Dathan (2021); taken for three deaths in ten, the others being by small arms: assumed")
    town_per_km2: float = quantity(1500.0, "density of people that gives half of that rise", unit="persons per km2", valid=(1.0, 100_000.0), plausible=(500.0, 4_000.0), source="data: an urban centre in the Degree of Urbanisation, Eurostat (2021), doi:10.2785/706535")
    hidden_risk: float = quantity(0.2, "chance to be found in hiding, relative", unit="ratio", valid=(0.0, 1.0), plausible=(0.05, 0.5), source=ASSUMED)


class Clashes(Combat):
    """How hostile bands fight."""

    clash_rate: float = quantity(2.0, "attacks a week of a band on the offensive amid enemies whom it can beat", unit="per week", valid=(0.0, 20.0), plausible=(0.4, 4.0), source="calibrated: with lethality, least squares of the log ratios to deaths a year in Liberia 2003, Rwanda 1993, Somalia 2007-2011, Mali 2013, Haiti early in 2004 (UCDP) and to the mean size of events; not fitted again since offensives go to what the enemy holds and crossfire follows density")
    scouted_1000_km2: float = quantity(0.5, "ground that a band searches for enemies in a week", unit="1,000 km2", valid=(0.0, 100.0), plausible=(0.2, 2.0), source="assumption: a week's march of 25 km, ten to each side")
    ambush_odds: float = quantity(3.0, "odds at which a guerrilla attacks as readily as others do at even ones", unit="ratio", valid=(0.1, 20.0), plausible=(2.0, 6.0), source="literature: oppose ten with a hundred, Mao (1937), On Guerrilla Warfare; size assumed")
    guerrilla_risk: float = quantity(0.5, "chance of a guerrilla in the open to be brought to battle, relative", unit="ratio", valid=(0.0, 1.0), plausible=(0.2, 0.8), source="literature: the weak avoid battle, Arreguin-Toft (2001), doi:10.1162/016228801753212868; size assumed")
    truce_weight: float = quantity(6.0, "weight of commitment against fighting under a truce", unit="1", valid=(0.0, 30.0), plausible=(3.0, 10.0), source=ASSUMED)
    interposition_weight: float = quantity(2.0, "weight of peacekeepers between the sides", unit="1", valid=(0.0, 20.0), plausible=(1.0, 4.0), source="calibrated: battle deaths fall to 0.85-0.95 per 1,000 troops, Hultman, Kathman and Shannon (2014), doi:10.1017/S0003055414000446")
    bold_hold: float = quantity(0.3, "boldness of a group that holds, the offensive being 1", unit="ratio", valid=(0.0, 1.0), plausible=(0.1, 0.5), source=ASSUMED)
    bold_guerrilla: float = quantity(0.5, "boldness of a guerrilla", unit="ratio", valid=(0.0, 1.0), plausible=(0.2, 0.7), source=ASSUMED)
    bold_talk: float = quantity(0.15, "boldness of a group that talks", unit="ratio", valid=(0.0, 1.0), plausible=(0.05, 0.3), source=ASSUMED)
    bold_comply: float = quantity(0.05, "boldness of a group that complies with an agreement", unit="ratio", valid=(0.0, 1.0), plausible=(0.0, 0.1), source=ASSUMED)


class Offensives(Combat):
    """How peacekeepers attack armed groups."""

    offensive_rate: float = quantity(0.15, "attacks a week of a company with full licence amid enemies whom it can beat", unit="per week", valid=(0.0, 20.0), plausible=(0.03, 0.5), source="assumption: an operation of each company in two months")
    scouted_1000_km2: float = quantity(0.5, "ground that a unit searches for enemies in a week", unit="1,000 km2", valid=(0.0, 100.0), plausible=(0.2, 2.0), source="assumption: as bands")
    firepower: float = quantity(1.5, "fire of a peacekeeper of average quality, a fighter's being 1", unit="ratio", valid=(0.0, 20.0), plausible=(1.0, 3.0), source="assumption: armour and mortars")
    technology_gain: float = quantity(2.0, "rise of that with the best aircraft, sensors and guns", unit="ratio", valid=(0.0, 20.0), plausible=(0.5, 4.0), source=ASSUMED)
    intelligence: float = quantity(1.0, "part of the bands in hiding that full knowledge of the place, shared, brings to light", unit="share", valid=(0.0, 1.0), plausible=(0.3, 1.0), source=ASSUMED)
    exposure: float = quantity(0.5, "losses of peacekeepers, fighters under the same fire being 1", unit="ratio", valid=(0.0, 5.0), plausible=(0.2, 1.0), source="assumption: armour, surgeons and evacuation")
    blame: float = quantity(0.01, "trust in the mission lost for each civilian killed", unit="share", valid=(0.0, 1.0), plausible=(0.003, 0.05), source="literature: harm by international forces shifts attitudes, Lyall, Blair and Imai (2013), doi:10.1017/S0003055413000403; size assumed")


class OneSidedViolence(Input):
    """How armed groups kill civilians."""

    kill_rate: float = quantity(0.028, "events a week of a typical band among its own in a densely peopled place it holds", unit="per week", valid=(0.0, 5.0), plausible=(0.005, 0.06), source="calibrated: 1.3 civilians killed per million people and month in conflict (Hultman, Kathman and Shannon 2013)")
    crowd_per_km2: float = quantity(10.0, "people in a place where killing is half as frequent as in a crowd", unit="persons per km2", valid=(0.0, 10_000.0), plausible=(3.0, 40.0), source="literature: violence follows people, Raleigh and Hegre (2009), doi:10.1016/j.polgeo.2009.05.007; size assumed")
    killed_per_100: float = quantity(2.0, "civilians killed in an average event per 100 fighters", unit="persons", valid=(0.0, 100.0), plausible=(1.0, 6.0), source="calibrated: UCDP GED event sizes")
    contest_gain: float = quantity(1.5, "rise of killing where control is even", unit="ratio", valid=(0.0, 20.0), plausible=(0.5, 4.0), source="literature: Kalyvas (2006), The Logic of Violence in Civil War; size assumed")
    spare: float = quantity(0.25, "risk of its own constituency, strangers being 1", unit="ratio", valid=(0.0, 1.0), plausible=(0.1, 0.6), source=ASSUMED)
    retaliation_gain: float = quantity(1.5, "rise of killing after heavy own losses", unit="ratio", valid=(0.0, 20.0), plausible=(0.5, 3.0), source="literature: losses and civilian killing, Hultman (2007), Terrorism and Political Violence 19(2); Wood (2014), doi:10.1017/S0020818314000204; size assumed")
    loss_half: float = quantity(0.05, "recent own dead, as share of a band, that give half of that rise", unit="share", valid=(0.001, 10.0), plausible=(0.02, 0.15), source=ASSUMED)
    loot_gain: float = quantity(1.0, "rise of killing in a group without outside support", unit="ratio", valid=(0.0, 20.0), plausible=(0.3, 2.0), source="literature: Weinstein (2007), Inside Rebellion; size assumed")
    truce_weight: float = quantity(3.0, "weight of commitment against killing, for signatories", unit="1", valid=(0.0, 30.0), plausible=(1.0, 6.0), source=ASSUMED)
    protection_weight: float = quantity(3.0, "weight of protection by peacekeepers", unit="1", valid=(0.0, 20.0), plausible=(1.5, 5.0), source="assumption: full protection stops 19 of 20 killings; what 1,000 troops do then follows from where they are, and is less than the 0.71-0.87 of Hultman, Kathman and Shannon (2013), doi:10.1111/ajps.12036, without Rwanda: 0.94-0.98 in the bundled countries at war")
    police_weight: float = quantity(1.0, "weight of police among the people where one side rules", unit="1", valid=(0.0, 20.0), plausible=(0.3, 2.0), source="literature: UN police and civilians killed, Hultman, Kathman and Shannon (2013), doi:10.1111/ajps.12036; size assumed")
    officers_per_1000: float = quantity(0.3, "officers at work who give half of it", unit="persons per 1,000", valid=(0.001, 100.0), plausible=(0.1, 1.0), source=ASSUMED)
    monitoring_weight: float = quantity(1.0, "weight of being seen, for a group that others can make pay for it", unit="1", valid=(0.0, 20.0), plausible=(0.0, 2.0), source="literature: naming and shaming lowers the severity of killing, Krain (2012), doi:10.1111/j.1468-2478.2012.00732.x; size assumed")
    witness: float = quantity(0.3, "chance that relief organisations which reach everyone see and report a killing", unit="probability", valid=(0.0, 1.0), plausible=(0.0, 0.6), source=ASSUMED)
    outrage: float = quantity(0.3, "wrong felt by fellow signatories for each event", unit="violations", valid=(0.0, 10.0), plausible=(0.1, 1.0), source=ASSUMED)


class Control(Input):
    """How control shifts."""

    control_rate: float = quantity(0.12, "speed at which control follows strong armed presence", unit="per week", valid=(0.0, 1.0), plausible=(0.05, 0.3), source=ASSUMED)
    empty: float = quantity(20.0, "fighters per 1,000 km2 at whose presence control follows half as fast", unit="persons per 1,000 km2", valid=(0.1, 10_000.0), plausible=(5.0, 60.0), source=ASSUMED)
    fade_rate: float = quantity(0.015, "control lost where nobody armed of a group is near", unit="per week", valid=(0.0, 1.0), plausible=(0.005, 0.04), source="assumption: half of it is gone after a year; habits and informants outlast those who rule, Kalyvas (2006), The Logic of Violence in Civil War")
    officers_per_1000: float = quantity(3.0, "police of the state where police and courts work in full", unit="persons per 1,000", valid=(0.0, 100.0), plausible=(1.0, 5.0), source="data: about 300 officers per 100,000 people in the median country, Harrendorf, Heiskanen and Malby (2010), International Statistics on Crime and Justice, HEUNI and UNODC")
    extend_rate: float = quantity(0.03, "share of what nobody rules that working and trusted institutions take for the state, with the state all round", unit="per week", valid=(0.0, 1.0), plausible=(0.01, 0.08), source="assumption: half a year to reach the next district; years in all, as after most wars")


class Recruitment(Input):
    """How people join and leave armed groups."""

    recruit_rate: float = quantity(0.00006, "share of residents under full control who join a group of theirs", unit="per week", valid=(0.0, 0.1), plausible=(0.00002, 0.0003), source="assumption: fighters are about 1 % of the people in a civil war, and a fifth to a half of them are replaced in a year")
    pay_gain: float = quantity(0.5, "rise when a group can pay well, from abroad or from loot", unit="ratio", valid=(0.0, 20.0), plausible=(0.0, 2.0), source="literature: money and promises as motives, Humphreys and Weinstein (2008); size assumed")
    loot_per_fighter_usd: float = quantity(50.0, "recent loot a head that pays half of what fighters need", unit="US$ a fighter", valid=(0.1, 10_000.0), plausible=(20.0, 150.0), source=ASSUMED)
    arms_per_recruit: float = quantity(0.5, "weapons that a group finds for a recruit where it has all the support it wants", unit="weapons", valid=(0.0, 10.0), plausible=(0.2, 1.0), source=ASSUMED)
    grievance_gain: float = quantity(2.0, "rise with full grievance", unit="ratio", valid=(0.0, 20.0), plausible=(0.5, 4.0), source="literature: grievance and joining, Humphreys and Weinstein (2008), doi:10.1111/j.1540-5907.2008.00322.x; size assumed")
    livelihood_pull: float = quantity(0.6, "share who stay out when households earn well", unit="share", valid=(0.0, 1.0), plausible=(0.3, 0.9), source="literature: poverty and joining, Humphreys and Weinstein (2008); size assumed")
    desert_rate: float = quantity(0.0015, "share of fighters who leave a fresh group that can pay them", unit="per week", valid=(0.0, 0.5), plausible=(0.0005, 0.005), source=ASSUMED)
    want_gain: float = quantity(0.5, "rise of desertion in a group without any pay", unit="ratio", valid=(0.0, 20.0), plausible=(0.0, 2.0), source=ASSUMED)
    rout_gain: float = quantity(10.0, "rise of desertion in a group that has lost everything to far more numerous foes", unit="ratio", valid=(0.0, 200.0), plausible=(3.0, 30.0), source="literature: desertion and surrender spread through armies that are losing, Lehmann and Zhukov (2019), doi:10.1017/S0020818318000358; size assumed")
    deserters_armed: float = quantity(0.5, "chance that a deserter who has a weapon takes it along", unit="share", valid=(0.0, 1.0), plausible=(0.2, 0.8), source=ASSUMED)
    weariness_gain: float = quantity(2.0, "rise of desertion with full weariness", unit="ratio", valid=(0.0, 20.0), plausible=(0.5, 4.0), source=ASSUMED)
    peace_gain: float = quantity(1.0, "rise of desertion with full commitment to peace", unit="ratio", valid=(0.0, 20.0), plausible=(0.0, 3.0), source=ASSUMED)
