"""Mesa's own page over the model, for those who know it: ``/mesa`` of the dashboard.

Mesa's page shares one model among all visitors if the model is made where the module is imported; here each page makes
its own. It draws on the server, a picture a step, and is much slower than the dashboard's player.
"""

import importlib.util

import numpy as np
import solara
from solara import v

from sim.dashboard.countries import FIRST, country, names
from sim.model import PeacekeepingModel
from sim.world.series import LAYERS, Layer

NEEDS = ("networkx", "altair")  # Mesa's page imports them without asking for them
PLOTS = (("battle_deaths", "civilians_killed"), ("trust_state", "trust_mission", "fear"), ("deployed", "authorised"))


class ClassroomModel(PeacekeepingModel):
    """The model as Mesa's page resets it: scenarios on offer only, whatever a browser sends.

    Parameters
    ----------
    scenario : str
        Name of a scenario on offer.
    seed : int or str
        Key of all chance.
    """

    def __init__(self, scenario: str = FIRST, seed: int | str = 1) -> None:
        super().__init__(country(scenario), seed=int(seed), stride=1)


@solara.component
def MesaPage():  # noqa: N802
    """Show Mesa's page, or what it needs."""
    missing = [name for name in NEEDS if importlib.util.find_spec(name) is None]
    if missing:
        words = f"Mesa's own page needs {' and '.join(missing)}: pip install {' '.join(missing)}"
        v.Html(tag="p", class_="lab-panel", children=[words])
        return
    SolaraVizPage()


@solara.component
def SolaraVizPage():  # noqa: N802
    """Show SolaraViz over a model that only this page has."""
    from mesa.visualization import SolaraViz, make_plot_component

    model = solara.use_memo(ClassroomModel, [])
    components = solara.use_memo(lambda: [(LayerMap, 0), *(make_plot_component(list(each)) for each in PLOTS)], [])
    parameters = {
        "scenario": {"type": "Select", "value": FIRST, "values": names(), "label": "Scenario"},
        "seed": {"type": "InputText", "value": "1", "label": "Seed"},
    }
    # Its buttons stand in the frame of Solara's own layout, which the dashboard does without.
    with solara.AppLayout(navigation=False):
        SolaraViz(model, components=components, model_params=parameters, name="Peacekeeping, as Mesa shows it")


@solara.component
def LayerMap(model: PeacekeepingModel):  # noqa: N802
    """Draw recent violence, cell by cell, as it stands after the last week."""
    from matplotlib.figure import Figure
    from mesa.visualization.utils import update_counter

    update_counter.get()
    geography, layers, week = model.world.geography, model.world.record.layers, max(model.week - 1, 0)
    picture = np.full((int(geography.row.max()) + 1, int(geography.column.max()) + 1), np.nan)
    picture[geography.row, geography.column] = layers[week, Layer.VIOLENCE]
    figure = Figure(figsize=(5.0, 5.0), layout="constrained")
    axes = figure.subplots()
    shown = axes.imshow(picture, cmap="magma_r", vmin=0.0, vmax=5.0)
    axes.set_axis_off()
    axes.set_title(f"{model.date}")
    figure.colorbar(shown, ax=axes, label=LAYERS[Layer.VIOLENCE].unit, shrink=0.6)
    solara.FigureMatplotlib(figure, dependencies=[model.week, id(model)])
