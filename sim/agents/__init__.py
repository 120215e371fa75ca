"""Agents as Mesa knows them: views of one row of the world, with the verbs of who stands there."""

from sim.agents.armed import ArmedGroup, Band
from sim.agents.collector import WeeklyCollector
from sim.agents.community import Community
from sim.agents.ground import Ground, Place
from sim.agents.mission import Contributor, Mission, Peacekeeper
from sim.agents.money import Donor, Ngo

__all__ = [
    "ArmedGroup",
    "Band",
    "Community",
    "Contributor",
    "Donor",
    "Ground",
    "Mission",
    "Ngo",
    "Peacekeeper",
    "Place",
    "WeeklyCollector",
]
