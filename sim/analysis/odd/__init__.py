"""The model's own description: the ODD page and the causal diagram, read from the code that runs."""
