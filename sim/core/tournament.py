"""A tournament: the largest of many values, kept while single values change.

A search through all values after each change would make the cost of placing units grow with cells times units.
"""

import numpy as np

from sim.core.compile import kernel


@kernel
def tournament(values):
    """Return the tree of a tournament among values.

    Parameters
    ----------
    values : float64 array, shape (n,), n at least 1

    Returns
    -------
    float64 array, shape (2 * size,)
        ``size`` is the power of 2 not below n. ``tree[1]`` is the largest value, ``tree[size + i]`` value ``i``, and
        each place in between the larger of the two below it.
    """
    size = 1
    while size < len(values):
        size *= 2
    tree = np.full(2 * size, -np.inf)
    tree[size : size + len(values)] = values
    for place in range(size - 1, 0, -1):
        tree[place] = max(tree[2 * place], tree[2 * place + 1])
    return tree


@kernel
def replay(tree, i, value):
    """Change value ``i`` and play its matches again, as far up as they come out otherwise."""
    place = len(tree) // 2 + i
    tree[place] = value
    while place > 1:
        place //= 2
        larger = max(tree[2 * place], tree[2 * place + 1])
        if larger == tree[place]:
            return
        tree[place] = larger


@kernel
def winner(tree):
    """Return the number of the largest value, the first of equals."""
    place = 1
    while place < len(tree) // 2:
        place *= 2
        if tree[place] != tree[place // 2]:
            place += 1
    return place - len(tree) // 2
