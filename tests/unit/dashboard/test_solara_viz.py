"""Mesa's own page over the model."""

import numpy as np
import pytest

from sim.dashboard import solara_viz
from sim.dashboard.solara_viz import ClassroomModel, MesaPage
from sim.engine.run import simulate


def test_its_model_takes_scenarios_on_offer_only_and_steps_as_the_engine_runs() -> None:
    with pytest.raises(KeyError):
        ClassroomModel("/etc/passwd")
    model = ClassroomModel("ceasefire_line", seed="7")
    for _ in range(5):
        model.step()
    world = simulate(model.scenario.override({"weeks": 5}), 7)
    np.testing.assert_array_equal(model.world.record.weekly[:5], world.record.weekly)


def test_two_pages_have_two_models() -> None:
    one, other = ClassroomModel(), ClassroomModel()
    one.step()
    assert (one.week, other.week) == (1, 0)


def test_without_what_mesa_needs_the_page_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    solara = pytest.importorskip("solara")
    monkeypatch.setattr(solara_viz.importlib.util, "find_spec", lambda name: None)
    _, render = solara.render(MesaPage(), handle_error=False)
    assert "pip install networkx altair" in str(render.find().widgets)
    render.close()
