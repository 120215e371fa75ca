"""A scenario: one country, its conflict, its missions and every number of the model, validated and frozen."""

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path as FilePath
from typing import Any, Self

from pydantic import ConfigDict, Field, ModelWrapValidatorHandler, model_validator

from sim.core.errors import ScenarioError
from sim.scenario import dates
from sim.scenario.ablate import check_switches, joined, still_at_work
from sim.scenario.drawing import check_drawing, rows_of
from sim.scenario.evaluation import Evaluation
from sim.scenario.inputs import (
    About,
    ArmedGroup,
    Contributor,
    Donor,
    Event,
    Identifier,
    IdentityGroup,
    Input,
    Letter,
    Map,
    Mission,
    Ngo,
    Peace,
    Place,
    Region,
)
from sim.scenario.overrides import changed
from sim.scenario.parameters import Parameters
from sim.scenario.paths import Complaint, Path
from sim.scenario.references import check_references
from sim.scenario.shares import check_shares

MAX_ITEMS = 10_000
MAX_COMPLAINTS = 100


class InconsistentError(ScenarioError):
    """A scenario whose parts are each in order and contradict each other."""

    def __init__(self, complaints: tuple[Complaint, ...], data: dict[str, Any]) -> None:
        super().__init__(complaint.problem(data) for complaint in complaints)
        self.complaints = complaints
        self.data = data

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle with both arguments."""
        return type(self), (self.complaints, self.data)


class Scenario(Input):
    """What a scenario file says, complete with every default."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, title="Scenario")

    about: About = Field(alias="scenario")
    map: Map
    regions: dict[Letter, Region] = Field(min_length=1)
    places: dict[Letter, Place] = Field(default_factory=dict)
    identity_groups: tuple[IdentityGroup, ...] = Field((), max_length=MAX_ITEMS)
    armed_groups: tuple[ArmedGroup, ...] = Field((), max_length=MAX_ITEMS)
    peace: Peace = Peace()
    mission: Mission | None = None
    partners: tuple[Mission, ...] = Field(
        (), max_length=MAX_ITEMS, description="operations beside the main one, each with its own command"
    )
    contributors: tuple[Contributor, ...] = Field((), max_length=MAX_ITEMS)
    donors: tuple[Donor, ...] = Field((), max_length=MAX_ITEMS)
    ngos: tuple[Ngo, ...] = Field((), max_length=MAX_ITEMS)
    events: tuple[Event, ...] = Field((), max_length=MAX_ITEMS)
    evaluation: Evaluation = Evaluation()
    parameters: Parameters = Parameters()
    switched_off: tuple[Identifier, ...] = Field(
        (), description="processes left out of the weekly schedule, and mechanisms made idle"
    )
    planned_weeks: int | None = Field(
        None,
        ge=1,
        le=10_000,
        description="length of the run that this one was cut from: dates are checked against it",
    )

    @model_validator(mode="wrap")
    @classmethod
    def _switch_off(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        scenario = handler(data)
        changes = still_at_work(scenario)
        return handler(changed(scenario.data(), changes, "switched_off")) if changes else scenario

    @model_validator(mode="after")
    def _agree_with_itself(self) -> Self:
        complaints = tuple(islice(self.complaints(), MAX_COMPLAINTS))
        if complaints:
            raise InconsistentError(complaints, self.data())
        return self

    def complaints(self) -> Iterator[Complaint]:
        """Find every contradiction between parts of the scenario."""
        yield from check_drawing(self)
        yield from check_references(self)
        yield from check_shares(self)
        yield from dates.check_calendar(self)
        yield from check_switches(self)

    @property
    def id(self) -> str:
        """Its name in commands and results."""
        return self.about.id

    @property
    def title(self) -> str:
        """Its title, on one line."""
        return " ".join(self.about.title.split())

    @property
    def weeks(self) -> int:
        """How many weeks a run lasts."""
        return self.about.weeks

    @property
    def rows(self) -> tuple[str, ...]:
        """The map as rows of characters, north first."""
        return rows_of(self.map.rows)

    @property
    def missions(self) -> tuple[Mission, ...]:
        """The main mission, where there is one, and its partners."""
        return tuple(mission for _, mission in self.missions_with_paths())

    def missions_with_paths(self) -> Iterator[tuple[Path, Mission]]:
        """Give every mission with the path under which the file describes it."""
        if self.mission is not None:
            yield ("mission",), self.mission
        for number, partner in enumerate(self.partners):
            yield ("partners", number), partner

    def week_of(self, date: datetime.date) -> int:
        """Give the week that a day falls in; negative before the run begins."""
        return dates.week_of(date, self.about.start)

    def date_of(self, week: int) -> datetime.date:
        """Give the first day of a week."""
        return dates.date_of(week, self.about.start)

    def data(self) -> dict[str, Any]:
        """Give it as plain tables and lists, defaults included, under the keys of a scenario file."""
        return self.model_dump(by_alias=True)

    def override(self, changes: Mapping[str, Any], origin: str = "override") -> "Scenario":
        """Change single values.

        Parameters
        ----------
        changes
            New values by dotted path, such as ``{"mission.mandate.clarity": 0.4}``. An item of a list goes by
            its id or number: ``contributors.ghana.pledged``. The words ``weeks``, ``seed`` and ``start`` need
            no ``scenario.`` before them. A run cut shorter keeps the dates that lie beyond its new end.
        origin
            Who asks, for the messages.

        Raises
        ------
        ScenarioError
            With everything that is wrong about the changed scenario.
        """
        from sim.scenario.validate import validated

        if not changes:
            return self
        return validated(changed(self.data(), changes, origin), lambda path: (origin, None))

    def without_mission(self) -> "Scenario":
        """Give the same country with no mission: no partners, contributors or donors either.

        Events that concern donors, contributors or missions who are gone stay in the calendar, where they move
        nothing, so that other events keep their numbers and with them their chance draws.
        """
        kinds = ("donor_cut", "contributor_cut", "consent_loss")
        events = tuple(
            event.model_copy(update={"group": ""}) if event.kind in kinds else event for event in self.events
        )
        gone = {"mission": None, "partners": (), "contributors": (), "donors": (), "events": events}
        return self.model_copy(update=gone)

    def without(self, *names: str, origin: str = "without") -> "Scenario":
        """Give the same case with some processes or mechanisms switched off.

        Parameters
        ----------
        names
            Processes, which are left out of the week, and mechanisms, whose parameters and inputs are set to values
            at which they do nothing; ``peacesim list processes`` and ``peacesim list mechanisms`` name them.
        origin
            Who asks, for the messages.

        Raises
        ------
        ScenarioError
            If there is no such process or mechanism.

        Examples
        --------
        >>> load_scenario("unmil").without("recidivism", "relief")  # doctest: +SKIP
        """
        return self.override({"switched_off": joined(self.switched_off, names)}, origin)

    def digest(self) -> str:
        """Fingerprint everything it says: SHA-256 of its canonical JSON, the same on every machine."""
        plain = self.model_dump(mode="json", by_alias=True)
        text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    def to_toml(self, *, full: bool = False) -> str:
        """Write it as the text of a scenario file that loads to an equal scenario.

        Parameters
        ----------
        full
            Write defaults too, so that the file means the same to a later version of the model.
        """
        from sim.scenario.write import toml_text

        return toml_text(self.model_dump(by_alias=True, exclude_defaults=not full, exclude_none=True))

    def save(self, path: str | FilePath, *, full: bool = False) -> None:
        """Write it to a file."""
        FilePath(path).write_text(self.to_toml(full=full), encoding="utf-8", newline="\n")
