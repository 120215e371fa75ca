"""The `peacesim` command: parse, call, print."""
