"""Haiti and Somalia are drawn where they are: areas of their parts, people, and where towns lie."""

import pytest

from sim.scenario.load import load_scenario
from sim.scenario.scenario import Scenario

# km2: Haiti's departments after the statistical institute, less the islands of Gonave and Tortue, the capital's region
# counted with Ouest; Somalia's regions computed from the outlines of Natural Earth, for published figures contradict.
AREAS = {
    "minustah": {
        "Ouest": 4_292,
        "Sud-Est": 2_034,
        "Nord": 2_115,
        "Nord-Est": 1_623,
        "Artibonite": 4_887,
        "Centre": 3_487,
        "Sud": 2_654,
        "Grand'Anse": 1_912,
        "Nippes": 1_268,
        "Nord-Ouest": 1_923,
    },
    "amisom": {
        "Bay": 43_917,
        "Gedo": 46_369,
        "Bakool": 25_968,
        "Middle Juba": 18_869,
        "Lower Shabelle": 25_679,
        "Galguduud": 50_187,
        "Hiiraan": 34_441,
        "Middle Shabelle": 18_553,
        "Lower Juba": 48_761,
    },
}
PEOPLE = {"minustah": 8_910_263, "amisom": 6_168_000}  # World Bank 2004; UNFPA 2014 by region, scaled to 2007
TOWNS = {  # differences of longitude and latitude from published coordinates, in km east and north of the first town
    "minustah": [
        ("Port-au-Prince", "Cap-Haitien", 14, 134),
        ("Port-au-Prince", "Gonaives", -37, 100),
        ("Port-au-Prince", "Les Cayes", -149, -39),
        ("Port-au-Prince", "Jeremie", -188, 11),
        ("Port-au-Prince", "Hinche", 34, 67),
        ("Port-au-Prince", "Cite Soleil", 0, 5),
        ("Port-au-Prince", "Leogane", -31, -4),
        ("Jeremie", "Ouanaminthe", 252, 100),
    ],
    "amisom": [
        ("Mogadishu", "Kismayo", -310, -265),
        ("Mogadishu", "Baidoa", -188, 119),
        ("Mogadishu", "Beledweyne", -16, 299),
        ("Mogadishu", "Dhusamareb", 116, 387),
        ("Mogadishu", "Afgooye", -24, 11),
        ("Mogadishu", "Dolo", -362, 236),
        ("Kismayo", "Dhobley", -171, 85),
        ("Baidoa", "Hobyo", 541, 247),
    ],
}


def cell_of(scenario: Scenario, name: str) -> tuple[int, int]:
    """Return row and column of a town."""
    letter = next(each for each, place in scenario.places.items() if place.name == name)
    return next((row, line.index(letter)) for row, line in enumerate(scenario.rows) if letter in line)


@pytest.mark.parametrize("mission", AREAS)
def test_each_part_has_its_area(mission: str) -> None:
    """Within an eighth."""
    scenario = load_scenario(mission)
    drawn: dict[str, float] = {}
    for letter in "".join(scenario.rows):
        if letter.isalnum():
            home = letter if letter in scenario.regions else scenario.places[letter].region
            name = scenario.regions[home].name
            name = "Ouest" if name.startswith(("Ouest", "Port-au-Prince")) else name
            drawn[name] = drawn.get(name, 0.0) + scenario.map.cell_km**2
    for part, km2 in AREAS[mission].items():
        assert drawn[part] == pytest.approx(km2, rel=0.125), part


@pytest.mark.parametrize("mission", PEOPLE)
def test_everybody_is_there(mission: str) -> None:
    regions = load_scenario(mission).regions.values()
    assert sum(region.population for region in regions) == pytest.approx(PEOPLE[mission], rel=0.01)
    assert all(region.displaced < region.population for region in regions)


@pytest.mark.parametrize(
    ("mission", "one", "other", "east_km", "north_km"),
    [(mission, *town) for mission, towns in TOWNS.items() for town in towns],
)
def test_towns_lie_where_they_lie(mission: str, one: str, other: str, east_km: float, north_km: float) -> None:
    """To within a cell at each end."""
    scenario = load_scenario(mission)
    (row, column), (other_row, other_column) = cell_of(scenario, one), cell_of(scenario, other)
    km = scenario.map.cell_km
    assert (other_column - column) * km == pytest.approx(east_km, abs=1.5 * km)
    assert (row - other_row) * km == pytest.approx(north_km, abs=1.5 * km)


@pytest.mark.parametrize("mission", AREAS)
def test_the_country_is_one_piece(mission: str) -> None:
    rows = load_scenario(mission).rows
    left = {(r, c) for r, line in enumerate(rows) for c, letter in enumerate(line) if letter.isalnum()}
    edge = [left.pop()]
    while edge:
        r, c = edge.pop()
        near = {(r + down, c + right) for down in (-1, 0, 1) for right in (-1, 0, 1)} & left
        left -= near
        edge.extend(near)
    assert not left
