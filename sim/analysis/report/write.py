"""Make a report and write it into its results folder."""

import base64
import contextlib
import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sim.analysis.report.gather import chosen_outcomes, drawn_outcomes, meanings, steps_of
from sim.analysis.report.page import render
from sim.analysis.report.parts import Picture, Section
from sim.analysis.report.tables import as_csv, as_latex
from sim.analysis.study.study import Study
from sim.core.errors import ResultsError

PAGE, FIGURES, TABLES = "report.html", "figures", "tables"


class Written(NamedTuple):
    """What a report consists of."""

    page: Path
    figures: int
    tables: int


def write_report(
    folder: str | Path,
    outcomes: Sequence[str] = (),
    progress: Callable[[int, int], Any] | None = None,
) -> Written:
    """Write ``report.html``, ``figures/`` (PNG and SVG) and ``tables/`` (CSV and LaTeX) into a results folder.

    Parameters
    ----------
    folder : str or Path
        Of a sweep or of ``run``.
    outcomes : sequence of str
        Which get figures; those of the experiment, or the usual ones, where left out.
    progress : callable, optional
        Called with the parts done and the parts in all.

    Returns
    -------
    Written
        The page, and how many figures and tables it has.

    Raises
    ------
    ResultsError
        If the folder is not there or damaged, or cannot be written.
    InputError
        If there is no such outcome.

    Examples
    --------
    >>> write_report("results/clear_mandate").page  # doctest: +SKIP
    """
    study = Study.open(folder)
    chosen = chosen_outcomes(study, tuple(outcomes))
    drawn = drawn_outcomes(study, chosen, tuple(outcomes))
    steps, sections = list(steps_of(study, chosen, drawn)), []
    for done, step in enumerate(steps):
        sections += [section for section in step() if section]
        if progress:
            progress(done + 1, len(steps))
    images = {picture.name: picture.chart.png() if picture.chart else picture.png for picture in pictures_of(sections)}
    inlined = {name: "data:image/png;base64," + base64.b64encode(data).decode() for name, data in images.items()}
    page = render(study, sections, inlined, meanings(chosen))
    folder = Path(folder)
    n_tables = 0
    try:
        for picture in pictures_of(sections):
            if picture.chart:
                put(folder / FIGURES / f"{picture.name}.png", images[picture.name])
                put(folder / FIGURES / f"{picture.name}.svg", picture.chart.svg())
        for section in sections:
            for grid in section.grids:
                put(folder / TABLES / f"{grid.name}.csv", as_csv(grid.frame).encode())
                put(folder / TABLES / f"{grid.name}.tex", as_latex(grid).encode())
                n_tables += 1
        put(folder / PAGE, page.encode())
    except OSError as error:
        raise ResultsError(f"the report could not be written into {folder}: {error.strerror or error}") from error
    return Written(folder / PAGE, len(images), n_tables)


def pictures_of(sections: list[Section]) -> Iterator[Picture]:
    """Give all figures in their order."""
    for section in sections:
        yield from section.pictures


def put(path: Path, data: bytes) -> None:
    """Write a file whole under another name, then rename it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.partial-{uuid.uuid4().hex[:8]}")
    try:
        draft.write_bytes(data)
        os.replace(draft, path)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
