"""The words that a scenario file may use where it chooses among kinds."""

from typing import Annotated, Literal

from pydantic import StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Title = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Letter = Annotated[str, StringConstraints(min_length=1, max_length=1)]

GroupKind = Literal["state", "rebel", "militia", "gang", "terrorist"]
Component = Literal["military", "formed_police", "police", "observers", "civilians", "enablers"]
Task = Literal[
    "ceasefire_monitoring",
    "protection_of_civilians",
    "ddr",
    "humanitarian_support",
    "human_rights",
    "police_training",
    "security_sector_reform",
    "rule_of_law",
    "state_authority",
    "elections",
    "political_process",
    "reconciliation",
    "force_protection",
    "offensive_operations",
]
RulesOfEngagement = Literal["observe", "self_defence", "defend_mandate", "robust", "enforce"]
Doctrine = Literal["static", "uniform", "population", "hotspot", "early_warning", "buffer_line"]
MissionType = Literal["traditional", "multidimensional", "robust", "preventive", "enforcement"]
Mechanism = Literal["assessed", "voluntary", "pooled", "multi_year", "ad_hoc"]
BudgetLine = Literal["life_support", "operations", "reimbursement", "programmes"]
Benchmark = Literal["security", "disarmament", "politics", "institutions", "return"]
Stage = Literal["war", "talks", "ceasefire", "agreement", "transition", "post_election", "peace", "relapse"]
EventKind = Literal[
    "disaster",
    "epidemic",
    "economic_crisis",
    "refugee_inflow",
    "leader_departure",
    "support_change",
    "donor_cut",
    "scandal",
    "contributor_cut",
    "consent_loss",
    "coup",
    "cyber_attack",
    "spill_over",
    "intervention",
]
