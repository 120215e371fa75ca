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
# docs/scenario-format.md says what a scenario file may hold; peacesim new country NAME draws a country of your own.

extends = "fragile_peace"   # of: peacesim list

[scenario]
id      = "NAME"
title   = "A fragile peace with a clearer mandate"
summary = "What changes, and why."

[mission.mandate]
clarity = 0.9
"""

COUNTRY = """# A small country with a war, an agreement and a mission, all invented. Change everything.
#   peacesim check NAME.toml ; peacesim show NAME.toml ; peacesim run NAME.toml
# docs/scenario-format.md names every key with its range and default; what equals the default can be left out.

[scenario]
id      = "NAME"
title   = "A country of my own"
summary = "Who fights whom, and what the mission is there for."
start   = 2010-01-04
weeks   = 260
kind    = "teaching"   # or "historical", which needs sources = ["..."]

# The map is a drawing, north at the top, one character a cell: an upper-case letter is a cell of that region, a
# lower-case letter or digit the cell of that place, "." water, "*" a neighbouring country.
[map]
cell_km = 20
rows = \"\"\"
********
*NNNNNN*
*NNNtNN*
*SSSSSS*
.SSSSSS*
..cSSS..
\"\"\"

[regions.N]
name       = "North"
population = 300_000                        # its places included
identity   = { hill = 0.8, coast = 0.2 }    # shares of the identity groups; they sum to 1
terrain    = 0.6                            # 0 plain, 1 mountain or swamp
roads      = 0.2
resources  = 0.5                            # what can be looted: mines, timber
displaced  = 20_000

[regions.S]
name       = "South"
population = 700_000
identity   = { hill = 0.2, coast = 0.8 }
roads      = 0.5

[places.c]
name       = "Portville"
region     = "S"
population = 250_000
capital    = true
entry      = true   # port or airport where the mission lands
camp       = true   # takes in displaced people

[places.t]
name       = "Tophill"
region     = "N"
population = 40_000

[[identity_groups]]
id        = "hill"
name      = "Hill people"
grievance = 0.5

[[identity_groups]]
id   = "coast"
name = "Coast people"
ties = { hill = -0.3 }   # -1 hostile, 1 close

[[armed_groups]]
id           = "army"
name         = "Government forces"
kind         = "state"   # rebel, militia, gang, terrorist
constituency = ["coast"]
fighters     = 6_000
where        = { S = 0.7, N = 0.3 }   # shares that sum to 1
enemies      = ["front"]
control      = { S = 0.9 }
demobilise   = 0.3   # share of its fighters that disarmament is meant to reach; all where left out

[[armed_groups]]
id           = "front"
name         = "Hill Front"
kind         = "rebel"
constituency = ["hill"]
fighters     = 4_000
where        = { N = 1.0 }
enemies      = ["army"]
control      = { N = 0.7 }
abusiveness  = 1.5   # 1 is usual
spoils       = 0.5   # what it would lose in peace

[peace]
stage = "war"

[[peace.agreements]]   # whether it holds is for the model to find
date        = 2010-06-01
name        = "Portville Agreement"
signatories = ["army", "front"]

[[peace.elections]]
date = 2012-05-06

[mission]
name  = "Peace Mission"
start = 2010-07-01
end   = 2014-06-30
# type, leadership, consent, budget_usd_per_year ...

[mission.mandate]
tasks   = { protection_of_civilians = 1.0, ceasefire_monitoring = 0.5, ddr = 0.8, elections = 0.5 }
clarity = 0.7
rules_of_engagement = "defend_mandate"   # observe, self_defence, robust, enforce

[[mission.mandate.authorised]]   # ceilings from a date on
date      = 2010-07-01
military  = 5_000
police    = 300
civilians = 400

[mission.deployment]
doctrine = "hotspot"   # of: peacesim list doctrines

[[contributors]]
id         = "neighbour"
name       = "A neighbour"
pledged    = 2_000
lead_weeks = 8
proximity  = 0.8   # language and custom

[[contributors]]
id      = "far"
name    = "A country far away"
pledged = 3_000
quality = 1.2

[[contributors]]
id        = "police"
name      = "Police of many countries"
component = "police"
pledged   = 300

[[contributors]]
id        = "staff"
name      = "Civilian staff"
component = "civilians"
pledged   = 400

[[donors]]
id    = "members"
name  = "Assessed contributions"
share = 1.0   # of the mission's budget

[[ngos]]
id   = "relief"
name = "Relief agencies"
budget_usd_per_year = 20_000_000

[[events]]   # only what comes from outside; violence is for the model to find
date  = 2011-08-01
kind  = "disaster"
name  = "Flood"
where = ["S"]
size  = 500   # deaths; docs/scenario-format.md says what it is for each kind
weeks = 2

# [parameters.funding]   # numbers of the model that differ here; of: peacesim list parameters
# will_noise = 0.05
"""

TEXTS = {"experiment": EXPERIMENT, "scenario": SCENARIO, "country": COUNTRY}


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
