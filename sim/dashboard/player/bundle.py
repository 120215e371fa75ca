"""The player's modules as one: what a widget and a file without a server need."""

import re
from functools import lru_cache
from importlib.resources import files

# Each module may use those before it.
MODULES = (
    "options", "unpack", "run", "words", "colours", "gap", "marks", "map", "fan", "axes", "chart", "timeline", "events",
    "cell", "clock", "controls", "atlas", "keys", "face", "inbox", "listen", "player",
)  # fmt: skip
IMPORT = re.compile(r"^import .*?;\n", re.MULTILINE | re.DOTALL)


def source(name: str) -> str:
    """Return the text of a file beside the modules."""
    return (files("sim.dashboard.player") / "static" / name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def player_module() -> str:
    """Return one ES module whose default export is ``{render({model, el})}``.

    The modules are put one after the other without their imports; only the last one keeps its export.
    """
    parts = [IMPORT.sub("", source(f"{name}.js")) for name in MODULES]
    parts[:-1] = [re.sub(r"^export ", "", part, flags=re.MULTILINE) for part in parts[:-1]]
    return "\n".join(parts)


@lru_cache(maxsize=1)
def player_styles() -> str:
    """Return the style sheet."""
    return source("player.css")
