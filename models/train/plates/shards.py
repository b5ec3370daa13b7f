"""Training pictures in shards on disk, rendered ahead by processes of their own; shard n of a seed is always the same.

The trainer asks for a window of shards that moves on with its steps: a picture is seen a few times and then never
again. A shard that has left the window is deleted. A maker is a module with `make(rng)`, which draws one sample, and
`fields(sample)`, the arrays that are kept of it. Workers are told what is wanted by a file, so they need nothing of the
trainer's and start in a second: `shards.py MAKER SIZE FOLDER SEED FIRST STRIDE`.
"""

import importlib
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np


def write(maker, size, folder, seed, number):
    """Renders one shard; a half-written one never bears its name."""
    rng = np.random.default_rng([seed, number])
    rows = [maker.fields(maker.make(rng)) for _ in range(size)]
    target = Path(folder) / f"{number:06d}.npz"
    part = target.with_suffix(f".{os.getpid()}.part")
    with open(part, "wb") as out:
        np.savez(out, *[np.stack(column) for column in zip(*rows)])
    os.replace(part, target)


def work(maker, size, folder, seed, first, stride):
    """A worker: renders its share of what is wanted until its parent is gone."""
    import cv2
    cv2.setNumThreads(1)
    os.nice(19)
    maker, parent, number = importlib.import_module(maker), os.getppid(), first
    while os.getppid() == parent:
        low, high = (int(v) for v in (Path(folder) / "wanted").read_text().split())
        while number < low:
            number += stride
        if number >= high:
            time.sleep(0.3)
            continue
        if not (Path(folder) / f"{number:06d}.npz").is_file():
            write(maker, size, folder, seed, number)
        number += stride


class Window:
    """The shards of the moment. `at(step)` waits until they are there; the same step always sees the same pictures."""

    def __init__(self, maker, folder, seed, workers, size=2048, width=16, first=3, steps_each=64):
        self.maker, self.seed, self.count = maker, seed, workers
        self.size = size  # pictures in a shard
        self.folder, self.width, self.first, self.steps_each = Path(folder), width, first, steps_each
        self.folder.mkdir(parents=True, exist_ok=True)
        self.held, self.wanted, self.workers = {}, None, []

    def ask(self, low, high):
        """Tells the workers what is wanted; starts them the first time."""
        if (low, high) == self.wanted:
            return
        self.wanted = low, high
        part = self.folder / "wanted.part"
        part.write_text(f"{low} {high}")
        os.replace(part, self.folder / "wanted")
        if not self.workers:
            here = Path(__file__).resolve()
            self.workers = [subprocess.Popen([sys.executable, "-B", str(here), self.maker, str(self.size), str(self.folder.resolve()), str(self.seed),
                                              str(number), str(self.count)], cwd=here.parent) for number in range(self.count)]

    def at(self, step):
        """A list of shards, each a list of arrays."""
        high = self.first + step // self.steps_each
        low = max(0, high - self.width)
        self.ask(low, high + 3)
        for number in [n for n in self.held if n < low]:
            del self.held[number]
            (self.folder / f"{number:06d}.npz").unlink(missing_ok=True)
        for number in range(low, high):
            path = self.folder / f"{number:06d}.npz"
            while number not in self.held:
                if path.is_file():
                    with np.load(path) as shard:
                        self.held[number] = [shard[name] for name in shard.files]
                elif all(worker.poll() is not None for worker in self.workers):
                    raise RuntimeError(f"no renderer is left to make {path}")
                else:
                    time.sleep(0.2)
        return [self.held[number] for number in range(low, high)]

    def batch(self, seed, step, size):
        """The step's pictures and labels, chosen by the step alone."""
        shards = self.at(step)
        rng = np.random.default_rng([seed, 77, step])
        which, place = rng.integers(len(shards), size=size), rng.integers(self.size, size=size)
        return [np.stack([shards[s][field][p] for s, p in zip(which, place)]) for field in range(len(shards[0]))]

    def close(self):
        """Ends the workers."""
        for worker in self.workers:
            worker.terminate()
            worker.wait()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    work(sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), int(sys.argv[5]), int(sys.argv[6]))
