"""Training pictures in shards on disk, rendered ahead by processes of their own; shard n of a seed is always the same.

The trainer asks for a window of shards that moves on with its steps: a picture is seen a few times and then never
again. A shard that has left the window is deleted.
"""

import multiprocessing
import os
import time
from pathlib import Path

import numpy as np


def write(make, fields, size, folder, seed, number):
    """Renders one shard; a half-written one never bears its name."""
    rng = np.random.default_rng([seed, number])
    rows = [fields(make(rng)) for _ in range(size)]
    target = Path(folder) / f"{number:06d}.npz"
    part = target.with_suffix(".part")
    with open(part, "wb") as out:
        np.savez(out, *[np.stack(column) for column in zip(*rows)])
    os.replace(part, target)


def work(make, fields, size, folder, seed, wanted, first, stride):
    """A worker: renders its share of what is wanted until its parent is gone."""
    import cv2
    cv2.setNumThreads(1)
    os.nice(19)
    parent = os.getppid()
    number = first
    while os.getppid() == parent:
        low, high = wanted[0], wanted[1]
        while number < low:
            number += stride
        if number < high:
            if not (Path(folder) / f"{number:06d}.npz").is_file():
                write(make, fields, size, folder, seed, number)
            number += stride
        else:
            time.sleep(0.3)


class Window:
    """The shards of the moment. `at(step)` waits until they are there; the same step always sees the same pictures."""

    def __init__(self, make, fields, folder, seed, workers, size=2048, width=16, first=3, steps_each=64):
        self.size = size  # pictures in a shard
        self.folder, self.width, self.first, self.steps_each = Path(folder), width, first, steps_each
        self.folder.mkdir(parents=True, exist_ok=True)
        self.held = {}
        context = multiprocessing.get_context("spawn")
        self.wanted = context.Array("l", [0, 0], lock=False)
        self.workers = [context.Process(target=work, args=(make, fields, size, folder, seed, self.wanted, n, workers), daemon=True) for n in range(workers)]
        self.started = False

    def at(self, step):
        """A list of shards, each a list of arrays."""
        high = self.first + step // self.steps_each
        low = max(0, high - self.width)
        if (self.wanted[0], self.wanted[1]) == (low, high + 3) and len(self.held) == high - low:
            return list(self.held.values())
        self.wanted[0], self.wanted[1] = low, high + 3
        if not self.started:
            self.started = True
            for worker in self.workers:
                worker.start()
        for number in [n for n in self.held if n < low]:
            del self.held[number]
            (self.folder / f"{number:06d}.npz").unlink(missing_ok=True)
        for number in range(low, high):
            path = self.folder / f"{number:06d}.npz"
            while number not in self.held:
                if path.is_file():
                    with np.load(path) as shard:
                        self.held[number] = [shard[name] for name in shard.files]
                else:
                    time.sleep(0.2)
        return list(self.held.values())

    def batch(self, seed, step, size):
        """The step's pictures and labels, chosen by the step alone."""
        shards = self.at(step)
        rng = np.random.default_rng([seed, 77, step])
        which, place = rng.integers(len(shards), size=size), rng.integers(self.size, size=size)
        return [np.stack([shards[s][field][p] for s, p in zip(which, place)]) for field in range(len(shards[0]))]
