"""Round places for ticks: of numbers, and of dates."""

import datetime
import math

LENGTHS = (1, 2, 5)
MOST_DATES = 10
DAYS = (1, 7, 14)
MONTHS = (1, 3, 6, *(12 * k * 10**power for power in range(4) for k in LENGTHS))


def round_ticks(top: float, most: int, least: float = 0.0) -> list[float]:
    """Return multiples of 1, 2 or 5 times a power of ten from 0 to ``top``.

    Parameters
    ----------
    top : float
        Above 0.
    most : int
        Steps there may be.
    least : float
        Smallest step; 1 for whole numbers.
    """
    power = 10.0 ** math.floor(math.log10(max(top / most, least)))
    step = next(k * power for k in (*LENGTHS, 10) if k * power >= max(top / most, least) * (1.0 - 1e-9))
    return [k * step for k in range(math.floor(top / step * (1.0 + 1e-9)) + 1)]


def date_ticks(start: datetime.date, days: int) -> list[tuple[int, str]]:
    """Return days after the start with their dates in a word: days, months or years, whatever makes no crowd.

    Where no year begins, the first month says which year it is in.
    """
    for step in DAYS:
        if days <= MOST_DATES * step:
            dates = [start + datetime.timedelta(k) for k in range(0, days + 1, step)]
            return [((date - start).days, f"{date.day} {date:%b}") for date in dates]
    step = next(step for step in MONTHS if days <= MOST_DATES * step * 30.44)
    dates = firsts_of_months(start, days, step)
    words = [str(date.year) if date.month == 1 else f"{date:%b}" for date in dates]
    if dates and all(date.month > 1 for date in dates):
        words[0] += f" {dates[0].year}"
    return [((date - start).days, word) for date, word in zip(dates, words, strict=True)]


def firsts_of_months(start: datetime.date, days: int, step: int) -> list[datetime.date]:
    """Return the first days of every so many months, counted from the year 0."""
    first = 12 * start.year + start.month - 1 + (start.day > 1)
    months = range(-(-first // step) * step, min(first + days // 28 + 1, 12 * datetime.MAXYEAR), step)
    dates = [datetime.date(month // 12, month % 12 + 1, 1) for month in months]
    return [date for date in dates if (date - start).days <= days]
