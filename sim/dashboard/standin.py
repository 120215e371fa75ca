"""Stands in for the map player where it is not installed: one line, the weekly dead."""

import json
from typing import Any

import anywidget
import traitlets

from sim.results.result import Result
from sim.results.trace import COLUMN_OF
from sim.scenario.scenario import Scenario
from sim.world.tables import Floats

SCRIPT = """
function render({model, el}) {
  const canvas = document.createElement("canvas"); canvas.width = 600; canvas.height = 300; el.append(canvas);
  function draw() {
    const bytes = model.get("run"); if (!bytes || !bytes.byteLength) return;
    const run = JSON.parse(new TextDecoder().decode(bytes)); el.dataset.run = run.id; window.__player = {run: run.id};
    const g = canvas.getContext("2d"); g.clearRect(0, 0, 600, 300); g.strokeStyle = "#0072b2"; g.beginPath();
    const top = Math.max(1, ...run.dead);
    run.dead.forEach((y, x) => g.lineTo(x * 600 / run.dead.length, 300 - 290 * y / top)); g.stroke();
  }
  model.on("change:run", draw); draw();
}
export default {render};
"""


class Player(anywidget.AnyWidget):
    """A line where the map will be; the traits are those of the map player."""

    _esm = SCRIPT
    run = traitlets.Bytes(b"").tag(sync=True)
    other = traitlets.Bytes(b"").tag(sync=True)
    fan = traitlets.Bytes(b"").tag(sync=True)
    fan_other = traitlets.Bytes(b"").tag(sync=True)
    week = traitlets.Int(0).tag(sync=True)
    selected_cell = traitlets.Int(-1).tag(sync=True)
    selected_event = traitlets.Int(-1).tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    labels = traitlets.Dict().tag(sync=True)
    options = traitlets.Dict().tag(sync=True)


def watch(scenario: Scenario, seed: int | None = None, progress: Any = None) -> Result:
    """Run a scenario with one map a week."""
    from sim.engine.run import run

    return run(scenario, seed, stride=1, progress=progress)


def run_id(result: Result) -> str:
    """Name a run."""
    return f"{result.scenario.digest()[:16]}-{result.seed}"


def encode_run(result: Result) -> bytes:
    """Return the message of a run."""
    dead = result.weekly_array[:, COLUMN_OF["battle_deaths"]].tolist()
    return json.dumps({"id": run_id(result), "dead": dead}).encode()


def encode_fan(weekly: Floats, run: str = "") -> bytes:
    """Return the message of a fan."""
    return json.dumps({"id": run, "runs": len(weekly)}).encode()
