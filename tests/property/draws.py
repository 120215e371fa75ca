"""Print the draws of a run that were taken twice: ``PEACESIM_INTERPRETED=1 python -m tests.property.draws``.

In plain Python every draw goes through one function, which is replaced here before anything imports it.
"""

from collections import Counter

from sim.core import philox

taken: Counter[tuple[int, ...]] = Counter()
original = philox.block


def block(seed: int, week: int, stream: int, entity: int, k: int, number: int) -> tuple[int, ...]:
    """Take a block and remember its key."""
    key = (int(week), int(stream), int(entity), int(k), int(number))
    assert all(0 <= word <= philox.MAX_WORD for word in key), key
    taken[key] += 1
    return original(seed, week, stream, entity, k, number)


philox.block = block


def main() -> None:
    """Run the small country."""
    from sim.core.process import interpreted
    from sim.engine.run import simulate
    from sim.world.streams import Stream
    from tests.support.countries import valley

    assert interpreted()
    simulate(valley(60), 1)
    assert len(taken) > 10_000
    # One decision that is asked for again: a group's week of the month or quarter (drawn as of week 0), and whether
    # a donor pays in a quarter.
    turns = {(0, Stream.POSTURE, 1), (0, Stream.RECRUIT, 1), (0, Stream.REINTEGRATE, 5)}
    quarters = {(week, Stream.DONOR_PAYS, 0) for week in range(0, 60, 13)}
    twice = [(key, n) for key, n in taken.items() if n > 1 and (key[0], key[1], key[3]) not in turns | quarters]
    for key, n in sorted(twice)[:20]:
        print(f"{Stream(key[1]).name}: week {key[0]}, entity {key[2]}, k {key[3]}, block {key[4]}: {n} times")


if __name__ == "__main__":
    main()
