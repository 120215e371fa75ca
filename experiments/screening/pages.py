"""The pages of the screening: what each parameter moves, and whether each mechanism does what its literature says."""

import math
from pathlib import Path

import numpy as np
import pandas as pd

from sim.results.outcomes import OUTCOMES
from sim.scenario.catalogue import parameters

SURE = 3.75  # t beyond which a difference among some 80 outcomes is hardly luck (5 % after Bonferroni, 30 pairs)


def effects(runs: pd.DataFrame) -> pd.DataFrame:
    """Return the paired difference high - low of every outcome, by name and scenario.

    A row: name, scenario, outcome, low, high (means), difference, error (standard), t, pairs, moved (share of pairs
    whose runs differ in any bit).
    """
    rows = []
    for (name, scenario), part in runs.groupby(["name", "scenario"], sort=False):
        low = part[part.side == "low"].set_index("seed")
        high = part[part.side == "high"].set_index("seed")
        moved = float((low.checksum != high.checksum.reindex(low.index)).mean())
        for outcome in OUTCOMES:
            if outcome not in part:
                continue
            pairs = pd.concat([low[outcome], high[outcome]], axis=1, keys=["low", "high"]).dropna()
            if len(pairs) < 10:
                continue
            difference = (pairs.high - pairs.low).to_numpy(dtype=float)
            error = difference.std(ddof=1) / math.sqrt(len(pairs))
            mean = difference.mean()
            t = mean / error if error > 0 else (0.0 if mean == 0 else math.copysign(math.inf, mean))
            rows.append(
                (name, scenario, outcome, pairs.low.mean(), pairs.high.mean(), mean, error, t, len(pairs), moved)
            )
    columns = ["name", "scenario", "outcome", "low", "high", "difference", "error", "t", "pairs", "moved"]
    return pd.DataFrame(rows, columns=columns)


def matter(found: pd.DataFrame) -> set[str]:
    """Name what surely moves an outcome."""
    return set(found.name[found.t.abs() > SURE])


def read(out: Path, kind: str) -> pd.DataFrame:
    """Read the parts of one kind."""
    parts = sorted(out.glob(f"{kind}-*.parquet"))
    return pd.concat([pd.read_parquet(part) for part in parts], ignore_index=True) if parts else pd.DataFrame()


def number(x: float) -> str:
    """Write a number with three digits that count."""
    return f"{x:,.0f}" if abs(x) >= 1000 else f"{x:.3g}"


def write_pages(out: Path, folder: Path) -> None:
    """Write the pages whose runs there are."""
    runs = read(out, "parameter")
    if len(runs):
        (folder / "screening.md").write_text(screening_page(effects(runs), runs))
    runs = read(out, "expected")
    if len(runs):
        (folder / "mechanisms.md").write_text(mechanisms_page(effects(runs), runs))


def screening_page(found: pd.DataFrame, runs: pd.DataFrame) -> str:
    """Write the table of all parameters."""
    n, scenarios = runs.seed.nunique(), list(dict.fromkeys(found.scenario))
    lines = [
        "# Screening: what each parameter moves",
        "",
        f"Every parameter at the low and at the high end of its plausible range, {n} runs each with the same seeds, in "
        f"{', '.join(f'`{s}`' for s in scenarios)} in this order until one is moved. Shown is the outcome that moved most surely (largest |t| of the paired "
        f"difference, high less low); *sure* counts the outcomes, over all scenarios, with |t| above {SURE}. A parameter "
        "that changes no bit of any run is marked **dead**; one that changes runs but no outcome surely is marked "
        "*faint*. Made by `experiments/screening/screen.py`.",
        "",
        "| parameter | from | to | scenario | outcome | low | high | difference (95 %) | t | sure | |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    verdicts = {"dead": 0, "faint": 0, "": 0}
    for entry in parameters():
        mine = found[found.name == entry.path]
        if mine.empty:
            continue
        sure = int((mine.t.abs() > SURE).sum())
        verdict = "dead" if (mine.moved == 0).all() else "" if sure else "faint"
        verdicts[verdict] += 1
        ends = f"| {number(entry.plausible[0])} | {number(entry.plausible[1])} "
        head = f"| `{entry.path.removeprefix('parameters.')}` {ends}"
        if verdict == "dead":
            lines.append(f"{head}| | | | | | | 0 | **dead** |")
            continue
        finite = mine[np.isfinite(mine.t)]
        best = (finite if len(finite) else mine).iloc[int((finite if len(finite) else mine).t.abs().argmax())]
        margin = 2.05 * best.error
        lines.append(
            f"{head}| {best.scenario} | {best.outcome} | {number(best.low)} | {number(best.high)} | "
            f"{number(best.difference)} ({number(best.difference - margin)} to {number(best.difference + margin)}) | "
            f"{best.t:.1f} | {sure} | {'*faint*' if verdict else ''} |"
        )
    total = sum(verdicts.values())
    lines[3:3] = [
        "",
        f"Of {total} parameters {verdicts['']} move at least one outcome surely, {verdicts['faint']} are faint, "
        f"{verdicts['dead']} dead.",
    ]
    return "\n".join(lines) + "\n"


def mechanisms_page(found: pd.DataFrame, runs: pd.DataFrame) -> str:
    """Write the table of expectations."""
    from screen import expectations

    lines = [
        "# Mechanisms: does each do what its literature says?",
        "",
        f"Each row varies one mechanism, {runs.seed.nunique()} runs a side with the same seeds, and looks at the outcome and "
        "the direction that the literature names. *as expected*: the 95 % interval of the difference lies on the right side "
        "of zero; *not seen*: it holds zero; **against**: it lies on the wrong side. Made by "
        "`experiments/screening/screen.py --only expected`; what is varied stands in `experiments/screening/expected.toml`.",
        "",
        "| claim | mechanism | scenario | outcome | expected | low | high | difference (95 %) | seen | literature |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in expectations():
        mine = found[(found.name == row["name"]) & (found.outcome == row["outcome"])]
        if mine.empty:
            lines.append(f"| {row['claim']} | {row['name']} | {row['scenario']} | {row['outcome']} | {row['sign']} | | | | "
                         f"no runs | {row['source']} |")  # fmt: skip
            continue
        best = mine.iloc[0]
        margin = 1.96 * best.error if best.pairs > 60 else 2.05 * best.error
        low, high = best.difference - margin, best.difference + margin
        right = low > 0 if row["sign"] == "+" else high < 0
        wrong = high < 0 if row["sign"] == "+" else low > 0
        verdict = "as expected" if right else "**against**" if wrong else "not seen"
        lines.append(
            f"| {row['claim']} | {row['name']} | {row['scenario']} | {row['outcome']} | {row['sign']} | {number(best.low)} | "
            f"{number(best.high)} | {number(best.difference)} ({number(low)} to {number(high)}) | {verdict} | "
            f"{row['source']} |"
        )
    return "\n".join(lines) + "\n"
