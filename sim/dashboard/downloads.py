"""What a page takes away: scenario, weekly table, figure, experiment."""

import io
import re
import shlex
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from sim.dashboard.choice import NO_MISSION, UPLOADED, Choice
from sim.dashboard.course import Course
from sim.dashboard.desk import View
from sim.dashboard.futures import Member, weekly_tables
from sim.dashboard.levers import levers, overrides
from sim.dashboard.midway import midway
from sim.results.result import Result
from sim.results.trace import COLUMN_OF
from sim.scenario.scenario import Scenario
from sim.scenario.write import toml_text

QUANTILES = (0.05, 0.5, 0.95)
REPLICATES = 100


def file_name(view: View, ending: str) -> str:
    """Name a download after its scenario and seed; nothing in it can be a path."""
    scenario = re.sub(r"[^a-z0-9_]", "", view.scenario.id)[:40] or "scenario"
    changed = "-changed" if view.choice.settings else ""
    changed += f"-from-week-{view.choice.from_week}" if view.choice.from_week else ""
    return f"{scenario}{changed}-seed{view.shown.result.seed}{ending}"


def scenario_file(view: View) -> bytes:
    """Return the scenario with its settings as a file that `peacesim run` takes.

    Of a world whose policy changes midway it is the past, with the command that lets the change hold from its week on.
    """
    past = view.course.trunk.scenario if view.course.trunk else view.scenario
    return (fork_remark(view) + past.to_toml()).encode("utf-8")


def fork_remark(view: View) -> str:
    """Say as comments how the command line runs what a page has forked; empty where it has not."""
    trunk = view.course.trunk
    if trunk is None:
        return ""
    known = midway(levers(trunk.scenario), trunk.scenario, trunk.week)
    changes = overrides(trunk.scenario, view.choice.settings, known)
    words = ["peacesim", "run", "FILE", "--seed", str(view.shown.result.seed), "--from-week", str(trunk.week)]
    for path, value in changes.items():
        words += ["--set", f"{path}={_said(value)}"]
    day = trunk.scenario.date_of(trunk.week)
    command = shlex.join(words).replace("FILE", file_name(view, ".toml"))
    return f"# Until {day} as written here; from then on (week {trunk.week}) with these changes:\n# {command}\n\n"


def _said(value: object) -> str:
    """Write a value as ``--set`` reads it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name} = {_said(each)}" for name, each in value.items()) + "}"
    return str(value).lower() if isinstance(value, bool) else f"{value}"


def weekly_file(view: View) -> bytes:
    """Return the weekly table of the run shown as CSV, beside it quantiles of the futures for every series."""
    import pandas as pd

    tables = [view.shown.result.weekly]
    if view.members:
        weekly = np.stack([member.weekly for member in view.members])
        for quantile in QUANTILES:
            names = [f"{name}_q{round(100 * quantile):02d}" for name in COLUMN_OF]
            tables.append(pd.DataFrame(np.quantile(weekly, quantile, axis=0), columns=names, index=tables[0].index))
    return pd.concat(tables, axis=1).to_csv(float_format="%.6g").encode("utf-8")


def figure_file(result: Result) -> bytes:
    """Return the summary figure of the run shown as PNG."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "figure.png"
        result.plot(path)
        return path.read_bytes()


def replay_file(view: View, labels: Mapping[str, str]) -> bytes:
    """Return one HTML file that plays the run shown with no server; it is run again, since pages keep few of its maps.

    Parameters
    ----------
    view : View
    labels : mapping
        Names of the two worlds, ``run`` and ``other``.
    """
    from sim.dashboard.replay import replay_page

    seed = view.shown.result.seed
    other = None
    if view.other is not None:
        other = Course(view.other.result.scenario, view.other.result.trunk).run(seed)
    fan = weekly_tables(view.members) if view.members else None
    fan_other = weekly_tables(view.others) if view.others else None
    page = replay_page(view.course.run(seed), other, fan, fan_other=fan_other, labels=labels)
    return page.encode("utf-8")


def experiment_file(base: Scenario, choice: Choice, members: tuple[Member, ...] = ()) -> bytes:
    """Return the settings as an experiment for `peacesim sweep`: each moved lever is a factor, as it was and as it is.

    A lever that moves many numbers together is not one factor of an experiment; its values stand in the base. Where no
    other lever was moved, the clarity of the mandate is the factor, or else the first single number there is.
    """
    fixed = overrides(base, choice.settings)
    factors = []
    for lever in levers(base):
        value = choice.settings.get(lever.path)
        if value is None or lever.kind not in ("one", "choice", "switch"):
            continue
        fixed.pop(lever.path, None)
        name = lever.path.rpartition(".")[2]
        factors.append({"name": name, "path": lever.path, "values": [_plain(lever.start), _plain(value)]})
    if not factors:
        factors.append(_first_factor(base))
    seed = base.about.seed if choice.seed is None else choice.seed
    name = "scenario.toml" if choice.name == UPLOADED else choice.name
    moved = ", ".join(str(factor["name"]).replace("_", " ") for factor in factors)
    head = {
        "id": f"{base.id}_from_dashboard"[:40],
        "title": f"{base.about.title}: what {moved} does"[:200],
        "question": f"What difference does {moved} make?",
    }
    study: dict[str, object] = {
        "experiment": head,
        "base": {"scenario": name, "replicates": max(REPLICATES, len(members)), "seed": seed, "set": fixed},
        "factors": factors,
        "design": {"kind": "grid"},
        "outcomes": {"names": ["civilian_deaths", "battle_deaths", "displaced_end", "trust_state_end", "cost_usd"]},
        "estimate": {"method": "paired difference"},
    }
    if choice.against == NO_MISSION and base.missions:
        study["contrast"] = {"against": "no mission"}
    if not fixed:
        del study["base"]["set"]  # type: ignore[attr-defined]
    remark = "# Made by the dashboard; run it with: peacesim sweep FILE\n"
    if choice.name == UPLOADED:
        remark += "# Save the scenario beside it as scenario.toml.\n"
    stream = io.StringIO()
    stream.write(remark)
    stream.write(toml_text(study))
    return stream.getvalue().encode("utf-8")


def _first_factor(base: Scenario) -> dict[str, object]:
    """Return a factor to begin with: a single number at both ends of its plausible range."""
    single = [lever for lever in levers(base) if lever.kind == "one"]
    lever = next((each for each in single if each.path == "mission.mandate.clarity"), single[0])
    return {"name": lever.path.rpartition(".")[2], "path": lever.path, "values": [lever.low, lever.high]}


def _plain(value: object) -> object:
    return value if isinstance(value, bool | str) else float(value)  # type: ignore[arg-type]
