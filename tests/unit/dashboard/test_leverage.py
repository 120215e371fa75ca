"""What would have changed an outcome: every lever tried alone, the strongest tried again with other futures."""

from concurrent.futures import CancelledError

import pytest

from sim.dashboard import leverage
from sim.dashboard.choice import Choice
from sim.dashboard.countries import country
from sim.dashboard.desk import Office
from sim.dashboard.leverage import CONFIRMED, STRONGEST, TRIED, moves, strongest
from sim.dashboard.levers import levers
from sim.scenario.scenario import Scenario

OUTCOME = "battle_deaths"


@pytest.fixture(scope="module")
def base() -> Scenario:
    return country("ceasefire_line").override({"weeks": 20})


def always() -> bool:
    return True


def test_every_lever_is_moved_to_where_it_does_not_stand(base: Scenario) -> None:
    choice = Choice().moved("mission.mandate.clarity", 0.0)
    listed = moves(base, choice)
    assert {lever.path for lever, _ in listed} == {lever.path for lever in levers(base)}
    assert [value for lever, value in listed if lever.path == "mission.mandate.clarity"] == [1.0]
    for lever, value in listed:
        assert value != choice.settings.get(lever.path, lever.resting)
        if lever.slides:
            assert value in (lever.quantised(lever.low), lever.quantised(lever.high))


def test_the_strongest_are_judged_by_futures_that_did_not_choose_them(
    base: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = moves(base, Choice())[::12]
    monkeypatch.setattr(leverage, "moves", lambda base, choice: some)
    office, asked = Office(), set()
    ask = office.works.ask

    def noting(key, *words):  # type: ignore[no-untyped-def]
        asked.add(key[2])
        return ask(key, *words)

    office.works.ask = noting  # type: ignore[method-assign]
    steps = list(strongest(office, base, Choice(), OUTCOME, always))
    assert [step.found for step in steps[:-1]] == [()] * (len(steps) - 1)
    last = steps[-1]
    assert last.done == last.total == len(some) + STRONGEST
    assert 0 < len(last.found) <= STRONGEST
    assert len({(move.lever.path, move.value) for move in last.found}) == len(last.found)
    clear = [move.effect.clear for move in last.found]
    assert clear == sorted(clear, reverse=True), "what is told from chance comes first"
    seed = base.about.seed
    assert asked == set(range(seed, seed + TRIED + CONFIRMED))


def test_what_moves_most_either_way_is_found(base: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    some = moves(base, Choice())[: STRONGEST + 3]
    first = base.about.seed

    def outcomes(office, choice, seeds, *_):  # type: ignore[no-untyped-def]
        moved = next((n for n, (lever, value) in enumerate(some, 1) if choice.settings.get(lever.path) == value), 0)
        found = dict.fromkeys(seeds, float((-1) ** moved * moved))
        if moved == len(some):  # what did most by chance alone
            found |= {seed: 100.0 * (-1) ** seed for seed in seeds if seed >= first + TRIED}
        return found

    monkeypatch.setattr(leverage, "moves", lambda base, choice: some)
    monkeypatch.setattr(leverage, "course_of", lambda base, choice: choice)
    monkeypatch.setattr(leverage, "_outcomes", outcomes)
    *_, last = strongest(Office(workers=1), base, Choice(), OUTCOME, always)
    assert [move.effect.value for move in last.found] == [-7.0, 6.0, -5.0, 4.0, 0.0], "what is not clear comes last"


def test_a_search_that_nobody_wants_ends(base: Scenario) -> None:
    with pytest.raises(CancelledError):
        list(strongest(Office(), base, Choice(seed=77), OUTCOME, lambda: False))
