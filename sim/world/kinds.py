"""Words that the arrays hold as numbers: kinds, stages, postures. Append only: numbers are part of results."""

from enum import IntEnum


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
    EARLY_WARNING = 4
    BUFFER_LINE = 5


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


class Benchmark(IntEnum):
    """What a mandate may be judged by."""

    SECURITY = 0
    DISARMAMENT = 1
    POLITICS = 2
    INSTITUTIONS = 3
    RETURN = 4


class Exit(IntEnum):
    """What ends a mission."""

    DATE = 0
    BENCHMARKS = 1
    RELIEF = 2


class Review(IntEnum):
    """What becomes of a mandate between its start and its end."""

    DECISION = 0
    REINFORCED = 1
    REDUCED = 2
    TASK_ADDED = 3


class BudgetLine(IntEnum):
    """What a mission's money goes to, in the order in which it is spent."""

    LIFE_SUPPORT = 0
    OPERATIONS = 1
    REIMBURSEMENT = 2
    PROGRAMMES = 3


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
    COUP = 8
    CYBER_ATTACK = 9
    SPILL_OVER = 10
    INTERVENTION = 11
    CONTRIBUTOR_CUT = 12
    CONSENT_LOSS = 13


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
    MANDATE = 14
    CONSENT_WITHDRAWN = 15
    RIOT = 16
    OFFENSIVE = 17


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
    GAVE_UP = 23
    WEAPONS_COLLECTED = 24
    RELIEF_LOOTED_USD = 25
    RELIEF_DOUBLED_USD = 26
    MURDERS = 27
    RIOT_DEATHS = 28
    RIOTS = 29
