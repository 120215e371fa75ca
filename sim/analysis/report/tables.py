"""Tables for readers: CSV with every digit, and LaTeX for a paper."""

import pandas as pd

from sim.analysis.report.parts import Grid
from sim.analysis.report.words import written

SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "%": r"\%",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "–": "--",
    "−": "$-$",
    "²": r"\textsuperscript{2}",
    "∞": r"$\infty$",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
}


def as_csv(frame: pd.DataFrame) -> str:
    """Write a table as CSV, numbers in full."""
    return frame.to_csv(index=False, lineterminator="\n")


def heads_of(frame: pd.DataFrame) -> list[tuple[str, bool]]:
    """Return the heads of the columns, each with whether it has numbers."""
    number = [pd.api.types.is_numeric_dtype(kind) for kind in frame.dtypes]
    return [(str(name).replace("_", " "), kind) for name, kind in zip(frame.columns, number, strict=True)]


def rows_of(frame: pd.DataFrame) -> list[list[tuple[str, bool]]]:
    """Return the cells of a table as text, each with whether it is a number."""
    number = [pd.api.types.is_numeric_dtype(kind) for kind in frame.dtypes]
    rows = frame.astype(object).itertuples(index=False, name=None)
    return [[(written(value), kind) for value, kind in zip(row, number, strict=True)] for row in rows]


def as_latex(grid: Grid) -> str:
    """Write a table as LaTeX that needs the package booktabs."""
    frame = grid.frame
    columns = "".join("r" if number else "l" for _, number in heads_of(frame))
    head = " & ".join(escape(name) for name, _ in heads_of(frame))
    body = [" & ".join(escape(text) for text, _ in row) + r" \\" for row in rows_of(frame)]
    lines = [
        "% needs \\usepackage{booktabs}",
        r"\begin{table}[htbp]",
        r"\centering",
        r"\small",
        rf"\caption{{{escape(grid.title)}}}",
        rf"\label{{tab:{grid.name}}}",
        rf"\begin{{tabular}}{{{columns}}}",
        r"\toprule",
        head + r" \\",
        r"\midrule",
        *body,
        r"\bottomrule",
        r"\end{tabular}",
    ]
    if grid.caption:
        lines += ["", r"\smallskip", rf"\parbox{{\linewidth}}{{\footnotesize {escape(grid.caption)}}}"]
    return "\n".join([*lines, r"\end{table}", ""])


def escape(text: str) -> str:
    """Return text that LaTeX prints as it stands, on one line."""
    return "".join(SPECIAL.get(letter, letter if letter.isprintable() else " ") for letter in text)
