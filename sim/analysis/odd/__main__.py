"""``python -m sim.analysis.odd --write docs`` writes the ODD page and its diagrams, ``--check docs`` compares."""

import sys

from sim.analysis.odd.page import documents
from sim.scenario.catalogue import keep

if __name__ == "__main__":
    sys.exit(keep(documents(), "sim.analysis.odd"))
