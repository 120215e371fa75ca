"""One number for each kind of chance event. Append only: a changed number changes every past result.

Numbers that are missing were drawn once and are not given again.
"""

from enum import IntEnum


class Stream(IntEnum):
    """The kinds of chance events; each draw is keyed by one of them."""

    BAND_PLACE = 1
    BIRTH = 3
    SHOCK_DEATH = 4
    DONOR_WILL = 5
    DONOR_PAYS = 6
    LEAD_TIME = 7
    CONTRIBUTOR_LEAVES = 8
    ILLNESS = 9
    OBSERVED = 10
    ACTS = 11
    POSTURE = 12
    TARGET = 13
    STEP = 14
    MERGE = 15
    SPLIT = 16
    CLASH = 17
    CLASH_INTENSITY = 18
    CLASH_LOSS = 19
    CROSSFIRE = 20
    KILLING = 21
    KILLING_SIZE = 22
    ATTACK = 23
    ATTACK_SIZE = 24
    FLIGHT = 25
    RETURN = 27
    RECRUIT = 28
    DESERT = 29
    DISARM = 30
    REINTEGRATE = 31
    REOFFEND = 32
    MISCONDUCT = 33
    MISCONDUCT_KNOWN = 34
    COMMITMENT = 35
    TALKS = 36
    ELECTION = 37
    DESTINATION = 38
    ARRIVAL = 39
    VICTIM_GROUP = 40
    TEMPER = 43
    SETTLE = 44
    COUNCIL = 45
    CRIME = 60
    SEIZURE = 61
    RIOT = 62
    RIOT_SIZE = 63
    GUEST = 64
    CACHE = 65
    HAND_IN = 66
    CLASH_FOE = 80
    OFFENSIVE = 81
    OFFENSIVE_FOE = 82
    OFFENSIVE_LOSS = 83
    OFFENSIVE_CROSSFIRE = 84
    OFFENSIVE_INTENSITY = 85
    RECRUIT_FROM = 86
    # From 900 on: draws of those who look at a run, which move nothing in it.
    SURVEY_CLUSTER = 900
    SURVEY_ANSWER = 901
