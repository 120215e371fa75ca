"""A comparison on one page: both futures and their difference over time, where lives were saved, and outcomes."""

from sim import __version__
from sim.analysis.compare.weekly import SIDES, THEMES
from sim.analysis.plots import style
from sim.analysis.plots.charts import Frame
from sim.analysis.plots.fans import draw_difference, draw_sides
from sim.analysis.plots.lives import draw_lives
from sim.analysis.plots.page import Page, faded
from sim.analysis.plots.ratios import draw_ratios
from sim.analysis.plots.ticks import date_ticks
from sim.results.summary import usd

WIDE, HIGH = 14.4, 10.2
EDGE, HEAD, FOOT = 0.3, 1.12, 0.42
CHARTS = 8.7  # inches across for the fans
TICKS, GAP = 0.62, 0.42  # to the left of panels; between one panel and the title of the next
LEVELS = 0.56  # of the width of the fans, for the panels with both sides
LONGEST_NAME = 44  # letters
COLOURS = (style.BLUE, style.ORANGE)


def comparison_figure(comparison) -> Page:
    """Draw a comparison.

    Parameters
    ----------
    comparison : Comparison
        With at least one pair.

    Returns
    -------
    Page
        14.4 by 10.2 inches: fans of the main weekly series for both sides and for the difference of pairs on the left;
        on the right the map of lives saved, where both sides are one country, and ratios of outcomes.
    """
    page = Page(WIDE, HIGH, style.PAPER)
    draw_head(page, comparison)
    draw_fans(page, comparison)
    left = EDGE + CHARTS + 0.35
    across, up = WIDE - EDGE - left, HIGH - HEAD
    table = 3.35
    if comparison.lives is not None:
        draw_lives(page, comparison, (left, table + 0.3, across, up - table - 0.3), COLOURS)
        draw_ratios(page, comparison, (left, 0.1, across, table), COLOURS)
    else:
        draw_ratios(page, comparison, (left, up - table, across, table), COLOURS)
    return page


def draw_head(page: Page, comparison) -> None:
    """Write the title, the sides with their colours, and what the page shows."""
    who = f"seeds {comparison.seeds[0]} to {comparison.seeds[-1]} · peacekeeping-sim {__version__}"
    title = comparison.first.title
    across = WIDE - 2 * EDGE - page.width(who) - 0.3
    size = min(style.LARGE, style.LARGE * across / page.width(title, style.LARGE, "bold"))
    page.write(EDGE, HIGH - 0.2, title, style.INK, size, "bold", up="top")
    page.write(WIDE - EDGE, HIGH - 0.25, who, style.SOFT, across="right", up="top")
    x, y = EDGE, HIGH - 0.61
    for name, colour in zip(comparison.names, COLOURS, strict=True):
        page.boxes(x, y - 0.06, x + 0.3, y + 0.06, colour)
        name = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip(' ,')}…"
        page.write(x + 0.37, y, name, colour, 11.0, "bold", up="middle")
        x += 0.37 + page.width(name, 11.0, "bold") + 0.35
    pairs = f"{len(comparison.good):,} pairs of runs, both of a pair with the same random numbers"
    if x + page.width(pairs, 11.0) > WIDE - EDGE:
        pairs = f"{len(comparison.good):,} pairs of runs"
    page.write(x, y, pairs, style.INK, 11.0, up="middle")
    caption = "Over time: bands hold eight in ten and the middle half of the runs, lines are medians, dashes means."
    page.write(EDGE, HIGH - 0.82, caption, style.SOFT, up="top")
    page.write(WIDE - EDGE, HIGH - 0.82, headline(comparison), style.INK, 11.0, "bold", across="right", up="top")


def headline(comparison) -> str:
    """Say how many deaths are averted and what one cost, as far as it can be told."""
    price = comparison.price
    if not price.averted.clear:
        return "Deaths averted: within chance"
    words = "Deaths averted" if price.averted.value > 0.0 else "More deaths"
    low, high = sorted((abs(price.averted.low), abs(price.averted.high)))
    text = f"{words}: {abs(price.averted.value):,.0f} ({low:,.0f} to {high:,.0f})"
    each = price.usd_per_death
    return f"{text}, {usd(each.value)} each" if each.value > 0.0 and price.extra_usd.low > 0.0 else text


def draw_fans(page: Page, comparison) -> None:
    """Draw a row of two panels for each series that is ever above zero, over a shared time axis."""
    fans = comparison.fans
    shown = [theme for theme in THEMES if any(fans[theme.name][side].quantiles.any() for side in SIDES)]
    weeks = comparison.first.weeks
    each = (HIGH - HEAD - FOOT) / max(len(shown), 1)
    half = LEVELS * CHARTS
    levels = Frame(EDGE + TICKS, 0.0, half - TICKS, each - GAP, weeks)
    apart = Frame(EDGE + half + TICKS, 0.0, CHARTS - half - TICKS, each - GAP, weeks)
    for frame in (levels, apart):
        draw_dates(page, frame._replace(low=FOOT + 0.05), comparison)
    for number, theme in enumerate(shown):
        low = HIGH - HEAD - (number + 1) * each + 0.12
        one, other, difference = (fans[theme.name][side] for side in SIDES)
        draw_sides(page, levels._replace(low=low), theme.title, theme.unit, (one, other), COLOURS)
        title = ("Difference", "") if number else ("Difference of pairs", "blue less orange")
        draw_difference(page, apart._replace(low=low), title, difference, style.GREY)


def draw_dates(page: Page, frame: Frame, comparison) -> None:
    """Write dates below the lowest panels, with faint lines up through all of them."""
    last = -1.0
    for days, words in date_ticks(comparison.first.about.start, 7 * frame.weeks):
        x = float(frame.x(days / 7.0))
        page.line([x, x], [frame.low, HIGH - HEAD - GAP + 0.12], faded(style.FAINT, 0.5), 0.6)
        across = page.width(words)
        if x - across / 2.0 > last:
            page.write(x, frame.low - 0.08, words, style.INK, across="middle", up="top")
            last = x + across / 2.0 + 0.08
