"""Events in words, and the sentence that explains them."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

from sim.results.because import because, explanation
from sim.results.events import tell
from sim.results.places import compass, name_places
from sim.results.sentences import WORDS, listed
from sim.world.geography import build_geography
from sim.world.kinds import EventKind, MissionStage, Review, Stage, Task
from sim.world.log import FACTORS

# The map of the valley: .AAB* over .A1B*, cells of 10 km; in map order A A B A 1 B.
NORTH_OF_FORD, FORD = 1, 4


@pytest.fixture
def told(valley, make_log):
    geography = build_geography(valley)

    def tell_rows(*rows, factors=(), base=0.0, nearest_km=-1.0):
        log = make_log(*rows)
        log.factors[0, : len(factors)] = factors
        log.base[0], log.nearest_km[0] = base, nearest_km
        return list(tell(valley, SimpleNamespace(log=log, geography=geography)))

    return tell_rows


def text_of(told, *row):
    return told(row)[0].text


def test_cells_are_named_by_the_nearest_place(valley):
    names = name_places(valley, build_geography(valley))
    assert names.places[FORD] == "Ford"
    assert names.places[NORTH_OF_FORD] == "10 km north of Ford"
    assert names.places[2] == "14 km north-east of Ford"
    assert names.where(NORTH_OF_FORD) == "10 km north of Ford (Upland)"
    assert names.where(FORD) == "at Ford (Upland)"
    assert names.where(-1) == ""


@pytest.mark.parametrize(
    ("north", "east", "words"),
    [
        (1, 0, "north"),
        (0, 1, "east"),
        (-2, 0, "south"),
        (0, -3, "west"),
        (-1, -1, "south-west"),
        (9, 1, "north"),
    ],
)
def test_directions(north, east, words):
    assert compass(north, east) == words


def test_a_clash(told):
    assert text_of(told, 0, EventKind.CLASH, FORD, 0, 1, 6.0, 1.0) == (
        "Army and Hill Front clash at Ford (Upland): 6 fighters and 1 civilian killed"
    )
    assert text_of(told, 0, EventKind.CLASH, FORD, 0, 1, 0.0, 0.0).endswith("nobody killed")


def test_a_killing_has_place_actor_and_size(told):
    (event,) = told((3, EventKind.KILLING, NORTH_OF_FORD, 1, -1, 14.0, 120.0))
    assert event.text == "14 civilians killed 10 km north of Ford (Upland) by a band of 120 fighters of Hill Front"
    assert (event.week, event.date, event.kind) == (3, "2000-01-24", "killing")
    assert (event.place, event.region, event.actor, event.size) == (
        "10 km north of Ford",
        "Upland",
        "Hill Front",
        14.0,
    )


KILLED = (3, EventKind.KILLING, FORD, 1, -1, 14.0, 120.0)
MOVING = {
    "contested control": 1.8, "its own people there": 1.02, "need for loot": 1.4, "protection by peacekeepers": 0.3,
    "being seen": 0.98,
}  # fmt: skip
MOVED = [MOVING.get(name, 1.0) for name in FACTORS[EventKind.KILLING]]


def test_the_causes_of_a_killing_strongest_first(told):
    (event,) = told(KILLED, factors=MOVED, base=0.01)
    assert event.because == "protection by peacekeepers x0.3, contested control x1.8, need for loot x1.4"
    assert event.factors["contested control"] == 1.8
    assert event.base == 0.01
    assert event.hazard == pytest.approx(0.01 * 1.8 * 1.02 * 1.4 * 0.3 * 0.98)


@pytest.mark.parametrize(
    ("km", "words"), [(12.3, "based 12 km away x0.3"), (0.0, "based there x0.3"), (-1.0, "rs x0.3")]
)
def test_how_far_the_peacekeepers_are(told, km, words):
    (event,) = told(KILLED, factors=MOVED, base=0.01, nearest_km=km)
    assert event.because.startswith("protection by peacekeepers")
    assert words in event.because


def test_an_event_without_a_hazard_says_the_rule_that_brought_it_about(told):
    (event,) = told((0, EventKind.SHOCK, -1, 0, -1, 200.0, 3.0))
    assert event.because == "it comes from outside, on the scenario's calendar"
    assert event.factors == {}
    assert math.isnan(event.base)
    assert math.isnan(event.hazard)


def test_the_parts_of_an_election_are_added(told):
    row = (9, EventKind.ELECTION, -1, 0, -1, 0.55, 0.05)
    (event,) = told(row, factors=[0.3, 0.1, 0.2, -0.05])
    assert event.because == ("security +0.30, power that is shared +0.20, polling that works +0.10, chance -0.05")
    assert event.hazard == pytest.approx(0.55)


def test_an_event_in_full(told):
    (event,) = told(KILLED, factors=MOVED, base=0.01, nearest_km=12.3)
    lines = explanation(event).splitlines()
    assert lines[0] == f"{event.date}  {event.text}"
    assert lines[2].split()[0] == "0.01"
    assert lines[3].strip() == "x0.3  protection by peacekeepers based 12 km away (1 is: none)"
    assert lines[-2].endswith("0.0076  in all: once in 3 years")
    assert lines[-1].strip().startswith("without effect: abusiveness, ")


def test_a_result_explains_its_events(result):
    number = next(n for n, event in enumerate(result.told) if event.kind == "clash")
    assert result.explain(number) == result.explain(result.told[number])
    assert "a band on the offensive amid enemies" in result.explain(number)


def test_every_event_of_a_run_is_explained(result):
    for event in result.told:
        assert event.factors or event.because, event.text


def test_a_factor_of_nothing_explains_most():
    assert because(EventKind.CLASH, {"a": 2.0, "b": 0.0}) == "b x0, a x2"
    assert because(EventKind.CLASH, {"a": 1.0}) == ""


def test_attacks_name_the_contributor(told):
    assert text_of(told, 0, EventKind.ATTACK_ON_MISSION, FORD, 1, 0, 2.0, 98.0) == (
        "Peacekeepers of Ghana attacked at Ford (Upland) by Hill Front: 2 peacekeepers killed"
    )


def test_politics(told):
    assert text_of(told, 8, EventKind.AGREEMENT, -1, -1, -1, 0.6, 0.0) == (
        "Ford accord is signed by Army and Hill Front"
    )
    assert text_of(told, 9, EventKind.CEASEFIRE, -1, -1, -1, 0.6, 0.0) == "A ceasefire is signed"
    assert text_of(told, 9, EventKind.CEASEFIRE, -1, 0, 1, 0.6, 0.0) == "A ceasefire is signed by Army and Hill Front"
    assert text_of(told, 9, EventKind.COLLAPSE, -1, 1, -1, 0.07, 1.0) == (
        "What was signed is broken by Hill Front (commitment 0.07): it falls"
    )
    assert text_of(told, 9, EventKind.ELECTION, -1, 0, -1, 0.62, 0.1) == ("National election: accepted (quality 0.62)")
    assert text_of(told, 9, EventKind.ELECTION, -1, 0, -1, 0.3, -0.2) == "National election: disputed (quality 0.30)"
    assert text_of(told, 9, EventKind.STAGE, -1, Stage.TRANSITION, Stage.POST_ELECTION, 14.0, 0.0) == (
        "The peace process goes from transition to post election after 14 weeks"
    )


def test_missions(told):
    opened = (0, EventKind.MISSION_STAGE, -1, 0, MissionStage.DEPLOYING, MissionStage.PLANNED, 0.0)
    assert text_of(told, *opened) == "Valley Mission begins to deploy"
    short = (0, EventKind.MISSION_STAGE, -1, 0, MissionStage.DEPLOYING, MissionStage.FULL, 0.0)
    assert text_of(told, *short) == "Valley Mission is below strength again"
    assert text_of(told, 0, EventKind.REHAT, -1, 1, 0, 300.0, 0.0) == (
        "300 peacekeepers of Bridging force pass to Valley Mission"
    )
    assert text_of(told, 0, EventKind.CONTRIBUTOR_LEAVES, -1, 0, 0, 1.5, 0.0) == (
        "Valley Mission loses Ghana, after 1.5 times the dead that it bears"
    )
    assert text_of(told, 0, EventKind.CONTRIBUTOR_LEAVES, -1, 0, 0, 0.5, 2.0) == (
        "Valley Mission loses Ghana, after 0.5 times the dead and 2.0 times the arrears that it bears"
    )
    assert text_of(told, 0, EventKind.CONTRIBUTOR_LEAVES, -1, 0, 0, 0.0, 0.0) == (
        "Valley Mission loses Ghana, which has lost its will"
    )
    assert text_of(told, 0, EventKind.MANDATE, -1, 0, Review.REINFORCED, 1_500.0, 0.7) == (
        "Valley Mission is reinforced: 1,500 people more, force up to 0.7"
    )
    assert text_of(told, 0, EventKind.MANDATE, -1, 0, Review.REDUCED, 200.0, 0.0) == (
        "Valley Mission has met its benchmarks: 200 people fewer"
    )
    assert text_of(told, 0, EventKind.MANDATE, -1, 0, Review.TASK_ADDED, float(Task.RULE_OF_LAW), 0.0) == (
        "Valley Mission is given one more task: rule of law"
    )
    assert text_of(told, 0, EventKind.CONSENT_WITHDRAWN, -1, 0, -1, 0.05, 26.0) == (
        "The host asks Valley Mission to leave within 26 weeks"
    )
    assert text_of(told, 0, EventKind.MISCONDUCT, FORD, 0, 0, 1.0, 0.0) == (
        "Misconduct by peacekeepers of Ghana becomes known at Ford (Upland)"
    )


def test_shocks(told):
    assert text_of(told, 0, EventKind.SHOCK, -1, 0, -1, 200.0, 3.0) == "Flood (disaster, 200 deaths over 3 weeks)"
    (event,) = told((0, EventKind.SHOCK, -1, 1, 1, 1.0, 1.0))
    assert event.text == "The Front's leader dies (a leader departs)"
    assert event.actor == "Hill Front"


def test_two_signatures_of_a_week_one_of_them_not_on_the_calendar(told):
    first, second = told((8, EventKind.AGREEMENT, -1, -1, -1, 0.6, 0.0), (8, EventKind.AGREEMENT, -1, -1, -1, 0.6, 0.0))
    assert first.text.startswith("Ford accord")
    assert second.text == "An agreement is signed"


@pytest.mark.parametrize("kind", [kind for kind in EventKind if kind not in WORDS])
def test_a_kind_without_words_is_told_plainly(told, kind):
    assert text_of(told, 0, kind, FORD, 0, 0, 5.0, 0.0).lower().startswith(kind.name.lower().replace("_", " "))


def test_lists_of_names():
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_a_real_run_is_told_in_order(result):
    weeks = [event.week for event in result.told]
    assert weeks == sorted(weeks)
    assert len(weeks) == result.world.log.count[0]
    assert len(result.events) == len(weeks)
    assert np.all(result.events["week"] == weeks)
