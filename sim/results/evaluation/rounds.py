"""When the survey is taken, and its rounds over a run."""

from typing import TYPE_CHECKING

import numpy as np

from sim.results.columns import Columns, numbers, texts
from sim.results.evaluation.frame import QUESTION_NAMES, final_frame, kept_frame
from sim.results.evaluation.survey import Round, field
from sim.results.measures.war import exit_week

if TYPE_CHECKING:
    from sim.results.result import Result
    from sim.results.trace import Trace


def occasions(trace: "Trace") -> dict[int, str]:
    """Return the weeks of rounds and what each is for.

    One before the main mission starts (at the start of the run where it is there already, or where there is none),
    one every ``every_weeks`` from then on, one in the last week with peacekeepers and one in the last week of all.
    """
    starts = trace.world.missions.start_week
    first = max(0, int(starts[0])) if len(starts) else 0
    weeks = dict.fromkeys(range(first, trace.weeks, trace.scenario.evaluation.every_weeks), "yearly")
    left = exit_week(trace)
    last = {trace.weeks - 1: "end"} | ({left - 1: "exit"} if left > 0 else {})
    return dict(sorted((weeks | {min(first, trace.weeks - 1): "before"} | last).items()))


def rounds(result: "Result") -> tuple[Round, ...]:
    """Take the survey at every occasion for which the run kept a map, and at its end.

    A round finds the country as the last map before it drew it, which by default is at most a quarter old.
    """
    trace, maps, design = result.trace, result.cells, result.scenario.evaluation
    deployed, found = trace["deployed"], {}
    for week, occasion in occasions(trace).items():
        if week == trace.weeks - 1:
            frame = final_frame(result.world, week, design)
        elif len(maps.weeks):
            frame = kept_frame(maps, int(maps.weeks.searchsorted(week, side="right")) - 1, design)
        else:
            continue
        known = (deployed[: frame.week + 1] > 0.0).any()
        names = QUESTION_NAMES if known else tuple(name for name in QUESTION_NAMES if name != "trust_mission")
        # Two occasions between two maps are one round.
        found[frame.week] = field(frame, design, result.seed, occasion, names)
    return tuple(found.values())


def answer_columns(result: "Result") -> Columns:
    """Make one row a respondent: round, week, occasion, cluster, cell and every answer, 1 for yes and 0 for no."""
    columns: dict[str, list[np.ndarray]] = {}
    for number, taken in enumerate(each for each in result.survey if each.respondents):
        n, size, _ = taken.answers.shape
        row = {
            "round": np.full(n * size, number),
            "week": np.full(n * size, taken.week),
            "occasion": np.full(n * size, taken.occasion),
            "cluster": np.repeat(np.arange(n), size),
            "cell": np.repeat(taken.places, size),
            "respondent": np.tile(np.arange(size), n),
            # Not as truth values, of which Arrow packs eight in a byte.
            **{name: taken.answers[:, :, q].reshape(-1).astype(np.int8) for q, name in enumerate(QUESTION_NAMES)},
        }
        for name, values in row.items():
            columns.setdefault(name, []).append(values)
    whole = {name: np.concatenate(parts) for name, parts in columns.items()}
    return {name: texts(each.tolist()) if each.dtype.kind == "U" else numbers(each) for name, each in whole.items()}
