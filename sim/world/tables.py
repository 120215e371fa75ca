"""What exists: the state of a country as tables of arrays.

Every table is a NamedTuple of NumPy arrays; the letters give their lengths:
``C`` cells, ``G`` identity groups, ``A`` armed groups, ``B`` bands, ``U`` units, ``K`` contributors,
``D`` donors, ``N`` relief organisations, ``M`` missions, ``S`` shocks. Single numbers are arrays of length 1, so that
a process can change them. People are whole numbers (int64), indices live in [0, 1], money is US$.
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class GroupKind(IntEnum):
    """Kinds of armed group."""

    STATE = 0
    REBEL = 1
    MILITIA = 2
    GANG = 3
    TERRORIST = 4


class Posture(IntEnum):
    """What an armed group is bent on this month."""

    OFFENSIVE = 0
    HOLD = 1
    GUERRILLA = 2
    TALK = 3
    COMPLY = 4


class BandStatus(IntEnum):
    """State of a band; a dispersed row is free for a new band."""

    DISPERSED = 0
    ACTIVE = 1
    HIDDEN = 2
    CANTONED = 3


class UnitStatus(IntEnum):
    """Where a peacekeeping unit is in its life."""

    HOME = 0
    PREPARING = 1
    DEPLOYED = 2


class Component(IntEnum):
    """Components of a mission."""

    MILITARY = 0
    FORMED_POLICE = 1
    POLICE = 2
    OBSERVERS = 3
    CIVILIANS = 4
    ENABLERS = 5


class Ceiling(IntEnum):
    """Kinds of authorised strength that a mandate counts apart."""

    MILITARY = 0
    POLICE = 1
    OBSERVERS = 2
    CIVILIANS = 3


class MissionStage(IntEnum):
    """Life cycle of a mission."""

    PLANNED = 0
    DEPLOYING = 1
    FULL = 2
    DRAWDOWN = 3
    CLOSED = 4


class Doctrine(IntEnum):
    """Rule by which headquarters sends units to cells."""

    STATIC = 0
    UNIFORM = 1
    POPULATION = 2
    HOTSPOT = 3


class Task(IntEnum):
    """Tasks that a mandate may give."""

    CEASEFIRE_MONITORING = 0
    PROTECTION_OF_CIVILIANS = 1
    DDR = 2
    HUMANITARIAN_SUPPORT = 3
    HUMAN_RIGHTS = 4
    POLICE_TRAINING = 5
    SECURITY_SECTOR_REFORM = 6
    RULE_OF_LAW = 7
    STATE_AUTHORITY = 8
    ELECTIONS = 9
    POLITICAL_PROCESS = 10
    RECONCILIATION = 11
    FORCE_PROTECTION = 12
    OFFENSIVE_OPERATIONS = 13


class Stage(IntEnum):
    """Stages of a peace process."""

    WAR = 0
    TALKS = 1
    CEASEFIRE = 2
    AGREEMENT = 3
    TRANSITION = 4
    POST_ELECTION = 5
    PEACE = 6
    RELAPSE = 7


class Mechanism(IntEnum):
    """How a donor's money comes."""

    ASSESSED = 0
    VOLUNTARY = 1
    POOLED = 2
    MULTI_YEAR = 3
    AD_HOC = 4


class ShockKind(IntEnum):
    """Kinds of dated event from outside the conflict."""

    DISASTER = 0
    EPIDEMIC = 1
    ECONOMIC_CRISIS = 2
    REFUGEE_INFLOW = 3
    LEADER_DEPARTURE = 4
    SUPPORT_CHANGE = 5
    DONOR_CUT = 6
    SCANDAL = 7


class EventKind(IntEnum):
    """Kinds of row in the event log."""

    CLASH = 0
    KILLING = 1
    ATTACK_ON_MISSION = 2
    SHOCK = 3
    AGREEMENT = 4
    CEASEFIRE = 5
    COLLAPSE = 6
    ELECTION = 7
    STAGE = 8
    ARRIVAL = 9
    MISSION_STAGE = 10
    CONTRIBUTOR_LEAVES = 11
    MISCONDUCT = 12
    REHAT = 13


class Clock(NamedTuple):
    """Time and luck."""

    seed: Ints  # (1,)
    week: Ints  # (1,) week being simulated
    halt: Ints  # (1,) 1 asks the engine to stop after this week, because the event log needs room


class Geography(NamedTuple):
    """The ground; nothing here changes during a run."""

    row: Ints  # (C,)
    column: Ints  # (C,)
    region: Ints  # (C,)
    cell_km: Floats  # (1,)
    terrain: Floats  # (C,) 0 easy to 1 hard
    roads: Floats  # (C,)
    resources: Floats  # (C,)
    border: Ints  # (C,) 1 next to another country
    camp_cells: Ints  # (P,) cells that take in displaced people
    capital: Ints  # (1,) cell
    entry: Ints  # (E,) cells where missions arrive
    entry_km: Floats  # (C,) to the nearest of them
    neighbours: Ints  # (C, 8), -1 where there is none
    reach_start: Ints  # (C + 1,) where a cell's part of the next columns begins; itself comes first
    reach_cell: Ints  # (R,)
    reach_km: Floats  # (R,)
    patrol_weight: Floats  # (R,) share of a unit's patrols from the base; sums to 1 over a cell's part
    sway_weight: Floats  # (R,) share of a band's influence; sums to 1 over a cell's part
    flight_weight: Floats  # (R,) nearness as a refuge, 0 to 1
    camp_weight: Floats  # (C, P) nearness of the camps, 0 to 1


class Communities(NamedTuple):
    """The people of each cell."""

    residents: Ints  # (C, G)
    hosted: Ints  # (C, G) displaced people staying here
    empty_homes: Ints  # (C, G) people from here who fled; where returns go
    foreigners: Ints  # (C,) refugees from other countries
    trust_mission: Floats  # (C,)
    trust_state: Floats  # (C,)
    fear: Floats  # (C,)
    grievance: Floats  # (C, G)
    cohesion: Floats  # (C,)
    livelihood: Floats  # (C,)
    police: Floats  # (C,) working police and courts
    services: Floats  # (C,) working administration, schools, clinics
    need: Floats  # (C,) unmet humanitarian need
    control: Floats  # (C, A) share held by each armed group; the rest is held by nobody


class Population(NamedTuple):
    """People of the country who are in no cell, and the accounts that close the sum."""

    start: Ints  # (1,) everyone at the start, fighters included
    abroad: Ints  # (G,) refugees
    births: Ints  # (1,) net of ordinary deaths, since the start
    arrivals: Ints  # (1,) foreigners who came less those who went home
    killed: Ints  # (1,) civilians killed by violence
    died: Ints  # (1,) civilians who died in disasters and epidemics
    fighters_killed: Ints  # (1,)
    here: Floats  # (C,) residents, hosted and foreigners, refreshed each week


class Groups(NamedTuple):
    """Armed groups."""

    kind: Ints  # (A,)
    constituency: Floats  # (A, G) 1 where it recruits and spares
    enemies: Floats  # (A, A) 1 where they fight
    truce: Floats  # (A, A) 1 where both have signed
    signatory: Ints  # (A,)
    support: Floats  # (A,)
    abusiveness: Floats  # (A,)
    cohesion: Floats  # (A,)
    commitment: Floats  # (A,)
    temper: Floats  # (A,) lasting lean of its leaders to war (below 0) or peace (above), drawn once, logit
    spoils: Floats  # (A,)
    weariness: Floats  # (A,)
    posture: Ints  # (A,)
    fighters: Ints  # (A,) in bands, refreshed each week
    recent_dead: Floats  # (A,) own dead, fading over about half a year
    recent_wrongs: Floats  # (A,) violations suffered from fellow signatories, fading
    demobilise: Floats  # (A,)
    start_fighters: Ints  # (A,)
    band_size: Ints  # (A,)
    appeal: Floats  # (A, C) how much it wants to be in a cell


class Ranks(NamedTuple):
    """Accounts of fighters by armed group, since the start."""

    recruited: Ints  # (A,)
    deserted: Ints  # (A,)
    killed: Ints  # (A,)
    disarmed: Ints  # (A,)
    rejoined: Ints  # (A,)
    reintegrating: Ints  # (A,) in the programme now
    waiting: Ints  # (A,) disarmed, no programme place yet
    reintegrated: Ints  # (A,) back among residents
    reoffended: Ints  # (A,) left the programme for arms


class Bands(NamedTuple):
    """Mobile bands of armed groups."""

    group: Ints  # (B,)
    status: Ints  # (B,)
    cell: Ints  # (B,)
    target: Ints  # (B,)
    fighters: Ints  # (B,)
    morale: Floats  # (B,)
    losses: Floats  # (B,) own dead, fading over weeks
    next_here: Ints  # (B,) next band in the same cell, -1 at the end


class Influence(NamedTuple):
    """Where armed groups are strong, refreshed each week."""

    armed: Floats  # (C, A) fighters felt in a cell
    first_band: Ints  # (C,) first band in the cell, -1 for none


class Units(NamedTuple):
    """Peacekeepers, company by company and team by team."""

    contributor: Ints  # (U,)
    mission: Ints  # (U,)
    component: Ints  # (U,)
    size: Ints  # (U,) full strength
    headcount: Ints  # (U,) people in the country
    status: Ints  # (U,)
    cell: Ints  # (U,)
    ready_week: Ints  # (U,) when it can leave home
    arrived_week: Ints  # (U,)
    moving_weeks: Ints  # (U,) weeks until it is at work in its cell
    readiness: Floats  # (U,)
    knowledge: Floats  # (U,) of the place, lost at rotation
    caution: Floats  # (U,) after casualties: 0 patrols freely, 1 stays in its base
    effective: Floats  # (U,) people-equivalents at work this week


class Contributors(NamedTuple):
    """Countries and organisations that give units."""

    mission: Ints  # (K,)
    component: Ints  # (K,)
    lead_weeks: Floats  # (K,)
    tour_weeks: Ints  # (K,)
    quality: Floats  # (K,)
    proximity: Floats  # (K,)
    caveats: Floats  # (K,)
    interoperability: Floats  # (K,)
    casualty_tolerance: Floats  # (K,)
    recent_dead: Floats  # (K,) killed by hostile acts, fading over a year
    owed_usd: Floats  # (K,) reimbursement due
    takes_part: Ints  # (K,) 0 once it has left


class Donors(NamedTuple):
    """States and funds that pay missions."""

    mission: Ints  # (D,)
    mechanism: Ints  # (D,)
    share: Floats  # (D,)
    will: Floats  # (D,)
    usual_will: Floats  # (D,)
    reliability: Floats  # (D,)
    delay_weeks: Floats  # (D,)
    owed_usd: Floats  # (D,) due and not paid
    promised_usd: Floats  # (D,) since the start
    paid_usd: Floats  # (D,) since the start
    lapsed_usd: Floats  # (D,) promised and never paid
    renewed: Ints  # (D,) this year's ad hoc decision


class Ngos(NamedTuple):
    """Relief organisations."""

    weekly_usd: Floats  # (N,)
    start_week: Ints  # (N,)
    end_week: Ints  # (N,)
    principled: Floats  # (N,)


class Missions(NamedTuple):
    """Operations with their own command."""

    start_week: Ints  # (M,)
    end_week: Ints  # (M,)
    rehat: Ints  # (M,)
    stage: Ints  # (M,)
    force: Floats  # (M,) what the rules of engagement allow, 0 to 1
    offensive: Floats  # (M,) weight of offensive operations
    leadership: Floats  # (M,)
    clarity: Floats  # (M,)
    coordination: Floats  # (M,)
    sharing: Floats  # (M,)
    technology: Floats  # (M,)
    training: Floats  # (M,)
    doctrine: Ints  # (M,)
    flexible: Ints  # (M,)
    review_weeks: Ints  # (M,)
    effort: Floats  # (M, T) share of effort that reaches each task
    ceiling: Ints  # (M, 4) authorised now
    threat: Floats  # (M, C) what headquarters believes
    consent: Floats  # (M,) of the host
    recent_dead: Floats  # (M,) killed by hostile acts, fading over a year


class Accounts(NamedTuple):
    """Money of each mission, US$."""

    budget_usd_per_week: Floats  # (M,) fixed budget, or -1: reckoned from staff
    cash: Floats  # (M,)
    loan: Floats  # (M,) start-up advance not yet repaid
    received: Floats  # (M,) since the start
    spent: Floats  # (M,) since the start
    programmes: Floats  # (M,) set aside for programmes, no longer part of cash
    need: Floats  # (M,) this week's need
    tempo: Floats  # (M,) share of operations that can be paid, 0 to 1
    programmes_spent: Floats  # (M,) since the start


class Calendar(NamedTuple):
    """What the scenario has put on dates."""

    ceiling_week: Ints  # (W,)
    ceiling_mission: Ints  # (W,)
    ceiling: Ints  # (W, 4)
    agreement_week: Ints  # (Q,)
    agreement_kind: Ints  # (Q,) Stage.CEASEFIRE or Stage.AGREEMENT
    agreement_inclusion: Floats  # (Q,)
    signs: Ints  # (Q, A)
    election_week: Ints  # (E,)
    shock_week: Ints  # (S,)
    shock_weeks: Ints  # (S,)
    shock_kind: Ints  # (S,)
    shock_size: Floats  # (S,)
    shock_who: Ints  # (S,) identity group, armed group or donor, -1 for none
    shock_cells: Floats  # (S, C) 1 where it strikes


class Peace(NamedTuple):
    """The peace process."""

    stage: Ints  # (1,)
    since_week: Ints  # (1,) week it entered the stage
    inclusion: Floats  # (1,)
    implementation: Floats  # (1,)
    violations: Ints  # (1,) clashes between signatories, since the start
    fallen: Ints  # (1,) times that an agreement collapsed
    legitimacy: Floats  # (1,) of the government, moved by elections
    mediation: Floats  # (1,) refreshed each week


class Presence(NamedTuple):
    """Effective peacekeepers in each cell this week."""

    felt: Floats  # (M, 6, C) strength by mission and component
    troops: Floats  # (C,)
    police: Floats  # (C,)
    observers: Floats  # (C,)
    civilians: Floats  # (C,)
    protection: Floats  # (C,) deterrence of killing, 0 to 1
    interposition: Floats  # (C,) hindrance to battle, 0 to 1
    monitoring: Floats  # (C,) chance that acts are seen and attributed, 0 to 1
    covered: Floats  # (C,) share of protection that its load asks for, 0 to 1


class Violence(NamedTuple):
    """What this week's fighting did to each cell, and its memory."""

    civilians_killed: Floats  # (C,) on purpose, this week
    crossfire: Floats  # (C,) civilians killed in clashes, this week
    battle_deaths: Floats  # (C,) this week
    memory: Floats  # (C,) deaths per 1,000 people, fading over weeks
    killed_by: Ints  # (A,) civilians, since the start
    contested: Floats  # (C,) 0 one ruler, 1 evenly contested


class Casualties(NamedTuple):
    """Peacekeepers lost, since the start, by mission."""

    hostile: Ints  # (M,)
    other: Ints  # (M,)
    arrived: Ints  # (M,)
    left: Ints  # (M,)
    handed_over: Ints  # (M,) came from another mission less went to another


class Record(NamedTuple):
    """What is kept of a run."""

    weekly: Floats  # (weeks, series)
    tally: Floats  # (T,) counts of this week, cleared by observation
    layers: NDArray[np.float32]  # (frames, layers, C)
    stride: Ints  # (1,) weeks between frames


class Log(NamedTuple):
    """Events; observation asks for more room in time, so none is lost."""

    count: Ints  # (1,)
    week: Ints  # (L,)
    kind: Ints  # (L,)
    cell: Ints  # (L,)
    actor: Ints  # (L,)
    other: Ints  # (L,)
    size: Floats  # (L,)
    size_other: Floats  # (L,)
    factors: Floats  # (L, 6) multipliers of the hazard, by the names of the kind


class World(NamedTuple):
    """Everything there is."""

    clock: Clock
    geography: Geography
    communities: Communities
    population: Population
    groups: Groups
    ranks: Ranks
    bands: Bands
    influence: Influence
    units: Units
    contributors: Contributors
    donors: Donors
    ngos: Ngos
    missions: Missions
    accounts: Accounts
    calendar: Calendar
    peace: Peace
    presence: Presence
    violence: Violence
    casualties: Casualties
    record: Record
    log: Log


class Count(IntEnum):
    """Counters of the week, in ``Record.tally``."""

    BATTLE_DEATHS = 0
    CIVILIANS_KILLED = 1
    KILLED_BY_STATE = 2
    CLASHES = 3
    KILLINGS = 4
    ATTACKS = 5
    PEACEKEEPERS_HOSTILE = 6
    PEACEKEEPERS_OTHER = 7
    FLED = 8
    RETURNED = 9
    RECRUITED = 10
    DESERTED = 11
    DISARMED = 12
    REINTEGRATED = 13
    REOFFENDED = 14
    MISCONDUCT = 15
    VIOLATIONS = 16
    SPENT_USD = 17
    RECEIVED_USD = 18
    CROSSFIRE = 19
    RELIEF_USD = 20
    OTHER_DEATHS = 21
    PROGRAMMES_USD = 22
