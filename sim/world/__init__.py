"""What exists: the struct of arrays."""
