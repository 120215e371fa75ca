"""What a report is made of: sections of figures, tables and notes."""

from dataclasses import dataclass, field

import pandas as pd

from sim.analysis.plots.study.chart import Chart


@dataclass(frozen=True)
class Picture:
    """A figure with what it shows.

    Parameters
    ----------
    name
        Of its files, without suffix.
    title, caption
    chart
        The figure; or ``png``, the bytes of one drawn before.
    source
        Estimator and tables that it comes from, for the line of provenance below it.
    """

    name: str
    title: str
    caption: str
    chart: Chart | None = None
    png: bytes = b""
    source: str = ""

    @property
    def width(self) -> int:
        """Width on the page, in its pixels."""
        return round(100.0 * self.chart.figure.get_figwidth()) if self.chart else 1000


@dataclass(frozen=True)
class Grid:
    """A table with what it says.

    Parameters
    ----------
    name
        Of its files, without suffix.
    title, caption
    frame
        Numbers as numbers: they are rounded where they are shown, and whole in the CSV file.
    """

    name: str
    title: str
    caption: str
    frame: pd.DataFrame


@dataclass(frozen=True)
class Section:
    """One part of the page.

    Parameters
    ----------
    title
    pictures, grids
    notes
        Sentences: what could not be told and why, among others.
    """

    title: str
    pictures: list[Picture] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.pictures or self.grids or self.notes)
