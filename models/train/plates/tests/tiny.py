"""A maker of numbers, for the test of the shards."""

import numpy as np


def make(rng):
    """A number."""
    return int(rng.integers(1 << 30))


def fields(value):
    """Its fields."""
    return np.int64(value), np.int64(-value)
