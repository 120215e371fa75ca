"""Single runs of a sweep again, as rows of its table, for those who check it."""

import io
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from sim.core.cores import cores
from sim.experiment.runner import part
from sim.experiment.study import plan_of
from sim.experiment.work import warm_up, work

AT_A_TIME = 200  # runs between looks at the reader, who stops at the first that is another


def rerun(folder: Path, numbers: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Run some runs of a sweep again, on all cores.

    Parameters
    ----------
    folder : Path
        The sweep's results; the plan is made from the experiment and the design in it.
    numbers : sequence of int
        As in the column ``run`` of its table.

    Yields
    ------
    dict
        One row of the table of runs for each number, in their order.
    """
    plan = plan_of(folder)
    warm_up(plan.recipe)
    with ThreadPoolExecutor(cores()) as pool:
        for start in range(0, len(numbers), AT_A_TIME):
            chunks = [part(plan, number, 1) for number in numbers[start : start + AT_A_TIME]]
            for done in pool.map(work, chunks):
                yield from pq.read_table(io.BytesIO(done.runs)).to_pylist()
