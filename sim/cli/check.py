"""``peacesim check``: validate files, run nothing."""

import json
from collections.abc import Sequence
from dataclasses import asdict

import typer

from sim.cli.leaving import BAD_INPUT, DONE, complain
from sim.core.errors import InputError
from sim.scenario.load import load_scenario


def check_files(files: Sequence[str], *, as_json: bool) -> int:
    """Check files and return the exit code."""
    answers = []
    for file in files:
        try:
            scenario = load_scenario(file)
        except InputError as error:
            answers.append({"file": file, "ok": False, "problems": [asdict(each) for each in error.problems]})
            if not as_json:
                complain(str(error))
        else:
            answers.append({"file": file, "ok": True, "id": scenario.id, "problems": []})
            if not as_json:
                title = " ".join(scenario.about.title.split())
                typer.echo(f"{file}: in order ({title}, {scenario.weeks} weeks)")
    if as_json:
        typer.echo(json.dumps(answers, indent=1))
    return DONE if all(answer["ok"] for answer in answers) else BAD_INPUT
