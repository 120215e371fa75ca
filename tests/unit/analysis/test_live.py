"""The links of the causal diagram that were at work in an event."""

import math
import re

import pytest

from sim.analysis.odd.causes import LINKS
from sim.analysis.odd.diagram import FAINT, overview
from sim.analysis.odd.live import MOVED, behind, live_links, target_of, unlinked
from sim.analysis.odd.quantities import QUANTITIES
from sim.results.events import Event
from sim.results.result import Result
from sim.world.log import CAUSES


def told(result: Result, kind: str) -> Event:
    return max((event for event in result.told if event.kind == kind), key=lambda event: len(live_links(event)))


@pytest.fixture(scope="module")
def result() -> Result:
    from sim.engine.run import run
    from tests.support.countries import valley

    return run(valley(120), 4, stride=0)


@pytest.mark.parametrize("kind", list(MOVED), ids=lambda kind: kind.name.lower())
def test_every_factor_of_the_table_is_logged_and_has_its_link(kind) -> None:
    target, sources = MOVED[kind]
    assert target in QUANTITIES
    assert set(sources) <= set(CAUSES[kind].factors)
    for source in sources.values():
        assert any((link.source, link.target) == (source, target) for link in LINKS), (source, target)


def test_live_links_are_the_factors_that_did_something_strongest_first(result: Result) -> None:
    event = told(result, "clash")
    live = live_links(event)
    assert live
    assert [each.strength for each in live] == sorted((each.strength for each in live), reverse=True)
    for each in live:
        assert each.link.target == target_of(event) == "battle_deaths"
        assert each.factor == pytest.approx(math.prod(event.factors[name] for name in each.names))
    named = {name for each in live for name in each.names} | set(unlinked(event))
    idle = set(event.factors) - named
    assert all(abs(math.log(event.factors[name])) < 0.006 for name in idle)


def test_what_follows_from_a_rule_has_no_live_links(result: Result) -> None:
    event = next(event for event in result.told if not event.factors)
    assert live_links(event) == ()
    assert overview(live_links(event)) == overview()


def test_the_diagram_makes_live_links_stand_out_and_the_rest_faint(result: Result) -> None:
    event = told(result, "clash")
    live = live_links(event)
    plain, lit = overview(), overview(live, target_of(event))
    assert plain != lit
    assert "opacity" not in plain
    faint = lit.count(f'<g opacity="{FAINT}">')
    n_main = sum(link.main for link in LINKS)
    joined = {each.link for each in live} | set(behind(live))
    assert faint == sum(link.main and link not in joined for link in LINKS) < n_main
    for each in live:
        assert each.mark in lit
    widths = [float(width) for width in re.findall(r'stroke-width="([\d.]+)" stroke-dasharray', lit)]
    assert max(widths) > 2.2
