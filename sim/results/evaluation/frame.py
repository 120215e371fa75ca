"""What a survey could find at one time: the people of every cell, how they would answer, and where one can go."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.results.maps import LAYER_NAMES, Maps
from sim.world.tables import Floats

if TYPE_CHECKING:
    from sim.scenario.evaluation import Evaluation
    from sim.world.tables import World


class Question(NamedTuple):
    """One question, answered yes or no; ``words`` finish the sentence "of the people ...".

    The chance that a respondent says yes is the index of the cell: 0.4 of trust means that two in five trust.
    """

    name: str
    words: str


# Append only: the number of a question is part of the key of its draws.
QUESTIONS: tuple[Question, ...] = (
    Question("trust_mission", "trust the peacekeepers"),
    Question("trust_state", "trust the state"),
    Question("fear", "live in fear"),
    Question("safety", "know nobody killed of late"),
    Question("livelihood", "earn enough to live"),
    Question("need", "lack food, water or shelter"),
    Question("institutions", "say that police and services work"),
    Question("cohesion", "get on with other groups"),
    Question("displaced", "are displaced"),
)
QUESTION_NAMES: tuple[str, ...] = tuple(question.name for question in QUESTIONS)


class Frame(NamedTuple):
    """A country as evaluators could see it.

    Parameters
    ----------
    week
        At whose end it stood so.
    people : array (C,)
    chances : array (C, questions)
        Chance that one of them answers yes.
    safe : array (C,)
        Whether interviewers go there.
    """

    week: int
    people: Floats
    chances: Floats
    safe: np.ndarray


def frame_of(layers: dict[str, Floats], week: int, design: "Evaluation") -> Frame:
    """Make a frame of the layers of one map, by name.

    Who knows nobody killed of late: ``exp(-acquaintances * recent deaths per 1,000 / 1,000)``.
    """
    people, violence = layers["people"], layers["violence"]
    yes = {
        **layers,
        "safety": np.exp(-design.acquaintances * violence / 1000.0),
        "displaced": np.divide(layers["displaced"], people, out=np.zeros(len(people)), where=people > 0.0),
    }
    chances = np.clip(np.column_stack([yes[name] for name in QUESTION_NAMES]), 0.0, 1.0)
    return Frame(week, people, chances, violence <= design.unsafe_deaths)


def kept_frame(maps: Maps, number: int, design: "Evaluation") -> Frame:
    """Make a frame of a kept map."""
    layers = dict(zip(LAYER_NAMES, maps.array[number].astype(np.float64), strict=True))
    return frame_of(layers, int(maps.weeks[number]), design)


def final_frame(world: "World", week: int, design: "Evaluation") -> Frame:
    """Make a frame of the end of a run."""
    communities = world.communities
    hosted = communities.hosted.sum(axis=0).astype(np.float64)
    layers = {
        "people": communities.residents.sum(axis=0) + hosted + communities.foreigners,
        "violence": world.violence.memory,
        "displaced": hosted,
        "trust_mission": communities.trust_mission,
        "trust_state": communities.trust_state,
        "fear": communities.fear,
        "livelihood": communities.livelihood,
        "need": communities.need,
        "institutions": 0.5 * (communities.police + communities.services),
        "cohesion": communities.cohesion,
    }
    return frame_of(layers, week, design)
