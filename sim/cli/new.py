"""``peacesim new``: a commented file to start from."""

import re
from pathlib import Path

import typer

from sim.cli.leaving import DONE
from sim.core.errors import ExperimentError

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")

EXPERIMENT = """# A study: what is varied, against what it is compared, how many futures, and which outcomes are read.
#   peacesim check NAME.toml             what is wrong with it
#   peacesim sweep NAME.toml --dry-run   how long it takes, and how exact it will be
#   peacesim sweep NAME.toml --quick     a small version first

[experiment]
id          = "NAME"
title       = "Does a clearer mandate save lives?"
question    = "By how much do civilian deaths fall when units read their mandate alike?"
claim       = "C03"   # of: peacesim list claims
expectation = "Fewer deaths with a clearer mandate, and more so where the force is large."

[base]
scenario   = "fragile_peace"   # of: peacesim list; or scenarios = [...] to run everything in each of several
replicates = 50                # futures of each row; replicate r has seed + r in every row, so rows can be paired
seed       = 1
# weeks    = 260               # shorter than the scenario
# set      = { "mission.deployment.doctrine" = "population" }   # holds in every run
# without  = ["donor_moods"]   # switched off in every run; of: peacesim list mechanisms

[[factors]]
name   = "clarity"
path   = "mission.mandate.clarity"   # any dotted path of a scenario; of parameters: peacesim list parameters
values = [0.3, 0.6, 0.9]             # or range = [0.2, 1.0] with a sample, or plausible = true

[[factors]]
name   = "force"
paths  = ["contributors.*.pledged", "mission.mandate.authorised.*.military"]   # a star stands for every item
change = "times"                     # set, times or plus; to dates, plus adds weeks
values = [0.5, 1.0]

# Other kinds of factors:
#   ablate   = ["inaction", "overload"]            each switched off in turn, and none of them
#   scenario = ["fragile_peace", "ceasefire_line"]
#   rule     = { one_sided_violence = ["full", "contest", "revenge"] }   rival rules; of: peacesim list rules
#   [factors.levels]                               named bundles of changes
#   early = { set = { "mission.start" = 2010-02-01 } }
#   late  = { set = { "mission.start" = 2010-06-07 }, without = ["joint_exercises"] }

[design]
kind = "grid"   # one-at-a-time, latin-hypercube, sobol, morris, list
# n    = 256    # points of a sample, or steps of a range in a grid
# seed = 1
# stop = { outcome = "civilians_killed", half_width = 25.0 }   # no more replicates once every row is known that well

[contrast]
against = "no mission"   # or "baseline": the scenario as it is; leave the table out for one arm only

[outcomes]
names = ["civilians_killed", "battle_deaths", "relapse_within_5_years", "cost_usd"]   # of: peacesim list outcomes
# weekly = true          # keep the weekly series too

[estimate]
method = "paired difference"   # ratio, hazard ratio, regression, sobol, morris

[quick]
replicates = 4
"""

SCENARIO = """# A variant of a bundled scenario; tables merge key by key, lists of tables by their ids.
#   peacesim check NAME.toml ; peacesim run NAME.toml
# docs/scenario-format.md says what a scenario file may hold, and docs/extending.md how to draw a country of your own.

extends = "fragile_peace"   # of: peacesim list

[scenario]
id      = "NAME"
title   = "A fragile peace with a clearer mandate"
summary = "What changes, and why."

[mission.mandate]
clarity = 0.9
"""

TEXTS = {"experiment": EXPERIMENT, "scenario": SCENARIO}


def begin(what: str, name: str, out: Path | None) -> int:
    """Write the file; return the exit code.

    Raises
    ------
    ExperimentError
        If the name cannot be an id, or the file is there already or cannot be written.
    """
    if not NAME.fullmatch(name):
        message = "must be 1 to 40 lower-case letters, digits and underscores, and begin with a letter"
        raise ExperimentError(f"{name!r} {message}")
    path = out or Path(f"{name}.toml")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(TEXTS[what].replace("NAME", name))
    except FileExistsError:
        raise ExperimentError(f"{path} is there already; choose another name, or --out") from None
    except OSError as error:
        raise ExperimentError(f"{path} cannot be written: {error.strerror}") from None
    typer.echo(f"{path}: edit it, then: peacesim check {path}")
    return DONE
