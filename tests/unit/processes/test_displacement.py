"""Flight and return: nobody is lost, people flee to safer places, and go home only when it is safe."""

import math

import numpy as np
import pytest

from sim.processes.displacement import move_people
from sim.world.kinds import Count
from sim.world.refine import refine
from tests.support.worlds import HILL, Lab, copies, scenario


def fearful(rows="ABC", fear=(1.0, 0.0, 0.0), **displacement):
    given = scenario(rows, parameters={"displacement": displacement})
    lab = Lab(given)
    lab.communities.fear[:] = fear
    lab.communities.livelihood[:], lab.communities.cohesion[:] = 0.4, 0.6
    return lab.at(1)  # no returns in weeks 1 to 3 after a multiple of 4, but of group 1 in week 1


def displaced(rows="AB", settle=0.0, home=(0,), hosted=(1,), n=1000, abroad=0, **more):
    """People of the hill group from some cells who stay in others, in a country at peace."""
    given = scenario(rows, parameters={"displacement": {"settle_per_week": settle} | more})
    lab = Lab(given)
    lab.communities.fear[:], lab.communities.livelihood[:] = 0.0, 1.0
    for cell in home:
        lab.communities.empty_homes[HILL, cell] = n
    for cell in hosted:
        lab.communities.hosted[HILL, cell] = n
    lab.population.abroad[HILL] = abroad
    return lab.at(0)


def test_the_share_that_flees_follows_fear_and_ties():
    lab = fearful(fear=(0.65, 0.0, 0.0))
    share = 1 - math.exp(-0.08 * 0.5**2 * (1 - 0.3 * 0.5))
    lab.run(move_people)
    fled = 10_000 - lab.communities.residents[:, 0].sum()
    assert abs(fled - 10_000 * share) < 2
    assert lab.communities.empty_homes[:, 0].sum() == fled == lab.record.tally[Count.FLED]
    assert lab.communities.hosted.sum() == fled


def test_nobody_flees_below_the_threshold():
    lab = fearful(fear=(0.3, 0.3, 0.1))
    lab.run(move_people)
    assert lab.communities.hosted.sum() == 0
    assert lab.record.tally[Count.FLED] == 0


def test_nobody_flees_twice_in_a_week():
    """From A they flee to B, where it is no better: they stay there this week, as they would in the other order."""
    for here, there in ((0, 1), (1, 0)):
        lab = displaced(home=(), hosted=(), flight_rate=10.0)
        lab.communities.residents[:, there] = 0
        lab.communities.fear[:] = 0.9
        lab.run(move_people)
        assert lab.communities.hosted[:, there].sum() > 1_000
        assert lab.communities.hosted[:, here].sum() == 0


def test_people_are_conserved():
    rows = "*ABC\n.DEF"
    lab = Lab(scenario(rows, parameters={"displacement": {"flight_rate": 2.0, "return_per_week": 0.2}}))
    rng = np.random.default_rng(3)
    everyone = lab.people()
    for week in range(60):
        lab.communities.fear[:] = rng.random(6) * (week < 40)
        lab.at(week).run(move_people)
        assert lab.people() == everyone
        assert lab.communities.residents.min() >= 0
        assert lab.communities.hosted.min() >= 0
    assert lab.record.tally[Count.RETURNED] > 0


def test_people_go_to_safer_larger_and_nearer_places():
    # Mass: calm^2 x (people + 10 x 400 km2); nearness 1 / (1 + km / 40).
    went = np.zeros(3)
    for lab in copies(scenario("ABC", regions={"C": {"population": 60_000}}), 200):
        lab.communities.fear[:] = (1.0, 0.2, 0.0)
        lab.at(1).run(move_people)
        went += lab.communities.hosted.sum(axis=0)
    near = 0.8**2 * (10_000 + 4_000) / (1 + 20 / 40)
    far = (60_000 + 4_000) / (1 + 40 / 40)
    assert went[0] == 0
    assert went[1] / went[2] == pytest.approx(near / far, rel=0.08)


def test_nobody_flees_to_a_place_of_utmost_fear():
    lab = fearful("AB", fear=(1.0, 1.0))
    lab.run(move_people)
    assert lab.communities.residents.sum() == 20_000


def test_the_border_leads_abroad():
    went = np.zeros(2)
    parts = {"displacement": {"abroad_people": 10_000.0}}
    for lab in copies(scenario("*AB", regions={"A": {"population": 60_000}}, parameters=parts), 200):
        lab.communities.fear[:] = (1.0, 0.3)
        lab.at(1).run(move_people)
        went += lab.population.abroad.sum(), lab.communities.hosted[:, 1].sum()
    # The border is 10 km from the middle of A, B is 20 km away.
    abroad, inside = 10_000 / (1 + 10 / 40), 0.7**2 * (10_000 + 4_000) / (1 + 20 / 40)
    assert went[0] / went[1] == pytest.approx(abroad / inside, rel=0.1)
    inland = Lab(scenario("AB"))
    inland.communities.fear[:] = (1.0, 0.5)
    inland.at(1).run(move_people)
    assert inland.population.abroad.sum() == 0


def test_a_camp_draws_more_than_its_size():
    place = {"c": {"name": "Camp", "region": "B", "population": 10_000, "camp": True}}
    lab = Lab(scenario("ABcC", places=place, regions={"B": {"population": 20_000}}))
    lab.communities.fear[:] = (1.0, 0.0, 0.0, 0.0)
    lab.at(1).run(move_people)
    hosted = lab.communities.hosted.sum(axis=0)
    assert hosted[2] > 2 * hosted[1]


def test_the_displaced_go_home_at_their_rate_when_it_is_safe():
    lab = displaced()
    lab.run(move_people)
    # A month's share 4 x 0.015 x welcome 1 of the hosted.
    assert lab.communities.hosted[HILL, 1] == 1000 - 60
    assert lab.communities.residents[HILL, 0] == 5000 + 60
    assert lab.communities.empty_homes[HILL, 0] == 1000 - 60
    assert lab.record.tally[Count.RETURNED] == 60


def test_refugees_come_home_too():
    lab = displaced(hosted=(), abroad=1000, from_abroad=0.4)
    lab.run(move_people)
    assert lab.population.abroad[HILL] == 1000 - 24  # later than those inside, of whom 60 would
    assert lab.communities.residents[HILL, 0] == 5024


def test_poor_and_frightened_homes_welcome_fewer_and_unsafe_ones_nobody():
    lab = displaced()
    lab.communities.fear[0], lab.communities.livelihood[0] = 0.15, 0.5
    lab.run(move_people)
    assert lab.record.tally[Count.RETURNED] == pytest.approx(60 * 0.5 * 0.75, abs=1)
    lab = displaced()
    lab.communities.fear[0] = 0.3
    for week in range(0, 40, 4):
        lab.at(week).run(move_people)
    assert lab.record.tally[Count.RETURNED] == 0


def test_returns_go_to_the_safe_homes():
    lab = displaced("ABC", home=(0, 1), hosted=(2,), n=1000)
    lab.communities.fear[0] = 0.9
    lab.communities.residents[:, 0] = 0
    lab.run(move_people)
    assert lab.communities.residents[HILL, 0] == 0
    assert lab.communities.residents[HILL, 1] == 5000 + 30  # half of the homes are safe


def test_each_group_considers_it_once_a_month():
    lab = displaced()
    returned = []
    for week in range(8):
        lab.record.tally[:] = 0.0
        returned.append(lab.at(week).run(move_people).record.tally[Count.RETURNED] > 0)
    assert returned == [True, False, False, False, True, False, False, False]


def test_some_settle_where_they_are():
    lab = displaced(settle=0.01, home=(), n=1000)
    lab.run(move_people)
    assert lab.communities.hosted[HILL, 1] == 960
    assert lab.communities.residents[HILL, 1] == 5040


def test_refuges_weigh_the_same_however_finely_they_are_drawn():
    """A country in four cells, or in sixteen of half the side, with the same people: as many go abroad."""
    shares = []
    for given in (scenario("*AB\n.CD"), refine(scenario("*AB\n.CD"))):
        lab = Lab(given)
        home = lab.geography.region == 3  # the far corner, D
        abroad = hosted = 0
        for seed in range(300):
            lab = Lab(given, seed)
            lab.communities.fear[home] = 1.0
            lab.at(1).run(move_people)
            abroad += lab.population.abroad.sum()
            hosted += lab.communities.hosted.sum()
        shares.append(abroad / (abroad + hosted))
    assert shares[0] == pytest.approx(shares[1], rel=0.1)
