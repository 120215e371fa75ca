"""Before a sweep: how long it will take, and how many replicates a wanted interval needs, from a small pilot."""

import math
from typing import NamedTuple

import numpy as np

from sim.experiment.executors import Crew
from sim.experiment.plan import Plan
from sim.experiment.stopping import half_width, replicates_needed
from sim.experiment.work import attempt

PILOT_ROWS = 3  # first, middle and last of the design
PILOT_REPLICATES = 10
WANTED_SHARE = 0.1  # of the mean, where the experiment does not say what is wanted


class Need(NamedTuple):
    """What the pilot says about one outcome, in the row where it varies most.

    ``expected`` is the half width of the 95 % interval of a row's mean, or paired difference, with the replicates that
    are planned; ``needed`` the replicates for the half width ``wanted``, 0 where the pilot cannot tell.
    """

    outcome: str
    mean: float
    spread: float
    expected: float
    wanted: float
    needed: int


class Estimate(NamedTuple):
    """What a sweep will take."""

    runs: int
    seconds_a_run: float
    workers: int
    needs: tuple[Need, ...]
    errors: tuple[str, ...]

    @property
    def seconds(self) -> float:
        """Time that it will take on this machine."""
        return self.runs * self.seconds_a_run / self.workers


def estimate(plan: Plan, workers: int | None = None) -> Estimate:
    """Run a small pilot: a few rows of the design, both arms, a few replicates each."""
    rows = sorted({0, plan.n_rows // 2, plan.n_rows - 1})[:PILOT_ROWS]
    n = min(PILOT_REPLICATES, plan.recipe.replicates)
    crew = Crew("threads", workers)
    times: list[float] = []
    errors: list[str] = []
    samples: list[dict[str, np.ndarray]] = []
    try:
        for row in rows:
            arms = []
            for arm in range(len(plan.recipe.arms)):
                try:
                    scenario = plan.recipe.scenario(plan.point(row), arm)
                except Exception as error:
                    errors.append(f"row {row}: {error}")
                    continue
                seeds = [plan.recipe.run(plan.number(row, arm, replicate)).seed for replicate in range(n)]
                jobs = [crew.submit(attempt, scenario, seed, plan.recipe) for seed in seeds]
                answers = [job.result() for job in jobs]
                times += [answer.seconds for answer in answers][1:] or [answers[0].seconds]
                errors += [f"row {row}: {answer.error}" for answer in answers if answer.error]
                arms.append(_columns([answer.outcomes for answer in answers], plan.recipe.outcomes))
            if len(arms) == len(plan.recipe.arms):
                samples.append(_difference(arms))
    finally:
        crew.close()
    needs = tuple(_need(plan, name, [sample[name] for sample in samples]) for name in plan.recipe.outcomes)
    return Estimate(plan.n_runs, float(np.median(times)) if times else math.nan, crew.workers, needs, tuple(errors))


def _columns(outcomes: list[dict[str, float]], names: tuple[str, ...]) -> dict[str, np.ndarray]:
    return {name: np.array([each.get(name, math.nan) for each in outcomes]) for name in names}


def _difference(arms: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    """Give the paired difference of policy and contrast, or the policy where it stands alone."""
    if len(arms) == 1:
        return arms[0]
    return {name: values - arms[1][name] for name, values in arms[0].items()}


def _need(plan: Plan, name: str, samples: list[np.ndarray]) -> Need:
    stop = plan.experiment.design.stop
    good = [values[np.isfinite(values)] for values in samples]
    good = [values for values in good if len(values) > 1]
    if not good:
        return Need(name, math.nan, math.nan, math.nan, math.nan, 0)
    widest = max(good, key=lambda values: float(values.std(ddof=1)))
    mean, spread = float(widest.mean()), float(widest.std(ddof=1))
    wanted = stop.half_width if stop and stop.outcome == name else WANTED_SHARE * abs(mean)
    confidence = stop.confidence if stop else 0.95
    shrink = math.sqrt(len(widest) / plan.recipe.replicates)
    needed = replicates_needed(widest, wanted, confidence)
    return Need(name, mean, spread, half_width(widest, confidence) * shrink, wanted, needed)
