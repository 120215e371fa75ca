"""The same rules as an ordinary Mesa model: objects that act one by one, lists, Mesa's own random numbers.

It covers thirteen of the processes, rule for rule and with the same parameters: births, head count, tasking,
presence, group strategy, band movement, clashes, one-sided violence, control, displacement, recruitment, feelings
and observation, which is Mesa's data collector.
It starts from the same country. It is written as a modeller would who knows Mesa 3 well: who can reach whom
is worked out once, agents are activated by type, nothing is looked up twice in a loop. It leaves out the
event log, the accounts of people and the border, which the engine has beside the rules.
"""

import math

import mesa
from mesa.discrete_space import OrthogonalMooreGrid
from ordinary_armed import Band, Group
from ordinary_people import Community, Unit
from ordinary_records import collector

from sim.scenario.scenario import Scenario
from sim.world.build import build_world
from sim.world.kinds import BandStatus, UnitStatus

PROCESSES = (
    "births", "head_count", "tasking", "presence", "group_strategy", "band_movement", "clashes",
    "one_sided_violence", "control", "displacement", "recruitment", "feelings", "observation",
)  # fmt: skip


class OrdinaryModel(mesa.Model):
    """A country at war with a mission in it, in plain Python."""

    def __init__(self, scenario: Scenario, seed: int):
        super().__init__(seed=seed)
        world = build_world(scenario, seed)
        self.p, self.week = scenario.parameters, 0
        self.cell_km = scenario.map.cell_km
        self.area = self.cell_km**2 / 1000.0
        size = (len(scenario.rows), len(scenario.rows[0]))
        self.grid = OrthogonalMooreGrid(size, torus=False, random=self.random)
        self.legitimacy, self.inclusion = scenario.peace.inclusion, world.peace.inclusion.tolist()
        self.counts = dict.fromkeys(("battle_deaths", "civilians_killed", "fled", "recruited", "deserted"), 0)
        self.groups = [Group(self, row, world.groups) for row in range(len(world.groups.kind))]
        self.communities = [Community(self, row, world) for row in range(len(world.geography.row))]
        self.capital = self.communities[world.geography.capital[0]]
        self.place_people(world)
        self.datacollector = collector()

    def place_people(self, world) -> None:
        """Tell communities whom they can reach, and put bands and units on the map."""
        ground = world.geography
        for here in self.communities:
            cells = ground.reach_cell[ground.reach_start[here.number] : ground.reach_start[here.number + 1]]
            here.reach = [
                (
                    self.communities[cell],
                    float(ground.patrol_weight[r]),
                    float(ground.sway_weight[r]),
                    float(ground.flight_weight[r]),
                )
                for r, cell in enumerate(cells, ground.weight_start[here.number])
            ]
            here.neighbours = [self.communities[d] for d in ground.neighbours[here.number] if d >= 0]
        self.camps = [self.communities[d] for d in ground.camp_cells]
        for row in range(len(world.bands.status)):
            if world.bands.status[row] != BandStatus.DISPERSED:
                group, where = self.groups[world.bands.group[row]], self.communities[world.bands.cell[row]]
                Band(self, group, where, int(world.bands.fighters[row]))
        m = world.missions
        self.mission = {
            name: float(getattr(m, name)[0])
            for name in ("clarity", "leadership", "coordination", "training", "assessment", "force")
        }
        self.effort = m.effort[0].tolist()
        for row in range(len(world.units.status)):
            if world.units.status[row] == UnitStatus.DEPLOYED:
                Unit(self, row, world)

    def step(self) -> None:
        """Let everybody act, kind by kind, in the engine's order."""
        bands, units = self.agents_by_type[Band], self.agents_by_type[Unit]
        communities, groups = self.agents_by_type[Community], self.agents_by_type[Group]
        communities.do("grow")
        self.assign(units)
        communities.do("forget_presence")
        units.do("work")
        communities.do("weigh_presence")
        groups.do("plan")
        bands.do("march")
        bands.do("meet")
        communities.do("forget_bands")
        groups.do("count")
        bands.do("press")
        self.fights = []
        bands.do("seek")
        self.fight()
        bands.do("kill_civilians")
        communities.do("look_round")
        communities.do("shift_control")
        communities.do("weigh_refuge")
        communities.do("flee")
        communities.do("take_in")
        if self.week % 4 < len(self.communities[0].residents):
            self.go_home(self.week % 4)
            communities.do("settle", self.week % 4)
        groups.do("recruit")
        bands.do("desert")
        communities.do("forget")
        communities.do("remember")
        communities.do("feel")
        self.datacollector.collect(self)
        self.week += 1

    def fight(self) -> None:
        """Let the bands that sought a fight have it, in the order of chance, each band once."""
        busy = set()
        for _, _, band, foe in sorted(self.fights, key=lambda fight: fight[:2]):
            if band not in busy and foe not in busy:
                busy.update((band, foe))
                band.clash(foe, self.p.clashes)

    def assign(self, units) -> None:
        """Send the units that are due to the cells that want them most."""
        p = self.p.tasking
        cycle = max(1, int(p.cycle_weeks / max(0.1, self.mission["leadership"])))
        turn = self.week // cycle % p.turns
        due = [u for u in units if u.arrived == self.week or (self.week % cycle == 0 and u.row % p.turns == turn)]
        for component in {u.component for u in due}:
            base = [here.wish(component) for here in self.communities]
            others = cover([u for u in units if u.component == component], len(base))
            contributor, own = None, []
            for unit in [u for u in due if u.component == component]:
                if unit.contributor != contributor:
                    contributor = unit.contributor
                    own = cover([u for u in units if u.contributor == contributor], len(base))
                unit.choose_base(base, others, own, p, self.mission["coordination"])

    def people(self) -> float:
        """Return the people of the country."""
        return sum(here.people for here in self.communities)

    def briefed(self, proximity: float) -> float:
        """Return what a unit knows of a place that is new to it."""
        return proximity + (1.0 - proximity) * self.p.tasking.briefing * self.mission["assessment"]

    def go_home(self, g: int) -> None:
        """Let displaced people of an identity group go back to homes that have become safe."""
        homes = [(here, here.empty_homes[g]) for here in self.communities if here.empty_homes[g] > 0]
        safe = sum(n * here.welcome() for here, n in homes)
        if safe <= 0.0:
            return
        share = min(1.0, 4 * self.p.displacement.return_per_week * safe / sum(n for _, n in homes))
        people = 0
        for here in self.communities:
            some = min(here.hosted[g], self.rounded(here.hosted[g] * share))
            here.hosted[g] -= some
            people += some
        running, placed, offset = 0.0, 0, self.random.random()
        for here, n in homes:
            running += n * here.welcome()
            due = min(people, int(people * running / safe + offset))
            here.residents[g] += due - placed
            here.empty_homes[g] = max(0, n - (due - placed))
            placed = due

    def rounded(self, x: float) -> int:
        """Round up or down at random, right on average."""
        whole = math.floor(x)
        return whole + (self.random.random() < x - whole)

    def distance_km(self, here: Community, there: Community) -> float:
        """Return the distance of two communities."""
        return self.cell_km * math.hypot(here.spot[0] - there.spot[0], here.spot[1] - there.spot[1])


def cover(units: list[Unit], n_cells: int) -> list[float]:
    """Return the patrols of some units by cell."""
    covered = [0.0] * n_cells
    for unit in units:
        unit.cover(covered, 1.0)
    return covered
