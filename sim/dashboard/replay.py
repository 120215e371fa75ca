"""The replay file: one HTML file that plays a run in any browser, with no server and no internet."""

import base64
import contextlib
import html
import json
import os
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.core.errors import ResultsError
from sim.dashboard.player.bundle import player_module, player_styles
from sim.dashboard.player.encode import encode

if TYPE_CHECKING:
    from sim.results.result import Result
    from sim.world.tables import Floats

BINARY = ("run", "other", "fan", "fan_other")

# The page may load nothing at all: everything is in it.
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'"

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>{title}</title>
<style>
{styles}
html, body {{ margin: 0; background: #fff; }}
@media (prefers-color-scheme: dark) {{ html, body {{ background: #141c25; }} }}
body:has(.pk-root[data-theme="light"]) {{ background: #fff; }}
body:has(.pk-root[data-theme="dark"]) {{ background: #141c25; }}
#player {{ padding: 10px 14px; }}
.about {{ font: 12px/1.5 system-ui, sans-serif; color: #5d6975; padding: 0 14px 14px; margin: 0; }}
</style>
</head>
<body>
<main id="player"><noscript>This replay needs JavaScript.</noscript></main>
<p class="about">{about}</p>
<script type="application/json" id="settings">{settings}</script>
{data}
<script type="module">
{module}
{start}
</script>
</body>
</html>
"""

# A widget's model without a server behind it.
START = """
const words = JSON.parse(document.getElementById("settings").textContent);
const bytes = (name) => {
  const text = document.getElementById(`data-${name}`).textContent.trim();
  const raw = atob(text);
  const out = new Uint8Array(raw.length);
  for (let k = 0; k < raw.length; k++) out[k] = raw.charCodeAt(k);
  return out;
};
const values = { ...words };
for (const name of ["run", "other", "fan", "fan_other"]) values[name] = bytes(name);
const still = () => {};
const set = (name, value) => { values[name] = value; };
const model = { get: (name) => values[name], set, save_changes: still, on: still, off: still };
player_face.render({ model, el: document.getElementById("player") });
"""


def write_replay(
    result: "Result",
    path: str | Path,
    other: "Result | None" = None,
    fan: "Floats | None" = None,
    *,
    fan_other: "Floats | None" = None,
    labels: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
) -> Path:
    """Write one HTML file that plays a run with map, charts and events.

    Parameters
    ----------
    result : Result
        A run that kept its maps, as by `sim.dashboard.player.encode.watch`.
    path : str or Path
        The file; its folder is made where needed, and a file that is there is replaced.
    other : Result, optional
        The world beside it.
    fan, fan_other : array (runs, weeks, series), optional
        Weekly tables of many futures of each.
    labels, options : mapping, optional
        As in `sim.dashboard.player.encode.encode`.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    ValueError
        If a run kept no maps.
    ResultsError
        If the disk refuses; nothing is half-written.
    """
    path = Path(path)
    page = replay_page(result, other, fan, fan_other=fan_other, labels=labels, options=options)
    draft = path.with_name(f".{path.name}.partial-{uuid.uuid4().hex[:8]}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(page, encoding="utf-8", newline="\n")
        os.replace(draft, path)
    except OSError as error:
        raise ResultsError(f"{path} could not be written: {error.strerror or error}") from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
    return path


def replay_page(
    result: "Result",
    other: "Result | None" = None,
    fan: "Floats | None" = None,
    *,
    fan_other: "Floats | None" = None,
    labels: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
) -> str:
    """Return the text of the replay file; parameters as in `write_replay`."""
    from sim import __version__

    given = {"keys": "page", **(options or {})}
    traits = encode(result, other, fan=fan, fan_other=fan_other, labels=labels, options=given)
    binary = {name: traits.pop(name) for name in BINARY}
    about = f"{result.scenario.about.title}: seed {result.seed}, peacesim {__version__}. A simulation, not a record."
    return PAGE.format(
        policy=html.escape(POLICY, quote=True),
        title=html.escape(result.scenario.about.title),
        styles=player_styles(),
        about=html.escape(about),
        settings=as_script(traits),
        data="\n".join(as_data(name, value) for name, value in binary.items()),
        module=player_module().replace("export default", "const player_face ="),
        start=START,
    )


def as_script(value: Any) -> str:
    """Return JSON that can stand inside a script element: nothing in it can end the element or begin a comment."""
    text = json.dumps(value, ensure_ascii=True, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def as_data(name: str, value: bytes) -> str:
    """Return bytes as an element that the page reads and no browser runs."""
    return f'<script type="text/plain" id="data-{name}">{base64.b64encode(value).decode("ascii")}</script>'
