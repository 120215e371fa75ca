"""How outcomes are measured, theme by theme."""
