"""How people lived."""

from sim.results.measures.outcome import at_end, mean

SOCIETY = (
    at_end("trust_state", "higher"),
    at_end("fear", "lower"),
    mean("fear", "lower"),
    at_end("grievance", "lower"),
    at_end("cohesion", "higher"),
    at_end("livelihood", "higher"),
    at_end("need", "lower"),
    mean("need", "lower"),
    at_end("policing", "higher"),
    at_end("services", "higher"),
    at_end("state_control", "higher"),
    at_end("legitimacy", "higher"),
)
