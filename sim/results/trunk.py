"""What a forked run was forked from."""

import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple, Self

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


class Trunk(NamedTuple):
    """The past of a fork: a scenario up to a week, itself perhaps a fork."""

    scenario: "Scenario"
    week: int  # first one under the changed settings
    trunk: "Trunk | None" = None

    def digest(self) -> str:
        """Fingerprint everything it says."""
        earlier = self.trunk.digest() if self.trunk else ""
        return hashlib.sha256(f"{self.scenario.digest()} {self.week} {earlier}".encode()).hexdigest()

    def data(self) -> dict[str, Any]:
        """Give it as a manifest keeps it."""
        return {
            "week": self.week,
            "scenario": self.scenario.id,
            "digest": self.digest(),
            "inputs": self.scenario.model_dump(mode="json", by_alias=True),
            "fork": self.trunk.data() if self.trunk else None,
        }

    @classmethod
    def of(cls, data: dict[str, Any] | None) -> "Self | None":
        """Read what a manifest keeps.

        Raises
        ------
        ScenarioError
            If this version does not understand its scenario.
        """
        from sim.scenario.recall import recall

        if data is None:
            return None
        return cls(recall(data["inputs"]), int(data["week"]), cls.of(data.get("fork")))
