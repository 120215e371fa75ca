"""Small multiples of the recorded missions: a row for each mission, a column for each kind of figure."""

import datetime
import io
from pathlib import Path
from typing import Any

import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from PIL import Image

from experiments.missions import page, record
from sim.scenario.load import load_scenario
from sim.scenario.scenario import Scenario

BAND, MIDDLE, RECORD, OTHER = "#9fc1dd", "#1f5a8a", "#c2410c", "#d9d9d9"
TITLES = (
    "uniformed peacekeepers, 1,000",
    "deaths in a year",
    "displaced, 1,000",
    "peacekeepers dead so far",
    "cost so far, US$ bn",
)
STRENGTH = ("uniformed_share", "uniformed", "troops_share", "troops")
LOST = ("peacekeeper_deaths", "peacekeepers_killed", "peacekeepers_died")


def draw(kept: dict[str, Any], path: Path) -> None:
    """Draw every mission and write the picture."""
    fig, axes = plt.subplots(len(record.MISSIONS), len(TITLES), figsize=(15, 15.5), layout="constrained")
    for row, name in enumerate(record.MISSIONS):
        draw_mission(axes[row], name, kept["with"][name])
    for column, words in enumerate(TITLES):
        axes[0, column].set_title(words, fontsize=10)
    fig.suptitle(
        f"Blue: {kept['replicates']} futures, median and 5 % to 95 %. Orange: the recorded range, over its period. "
        "Dashed: troops alone; peacekeepers killed by hostile acts alone.",
        fontsize=11,
    )
    drawn = io.BytesIO()
    fig.savefig(drawn, dpi=84)
    plt.close(fig)
    # A few flat colours: a palette makes the file three times smaller.
    with Image.open(drawn) as image:
        image.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)


def draw_mission(axes: np.ndarray, name: str, runs: list[Any]) -> None:
    """Draw one row."""
    scenario, wanted = load_scenario(name), record.figures(name)
    weeks = record.stops(scenario, wanted)
    days = [scenario.date_of(week) for week in weeks]
    looks = np.array([run.looks for run in runs])
    own = looks[:, :, counted(scenario, wanted, STRENGTH)].sum(axis=2)
    lost = looks[:, :, counted(scenario, wanted, LOST)].sum(axis=2)
    paid = looks[:, :, counted(scenario, wanted, ("cost_usd",))].sum(axis=2)
    people = np.array([run.people for run in runs])
    abroad_too = any(figure.outcome == "forcibly_displaced" for figure in wanted)

    band(axes[0], days, own[..., :3].sum(axis=-1) / 1e3)
    if any(figure.outcome in STRENGTH[2:] for figure in wanted):
        band(axes[0], days, own[..., 0] / 1e3, dashed=True)
    deaths(axes[1], scenario, np.array([run.deaths for run in runs]))
    band(axes[2], days, (people.sum(axis=-1) if abroad_too else people[..., 0]) / 1e3)
    axes[2].annotate("inside and abroad" if abroad_too else "", (0.97, 0.9), xycoords="axes fraction", ha="right")
    band(axes[3], days, lost[..., 3:5].sum(axis=-1))
    band(axes[3], days, lost[..., 3], dashed=True)
    band(axes[4], days, paid[..., 5] / 1e9)
    for figure in (*wanted, *all_causes(wanted)):
        draw_figure(axes, scenario, figure)
    axes[0].set_ylabel(name.upper(), fontsize=11, fontweight="bold")
    first, last = scenario.about.start, scenario.date_of(scenario.weeks)
    for each in axes:
        each.set_xlim(first, last)
        each.set_ylim(bottom=0.0)
        each.xaxis.set_major_locator(mdates.AutoDateLocator(maxticks=5))
        each.xaxis.set_major_formatter(mdates.ConciseDateFormatter(each.xaxis.get_major_locator(), show_offset=False))
        each.tick_params(labelsize=8)
        each.spines[["top", "right"]].set_visible(False)
    if not any(is_total(figure) for figure in wanted):
        axes[4].annotate("no total on record", (0.03, 0.9), xycoords="axes fraction")


def all_causes(wanted: list[record.Figure]) -> list[record.Figure]:
    """Add up those killed and those who died of other causes, where the record has only these over one period."""
    killed = [figure for figure in wanted if figure.outcome == "peacekeepers_killed"]
    died = {(figure.start, figure.end): figure for figure in wanted if figure.outcome == "peacekeepers_died"}
    return [
        one._replace(outcome="peacekeeper_deaths", low=one.low + other.low, high=one.high + other.high)
        for one in killed
        if (other := died.get((one.start, one.end)))
    ]


def counted(scenario: Scenario, wanted: list[record.Figure], outcomes: tuple[str, ...]) -> np.ndarray:
    """Return the numbers of the missions that the figures of some outcomes count."""
    ids = {item for figure in wanted if figure.outcome in outcomes for item in figure.missions}
    ids |= {scenario.missions[0].id} if not ids else set()
    return np.array([number for number, mission in enumerate(scenario.missions) if mission.id in ids])


def is_total(figure: record.Figure) -> bool:
    """Tell whether a figure is the cost of more than a year."""
    return figure.outcome == "cost_usd" and (figure.end - figure.start).days > 400


def band(axes: Axes, days: list[datetime.date], values: np.ndarray, dashed: bool = False) -> None:
    """Draw median and range of some runs: values (runs, days)."""
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95), axis=0)
    axes.fill_between(days, low, high, color=BAND, alpha=0.7, linewidth=0)
    axes.plot(days, middle, color=MIDDLE, linewidth=1.2, linestyle="--" if dashed else "-")


def deaths(axes: Axes, scenario: Scenario, values: np.ndarray) -> None:
    """Draw deaths by calendar year on a scale that bends to logarithmic above ten."""
    first = scenario.about.start.year
    days = [datetime.date(first + number, 7, 1) for number in range(values.shape[1])]
    band(axes, days, values)
    axes.set_yscale("symlog", linthresh=10.0)


def draw_figure(axes: np.ndarray, scenario: Scenario, figure: record.Figure) -> None:
    """Draw the recorded range of one figure where it belongs."""
    scale = figure.of
    if figure.outcome in STRENGTH:
        mark(axes[0], figure, figure.low * scale / 1e3, figure.high * scale / 1e3)
    elif figure.outcome.startswith("deaths_"):
        years = max(1.0 / 12.0, ((figure.end - figure.start).days + 1) / 365.25)
        if page.compared(scenario, figure):
            mark(axes[1], figure, figure.low / max(years, 1.0), figure.high / max(years, 1.0))
    elif figure.outcome in ("displaced", "forcibly_displaced"):
        mark(axes[2], figure, figure.low / 1e3, figure.high / 1e3)
    elif figure.outcome in LOST[:2] and figure.start <= scenario.missions[0].start + datetime.timedelta(days=400):
        mark(axes[3], figure, figure.low, figure.high, at_end=True)
    elif is_total(figure):
        mark(axes[4], figure, figure.low / 1e9, figure.high / 1e9, at_end=True)


def mark(axes: Axes, figure: record.Figure, low: float, high: float, at_end: bool = False) -> None:
    """Draw a range: over its period, or as a bar on its last day."""
    if at_end or (figure.end - figure.start).days < 60:
        axes.plot([figure.end] * 2, [low, high], color=RECORD, linewidth=3.0, solid_capstyle="butt")
        axes.plot([figure.end], [(low + high) / 2.0], marker="_", color=RECORD, markersize=9)
        return
    axes.fill_between([figure.start, figure.end], low, high, facecolor=RECORD, alpha=0.35, edgecolor=RECORD)
