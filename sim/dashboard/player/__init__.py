"""The map player: a whole run, sent to the browser once and played there."""
