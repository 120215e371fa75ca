"""Rival rules: named variants of a process, so that the structure of the model can be swept like a number.

A variant is the process with some of its mechanisms silent. What the literature quarrels about is usually which of
several drives is at work: whether killing follows contest, revenge or hunger, say. Each rival rule keeps one of
them. To add one, add a row; names of mechanisms are those of ``peacesim list mechanisms``.
"""

from collections.abc import Mapping

FULL = "full"

RULES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "one_sided_violence": {
        FULL: (),
        "contest": ("retaliation", "looting"),  # civilians are killed where control is contested
        "revenge": ("contestation", "looting"),  # after losses
        "predation": ("contestation", "retaliation"),  # by groups that live off people
        "indiscriminate": ("contestation", "retaliation", "looting", "own_people_spared"),
    },
    "clashes": {
        FULL: (),
        "regular": ("hiding", "shelter", "ambushes"),  # both sides stand and fight
    },
    "group_strategy": {
        FULL: (),
        "undeterred": ("deterrence",),  # peacekeepers do not enter into plans
        "stubborn": ("restraint_answered",),  # nobody follows his foe to the table
        "grievance": ("resource_pull",),  # loot draws nobody
    },
    "peace_process": {
        FULL: (),
        "credible_commitment": ("weariness", "spoilers", "lootable_spoils"),  # fear of the other side keeps war going
        "gain": ("guarantee", "local_guarantee", "reciprocity"),  # what war earns keeps war going
        "attrition": ("guarantee", "local_guarantee", "spoilers", "lootable_spoils", "reciprocity"),  # losses end it
    },
    "funding": {
        FULL: (),
        "steadfast": ("donor_grief", "donor_shame", "donor_hope", "cost_disputes", "donor_moods"),
        "moody": ("donor_grief", "donor_shame", "donor_hope", "cost_disputes"),  # will drifts by chance alone
    },
    "attacks_on_mission": {
        FULL: (),
        "opportunity": ("partiality", "backlash", "distrust"),  # who stands alone is attacked
        "resentment": ("isolation",),  # who is resented is attacked
    },
}
