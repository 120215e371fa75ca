"""What exists: the state of a country as tables of arrays.

Every table is a NamedTuple of NumPy arrays; the letters give their lengths:
``C`` cells, ``G`` identity groups, ``A`` armed groups, ``B`` bands, ``U`` units, ``K`` contributors,
``D`` donors, ``N`` relief organisations, ``M`` missions, ``S`` shocks. Single numbers are arrays of length 1, so that
a process can change them. What there is by group and cell has the cell last (``control[a, c]``): loops over cells then
read neighbours in memory. People are whole numbers (int64), indices live in [0, 1], money is US$.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.world.mission_tables import Accounts, Casualties, Contributors, Donors, Mandates, Missions, Ngos, Units

Ints = NDArray[np.int64]
Cells = NDArray[np.uint32]  # without a sign: loops that look up much need not ask if it is negative
Floats = NDArray[np.float64]


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
    around: Cells  # (C, 8) the same, the cell itself where there is none
    reach_start: Ints  # (C + 1,) where a cell's part of the next column begins; itself comes first
    reach_cell: Cells  # (R,)
    weight_start: Ints  # (C,) where a cell's part of the next columns begins; cells with the same weights share it
    reach_from: Ints  # (C,) the first cell in map order within reach
    reach_step: Cells  # (W,) how many cells after that the others come
    reach_km: Floats  # (W,)
    patrol_weight: Floats  # (W,) share of a unit's patrols from the base; sums to 1 over a cell's part
    sway_weight: Floats  # (W,) share of a band's influence; sums to 1 over a cell's part
    flight_weight: Floats  # (W,) nearness as a refuge, 0 to 1
    camp_weight: Floats  # (C, P) nearness of the camps, 0 to 1
    abroad_weight: Floats  # (C,) nearness of the nearest land of another country, 0 to 1; 0 where there is none


class Communities(NamedTuple):
    """The people of each cell."""

    residents: Ints  # (G, C)
    hosted: Ints  # (G, C) displaced people staying here
    empty_homes: Ints  # (G, C) people from here who fled; where returns go
    foreigners: Ints  # (C,) refugees from other countries
    trust_mission: Floats  # (C,)
    trust_state: Floats  # (C,)
    fear: Floats  # (C,)
    grievance: Floats  # (G, C)
    cohesion: Floats  # (C,)
    livelihood: Floats  # (C,)
    police: Floats  # (C,) working police and courts
    services: Floats  # (C,) working administration, schools, clinics
    need: Floats  # (C,) unmet humanitarian need
    reached: Floats  # (C,) share of those in need whom relief organisations reach
    adrift: Floats  # (C,) former fighters among the residents who got no help to settle, fading
    control: Floats  # (A, C) share held by each armed group; the rest is held by nobody


class Population(NamedTuple):
    """People of the country who are in no cell, and the accounts that close the sum."""

    start: Ints  # (1,) everyone at the start, fighters included
    abroad: Ints  # (G,) refugees
    births: Ints  # (1,) net of ordinary deaths, since the start
    arrivals: Ints  # (1,) foreigners who came less those who went home
    killed: Ints  # (1,) civilians killed by violence
    died: Ints  # (1,) civilians who died in disasters and epidemics
    murdered: Ints  # (1,) killed by crime and in riots
    fighters_killed: Ints  # (1,)
    here: Floats  # (C,) residents, hosted and foreigners, refreshed each week
    guests: Ints  # (S, C) refugees from other countries by the event that brought them; foreigners is their sum
    rift: Floats  # (G, G) hostility between identity groups, 0 close to 1 hostile; 0 with itself


class Groups(NamedTuple):
    """Armed groups."""

    kind: Ints  # (A,)
    constituency: Floats  # (A, G) 1 where it recruits and spares
    enemies: Floats  # (A, A) 1 where they fight
    truce: Floats  # (A, A) 1 where both have signed
    signatory: Ints  # (A,)
    share: Floats  # (A,) part in power that what it signed promises it
    support: Floats  # (A,)
    abusiveness: Floats  # (A,)
    restraint: Floats  # (A,) part of its abusiveness that reports abroad hold back
    reform: Floats  # (A,) part of a state's forces that is trained and under civilian control
    cohesion: Floats  # (A,)
    commitment: Floats  # (A,)
    temper: Floats  # (A,) lasting lean of its leaders to war (below 0) or peace (above), drawn once, logit
    spoils: Floats  # (A,)
    wealth: Floats  # (A,) most lootable wealth it has held: sum of control times resources
    weariness: Floats  # (A,)
    posture: Ints  # (A,)
    fighters: Ints  # (A,) in bands, refreshed each week
    recent_dead: Floats  # (A,) own dead, fading over about half a year
    recent_wrongs: Floats  # (A,) violations suffered from fellow signatories, fading
    demobilise: Floats  # (A,)
    start_fighters: Ints  # (A,) of the start and, since then, from abroad
    band_size: Ints  # (A,)
    loot_usd: Floats  # (A,) relief taken from those in need, fading over weeks
    appeal: Floats  # (A, C) how much it wants to be in a cell


class Ranks(NamedTuple):
    """Accounts of fighters by armed group, since the start."""

    recruited: Ints  # (A,)
    deserted: Ints  # (A,)
    killed: Ints  # (A,)
    disarmed: Ints  # (A,)
    gave_up: Ints  # (A,) went home without a place in reintegration
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
    blocked: Ints  # (B,) 1 while no straight way leads to its target and it goes round
    fighters: Ints  # (B,)
    morale: Floats  # (B,)
    losses: Floats  # (B,) own dead, fading over weeks
    next_here: Ints  # (B,) next band in the same cell, -1 at the end


class Weapons(NamedTuple):
    """Small arms, counted apart from people: all there were and came are somewhere."""

    start: Ints  # (1,) everywhere at the start
    imported: Ints  # (1,) come from abroad, since the start
    held: Ints  # (A,) in the bands of a group
    hidden: Ints  # (A,) in caches of its former fighters
    collected: Ints  # (A,) handed in to the programme, since the start
    civil: Ints  # (C,) in private hands
    seized: Ints  # (1,) taken from private hands by police, since the start


class Influence(NamedTuple):
    """Where armed groups are strong, refreshed each week."""

    armed: Floats  # (A, C) fighters felt in a cell
    first_band: Ints  # (C,) first band in the cell, -1 for none


class Calendar(NamedTuple):
    """What the scenario has put on dates."""

    ceiling_week: Ints  # (W,)
    ceiling_mission: Ints  # (W,)
    ceiling: Ints  # (W, 4)
    order_week: Ints  # (O,) decisions on mandates; what one leaves as it is stands at -1
    order_mission: Ints  # (O,)
    order_weight: Floats  # (O, T)
    order_force: Floats  # (O,)
    order_clarity: Floats  # (O,)
    order_flexible: Ints  # (O,)
    order_sanctions: Floats  # (O,)
    order_end: Ints  # (O,)
    agreement_week: Ints  # (Q,)
    agreement_kind: Ints  # (Q,) Stage.CEASEFIRE or Stage.AGREEMENT
    agreement_inclusion: Floats  # (Q,)
    signs: Ints  # (Q, A)
    election_week: Ints  # (E,)
    shock_week: Ints  # (S,)
    shock_weeks: Ints  # (S,)
    shock_kind: Ints  # (S,)
    shock_size: Floats  # (S,)
    shock_who: Ints  # (S,) armed group, donor, contributor or mission, by kind; -1 for none
    shock_cells: Floats  # (S, C) 1 where it strikes


class Peace(NamedTuple):
    """The peace process."""

    stage: Ints  # (1,)
    since_week: Ints  # (1,) week it entered the stage
    inclusion: Floats  # (G,) part in power that each identity group has
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
    restraint: Floats  # (C,) the part of it that holds state forces back, 0 to 1
    interposition: Floats  # (C,) hindrance to battle, 0 to 1
    monitoring: Floats  # (C,) chance that acts are seen and attributed, 0 to 1
    covered: Floats  # (C,) share of protection that its load asks for, 0 to 1


class Violence(NamedTuple):
    """What this week's fighting did to each cell, and its memory."""

    civilians_killed: Floats  # (C,) on purpose, this week
    crossfire: Floats  # (C,) civilians killed in clashes, this week
    battle_deaths: Floats  # (C,) this week
    battle_week: Ints  # (1,) week that the two columns above are of
    memory: Floats  # (C,) deaths per 1,000 people, fading over weeks
    killed_by: Ints  # (A,) civilians, since the start
    murders: Floats  # (C,) people killed by crime this week
    riot_deaths: Floats  # (C,) people killed in communal violence this week
    contested: Floats  # (C,) 0 one ruler, 1 evenly contested


class Record(NamedTuple):
    """What is kept of a run."""

    weekly: Floats  # (weeks, series)
    tally: Floats  # (T,) counts of this week, cleared by observation
    layers: NDArray[np.float32]  # (frames, layers, C)
    stride: Ints  # (1,) weeks between frames
    unit_track: Ints  # (frames, U, 3) cell, -1 while not deployed; people; mission
    band_track: Ints  # (frames, B, 4) cell, -1 while dispersed; fighters; armed group; status


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
    base: Floats  # (L,) hazard before any factor, by the kind's entry in ``sim.world.log.CAUSES``; 0 for none
    nearest_km: Floats  # (L,) from there to the nearest armed peacekeepers' base, -1 where there is none or not asked
    factors: Floats  # (L, 13) multipliers of the hazard, by the names of the kind


class World(NamedTuple):
    """Everything there is."""

    clock: Clock
    geography: Geography
    communities: Communities
    population: Population
    groups: Groups
    ranks: Ranks
    bands: Bands
    weapons: Weapons
    influence: Influence
    units: Units
    contributors: Contributors
    donors: Donors
    ngos: Ngos
    missions: Missions
    mandates: Mandates
    accounts: Accounts
    calendar: Calendar
    peace: Peace
    presence: Presence
    violence: Violence
    casualties: Casualties
    record: Record
    log: Log
