"""Real surfaces for the detector's backgrounds, so that a net meets texture that no shape of ours has.

Six pictures out of the Python package scikit-image (their licences stand in its `data/_fetchers.py`): brick, gravel, grass
(CC0, cc0textures.com), coffee (CC0, Rachel Michetti), chelsea (public domain, Stefan van der Walt), rocket (public domain,
SpaceX). Thirteen photographs of nature and things out of Debian's package lomiri-wallpapers-16.04 (CC0, CC-BY-4.0 or
CC-BY-SA-4.0, each named with its author in the package's `copyright`). No person and no plate is on them. `prepare` puts
them into `textures/`; git ignores it.
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
PHOTOS = ("Bridge_by_Sander_Klootwijk", "Dragonfly_by_Bolly", "Picture_0B_by_freespace", "Picture_1A_by_freespace", "Wine_by_Jakkub_Mede",
          "aitzgorri_by_Aitzol_Berasategi", "free_by_Peter_Nerlich", "friends_by_Aitzol_Berasategi", "greentock_by_Peter_Nerlich",
          "life_by_Aitzol_Berasategi", "picosdeeuropa_by_Aitzol_Berasategi", "seeding_by_Clements_Engelhardt", "sunset_by_Aitzol_Berasategi")
DEBIAN_PACKAGE = "lomiri-wallpapers-16.04"
LONGEST = 1000  # pixels; photographs are kept no larger


@lru_cache(maxsize=None)
def pictures():
    """The pictures, 8 bits BGR, in a fixed order."""
    return [cv2.imread(str(FOLDER / name)) for name in (*NAMES, *(f"{photo}.png" for photo in PHOTOS))]


def patch(rng, size):
    """A square of one of them: turned, mirrored, scaled, tinted."""
    choice = pictures()
    picture = choice[int(rng.integers(len(choice)))]
    side = int(min(picture.shape[:2]) * rng.uniform(0.25, 1.0))
    y, x = (int(rng.integers(0, limit - side + 1)) for limit in picture.shape[:2])
    part = cv2.resize(picture[y:y + side, x:x + side].astype(np.float32), (size, size), interpolation=cv2.INTER_LINEAR)
    if rng.random() < 0.5:
        part = part[:, ::-1]
    part = np.rot90(part, int(rng.integers(4)))
    return np.ascontiguousarray(part * rng.uniform(0.5, 1.2) * rng.uniform(0.8, 1.2, 3).astype(np.float32))


def fetch():
    """Takes the pictures out of their packages; does nothing for those that are there."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        if not all((FOLDER / name).is_file() for name in NAMES):
            subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE], check=True)
            with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
                for name in NAMES:
                    (FOLDER / name).write_bytes(wheel.read(f"skimage/data/{name}"))
        if not all((FOLDER / f"{photo}.png").is_file() for photo in PHOTOS):
            subprocess.run(["apt-get", "update", "-qq"], check=True)
            subprocess.run(["apt-get", "download", "-qq", DEBIAN_PACKAGE], cwd=folder, check=True)
            subprocess.run(["dpkg-deb", "-x", str(next(Path(folder).glob("*.deb"))), folder], check=True)
            for photo in PHOTOS:
                picture = cv2.imread(str(next(Path(folder).rglob(f"{photo}.jpg"))))
                scale = LONGEST / max(picture.shape[:2])
                size = [round(side * scale) for side in (picture.shape[1], picture.shape[0])]
                cv2.imwrite(str(FOLDER / f"{photo}.png"), cv2.resize(picture, size, interpolation=cv2.INTER_AREA))


if __name__ == "__main__":
    fetch()
