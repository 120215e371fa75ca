"""Mesa agents: views of one row of a table, with the verbs of that agent."""
