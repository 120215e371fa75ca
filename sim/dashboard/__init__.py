"""The dashboard in the browser, and the replay file."""
