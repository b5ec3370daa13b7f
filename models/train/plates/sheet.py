"""A sheet of samples to look at: `sheet.py reader|scenes OUT.png [seed]`.

A tile of the reader is what its net sees, enlarged a little; one of the scenes has its plates outlined."""

import sys

import cv2
import numpy as np
from PIL import Image

import reader_sample
import scenes as scene_maker


def reader(seed, across=8, down=9):
    """Tiles of the reader's samples, the truth written below each."""
    rng = np.random.default_rng(seed)
    rows = []
    for _ in range(down):
        tiles = []
        for _ in range(across):
            sample = reader_sample.make(rng)
            tile = cv2.copyMakeBorder(cv2.resize(sample.picture, (160, 80)), 2, 16, 2, 2, cv2.BORDER_CONSTANT, value=(90, 90, 90))
            text = "/".join(sample.rows).encode("ascii", "replace").decode() + f" {sample.colour[:2]}"
            cv2.putText(tile, text, (3, 94), cv2.FONT_HERSHEY_PLAIN, 0.85, (255, 255, 255), 1, cv2.LINE_AA)
            tiles.append(tile)
        rows.append(np.hstack(tiles))
    return np.vstack(rows)


def scenes(seed, across=4, down=3):
    """Tiles of the detector's scenes."""
    rng = np.random.default_rng(seed)
    return np.vstack([np.hstack([scene_maker.outlined(scene_maker.make(rng)) for _ in range(across)]) for _ in range(down)])


if __name__ == "__main__":
    sheet = {"reader": reader, "scenes": scenes}[sys.argv[1]](int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    Image.fromarray(cv2.cvtColor(sheet, cv2.COLOR_BGR2RGB)).quantize(128, dither=Image.Dither.NONE).save(sys.argv[2], optimize=True)
