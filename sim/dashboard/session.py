"""What belongs to one page and to nobody else: its choice, its pictures, its uploaded file."""

import base64
import binascii
import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import solara

from sim.core.errors import ScenarioError
from sim.dashboard.choice import NONE, PINNED, UPLOADED, Choice, Settings, levers_of, read_link
from sim.dashboard.countries import LARGEST_UPLOAD, country, uploaded
from sim.dashboard.desk import Desk, Office, View
from sim.dashboard.levers import Lever, Value
from sim.scenario.scenario import Scenario

office = Office()  # the only thing that pages share: threads and finished work, nothing of what a page has set


class Session:
    """One open page.

    Attributes
    ----------
    uploaded, text : Scenario or None, str
        A scenario that only this page has, and what it was read from.
    newest, draw : View or None, callable
        What is to be on the map, and what puts it there at once: drawing the page again takes a while longer.
    choice, view, notes, problem, event, week : solara.Reactive
        What is set; the pictures of it; remarks about the link; why nothing new is shown; the event that is explained,
        by its number, -1 for none; the week on the map.
    step, guesses, hidden, large : solara.Reactive
        Step of the tour; guesses by step; whether outcomes are hidden until a guess; large type for a projector.
    """

    def __init__(self, query: str = "") -> None:
        choice, left_out = read_link(query)
        self.choice = solara.reactive(choice)
        self.view: solara.Reactive[View | None] = solara.reactive(None)
        self.notes: solara.Reactive[list[str]] = solara.reactive(left_out)
        self.problem = solara.reactive("")
        self.event = solara.reactive(-1)
        self.week = solara.reactive(choice.week)
        self.step = solara.reactive(0)
        self.guesses: solara.Reactive[dict[int, str]] = solara.reactive({})
        self.hidden = solara.reactive(False)
        self.large = solara.reactive(False)
        self.uploaded: Scenario | None = None
        self.text = ""
        self.newest: View | None = None
        self.draw: Callable[[], None] | None = None
        self._asked: Choice | None = None
        self._editions = itertools.count(1)
        self._desk = Desk(office, self._publish, self._complain)

    @property
    def base(self) -> Scenario:
        """The scenario before the settings."""
        choice = self.choice.value
        if choice.name == UPLOADED and self.uploaded is not None:
            return self.uploaded
        return country(choice.name)

    @property
    def levers(self) -> tuple[Lever, ...]:
        """What may be moved now."""
        return levers_of(self.base, self.choice.value)

    @property
    def busy(self) -> bool:
        """Whether more is on its way for what is set."""
        view, choice = self.view.value, self.choice.value
        return not self.problem.value and (view is None or view.choice is not choice or view.working)

    def compute(self, future: int | None = None) -> None:
        """Ask for the pictures of what is set, unless that has been done."""
        self._ask(self.choice.value, future)

    def _ask(self, choice: Choice, future: int | None = None) -> None:
        if choice is not self._asked or future is not None:
            self._asked = choice
            self.problem.value = ""
            self._desk.want(choice, self.base, future=future)

    def close(self) -> None:
        """Stop working for this page, and forget its pictures."""
        self._desk.close()
        self.uploaded, self.text = None, ""
        self.newest = self.draw = self.view.value = None

    def pick(self, name: str) -> None:
        """Go to another scenario; what was moved belongs to the old one."""
        if name == UPLOADED and self.uploaded is None:
            return
        self.event.value = -1
        self.week.value = 0
        self.step.value = 0
        self.guesses.value = {}
        self.hidden.value = False
        self.notes.value = []
        self.choice.value = Choice(name=name)

    def move(self, path: str, value: Value | None) -> None:
        """Move one lever, or put it back with None."""
        lever = next((each for each in self.levers if each.path == path), None)
        if lever is None:
            return
        if value is not None and lever.slides:
            value = lever.quantised(float(value))
        choice = self.choice.value.moved(path, None if value == lever.resting else value)
        if choice != self.choice.value:
            self._ask(choice)  # before the page is drawn again with the new value
            self.choice.value = choice

    def set_all(self, settings: Settings) -> None:
        """Set several levers at once, and put the others back."""
        known = {lever.path for lever in self.levers}
        self.choice.value = replace(self.choice.value, settings={k: v for k, v in settings.items() if k in known})

    def reset(self) -> None:
        """Put every lever back."""
        self.choice.value = replace(self.choice.value, settings=NONE)

    def luck(self, seed: int | None) -> None:
        """Take another first seed, None for the scenario's."""
        self.choice.value = replace(self.choice.value, seed=seed, future=None)

    def compare_with(self, against: str) -> None:
        """Choose the world beside it."""
        self.choice.value = replace(self.choice.value, against=against)

    def pin(self) -> None:
        """Keep the world as it is set now, to compare others with it."""
        self.choice.value = replace(self.choice.value, pinned=self.choice.value.settings, against=PINNED)

    def fork(self, week: int) -> None:
        """Let what is moved from now on hold from a week on only, in the future shown; 0 goes back to one policy."""
        choice, view = self.choice.value, self.view.value
        if week == choice.from_week or not 0 <= week < self.base.weeks:
            return
        future = None if view is None else view.shown.result.seed
        self.week.value = week or self.week.value
        self.choice.value = choice.forked(week, future)

    def show(self, future: int) -> None:
        """Show another of the futures; a fork goes on in it."""
        if self.choice.value.from_week:
            self.choice.value = replace(self.choice.value, future=future)
        else:
            self.compute(future=future)

    def receive(self, sent: dict[str, Any]) -> None:
        """Take a file that the browser sends: check it, show it, or say what is wrong with it line by line."""
        if not sent:
            return
        file = "".join(letter for letter in str(sent.get("name", ""))[:100] if letter.isprintable()) or "upload"
        try:
            text, size = str(sent.get("text", "")), sent.get("size", 0)
            if not text or len(text) > 1.5 * LARGEST_UPLOAD:
                size = size if isinstance(size, int) else 0
                raw = b"\0" * min(max(size, len(text)), LARGEST_UPLOAD + 1) if size > LARGEST_UPLOAD else b""
            else:
                raw = base64.b64decode(text, validate=True)
            scenario = uploaded(raw, file)
        except ScenarioError as error:
            self.problem.value = str(error)
            return
        except (binascii.Error, ValueError):
            self.problem.value = f"{file}: did not arrive whole"
            return
        self.show_own(scenario, raw.decode("utf-8-sig"))

    def show_own(self, scenario: Scenario, text: str) -> None:
        """Show a scenario that only this page has, and keep the text that it was read from."""
        self.uploaded, self.text = scenario, text
        self.problem.value = ""
        self.pick(UPLOADED)
        # A second file has the name of the first, and yet everything on the page changes.
        self.choice.value = replace(self.choice.value, edition=next(self._editions))

    def _publish(self, view: View) -> None:
        if self.event.value >= len(view.shown.result.told):
            self.event.value = -1
        before = self.view.value
        if before is not None and before.shown.result is not view.shown.result:
            self.event.value = -1
        self.newest = view
        if self.draw is not None:
            self.draw()
        self.view.value = view

    def _complain(self, words: str) -> None:
        self.problem.value = words
