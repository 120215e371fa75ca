"""What is felt around a cell: the cells within its reach, their weights, strength spread over them, means over them."""

from sim.core.compile import kernel


@kernel
def cells_around(c, geography):
    """Return the cells within reach of a cell, itself first."""
    return geography.reach_cell[geography.reach_start[c] : geography.reach_start[c + 1]]


@kernel
def weights_around(c, weight, geography):
    """Return the weights of the cells within reach of a cell, in the same order.

    Parameters
    ----------
    c : int
    weight : float array (W,)
        One of the columns of weights of the ground.
    geography : Geography
    """
    first, n = geography.weight_start[c], geography.reach_start[c + 1] - geography.reach_start[c]
    return weight[first : first + n]


@kernel
def spread_out(strength, c, weight, geography, felt):
    """Add strength that is based in a cell, or take it away if negative, to what is felt (C,) within its reach."""
    steps, weights = weights_around(c, geography.reach_step, geography), weights_around(c, weight, geography)
    near = felt[geography.reach_from[c] :]
    for r in range(len(steps)):
        near[steps[r]] += strength * weights[r]


@kernel
def mean_around(c, weight, geography, values):
    """Return the mean of some values (C,) over the cells within reach of one, by weights that sum to 1."""
    steps, weights = weights_around(c, geography.reach_step, geography), weights_around(c, weight, geography)
    near, total = values[geography.reach_from[c] :], 0.0
    for r in range(len(steps)):
        total += weights[r] * near[steps[r]]
    return total
