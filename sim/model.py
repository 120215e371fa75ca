"""The laboratory as a Mesa model: steps week by week through the engine's own compiled chain."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from typing import Any

import mesa
from mesa.agent import AgentSet

from sim.agents.collector import WeeklyCollector
from sim.agents.ground import Ground
from sim.agents.seeds import iteration_of_batch, seed_of
from sim.agents.view import View
from sim.agents.views import KINDS, Views
from sim.core.compile import compile_schedule
from sim.core.process import Process, process
from sim.core.seeds import MAX_SEED, whole
from sim.engine.run import chain, lengthen, switches
from sim.engine.step import SCHEDULE
from sim.scenario.load import load_scenario
from sim.scenario.paths import nearest
from sim.scenario.scenario import Scenario
from sim.world.build import build_world
from sim.world.rates import build_rates
from sim.world.tables import World


class PeacekeepingModel(mesa.Model):
    """One country and its missions, week by week, bit for bit as the engine runs them.

    Parameters
    ----------
    scenario : str, path or Scenario
        A bundled scenario, a file, or a scenario. ``mesa.batch_run`` takes iterable arguments apart, a
        Scenario among them: give it there inside a list.
    seed, rng : int, optional
        Key of all chance, by either of Mesa's names; anything else that Mesa takes as ``rng`` is asked for
        one number. Where both are left out it is the scenario's own, and in ``mesa.batch_run`` with
        ``iterations`` the scenario's own plus the number of the iteration.
    weeks : int, optional
        Length of the run, the scenario's own where left out.
    stride : int
        Weeks between kept maps, 0 for none.
    schedule : tuple of Process
        The week, in order.
    **overrides
        New values by dotted path, as for ``Scenario.override``: ``**{"mission.mandate.clarity": 0.4}``.

    Attributes
    ----------
    scenario : Scenario
    seed : int
    world : World
        The tables. The arrays may be written between weeks; the event log alone is replaced as it grows.
    rates : Rates
    schedule : tuple of Process
    datacollector : WeeklyCollector
        Every weekly series.

    Notes
    -----
    Agents and grid are made at the first look at them (``agents``, ``agents_by_type``, ``grid``); a model
    that nobody looks at does without. ``mesa.batch_run`` of Mesa 3.3 makes one step more than
    ``max_steps``; set ``weeks`` instead.

    Examples
    --------
    >>> model = PeacekeepingModel("unmil", seed=1)  # doctest: +SKIP
    >>> model.step()  # doctest: +SKIP
    >>> model.agents_by_type[Community].agg("trust_mission", np.mean)  # doctest: +SKIP
    """

    def __init__(
        self,
        scenario: str | os.PathLike[str] | Scenario = "unmil",
        seed: Any = None,
        rng: Any = None,
        *,
        weeks: int | None = None,
        stride: int = 0,
        schedule: tuple[Process, ...] = SCHEDULE,
        **overrides: Any,
    ) -> None:
        if weeks is not None:
            overrides["weeks"] = weeks
        self.scenario = resolve(scenario, overrides)
        if seed is None and rng is None:
            seed = min(MAX_SEED, self.scenario.about.seed + iteration_of_batch())
        if rng is None or whole(rng):
            seed, rng = seed_of(seed, rng), None
        super().__init__(seed=seed, rng=rng)
        self.seed = int(self.rng.integers(MAX_SEED)) if seed is None else seed
        # Mesa's wrapper of `step` counts steps, as `step` does here, and keeps a dropped model alive.
        del self.step, self._user_step
        self._n_numbered = 0
        self._views: Views | None = None
        self.world: World = build_world(self.scenario, self.seed, stride=stride)
        self.rates = build_rates(self.scenario.parameters)
        self._follow_schedule(tuple(schedule))
        self.datacollector: mesa.DataCollector = WeeklyCollector(self.world)

    @property
    def week(self) -> int:
        """Number of the week that the next step simulates, counted from 0."""
        return int(self.world.clock.week[0])

    @property
    def date(self) -> datetime.date:
        """First day of that week."""
        return self.scenario.date_of(self.week)

    def step(self) -> None:
        """Simulate one week; do nothing when the run is over."""
        week = self.week
        if week < self.scenario.weeks:
            self._advance(week + 1)
            self.steps = week + 1
            self.running = self.running and week + 1 < self.scenario.weeks
            if self._views is not None:
                self._views.follow(self)
            self.datacollector.collect(self)

    def add_process(
        self,
        step: Process | Callable[..., None],
        *,
        before: str = "",
        after: str = "",
        writes: tuple[str, ...] = (),
    ) -> Process:
        """Put a process into this model's week.

        Parameters
        ----------
        step : Process or function
            A function takes tables of the world by name, or the whole ``world``, and changes their arrays. It
            may use the model's agents too. It runs as plain Python, and the week then goes process by
            process instead of in one compiled call.
        before, after : str
            The process that it comes before or after; name one.
        writes : tuple of str
            What a function changes: ``table.column``, or ``table`` for all of it.

        Returns
        -------
        Process
        """
        if not isinstance(step, Process):
            step = process(writes=writes, compiled=False, name=step.__name__)(step)
        if bool(before) == bool(after):
            raise ValueError("say before= or after= which process")
        names = [each.name for each in self.schedule]
        if (before or after) not in names:
            raise ValueError(f"there is no process {before or after!r}; {nearest(before or after, names)}")
        at = names.index(before) if before else names.index(after) + 1
        self._follow_schedule((*self.schedule[:at], step, *self.schedule[at:]))
        return step

    @property
    def views(self) -> Views:
        """Agents and grid by row, made at the first look."""
        if self._views is None:
            self._views = Views(self)
            self._views.fill(self)
            for kind in KINDS:
                self._agents_by_type.setdefault(kind, AgentSet([], random=self.random))
        return self._views

    @property
    def grid(self) -> Ground:
        """The map as a Mesa grid, with the agents in its cells and property layers over the world."""
        return self.views.ground

    @property
    def agents(self) -> AgentSet:
        """All agents."""
        return self.views and self._all_agents

    @property
    def agent_types(self) -> list[type]:
        """The types of agents."""
        return self.views and super().agent_types

    @property
    def agents_by_type(self) -> dict[type[mesa.Agent], AgentSet]:
        """The agents of each type."""
        return self.views and self._agents_by_type

    def register_agent(self, agent: mesa.Agent) -> None:
        """Number an agent and take it in."""
        # Mesa counts agents in a table that keeps every model alive.
        mesa.Agent._ids.pop(self, None)
        self._n_numbered += 1
        agent.unique_id = self._n_numbered
        super().register_agent(agent)

    def __getstate__(self) -> dict[str, Any]:
        """Leave the grid and the agents that are views out of copies, which make their own at the first look."""
        own = {kind: list(agents) for kind, agents in self._agents_by_type.items() if not issubclass(kind, View)}
        everybody = [agent for agents in own.values() for agent in agents]
        return {
            **self.__dict__,
            "_views": None,
            "_agents": dict.fromkeys(everybody),
            "_agents_by_type": {kind: AgentSet(agents, random=self.random) for kind, agents in own.items()},
            "_all_agents": AgentSet(everybody, random=self.random),
        }

    def close(self) -> None:
        """Let go of agents and grid, so that a model that is dropped frees its memory at once.

        Without it the garbage collector finds the memory some time later. The world and the collected data
        stay; a later look at the agents makes new ones.
        """
        if self._views is not None:
            self._views.ground.clear()
        self._views = None
        self._agents.clear()
        self._agents_by_type.clear()
        self._all_agents = AgentSet([], random=self.random)

    def _follow_schedule(self, schedule: tuple[Process, ...]) -> None:
        # A chain of one's own is not shared: it may hold functions that hold this model.
        standard = schedule == SCHEDULE
        weeks = chain(SCHEDULE) if standard else compile_schedule(schedule, self.world, self.rates)
        self._weeks, self.schedule = weeks, schedule
        self._on = switches(self.scenario, schedule)

    def _advance(self, until: int) -> None:
        self._weeks(self.world, self.rates, self._on, until)
        if self.world.clock.halt[0]:
            self.world = self.world._replace(log=lengthen(self.world.log))
            self.world.clock.halt[0] = 0


def resolve(scenario: Any, overrides: dict[str, Any]) -> Scenario:
    """Return the scenario that is meant, with new values.

    Raises
    ------
    TypeError
        If it is neither a name, a path nor a scenario.
    """
    if isinstance(scenario, Scenario):
        return scenario.override(overrides, origin="PeacekeepingModel")
    if isinstance(scenario, str | os.PathLike):
        return load_scenario(scenario, overrides, origin="PeacekeepingModel")
    raise TypeError(
        f"a scenario is a name, a path or a Scenario, not a {type(scenario).__name__}; "
        "in mesa.batch_run give a Scenario inside a list, for it takes iterable values apart"
    )
