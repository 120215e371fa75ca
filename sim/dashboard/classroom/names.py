"""Names that strangers type: made short and plain, so that they cannot hide, break a line or turn the text round."""

import re
import unicodedata

LONGEST_NAME = 40
MARKS_IN_A_ROW = 1  # accents on one letter; more pile up over other lines


def plain_name(text: object) -> str:
    """Return a name with no control, format or unassigned characters, one space between words, at most 40 long.

    What a name means to a browser is left to the page, which shows it as text and never as markup.
    """
    kept, marks = [], 0
    for letter in unicodedata.normalize("NFC", str(text)[: 20 * LONGEST_NAME]):
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind.startswith("M") else 0
        if kind.startswith("Z") or letter in "\t\n\r":
            kept.append(" ")
        elif not kind.startswith("C") and marks <= MARKS_IN_A_ROW:
            kept.append(letter)
    return " ".join("".join(kept).split())[:LONGEST_NAME].strip()


def file_part(name: str) -> str:
    """Return what of a name may stand in the name of a file: nothing in it can be a path."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:LONGEST_NAME] or "group"


def same_name(one: str, other: str) -> bool:
    """Tell whether two names would be taken for one another."""
    return unicodedata.normalize("NFKC", one).casefold() == unicodedata.normalize("NFKC", other).casefold()
