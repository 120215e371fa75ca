"""Moving the peace process from stage to stage."""

from sim.core.compile import kernel
from sim.world.kinds import EventKind
from sim.world.log import note


@kernel
def enter(stage, week, peace, log):
    """Move the peace process to a stage and note it; nothing where it is there already."""
    if peace.stage[0] != stage:
        note(log, week, EventKind.STAGE, -1, peace.stage[0], stage, week - peace.since_week[0], 0.0)
        peace.stage[0] = stage
        peace.since_week[0] = week
