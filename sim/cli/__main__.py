"""``python -m sim.cli`` is ``peacesim``."""

from sim.cli import main

if __name__ == "__main__":
    main()
