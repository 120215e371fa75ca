"""A recorded figure of a mission as a sentence with its source."""

import datetime

from sim.dashboard.words import figure
from sim.scenario.find import RECORDED, bundled_folder
from sim.scenario.load import decode, parse

WORDS = {
    "deaths_before": "deaths by violence before the mission",
    "deaths_during": "deaths by violence during the mission",
    "deaths_after": "deaths by violence after the mission",
    "displaced": "people displaced inside the country",
    "fled": "people who fled",
    "uniformed": "uniformed peacekeepers",
    "uniformed_share": "uniformed peacekeepers, of those authorised",
    "troops_share": "troops, of those authorised",
    "police_share": "police, of those authorised",
    "peacekeepers_killed": "peacekeepers killed by hostile acts",
    "owed_usd": "owed to contributors",
    "pay_late_weeks": "pay of contributors late by",
    "relapse": "war in the period",
    "settlement": "a settlement in the period",
}


def on_record(name: str, outcome: str, start: datetime.date) -> str:
    """Write a figure of ``scenarios/recorded`` in words: value, range, note, source.

    Parameters
    ----------
    name : str
        Of the bundled scenario.
    outcome, start
        Which figure: what it is of, and the first day of its period.

    Raises
    ------
    LookupError
        If there is no such figure.
    """
    file = bundled_folder() / RECORDED / f"{name}.toml"
    data, _ = parse(decode(file.read_bytes(), file.name), file.name)
    for each in data["figure"]:
        if (each["outcome"], each["period"][0]) != (outcome, start):
            continue
        first, last = each["period"]
        when = f"{first}" if first == last else f"{first} to {last}"
        unit = each["unit"]
        if unit == "0 or 1":
            value = "yes" if each["value"] else "no"
        else:
            ends = (each["value"], each["low"], each["high"])
            middle, low, high = (figure(float(end), unit) for end in ends)
            value = middle if low == high else f"{middle} ({low} to {high})"
        return f"{WORDS[outcome][:1].upper()}{WORDS[outcome][1:]}, {when}: {value}. {each['note']}. {each['source']}."
    raise LookupError(f"no figure {outcome!r} from {start} is on record for {name!r}")
