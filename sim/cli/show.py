"""``peacesim show``: a scenario in words, with its map."""

import json
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from sim.cli.choose import choose
from sim.results.sentences import count

if TYPE_CHECKING:
    from sim.scenario.inputs import Mission
    from sim.scenario.scenario import Scenario

WIDTH = 100


def show_scenario(
    name: str, settings: Sequence[str], without: Sequence[str] = (), *, as_toml: bool, as_json: bool
) -> None:
    """Print a scenario."""
    scenario = choose(name, settings, without=without)
    if as_json:
        typer.echo(json.dumps(scenario.model_dump(mode="json", by_alias=True), indent=1, ensure_ascii=False))
    elif as_toml:
        typer.echo(scenario.to_toml(full=True), nl=False)
    else:
        for section in (_about, _map, _people, _armed, _peace, _missions, _money, _events, _questions):
            lines = list(section(scenario))
            if lines:
                typer.echo("\n".join(lines) + "\n")


def wrapped(text: str, indent: str = "") -> str:
    """Fold text into lines."""
    words = " ".join(text.split())
    return textwrap.fill(words, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _about(scenario: "Scenario") -> Iterator[str]:
    about = scenario.about
    yield f"{scenario.title}  [{about.id}, {about.kind}]"
    yield wrapped(about.summary)
    end = scenario.date_of(scenario.weeks)
    yield f"{about.start} to {end}, {count(about.weeks, 'week')}, seed {about.seed}"
    if scenario.switched_off:
        yield wrapped(f"Switched off: {', '.join(scenario.switched_off)}")
    if about.teaches:
        yield wrapped(f"Teaches: {about.teaches}")


def _map(scenario: "Scenario") -> Iterator[str]:
    rows = scenario.rows
    n_cells = sum(letter not in ".*" for row in rows for letter in row)
    yield f"Map: {count(n_cells, 'cell')} of {scenario.map.cell_km:g} km"
    legend = [f"{x} {region.name} ({region.population:,})" for x, region in scenario.regions.items()]
    for x, place in scenario.places.items():
        marks = [word for word in ("capital", "entry", "camp") if getattr(place, word)]
        legend.append(f"{x} {place.name}" + (f" ({', '.join(marks)})" if marks else ""))
    for number in range(max(len(rows), len(legend))):
        row = rows[number] if number < len(rows) else " " * len(rows[0])
        words = legend[number] if number < len(legend) else ""
        yield f"  {row}   {words}".rstrip()


def _people(scenario: "Scenario") -> Iterator[str]:
    regions = scenario.regions.values()
    people = sum(region.population for region in regions)
    displaced = sum(region.displaced for region in regions)
    yield f"People: {people:,}, {displaced:,} of them displaced"
    for group in scenario.identity_groups:
        share = sum(region.population * region.identity.get(group.id, 0.0) for region in regions)
        part = f"{share / people:.0%}" if people else "none"
        yield f"  {group.name}: {part}, grievance {group.grievance:g}"


def _armed(scenario: "Scenario") -> Iterator[str]:
    if scenario.armed_groups:
        yield "Armed groups"
    names = {group.id: group.name.partition(":")[0] for group in scenario.armed_groups}
    for group in scenario.armed_groups:
        foes = ", ".join(names.get(enemy, enemy) for enemy in group.enemies)
        against = f", against {foes}" if foes else ""
        yield wrapped(f"{group.name} ({group.kind}): {group.fighters:,} fighters{against}", "  ")


def _peace(scenario: "Scenario") -> Iterator[str]:
    peace = scenario.peace
    yield f"Peace process: {peace.stage.replace('_', ' ')} at the start"
    for agreement in peace.agreements:
        yield f"  {agreement.date}  {agreement.name} ({agreement.kind})"
    for election in peace.elections:
        yield f"  {election.date}  {election.name} (election)"


def _missions(scenario: "Scenario") -> Iterator[str]:
    if not scenario.missions:
        yield "No mission"
    for number, mission in enumerate(scenario.missions):
        yield from _mission(mission)
        pledged: dict[str, int] = {}
        for item in scenario.contributors:
            if item.mission == mission.id or (not item.mission and number == 0):
                pledged[item.component] = pledged.get(item.component, 0) + item.pledged
        words = ", ".join(f"{people:,} {name.replace('_', ' ')}" for name, people in pledged.items())
        yield wrapped(f"Pledged: {words or 'nobody'}", "  ")


def _mission(mission: "Mission") -> Iterator[str]:
    end = f" to {mission.end}" if mission.end else ""
    yield f"Mission: {mission.name} ({mission.organisation}, {mission.type}), from {mission.start}{end}"
    mandate = mission.mandate
    tasks = ", ".join(f"{name.replace('_', ' ')} {weight:g}" for name, weight in mandate.tasks.items())
    rules = mandate.rules_of_engagement.replace("_", " ")
    yield wrapped(f"Tasks: {tasks}; rules of engagement: {rules}; clarity {mandate.clarity:g}", "  ")
    for row in mandate.authorised:
        parts = [(row.military, "military"), (row.police, "police"), (row.observers, "observers")]
        parts.append((row.civilians, "civilians"))
        yield f"  {row.date}  " + (", ".join(f"{n:,} {name}" for n, name in parts if n) or "nobody")


def _money(scenario: "Scenario") -> Iterator[str]:
    if scenario.donors:
        yield "Donors"
    for donor in scenario.donors:
        yield f"  {donor.name}: {donor.share:.0%}, {donor.mechanism.replace('_', ' ')}, will {donor.will:g}"
    if scenario.ngos:
        yield "Relief"
    for ngo in scenario.ngos:
        yield f"  {ngo.name}: US$ {ngo.budget_usd_per_year:,.0f} a year"


def _events(scenario: "Scenario") -> Iterator[str]:
    if scenario.events:
        yield "From outside"
    for event in scenario.events:
        yield f"  {event.date}  {event.name} ({event.kind.replace('_', ' ')})"


def _questions(scenario: "Scenario") -> Iterator[str]:
    if scenario.about.questions:
        yield "Questions"
    for question in scenario.about.questions:
        yield wrapped(question, "  ")
