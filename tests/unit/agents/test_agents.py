"""Agents read and write the world's rows, and stand on the grid where the arrays say."""

import mesa
import numpy as np
import pytest

from sim.agents import ArmedGroup, Band, Community, Contributor, Donor, Mission, Ngo, Peacekeeper
from sim.model import PeacekeepingModel
from sim.world import tables
from sim.world.kinds import BandStatus, UnitStatus


@pytest.fixture
def model() -> PeacekeepingModel:
    model = PeacekeepingModel("unmil", seed=3, weeks=120)
    for _ in range(50):
        model.step()
    return model


def columns(kind: type) -> dict:
    """The table columns that an agent shows."""
    return {name: each for cls in kind.__mro__ for name, each in vars(cls).items() if type(each).__name__ == "column"}


# ------------------------------------------------------------------- columns


@pytest.mark.parametrize("kind", [ArmedGroup, Band, Community, Contributor, Donor, Mission, Ngo, Peacekeeper])
def test_every_column_is_there_and_says_what_it_is(kind: type, model: PeacekeepingModel) -> None:
    agent = model.agents_by_type[kind][-1]
    shown = columns(kind)
    assert len(shown) >= 4
    for name, each in shown.items():
        assert each.__doc__.endswith("]"), name
        array = getattr(getattr(model.world, each.table), each.name)
        np.testing.assert_array_equal(getattr(agent, name), array[agent.index])
        if getattr(array[agent.index], "ndim", 0) == 0:
            value = getattr(agent, name)
            if each.table == "geography":
                with pytest.raises(AttributeError, match="share the ground"):
                    setattr(agent, name, value)
                continue
            setattr(agent, name, value)
            assert array[agent.index] == value


def test_every_column_of_the_communities_is_shown() -> None:
    assert {*tables.Communities._fields} <= {*columns(Community)}


def test_there_is_an_agent_for_every_row(model: PeacekeepingModel) -> None:
    world = model.world
    assert {kind.__name__: len(found) for kind, found in model.agents_by_type.items()} == {
        "Community": len(world.geography.row),
        "ArmedGroup": len(world.groups.kind),
        "Band": int((world.bands.status != BandStatus.DISPERSED).sum()),
        "Peacekeeper": len(world.units.status),
        "Contributor": len(world.contributors.mission),
        "Donor": len(world.donors.mission),
        "Ngo": len(world.ngos.weekly_usd),
        "Mission": len(world.missions.stage),
    }
    assert len({agent.unique_id for agent in model.agents}) == len(model.agents)


def test_an_agent_of_the_users_own_joins_in(model: PeacekeepingModel) -> None:
    class Journalist(mesa.Agent):
        pass

    taken = {agent.unique_id for agent in model.agents}
    journalist = Journalist(model)
    assert journalist.unique_id not in taken
    assert [*model.agents_by_type[Journalist]] == [journalist]


def test_kinds_without_rows_are_empty_sets() -> None:
    model = PeacekeepingModel("ceasefire_line", weeks=1, ngos=())
    assert len(model.agents_by_type[Ngo]) == 0


# ---------------------------------------------------------- sets of agents


def test_sets_of_agents_do_what_mesa_says(model: PeacekeepingModel) -> None:
    communities, fear = model.agents_by_type[Community], model.world.communities.fear
    assert communities.agg("fear", np.mean) == pytest.approx(fear.mean())
    afraid = communities.select(lambda c: c.fear > np.median(fear))
    assert 0 < len(afraid) < len(communities)
    regions = communities.groupby("region")
    assert sum(regions.count().values()) == len(communities)
    assert max(regions.agg("fear", max).values()) == fear.max()
    afraid.set("fear", 0.25)
    assert sorted(afraid.get("fear")) == [0.25] * len(afraid)
    communities.do(lambda c: setattr(c, "fear", c.fear / 2))
    assert fear.max() <= 0.125 or fear.max() == fear[[*map(lambda c: c.row, communities)]].max()
    seen = []
    communities.shuffle_do(lambda c: seen.append(c.row))
    assert sorted(seen) == [*range(len(communities))] != seen


def test_writing_through_a_view_changes_the_run() -> None:
    touched, plain = (PeacekeepingModel("unmil", seed=3, weeks=20) for _ in range(2))
    for group in touched.agents_by_type[ArmedGroup]:
        group.commitment = 1.0
        for other in group.enemies:
            group.make_truce(other)
    touched.run_model()
    plain.run_model()
    assert touched.world.record.weekly[:, 0].sum() < 0.5 * plain.world.record.weekly[:, 0].sum()


# -------------------------------------------------------------------- places


def test_bands_and_units_stand_where_the_arrays_say(model: PeacekeepingModel) -> None:
    bands = model.agents_by_type[Band]
    for _ in range(40):
        model.step()
        world = model.world
        active = np.flatnonzero(world.bands.status != BandStatus.DISPERSED)
        assert sorted(band.row for band in bands) == active.tolist()
        for agent in [*bands, *model.agents_by_type[Peacekeeper]]:
            if agent.active:
                assert agent.cell.number == agent.cell_number
                assert agent in agent.cell.agents
            else:
                assert agent.cell is None
        on_map = [agent for place in model.grid.all_cells for agent in place.agents]
        deployed = int((world.units.status == UnitStatus.DEPLOYED).sum())
        assert len(on_map) == len({*on_map}) == len(world.geography.row) + len(active) + deployed


def test_a_band_that_dissolves_is_gone_and_a_new_one_appears(model: PeacekeepingModel) -> None:
    band = model.agents_by_type[Band][0]
    place = band.cell
    free = int(np.flatnonzero(model.world.bands.status == BandStatus.DISPERSED)[0])
    band.status = BandStatus.DISPERSED
    model.world.bands.status[free] = BandStatus.ACTIVE
    model.world.bands.cell[free] = 7
    model.views.follow(model)
    assert not band.active
    assert band not in model.agents
    assert band not in place.agents
    new = model.views.bands[free]
    assert new in model.agents_by_type[Band]
    assert new in model.grid.places[7].agents


def test_a_band_moves_and_marches(model: PeacekeepingModel) -> None:
    band = model.agents_by_type[Band][0]
    goal = model.agents_by_type[Community][100]
    band.move_to(goal)
    assert band.cell_number == band.target_number == 100
    assert band in goal.cell.agents
    assert band in goal.bands
    band.march_to(model.grid.places[5].coordinate)
    assert (band.cell_number, band.target_number) == (100, 5)
    band.group.send_all_to(9)
    assert {each.target_number for each in band.group.bands} == {9}


def test_a_unit_is_redeployed_by_road(model: PeacekeepingModel) -> None:
    unit = model.agents_by_type[Peacekeeper].select(lambda u: u.active)[0]
    unit.knowledge, unit.caution = 0.9, 0.25
    goal = max(model.agents_by_type[Community], key=lambda c: c.distance_km(unit.cell.agents[0]))
    unit.redeploy(goal)
    assert unit.cell is goal.cell
    assert unit in goal.peacekeepers
    assert unit.moving_weeks > 1
    briefing = model.rates.tasking.briefing * float(model.world.missions.assessment[unit.mission_number])
    own = unit.contributor.proximity
    assert unit.knowledge == pytest.approx(own + (1.0 - own) * briefing)
    shares = unit.patrol_cells()
    assert sum(shares.values()) == pytest.approx(1.0)
    assert max(shares, key=shares.get) is goal
    assert shares[goal] > 0.25
    weeks = unit.moving_weeks
    unit.redeploy(goal)
    assert unit.moving_weeks == weeks
    unit.status = UnitStatus.HOME
    assert unit.patrol_cells() == {}
    with pytest.raises(ValueError, match="not in the country"):
        unit.redeploy(0)


# --------------------------------------------------------------------- verbs


def test_communities_know_their_neighbours(model: PeacekeepingModel) -> None:
    for community in model.agents_by_type[Community]:
        around = {place.number for place in community.cell.neighborhood}
        assert {each.row for each in community.neighbours} == around
    here, there = community, community.neighbours[0]
    assert here.distance_km(there) == pytest.approx(model.world.geography.cell_km[0], rel=0.42)
    assert sum(here.people_by_group.values()) == (here.residents + here.hosted).sum()
    here.control[:] = 0.0
    assert here.ruler is None
    here.control[1] = 0.6
    assert here.ruler is model.views.armed_groups[1]
    here.residents[0] += 5
    assert model.world.communities.residents[0, here.row] == here.residents[0]


def test_donors_pay_what_they_owe_and_no_more(model: PeacekeepingModel) -> None:
    donor = max(model.agents_by_type[Donor], key=lambda d: d.owed_usd)
    owed, cash, paid = donor.owed_usd, donor.mission.cash_usd, donor.paid_usd
    assert owed > 0.0
    assert donor.pay(0.25 * owed) == pytest.approx(0.25 * owed)
    assert donor.pay_all() == pytest.approx(0.75 * owed)
    assert donor.pay(1e9) == donor.owed_usd == 0.0
    assert donor.mission.cash_usd - cash == pytest.approx(owed)
    assert donor.paid_usd - paid == pytest.approx(owed)


def test_truces_are_mutual(model: PeacekeepingModel) -> None:
    one, two = [*model.agents_by_type[ArmedGroup]][:2]
    one.make_truce(two)
    assert two in one.truces
    assert one in two.truces
    two.end_truce(one)
    assert two not in one.truces
    assert one not in two.truces


def test_missions_contributors_and_organisations(model: PeacekeepingModel) -> None:
    mission = model.agents_by_type[Mission][0]
    assert mission.id == model.scenario.mission.id
    assert {unit.mission for unit in mission.units} == {mission}
    assert {each.mission for each in [*mission.contributors, *mission.donors]} == {mission}
    mission.authorise(military=123, observers=4)
    assert model.world.missions.ceiling[0].tolist()[::2] == [123, 4]
    contributor = mission.contributors[0]
    assert sum(unit.size for unit in contributor.units) == contributor.entry.pledged
    contributor.leave()
    assert contributor.takes_part == 0
    contributor.rejoin()
    assert contributor.takes_part == 1
    ngo = next(each for each in model.agents_by_type[Ngo] if each.active)
    ngo.withdraw()
    assert not ngo.active


def test_a_contributor_that_leaves_takes_its_people_home(model: PeacekeepingModel) -> None:
    for contributor in model.agents_by_type[Contributor]:
        contributor.leave()
    for _ in range(30):
        model.step()
    assert sum(mission.headcount for mission in model.agents_by_type[Mission]) == 0
