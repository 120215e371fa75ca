"""Progress: quiet while quick, plain lines when not on a terminal."""

import io

from sim.cli import progress
from sim.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def shown(monkeypatch, moments, stream, *, wanted=True):
    """What is shown when the clock stands at these moments after each of 100 runs."""
    clock = iter([0.0, 0.0, *moments])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    with Progress("runs", shown=wanted, stream=stream) as bar:
        for number in range(len(moments)):
            bar(number + 1, 100)
    return stream.getvalue()


def test_nothing_in_the_first_two_seconds(monkeypatch):
    assert shown(monkeypatch, [0.5, 1.9], io.StringIO()) == ""


def test_a_line_every_ten_seconds_with_rate_and_time_left(monkeypatch):
    text = shown(monkeypatch, [2.0, 4.0, 11.0, 12.0], io.StringIO())
    assert text == "1 of 100 runs, 0.5 a second, 198 s left\n4 of 100 runs, 0.3 a second, 288 s left\n"


def test_nothing_when_not_wanted(monkeypatch):
    assert shown(monkeypatch, [5.0, 50.0], io.StringIO(), wanted=False) == ""


def test_a_bar_on_a_terminal():
    stream = Terminal()
    with Progress("runs", stream=stream) as bar:
        bar.began -= 10.0
        bar(50, 100)
    assert "50/100" in stream.getvalue()
