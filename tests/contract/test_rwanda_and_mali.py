"""Rwanda and Mali are drawn where they are, with the people who lived there."""

import pytest

from sim.scenario.load import load_scenario
from sim.scenario.scenario import Scenario
from tests.contract.test_scenarios import cells, county_of, neighbours, town

OURS = ("unamir", "minusma")
OFFICIAL_KM2 = {"unamir": 24_668, "minusma": 1_241_238}  # Rwanda without its lakes
PEOPLE = {"unamir": 7_981_132, "minusma": 16_957_033 - 150_000}  # World Bank; Mali less the refugees abroad

# km2 of the prefectures of 1991 and of the regions of 2009, joined where the maps cut them otherwise. Prefectures on
# Lake Kivu count their part of the lake, which is not drawn.
AREAS = {
    "unamir": {
        ("Butare",): 1_837,
        ("Gikongoro",): 2_057,
        ("Gitarama",): 2_187,
        ("Cyangugu",): 1_845,
        ("Gisenyi",): 2_050,
        ("Kibuye",): 1_705,
        ("Kigali",): 3_234,
        ("Byumba", "Northern strip", "Akagera park", "Kibungo", "Ruhengeri"): 10_470,
    },
    "minusma": {
        ("Kayes",): 119_743,
        ("Koulikoro", "Bamako District"): 96_100,
        ("Sikasso",): 70_280,
        ("Segou",): 64_821,
        ("Mopti: inner delta", "Mopti: Dogon plateau, Seno and Douentza"): 79_017,
        ("Timbuktu: river and lakes", "Timbuktu: Taoudenni and the desert"): 496_611,
        ("Gao", "Menaka"): 170_572,
        ("Kidal",): 151_430,
    },
}

# Differences of longitude and latitude from published coordinates, in km.
DISTANCES = [
    ("unamir", "Butare town", "Kigali town", -36, -71),
    ("unamir", "Gisenyi town", "Kigali town", -90, 28),
    ("unamir", "Cyangugu town", "Kigali town", -128, -59),
    ("unamir", "Byumba town", "Kigali town", 1, 42),
    ("unamir", "Rusumo", "Kigali town", 77, -47),
    ("unamir", "Ruhengeri town", "Gisenyi town", 42, 22),
    ("minusma", "Gao town", "Bamako", 853, 404),
    ("minusma", "Kidal town", "Gao town", 154, 240),
    ("minusma", "Timbuktu town", "Mopti", 116, 248),
    ("minusma", "Kayes town", "Bamako", -371, 200),
    ("minusma", "Menaka town", "Gao town", 261, -39),
]


@pytest.fixture(scope="module", params=OURS)
def ours(request: pytest.FixtureRequest) -> Scenario:
    return load_scenario(request.param)


def area(scenario: Scenario, names: tuple[str, ...]) -> float:
    """Sum the drawn area of some regions in km2."""
    drawn = sum(1 for _, _, letter in cells(scenario) if county_of(scenario, letter) in names)
    return drawn * scenario.map.cell_km**2


def test_country_has_its_area_and_its_people(ours: Scenario) -> None:
    km2 = sum(1 for _ in cells(ours)) * ours.map.cell_km**2
    assert km2 == pytest.approx(OFFICIAL_KM2[ours.id], rel=0.03)
    assert sum(region.population for region in ours.regions.values()) == pytest.approx(PEOPLE[ours.id], rel=0.01)


def test_regions_have_their_area(ours: Scenario) -> None:
    for names, km2 in AREAS[ours.id].items():
        assert area(ours, names) == pytest.approx(km2, rel=0.25), names


def test_country_is_one_piece_and_places_touch_their_region(ours: Scenario) -> None:
    drawn = {(row, column): letter for row, column, letter in cells(ours)}
    left = set(drawn)
    edge = [left.pop()]
    while edge:
        near = left.intersection(neighbours(*edge.pop()))
        left -= near
        edge.extend(near)
    assert not left
    for (row, column), letter in drawn.items():
        # A town that is a region of its own has no land to touch.
        own = ours.places[letter].region if letter in ours.places else letter
        if own in drawn.values():
            near = {county_of(ours, drawn[at]) for at in neighbours(row, column) if at in drawn}
            assert ours.regions[own].name in near


def test_displaced_fit_into_the_regions_that_host_them(ours: Scenario) -> None:
    for region in ours.regions.values():
        assert region.displaced < region.population


def test_no_parameter_is_changed_for_a_mission(ours: Scenario) -> None:
    assert ours.parameters == type(ours.parameters)()


@pytest.mark.parametrize(("name", "one", "other", "east_km", "north_km"), DISTANCES)
def test_towns_lie_where_they_lie(name: str, one: str, other: str, east_km: float, north_km: float) -> None:
    scenario = load_scenario(name)
    (x, y), (x0, y0) = town(scenario, one), town(scenario, other)
    reach = 1.5 * scenario.map.cell_km  # a cell for both ends, and the bend of the earth
    assert x - x0 == pytest.approx(east_km, abs=reach)
    assert y - y0 == pytest.approx(north_km, abs=reach)
