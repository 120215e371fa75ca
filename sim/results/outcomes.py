"""The catalogue of outcomes: named numbers that sum up a run, each with unit, direction and meaning.

To add one, write it in a file of ``sim/results/measures`` and put it into the tuple at the end of that file.
An outcome is not a number where the run cannot tell: nobody was disarmed, no agreement was signed, the years
were not over.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sim.core.errors import InputError
from sim.results.measures.mandate import MANDATE
from sim.results.measures.mission import MISSION
from sim.results.measures.outcome import Outcome
from sim.results.measures.partners import PARTNERS
from sim.results.measures.society import SOCIETY
from sim.results.measures.toll import TOLL
from sim.results.measures.war import WAR
from sim.results.trace import Trace
from sim.scenario.paths import nearest

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario
    from sim.world.tables import World

OUTCOMES: dict[str, Outcome] = {
    outcome.name: outcome for outcome in (*TOLL, *WAR, *MISSION, *MANDATE, *PARTNERS, *SOCIETY)
}


def check_outcome(name: str) -> None:
    """Refuse a name that is not in the catalogue.

    Raises
    ------
    InputError
        With the nearest name.
    """
    if name not in OUTCOMES:
        raise InputError(f"{name!r} is not an outcome; {nearest(name, OUTCOMES) or 'see: peacesim list outcomes'}")


def measure(scenario: "Scenario", world: "World", names: Iterable[str] = ()) -> dict[str, float]:
    """Compute outcomes of a finished run.

    Parameters
    ----------
    scenario : Scenario
    world : World
        The world at the end of the run, with its weekly record and log.
    names : iterable of str
        Which outcomes; the whole catalogue where left out.
    """
    trace = Trace(world.record.weekly, world, scenario)
    return {name: OUTCOMES[name](trace) for name in names or OUTCOMES}
