"""Every bundled scenario loads and holds together; Liberia is drawn where Liberia is."""

from collections.abc import Iterator

import pytest

from sim.scenario.load import list_scenarios, load_scenario
from sim.scenario.scenario import Scenario

OURS = ("ceasefire_line", "fragile_peace", "unmil")
OFFICIAL_KM2 = 111_369
PEOPLE_2003 = 3_119_532  # World Bank

# km2, LISGIS, census of 2008; they sum to the dry land, and the map is drawn to the official area.
COUNTIES = {
    "Bomi": 1_955,
    "Bong": 8_769,
    "Gbarpolu": 9_685,
    "Grand Bassa": 7_932,
    "Grand Cape Mount": 5_162,
    "Grand Gedeh": 10_276,
    "Grand Kru": 3_894,
    "Lofa": 9_982,
    "Margibi": 2_615,
    "Maryland": 2_296,
    "Montserrado": 1_909,
    "Nimba": 11_551,
    "River Cess": 5_594,
    "River Gee": 5_113,
    "Sinoe": 10_137,
}


@pytest.fixture(scope="module")
def liberia() -> Scenario:
    return load_scenario("unmil")


def cells(scenario: Scenario) -> Iterator[tuple[int, int, str]]:
    """Give row, column and letter of every cell of the country."""
    for row, line in enumerate(scenario.rows):
        for column, letter in enumerate(line):
            if letter.isalnum():
                yield row, column, letter


def county_of(scenario: Scenario, letter: str) -> str:
    """Name the region of a cell, be it drawn as region or as place."""
    region = scenario.places[letter].region if letter in scenario.places else letter
    return scenario.regions[region].name


def town(scenario: Scenario, name: str) -> tuple[float, float]:
    """Give a town's place on the map in km east and north of the map's south-west corner."""
    letter = next(each for each, place in scenario.places.items() if place.name.startswith(name))
    row, column = next((row, column) for row, column, found in cells(scenario) if found == letter)
    return column * scenario.map.cell_km, (len(scenario.rows) - row) * scenario.map.cell_km


def neighbours(row: int, column: int) -> Iterator[tuple[int, int]]:
    """Give the eight cells round one cell."""
    for down in (-1, 0, 1):
        for right in (-1, 0, 1):
            if down or right:
                yield row + down, column + right


def test_ours_are_bundled() -> None:
    assert set(OURS) <= set(list_scenarios())


@pytest.mark.parametrize("name", list_scenarios())
def test_bundled_scenario_loads_under_its_own_name(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.id == name
    assert scenario.about.sources
    assert scenario.about.teaches
    assert scenario.about.questions


@pytest.mark.parametrize("name", OURS)
def test_place_touches_its_region(name: str) -> None:
    scenario = load_scenario(name)
    drawn = {(row, column): letter for row, column, letter in cells(scenario)}
    for (row, column), letter in drawn.items():
        if letter in scenario.places:
            near = {county_of(scenario, drawn[at]) for at in neighbours(row, column) if at in drawn}
            assert county_of(scenario, letter) in near, scenario.places[letter].name


@pytest.mark.parametrize("name", OURS)
def test_country_is_one_piece(name: str) -> None:
    left = {(row, column) for row, column, _ in cells(load_scenario(name))}
    edge = [left.pop()]
    while edge:
        near = left.intersection(neighbours(*edge.pop()))
        left -= near
        edge.extend(near)
    assert not left


@pytest.mark.parametrize("name", OURS)
def test_mission_can_arrive_and_has_someone_to_send(name: str) -> None:
    scenario = load_scenario(name)
    assert scenario.mission is not None
    assert any(place.entry for place in scenario.places.values())
    first = scenario.mission.mandate.authorised[0]
    # Re-hatted partners count towards the ceiling of the main mission.
    troops = sum(c.pledged for c in scenario.contributors if c.component in ("military", "enablers"))
    assert first.military < troops < 1.15 * first.military


@pytest.mark.parametrize("name", OURS)
def test_displaced_fit_into_the_regions_that_host_them(name: str) -> None:
    for region in load_scenario(name).regions.values():
        assert region.displaced < region.population


def test_liberia_has_its_official_area(liberia: Scenario) -> None:
    km2 = sum(1 for _ in cells(liberia)) * liberia.map.cell_km**2
    assert km2 == pytest.approx(OFFICIAL_KM2, rel=0.05)


def test_liberia_has_its_fifteen_counties(liberia: Scenario) -> None:
    assert {region.name for region in liberia.regions.values()} == set(COUNTIES)


@pytest.mark.parametrize("county", COUNTIES)
def test_county_has_its_area(liberia: Scenario, county: str) -> None:
    drawn = sum(1 for _, _, letter in cells(liberia) if county_of(liberia, letter) == county)
    assert drawn * liberia.map.cell_km**2 == pytest.approx(COUNTIES[county], rel=0.20)


def test_liberia_has_its_people(liberia: Scenario) -> None:
    people = {region.name: region.population for region in liberia.regions.values()}
    assert sum(people.values()) == pytest.approx(PEOPLE_2003, rel=0.01)
    assert max(people, key=people.__getitem__) == "Montserrado"
    assert 300_000 <= sum(region.displaced for region in liberia.regions.values()) <= 500_000


@pytest.mark.parametrize(
    ("one", "other", "east_km", "north_km"),
    [
        # Differences of longitude and latitude from published coordinates, times 110 km a degree.
        ("Zwedru", "Monrovia", 294, -27),
        ("Voinjama", "Monrovia", 116, 233),
        ("Harper", "Monrovia", 339, -214),
        ("Gbarnga", "Monrovia", 146, 76),
        ("Tubmanburg", "Monrovia", -2, 62),
        ("Buchanan", "Monrovia", 85, -47),
        ("Ganta", "Gbarnga", 54, 26),
        ("Greenville", "Zwedru", -100, -117),
    ],
)
def test_towns_lie_where_they_lie(liberia: Scenario, one: str, other: str, east_km: float, north_km: float) -> None:
    (x, y), (x0, y0) = town(liberia, one), town(liberia, other)
    # One cell for each end, and the drawing is a twentieth too large.
    reach = 2 * liberia.map.cell_km
    assert x - x0 == pytest.approx(east_km, rel=0.05, abs=reach)
    assert y - y0 == pytest.approx(north_km, rel=0.05, abs=reach)


def test_harper_is_the_south_east_tip(liberia: Scenario) -> None:
    x, y = town(liberia, "Harper")
    every = [town(liberia, place.name) for place in liberia.places.values()]
    assert y == min(north for _, north in every)
    assert x >= sorted(east for east, _ in every)[-2]
    assert town(liberia, "Voinjama")[1] == max(north for _, north in every)
