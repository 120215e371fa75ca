"""What a page gives to take away as files."""

import solara
from solara import v

from sim.dashboard.choice import UPLOADED
from sim.dashboard.downloads import experiment_file, figure_file, file_name, replay_file, scenario_file, weekly_file
from sim.dashboard.session import Session
from sim.dashboard.stage import labels


@solara.component
def TakeAway(session: Session):  # noqa: N802
    """Show the downloads."""
    choice, view = session.choice.value, session.view.value
    with v.Html(tag="section", class_="lab-panel away", attributes={"aria-label": "Take away"}):
        words = "The address of this page carries scenario, settings, seed and week: copy it, or keep it as a bookmark."
        v.Html(tag="p", class_="muted hint", children=[words])
        if choice.name == UPLOADED:
            v.Html(tag="p", class_="muted hint", children=["The link does not carry an uploaded file."])
        if view is not None:
            with v.Html(tag="dl", class_="files"):
                with File("The settings as a scenario file: peacesim run computes it, this page loads it again."):
                    Download("Scenario TOML", lambda: scenario_file(view), file_name(view, ".toml"), "application/toml")
                with File("A row for each week: the future on the map, and the range of the futures."):
                    Download("Weekly CSV", lambda: weekly_file(view), file_name(view, "-weekly.csv"), "text/csv")
                with File("Map and charts of the future shown, for a slide or a paper."):
                    Download("Figure PNG", lambda: figure_file(view.shown.result), file_name(view, ".png"), "image/png")
                with File("One page that plays map, charts and events in any browser, with no server and no internet."):
                    Download(
                        "Replay HTML", lambda: replay_file(view, labels(view)), file_name(view, ".html"), "text/html"
                    )
                if not view.choice.from_week:  # an experiment has one policy throughout
                    with File("Each setting moved, as it was and as it is now, for peacesim sweep."):
                        Download(
                            "As an experiment",
                            lambda: experiment_file(session.base, view.choice, view.members),
                            file_name(view, "-experiment.toml"),
                            "application/toml",
                        )
            if view.choice.from_week:
                words = (
                    "The scenario file holds the policy until the change, and the command that runs both in a comment."
                )
                v.Html(tag="p", class_="muted hint", children=[words])


@solara.component
def File(what: str, children=[]):  # noqa: B006, N802
    """Show a download, and below it what it is good for."""
    v.Html(tag="dt", children=children)
    v.Html(tag="dd", children=[what])


@solara.component
def Download(label: str, make, name: str, kind: str):  # noqa: N802
    """Show a button that makes a file when it is pressed."""
    with solara.FileDownload(make, filename=name, mime_type=kind):
        v.Html(tag="button", class_="lab-button", attributes={"type": "button"}, children=[label])
