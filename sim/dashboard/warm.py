"""What is done before the first visitor comes: the model is compiled, or its machine code loaded."""

from sim.core.notice import compile_notice
from sim.dashboard.countries import country
from sim.engine.replicate import prepare


def warm_up(name: str) -> None:
    """Compile or load the model, and say so if it takes long."""
    scenario = country(name)
    with compile_notice():
        prepare(scenario, scenario.about.seed)
