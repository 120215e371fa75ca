"""What a seed may be: a whole number that a key of the random draws has room for."""

MAX_SEED = 2**63 - 1
