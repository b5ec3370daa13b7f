"""Real surfaces for the detector's backgrounds, so that a net meets texture that no shape of ours has.

Six pictures out of the Python package scikit-image (their licences stand in its `data/_fetchers.py`): brick, gravel, grass
(CC0, cc0textures.com), coffee (CC0, Rachel Michetti), chelsea (public domain, Stefan van der Walt), rocket (public domain,
SpaceX). No person and no plate is on them. `prepare` puts them into `textures/`; git ignores it.
"""

import subprocess
import sys
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

FOLDER = Path(__file__).parent / "textures"
NAMES = ("brick.png", "gravel.png", "grass.png", "coffee.png", "chelsea.png", "rocket.jpg")
PACKAGE = "scikit-image==0.25.2"


@lru_cache(maxsize=None)
def pictures():
    """The pictures as float32 BGR."""
    return [cv2.imread(str(FOLDER / name)).astype(np.float32) for name in NAMES]


def patch(rng, size):
    """A square of one of them: turned, mirrored, scaled, tinted."""
    picture = pictures()[int(rng.integers(len(NAMES)))]
    side = int(min(picture.shape[:2]) * rng.uniform(0.25, 1.0))
    y, x = (int(rng.integers(0, limit - side + 1)) for limit in picture.shape[:2])
    part = cv2.resize(picture[y:y + side, x:x + side], (size, size), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.5:
        part = part[:, ::-1]
    part = np.rot90(part, int(rng.integers(4)))
    return np.ascontiguousarray(part * rng.uniform(0.5, 1.2) * rng.uniform(0.8, 1.2, 3).astype(np.float32))


def fetch():
    """Takes the pictures out of the package; does nothing when they are there."""
    if all((FOLDER / name).is_file() for name in NAMES):
        return
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE], check=True)
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            for name in NAMES:
                (FOLDER / name).write_bytes(wheel.read(f"skimage/data/{name}"))


if __name__ == "__main__":
    fetch()
