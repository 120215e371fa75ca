"""What an experiment file may say about one study: its question, base, factors, design and outcomes."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from sim.scenario.inputs import Input
from sim.scenario.words import Identifier, Title

Kind = Literal["grid", "one-at-a-time", "latin-hypercube", "sobol", "morris", "list"]
Change = Literal["set", "times", "plus"]
Against = Literal["no mission", "baseline"]
Method = Literal["paired difference", "ratio", "hazard ratio", "regression", "sobol", "morris"]
SAMPLED = ("latin-hypercube", "sobol", "morris")
MAX_ROWS = 10_000_000

Count = Annotated[int, Field(ge=1, le=10_000_000)]
Seed = Annotated[int, Field(ge=0, le=2**62)]
Probability = Annotated[float, Field(gt=0.0, lt=1.0)]


class About(Input):
    """``[experiment]``: what the study is called and what it asks."""

    id: Identifier = Field(description="its name in commands and results")
    title: Title = Field(description="one line")
    question: str = Field(min_length=1, max_length=4000, description="what the study is to answer, as a question")
    claim: str | tuple[str, ...] = Field("", description="claims that it examines, such as C03")
    expectation: str = Field("", max_length=4000, description="what theory or field experience leads one to expect")


class Base(Input):
    """``[base]``: the case that everything else is a change of, and how many futures each row gets."""

    scenario: str = Field("", description="a bundled scenario, or the path of a file seen from this one")
    scenarios: tuple[str, ...] = Field((), description="an ensemble: the whole design is run in each of them")
    replicates: Count = Field(20, description="futures of each row and arm")
    seed: Seed = Field(1, description="seed of the first replicate; replicate r has this plus r")
    weeks: int | None = Field(None, ge=1, le=10_000, description="length of the runs; the scenario's where left out")
    set: dict[str, Any] = Field(default_factory=dict, description="changes that hold in every run, by dotted path")
    without: tuple[str, ...] = Field((), description="processes and mechanisms switched off in every run")
    common_random_numbers: bool = Field(True, description="every row and arm sees the same luck")


class Level(Input):
    """``[factors.levels]``: one named level of a factor, which changes several things at once."""

    set: dict[str, Any] = Field(default_factory=dict, description="changes by dotted path")
    without: tuple[str, ...] = Field((), description="processes and mechanisms switched off")


class Factor(Input):
    """``[[factors]]``: one thing that is varied."""

    name: Identifier = Field(description="its column in the results")
    path: str = Field("", description="what it sets; a star stands for every item: contributors.*.pledged")
    paths: tuple[str, ...] = Field((), description="several such paths, moved together")
    change: Change = Field("set", description="whether a value replaces, multiplies, or is added (dates: in weeks)")
    values: tuple[Any, ...] = Field((), description="the values that it takes")
    range: tuple[float, float] | None = Field(None, description="lowest and highest value")
    scale: Literal["linear", "log"] = Field("linear", description="how a range is divided")
    plausible: bool = Field(False, description="take the range from the catalogue of parameters")
    ablate: tuple[str, ...] = Field((), description="processes or mechanisms, each switched off in a level of its own")
    scenario: tuple[str, ...] = Field((), description="scenarios, each a level")
    rule: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="a process and the rival rules for it: see peacesim list rules"
    )
    levels: dict[str, Level] = Field(default_factory=dict, description="named levels, each a set of changes")

    @property
    def targets(self) -> tuple[str, ...]:
        """The paths that it moves."""
        return (self.path, *self.paths) if self.path else self.paths


class Stop(Input):
    """``stop`` in ``[design]``: no more replicates once an outcome is known well enough in every row."""

    outcome: str = Field(description="the outcome that decides")
    half_width: float = Field(gt=0.0, description="half the width of the interval of the mean, in the outcome's unit")
    at_least: int = Field(10, ge=2, description="replicates before the first look")
    step: int = Field(10, ge=1, description="replicates between looks")
    confidence: Probability = Field(0.95, description="share of such intervals that hold the true mean")


class Design(Input):
    """``[design]``: which combinations of the factors are run."""

    kind: Kind = Field(description="how combinations are chosen")
    n: Count | None = Field(None, description="points of a sample, trajectories of Morris, or steps of a range")
    seed: Seed = Field(1, description="seed of a random design")
    points: tuple[dict[str, Any], ...] = Field((), description="the rows of a list, each a value by factor")
    second_order: bool = Field(False, description="Sobol: also the points that interactions of pairs need")
    num_levels: int = Field(4, ge=2, le=100, description="Morris: levels of each factor")
    stop: Stop | None = Field(None, description="when to stop before all replicates are run")


class Contrast(Input):
    """``[contrast]``: the other arm of every row."""

    against: Against = Field(description="the same country without the mission, or the base as it is")


class Outcomes(Input):
    """``[outcomes]``: what is kept of a run."""

    names: tuple[str, ...] = Field((), description="outcomes of the catalogue; all of them where left out")
    quantiles: tuple[Probability, ...] = Field((0.05, 0.5, 0.95), description="quantiles that reports show")
    weekly: bool = Field(False, description="keep the weekly series too")
    series: tuple[str, ...] = Field((), description="which of them; all where left out")


class Estimate(Input):
    """``[estimate]``: how the report reads the runs."""

    method: Method = Field(description="what is estimated")


class Quick(Input):
    """``[quick]``: the smaller study that ``--quick`` runs."""

    replicates: Count | None = Field(None, description="replicates; a tenth where left out")
    n: Count | None = Field(None, description="points of a sample; a sixteenth where left out")


class Experiment(BaseModel):
    """One study, as its file says it, with every default."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, validate_by_name=True, validate_by_alias=True, title="Experiment"
    )

    about: About = Field(alias="experiment")
    base: Base
    factors: tuple[Factor, ...] = Field(min_length=1)
    design: Design
    contrast: Contrast | None = None
    outcomes: Outcomes = Outcomes()
    estimate: Estimate | None = None
    quick: Quick = Quick()

    @property
    def id(self) -> str:
        """Its name in commands and results."""
        return self.about.id

    @property
    def arms(self) -> tuple[str, ...]:
        """Names of the arms of each row: ``policy``, and ``contrast`` where there is one."""
        return ("policy", "contrast") if self.contrast else ("policy",)

    def smaller(self) -> "Experiment":
        """Give the study that ``--quick`` runs: fewer replicates, and a smaller sample where there is one."""
        replicates = self.quick.replicates or max(2, self.base.replicates // 10)
        base = self.base.model_copy(update={"replicates": min(replicates, self.base.replicates)})
        n = self.design.n
        if n is not None and self.design.kind in SAMPLED:
            n = min(n, self.quick.n or max(8, n // 16))
            if self.design.kind == "sobol":
                n = 2 ** (n.bit_length() - 1)  # Sobol's points come in powers of two
        return self.model_copy(update={"base": base, "design": self.design.model_copy(update={"n": n})})

    def data(self) -> dict[str, Any]:
        """Give it as plain tables and lists under the keys of an experiment file, without what was left out."""
        return self.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True)

    def to_toml(self) -> str:
        """Write it as the text of an experiment file."""
        from sim.scenario.write import toml_text

        return toml_text(self.data())
