"""Documents made from the classes of experiments: reference of the file format, JSON Schema for editors."""

import inspect
import json

from pydantic import BaseModel

from sim.scenario.study.experiment import (
    About,
    Base,
    Contrast,
    Design,
    Estimate,
    Experiment,
    Factor,
    Level,
    Outcomes,
    Quick,
    Stop,
)
from sim.scenario.study.rules import RULES

TABLES: tuple[type[BaseModel], ...] = (
    About, Base, Factor, Level, Design, Stop, Contrast, Outcomes, Estimate, Quick,
)  # fmt: skip


def experiment_schema() -> str:
    """Write the JSON Schema that editors check experiment files with."""
    schema = Experiment.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def experiment_reference(generated: str) -> str:
    """Write the reference of everything that an experiment file may say.

    Parameters
    ----------
    generated
        The line that says where the page comes from.
    """
    from sim.scenario.documents import field_table, row

    lines = [
        generated,
        "",
        "# Experiment files",
        "",
        "An experiment is one TOML file. `peacesim new experiment NAME` writes a commented one to start from,",
        "`peacesim check FILE` says everything that is wrong with it, and `peacesim sweep FILE --dry-run` what it",
        "would take.",
        "",
        "A factor says what it moves and between what: `path` or `paths` with `values`, `range` or `plausible = true`;",
        "or `ablate`, `scenario`, `rule` or `levels`, which have no path. In a sample, each of several levels takes an",
        "equal part of its axis. In a path, a star stands for every item of a list or table, an id or a number for one",
        "of them, and `missions.*` for the mission and its partners.",
        "",
        "Replicate r of every row and arm has the seed of the base plus r, so that rows and arms can be paired;",
        "without common random numbers each run has a seed of its own.",
    ]
    for model in TABLES:
        title, _, rest = inspect.cleandoc(model.__doc__ or "").replace("``", "`").partition(": ")
        head = [f"## {title}", "", f"{rest[:1].upper()}{rest[1:]}"] if rest else [f"## {model.__name__}", "", title]
        lines += ["", *head, "", *field_table(model)]
    lines += [
        "",
        "## Rival rules",
        "",
        "| process | rule | leaves out |",
        "|---|---|---|",
    ]
    for process, variants in RULES.items():
        for name, left_out in variants.items():
            lines.append(row([f"`{process}`", f"`{name}`", ", ".join(f"`{each}`" for each in left_out) or "nothing"]))
    return "\n".join(lines) + "\n"
