"""Parameters of the peace process and of disarmament."""

from sim.scenario.inputs import Input
from sim.scenario.quantity import quantity

ASSUMED = "assumption"


class PeaceProcess(Input):
    """What moves commitment to peace, and what follows from it."""

    fresh_war: float = quantity(-1.26, "commitment of a group without spoils, against a government without legitimacy, in an even, fresh war (logit)", unit="logit", valid=(-10.0, 10.0), plausible=(-3.0, 0.0), source="calibrated: median conflict of two years (UCDP/PRIO, Gleditsch et al. 2002, doi:10.1177/0022343302039005007)")
    temper_spread: float = quantity(0.7, "standard deviation of the lasting temper of leaders", unit="logit", valid=(0.0, 10.0), plausible=(0.3, 1.5), source="calibrated: hazard of renewed war falls with time, Weibull shape 0.45-0.54 (Fortna 2008), as it does where cases differ")
    weariness_weight: float = quantity(2.0, "weight of weariness", unit="logit", valid=(0.0, 20.0), plausible=(1.0, 4.0), source="literature: hurting stalemate, Zartman (1989); size calibrated")
    guarantee_weight: float = quantity(2.0, "weight of peacekeepers' cover of its fighters", unit="logit", valid=(0.0, 20.0), plausible=(1.0, 4.0), source="calibrated: hazard of renewed war halved by peacekeepers, Fortna (2004), doi:10.1111/j.0020-8833.2004.00301.x")
    watch_guarantee: float = quantity(0.5, "guarantee given by observers who would see any attack coming, full cover by troops being 1", unit="share", valid=(0.0, 1.0), plausible=(0.2, 0.8), source="literature: monitors and buffers in lasting ceasefires, Fortna (2003), doi:10.1017/S0020818303572046; size assumed")
    local_guarantee: float = quantity(0.5, "guarantee given by fully working, fully trusted police, courts and reformed forces", unit="share", valid=(0.0, 1.0), plausible=(0.2, 0.8), source="literature: institutions in place of guarantors, Walter (1999), International Security 24(1); size assumed")
    mediation_weight: float = quantity(1.0, "weight of full mediation", unit="logit", valid=(0.0, 20.0), plausible=(0.3, 2.0), source="literature: mediation helps agreements, size assumed")
    legitimacy_weight: float = quantity(2.0, "weight of a wholly legitimate government", unit="logit", valid=(0.0, 20.0), plausible=(0.5, 4.0), source="literature: legitimate institutions and lasting peace, Walter (2015), Journal of Conflict Resolution 59(7); size assumed")
    mediators: float = quantity(100.0, "political staff at work who give half of the weight of mediation", unit="persons", valid=(0.1, 100_000.0), plausible=(30.0, 300.0), source=ASSUMED)
    leverage_weight: float = quantity(0.4, "part of that weight that needs peacekeepers among the fighters", unit="share", valid=(0.0, 1.0), plausible=(0.0, 0.8), source="literature: mediators with leverage reach more agreements, Beardsley et al. (2006), Journal of Conflict Resolution 50(1); size assumed")
    mediation_gain: float = quantity(1.0, "how much sooner truces are signed under full mediation", unit="ratio", valid=(0.0, 20.0), plausible=(0.3, 3.0), source="literature: as above; size assumed")
    reciprocity_weight: float = quantity(2.0, "weight of the enemies' commitment", unit="logit", valid=(0.0, 20.0), plausible=(1.0, 4.0), source=ASSUMED)
    spoils_weight: float = quantity(2.0, "weight of gains from war", unit="logit", valid=(0.0, 20.0), plausible=(1.0, 4.0), source="literature: spoilers, Stedman (1997), doi:10.1162/isec.22.2.5; size set so that a group that lives by war alone stays outside, others signing")
    lootable: float = quantity(0.5, "part of its spoils that a group loses with the lootable ground it held", unit="share", valid=(0.0, 1.0), plausible=(0.2, 0.8), source="literature: lootable resources and lasting war, Ross (2004), doi:10.1177/0022343304043773; size assumed")
    support_weight: float = quantity(1.0, "weight of support from abroad", unit="logit", valid=(0.0, 20.0), plausible=(0.3, 2.0), source=ASSUMED)
    wrongs_weight: float = quantity(2.0, "weight of wrongs by fellow signatories", unit="logit", valid=(0.0, 20.0), plausible=(1.0, 4.0), source=ASSUMED)
    wrongs_half: float = quantity(10.0, "recent wrongs that weigh half", unit="violations", valid=(0.1, 1_000.0), plausible=(3.0, 30.0), source=ASSUMED)
    wrongs_keep: float = quantity(0.95, "part of the memory of wrongs kept from week to week", unit="per week", valid=(0.0, 1.0), plausible=(0.9, 0.98), source=ASSUMED)
    edge_weight: float = quantity(1.0, "weight of a military edge against peace", unit="logit", valid=(0.0, 20.0), plausible=(0.3, 2.0), source=ASSUMED)
    signed_weight: float = quantity(0.6, "weight of having signed", unit="logit", valid=(0.0, 20.0), plausible=(0.3, 2.0), source=ASSUMED)
    habit_weight: float = quantity(1.0, "weight of a bare truce that is very old", unit="logit", valid=(0.0, 20.0), plausible=(0.3, 2.0), source="calibrated: survival of bare truces from half a year to five years, with and without peacekeepers (Fortna 2008), over the two countries that have one")
    habit_weeks: float = quantity(104.0, "age of a bare truce at which it has half of that weight", unit="weeks", valid=(1.0, 5_200.0), plausible=(52.0, 260.0), source=ASSUMED)
    inclusion_weight: float = quantity(2.0, "weight of a share in power", unit="logit", valid=(0.0, 20.0), plausible=(0.5, 4.0), source="literature: Hartzell and Hoddie (2003), doi:10.1111/1540-5907.00022; size assumed")
    promise_worth: float = quantity(0.5, "weight of a promised share in power before anything is carried out, one carried out being 1", unit="ratio", valid=(0.0, 1.0), plausible=(0.2, 0.8), source=ASSUMED)
    commitment_rate: float = quantity(0.04, "speed of commitment", unit="per week", valid=(0.0, 1.0), plausible=(0.02, 0.1), source=ASSUMED)
    noise: float = quantity(0.035, "standard deviation of the weekly shove to commitment", unit="index", valid=(0.0, 1.0), plausible=(0.01, 0.06), source="calibrated: decreasing hazard of renewed war after ceasefires (Fortna 2008)")
    weariness_rate: float = quantity(0.02, "speed of weariness", unit="per week", valid=(0.0, 1.0), plausible=(0.01, 0.05), source=ASSUMED)
    loss_half: float = quantity(0.03, "recent losses, as share of first strength, that weary half", unit="share", valid=(0.001, 10.0), plausible=(0.02, 0.15), source=ASSUMED)
    dead_keep: float = quantity(0.96, "part of the memory of the dead kept from week to week", unit="per week", valid=(0.0, 1.0), plausible=(0.93, 0.98), source=ASSUMED)
    talk_above: float = quantity(0.4, "commitment of both sides at which they come to the table", unit="index", valid=(0.0, 1.0), plausible=(0.3, 0.6), source=ASSUMED)
    sign_above: float = quantity(0.5, "commitment of both sides at which they may sign a truce", unit="index", valid=(0.0, 1.0), plausible=(0.4, 0.7), source=ASSUMED)
    talks_rate: float = quantity(0.05, "chance that they then do", unit="per week", valid=(0.0, 1.0), plausible=(0.02, 0.2), source=ASSUMED)
    truce_lift: float = quantity(0.2, "part of the way to full commitment that a bare ceasefire moves", unit="share", valid=(0.0, 1.0), plausible=(0.0, 0.5), source=ASSUMED)
    signing_lift: float = quantity(0.5, "part of the way to full commitment that signing an agreement moves", unit="share", valid=(0.0, 1.0), plausible=(0.2, 0.8), source=ASSUMED)
    collapse_below: float = quantity(0.2, "commitment below which a signatory walks out", unit="index", valid=(0.0, 1.0), plausible=(0.1, 0.3), source=ASSUMED)
    force_to_break: float = quantity(0.1, "part of its first strength that a group needs to go back to war", unit="share", valid=(0.0, 1.0), plausible=(0.05, 0.3), source=ASSUMED)
    major_share: float = quantity(0.25, "part of all signatories' strength with which one that leaves ends it for all", unit="share", valid=(0.0, 1.0), plausible=(0.1, 0.5), source=ASSUMED)
    undone: float = quantity(0.5, "part of what was carried out that a collapse undoes", unit="share", valid=(0.0, 1.0), plausible=(0.2, 0.8), source=ASSUMED)
    implementation_rate: float = quantity(0.02, "speed of carrying an agreement out under full commitment and mediation", unit="per week", valid=(0.0, 1.0), plausible=(0.005, 0.04), source="data: about a third of provisions carried out in the first year (Peace Accords Matrix, Joshi et al. 2015, doi:10.1177/0022343314567486); speed assumed")
    own_effort: float = quantity(0.3, "part of that speed that needs no mediation", unit="share", valid=(0.0, 1.0), plausible=(0.1, 0.6), source=ASSUMED)
    transition_at: float = quantity(0.2, "implementation at which the transition begins", unit="share", valid=(0.0, 1.0), role="constant", source="assumption: a naming rule")
    transition_weeks: float = quantity(13.0, "least time from agreement to transition", unit="weeks", valid=(0.0, 520.0), role="constant", source="assumption: a naming rule")
    peace_at: float = quantity(0.6, "implementation for peace", unit="share", valid=(0.0, 1.0), role="constant", source="assumption: a naming rule")
    peace_weeks: float = quantity(104.0, "least time from a fair election to peace", unit="weeks", valid=(0.0, 520.0), role="constant", source="assumption: a naming rule")
    agree_above: float = quantity(0.6, "will to settle of every signatory at which a ceasefire may become an agreement", unit="index", valid=(0.0, 1.0), plausible=(0.5, 0.8), source=ASSUMED)
    agree_rate: float = quantity(0.03, "chance that it then does, under full mediation", unit="per week", valid=(0.0, 1.0), plausible=(0.01, 0.1), source=ASSUMED)
    usual_inclusion: float = quantity(0.6, "part in power that such an agreement gives", unit="share", valid=(0.0, 1.0), plausible=(0.4, 0.8), source=ASSUMED)


class Elections(Input):
    """What makes a vote good, and what a bad one does."""

    security_weight: float = quantity(0.35, "weight of security in the quality of a vote", unit="ratio", valid=(0.01, 10.0), plausible=(0.2, 0.6), source=ASSUMED)
    administration_weight: float = quantity(0.35, "weight of administration", unit="ratio", valid=(0.01, 10.0), plausible=(0.2, 0.6), source=ASSUMED)
    inclusion_weight: float = quantity(0.3, "weight of the parts in power of all people", unit="ratio", valid=(0.01, 10.0), plausible=(0.1, 0.6), source=ASSUMED)
    intimidation: float = quantity(0.5, "security of a vote lost where armed groups rule", unit="share", valid=(0.0, 1.0), plausible=(0.2, 0.8), source="literature: votes before disarmament, Brancati and Snyder (2013), doi:10.1177/0022002712449328; size assumed")
    staff_per_1000_people: float = quantity(1.5, "mission staff at work who do half of what administration would", unit="persons per 1,000", valid=(0.001, 100.0), plausible=(0.5, 4.0), source=ASSUMED)
    fair: float = quantity(0.5, "quality above which a vote settles rather than unsettles", unit="index", valid=(0.0, 1.0), plausible=(0.4, 0.6), source=ASSUMED)
    swing: float = quantity(0.5, "legitimacy, parts in power, commitment, anger and fear moved per point of quality", unit="ratio", valid=(0.0, 5.0), plausible=(0.2, 1.0), source=ASSUMED)
    noise: float = quantity(0.08, "standard deviation of the quality of a vote", unit="index", valid=(0.0, 1.0), plausible=(0.03, 0.15), source=ASSUMED)


class Ddr(Input):
    """How fighters are disarmed."""

    disarm_rate: float = quantity(0.15, "share of fully committed, fully guaranteed fighters who come forward", unit="per week", valid=(0.0, 1.0), plausible=(0.06, 0.3), source="data: 22,000 of 103,000 people in the first six weeks in Liberia 2004 and all within seven months (Nichols 2005, Small Arms Survey; UN reporting), 4-10 % a week where commitment, cover and what the others had done came to a third to a half of full")
    alone: float = quantity(0.5, "readiness to disarm while enemies who signed have not begun, that after them being 1", unit="ratio", valid=(0.0, 1.0), plausible=(0.2, 0.8), source="literature: fear of disarming first, Walter (1997), doi:10.1162/002081897550384; size assumed")
    people_per_staff: float = quantity(6.0, "people whom a site processes per member of staff", unit="persons per week", valid=(0.0, 1_000.0), plausible=(2.0, 15.0), source="data: about 125 people per site and day in Liberia 2004 (UN reporting); staff per site assumed")
    disarm_cost_usd: float = quantity(500.0, "cost of disarming and demobilising one person", unit="US$", valid=(0.0, 100_000.0), plausible=(300.0, 1_000.0), source="data: US$ 1,310 planned for the whole programme in Liberia, of which 300 safety-net cash (UN 2003)")
    arms_per_fighter: float = quantity(0.6, "weapons of an armed group for each of its fighters at the start", unit="weapons", valid=(0.0, 10.0), plausible=(0.2, 1.0), source="data: 0.27 weapons a person handed in in Liberia 2004 (28,000 by 103,000; Nichols 2005) and 0.58 in Sierra Leone 1998-2002 (42,000 by 72,500; UN reporting), some of what there was being hidden")
    hoard: float = quantity(0.5, "share of weapons hidden by those without trust in peace", unit="share", valid=(0.0, 1.0), plausible=(0.2, 0.8), source=ASSUMED)


class Reintegration(Input):
    """How former fighters find a place among the people, or do not."""

    cost_usd: float = quantity(810.0, "cost of reintegrating one person", unit="US$", valid=(0.0, 100_000.0), plausible=(500.0, 1_500.0), source="data: the rest of US$ 1,310 a person planned in Liberia (UN 2003)")
    places_per_week: float = quantity(800.0, "places in reintegration that open in a week in the country", unit="persons per week", valid=(0.0, 1e6), plausible=(200.0, 2_000.0), source=ASSUMED)
    weeks: float = quantity(52.0, "time in reintegration", unit="weeks", valid=(1.0, 520.0), plausible=(26.0, 78.0), source="data: allowances for 18 months in Burundi (Gilligan et al. 2013, doi:10.1177/0022002712448908)")
    patience_weeks: float = quantity(78.0, "time after which those without a place give up waiting and go home", unit="weeks", valid=(1.0, 520.0), plausible=(26.0, 156.0), source=ASSUMED)
    reoffend_rate: float = quantity(0.01, "share of uncommitted men without a place who take up arms again", unit="per week", valid=(0.0, 1.0), plausible=(0.003, 0.03), source="calibrated: a fifth of former fighters back in arms or crime within years (Colombia, Kaplan and Nussio 2018, doi:10.1177/0022002716644326)")
    leak_per_week: float = quantity(0.005, "share of hidden weapons that leak into private hands", unit="per week", valid=(0.0, 1.0), plausible=(0.001, 0.02), source=ASSUMED)
