"""Causal diagrams as SVG, drawn from the links: the main ones at a glance, and all of them group by group."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from sim.analysis.odd.causes import LINKS, Link
from sim.analysis.odd.live import Live, behind
from sim.analysis.odd.quantities import GROUPS, QUANTITIES

INK, PAPER = "#1d262e", "#ffffff"
FILLS = ("#dbe7f3", "#cfe3e6", "#d9ecdf", "#f6d9cf", "#f3e3c3", "#e9e2f1", "#e4e8c6")
FILL = dict(zip(GROUPS, FILLS, strict=True))
LOOKS = {1: ("#00639e", ""), -1: ("#b84a00", "7 4"), 0: ("#5b6670", "2 4")}  # colour and dashes
WORDS = {1: "raises", -1: "lowers", 0: "moves, either way"}
WIDE, HIGH, ACROSS, DOWN, MARGIN, TOP = 196, 40, 294, 80, 24, 74
ROUND = 100  # room on the right for lines that go round within the last column
FAINT = 0.13  # opacity of what played no part in an event
WIDEST = math.log(20.0)  # a factor of twenty is drawn with the widest line
BELOW = "peace"  # the group that lies along the foot of the overview, in two rows


class Box(NamedTuple):
    """A quantity on the page, by its centre."""

    name: str
    x: float
    y: float


class Point(NamedTuple):
    """Where a line meets a box; ``side`` is 1 on its right and -1 on its left."""

    x: float
    y: float
    side: int


def diagrams() -> dict[str, str]:
    """Give the text of every diagram by file name."""
    pages = {"causes.svg": overview()}
    for group in GROUPS:
        pages[f"causes-{group}.svg"] = detail(group)
    return pages


def overview(live: tuple[Live, ...] = (), target: str = "") -> str:
    """Draw the main links and the quantities that they join, group by group in columns.

    Parameters
    ----------
    live : tuple of Live
        Links at work in an event; they are drawn wide with their factors, what moves their sources plainly, and all
        else faintly. None draws all alike.
    target : str
        The quantity that the event is about.
    """
    ours = {each.link for each in live}
    links = [link for link in LINKS if link.main or link in ours]
    joined = {name for link in links for name in (link.source, link.target)}
    columns = [group for group in GROUPS if group != BELOW]
    members = {
        group: [name for name, each in QUANTITIES.items() if each.group == group and name in joined] for group in GROUPS
    }
    tallest = max(len(members[group]) for group in columns)
    boxes, titles = {}, []
    for k, group in enumerate(columns):
        x = MARGIN + WIDE / 2 + k * ACROSS
        step = DOWN * (tallest - 1) / max(1, len(members[group]) - 1)
        titles.append((x - WIDE / 2, TOP - 10, GROUPS[group]))
        for i, name in enumerate(members[group]):
            boxes[name] = Box(name, x, TOP + HIGH / 2 + i * step)
    foot = TOP + HIGH + DOWN * (tallest - 1) + 80
    half = (len(members[BELOW]) + 1) // 2
    titles.append((MARGIN + ACROSS, foot - HIGH / 2 - 10, GROUPS[BELOW]))
    for i, name in enumerate(members[BELOW]):
        boxes[name] = Box(name, MARGIN + WIDE / 2 + (1 + i % half) * ACROSS, foot + (i // half) * DOWN)
    width = 2 * MARGIN + ACROSS * (len(columns) - 1) + WIDE + ROUND
    ends = [(boxes[link.source], boxes[link.target], link) for link in links]
    height = foot + DOWN + HIGH / 2 + MARGIN
    return page(width, height, titles, boxes.values(), ends, "What moves what", live, target)


def detail(group: str) -> str:
    """Draw what moves the quantities of one group: sources on the left, the group's own on the right."""
    links = [link for link in LINKS if QUANTITIES[link.target].group == group]
    targets = [name for name in QUANTITIES if any(link.target == name for link in links)]
    sources = [name for name in QUANTITIES if any(link.source == name for link in links)]

    def height(name: str) -> float:
        """Return the mean place of what a source moves, so that few lines cross."""
        places = [targets.index(link.target) for link in links if link.source == name]
        return sum(places) / len(places)

    sources.sort(key=height)
    tallest = max(len(sources) * HIGH * 1.25, len(targets) * HIGH * 2.2)
    far = MARGIN + WIDE * 1.5 + 420

    def column(names: list[str], x: float) -> dict[str, Box]:
        step = tallest / len(names)
        return {name: Box(name, x, TOP + (i + 0.5) * step) for i, name in enumerate(names)}

    left, right = column(sources, MARGIN + WIDE / 2), column(targets, far)
    ends = [(left[link.source], right[link.target], link) for link in links]
    boxes = [*left.values(), *right.values()]
    return page(far + WIDE / 2 + MARGIN, TOP + tallest + MARGIN, [], boxes, ends, f"What moves: {GROUPS[group]}")


def page(
    width: float,
    height: float,
    titles: list[tuple[float, float, str]],
    boxes: Iterable[Box],
    ends: Sequence[tuple[Box, Box, Link]],
    title: str,
    live: tuple[Live, ...] = (),
    target: str = "",
) -> str:
    """Write an SVG file: links below, boxes above them, a legend beside the title; live links stand out."""
    wide = {each.link: each for each in live}
    plain = set(behind(live))
    near = {end for link in (*wide, *plain) for end in (link.source, link.target)} | {target}
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" font-family="DejaVu Sans, Verdana, sans-serif" font-size="12">',
        f'<rect x="0" y="0" width="{width:.0f}" height="{height:.0f}" fill="{PAPER}"/>',
        words(MARGIN, 26, title, 'font-size="16" font-weight="bold"'),
        *legend(width),
    ]
    for x, y, text in titles:
        lines.append(words(x, y, text, 'font-weight="bold"'))
    drawn = sorted(zip(ports(ends), ends, strict=True), key=lambda pair: pair[1][2] in wide)  # live ones on top
    for (start, end), (_, _, link) in drawn:
        each = wide.get(link)
        faint = bool(live) and each is None and link not in plain
        width_of = 1.4 if each is None else 2.2 + 3.8 * min(1.0, each.strength / (1.0 if each.added else WIDEST))
        lines += arrow(start, end, link, width_of, FAINT if faint else 1.0, each.mark if each else "")
    for box in boxes:
        quantity = QUANTITIES[box.name]
        faint = bool(live) and box.name not in near
        edge = 3 if live and box.name == target else 0.8
        shade = f' opacity="{3 * FAINT}"' if faint else ""
        lines.append(
            f'<rect x="{box.x - WIDE / 2:.1f}" y="{box.y - HIGH / 2:.1f}" width="{WIDE}" height="{HIGH}" rx="6" '
            f'fill="{FILL[quantity.group]}" stroke="{INK}" stroke-width="{edge}"{shade}/>'
        )
        lines.append(words(box.x, box.y + 4, quantity.label, f'text-anchor="middle"{shade}'))
    return "\n".join([*lines, "</svg>"]) + "\n"


def words(x: float, y: float, text: str, look: str) -> str:
    """Write a line of text."""
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{INK}" {look}>{escape(text)}</text>'


def legend(width: float) -> Iterator[str]:
    """Show what the lines mean, at the top right."""
    for k, (sign, (colour, dash)) in enumerate(LOOKS.items()):
        x = width - MARGIN - 400 + k * 130
        yield f'<path d="M {x:.1f} 22 L {x + 28:.1f} 22" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>'
        yield words(x + 34, 26, WORDS[sign], "")


def arrow(
    start: Point, end: Point, link: Link, width: float = 1.4, opacity: float = 1.0, mark: str = ""
) -> Iterator[str]:
    """Draw a link as a curve from side to side, with a head; its title says which process carries it and how."""
    colour, dash = LOOKS[link.sign]
    back = end.x + 8.0 * end.side
    if start.side == end.side:
        bend = 30.0 + 0.12 * abs(end.y - start.y)
    else:
        bend = max(40.0, 0.4 * abs(end.x - start.x))
    about = f"{QUANTITIES[link.source].label} {WORDS[link.sign]} {QUANTITIES[link.target].label}: {link.why}"
    shade = "" if opacity == 1.0 else f' opacity="{opacity}"'
    yield f"<g{shade}><title>{escape(about)} ({link.process})</title>"
    curve = f"M {start.x:.1f} {start.y:.1f} C {start.x + bend * start.side:.1f} {start.y:.1f}"
    curve += f" {back + bend * end.side:.1f} {end.y:.1f} {back:.1f} {end.y:.1f}"
    yield f'<path d="{curve}" fill="none" stroke="{colour}" stroke-width="{width:.3g}" stroke-dasharray="{dash}"/>'
    head = f"M {end.x:.1f} {end.y:.1f} L {back:.1f} {end.y - 4:.1f} L {back:.1f} {end.y + 4:.1f} Z"
    yield f'<path d="{head}" fill="{colour}"/></g>'
    if mark:  # at the middle of the curve, on paper
        x = (start.x + 3.0 * (start.x + bend * start.side) + 3.0 * (back + bend * end.side) + back) / 8.0
        look = f'text-anchor="middle" font-weight="bold" font-size="15" stroke="{PAPER}" stroke-width="5" '
        yield words(x, (start.y + end.y) / 2.0 + 5.0, mark, look + 'paint-order="stroke"')


def ports(ends: Sequence[tuple[Box, Box, Link]]) -> list[tuple[Point, Point]]:
    """Give every link its own place where it leaves and comes in, ordered by where the other end is."""
    there: dict[tuple[Box, int], list[tuple[float, int, int]]] = {}
    sides = []
    for k, (source, target, _) in enumerate(ends):
        # Within a column lines go round on the right.
        out = -1 if target.x < source.x else 1
        into = 1 if target.x <= source.x else -1
        sides.append((out, into))
        there.setdefault((source, out), []).append((target.y, k, 0))
        there.setdefault((target, into), []).append((source.y, k, 1))
    places = {}
    for (box, side), visitors in there.items():
        for i, (_, k, end) in enumerate(sorted(visitors)):
            y = box.y + HIGH * ((i + 1) / (len(visitors) + 1) - 0.5)
            places[k, end] = Point(box.x + side * WIDE / 2, y, side)
    return [(places[k, 0], places[k, 1]) for k in range(len(ends))]
