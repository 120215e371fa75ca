"""The runs of a comparison as those of a study with two arms."""

from pathlib import Path

import pandas as pd

from sim.core.errors import ResultsError

PAIRS = "pairs.parquet"


def read_pairs(folder: Path) -> pd.DataFrame:
    """Read the pairs of a comparison: its first side is the policy, its second the contrast.

    Raises
    ------
    ResultsError
        If they are not there or damaged.
    """
    path = folder / PAIRS
    try:
        pairs = pd.read_parquet(path)
    except (OSError, ValueError, KeyError) as error:
        raise ResultsError(f"{path} cannot be read: {str(error).splitlines()[0]}") from None
    arms = pairs.pop("side").map({"first": "policy", "second": "contrast"})
    return pairs.rename(columns={"pair": "replicate"}).assign(run=range(len(pairs)), row=0, arm=arms)
