"""The plate detector as a Keras model: one map at an eighth of the picture, a score and four corners a place.

A small trunk down to a thirty-second, joined back up. Any size that is a multiple of 32 goes in. Corners are offsets from
the place's middle in units of UNIT pixels of the input.
"""

import keras
import numpy as np
from keras import layers

STRIDE, UNIT = 8, 32.0
# channels and stride of each convolution; the ends of a stage, which are joined again, are named
TRUNK = [(16, 2), (32, 2), (32, 1), (64, 2), (64, 1), (64, 1, "eighth"), (96, 2), (96, 1), (96, 1, "sixteenth"), (128, 2), (128, 1, "thirtysecond")]
WIDE = 64


def normalised(pictures):
    """Fixed, so that a crop of a frame looks to the net as it does in the frame."""
    return (keras.ops.cast(pictures, "float32") - 127.5) / 64.0


def conv(x, channels, size, stride, name):
    """Convolution, batch norm, ReLU."""
    x = layers.Conv2D(channels, size, strides=stride, padding="same", use_bias=False, name=name)(x)
    return layers.ReLU(name=name + "_relu")(layers.BatchNormalization(momentum=0.98, name=name + "_bn")(x))


def build():
    """The model: normalised pictures to score logits and corners."""
    inputs = keras.Input((None, None, 3), dtype="float32")
    x, ends = inputs, []
    for number, part in enumerate(TRUNK):
        x = conv(x, part[0], 3, part[1], f"conv{number}")
        if len(part) == 3:
            ends.append(x)
    joined = conv(ends[2], WIDE, 1, 1, "side2")
    for level in (1, 0):
        up = layers.UpSampling2D(2, name=f"up{level}")(joined)
        joined = conv(conv(ends[level], WIDE, 1, 1, f"side{level}") + up, WIDE, 3, 1, f"join{level}")
    score = layers.Conv2D(1, 1, dtype="float32", bias_initializer=keras.initializers.Constant(-4.0), name="score")(conv(joined, 32, 3, 1, "for_score"))
    corners = layers.Conv2D(8, 1, dtype="float32", name="corners")(conv(joined, WIDE, 3, 1, "for_corners"))
    return keras.Model(inputs, [score, corners])


def wanted(plates, size):
    """Targets of one picture: heat (h, w), corners (h, w, 8), which places give corners, which places count for heat.

    `plates` are rows of a flag (0 nothing, 1 plate, 2 neither asked for nor forbidden) and eight numbers.
    """
    cells = size // STRIDE
    heat, corners = np.zeros((cells, cells), np.float32), np.zeros((cells, cells, 8), np.float32)
    near, counts = np.zeros((cells, cells), np.float32), np.ones((cells, cells), np.float32)
    centres = (np.arange(cells, dtype=np.float32) + 0.5) * STRIDE
    xx, yy = np.meshgrid(centres, centres)
    for flag, *points in plates:
        if flag == 0:
            continue
        quad = np.array(points, np.float32).reshape(4, 2)
        middle = quad.mean(0)
        across, down = (quad[1] + quad[2] - quad[0] - quad[3]) / 2, (quad[2] + quad[3] - quad[0] - quad[1]) / 2
        matrix = np.array([across, down]).T
        if abs(np.linalg.det(matrix)) < 1:
            continue
        u, v = np.tensordot(np.linalg.inv(matrix), np.stack([xx - middle[0], yy - middle[1]]), 1)  # -0.5 to 0.5 inside the plate
        if flag == 2:
            counts[(abs(u) < 0.8) & (abs(v) < 0.8)] = 0
            continue
        spread_u = max(0.16, 0.6 * STRIDE / np.linalg.norm(across))
        spread_v = max(0.16, 0.6 * STRIDE / np.linalg.norm(down))
        bump = np.exp(-(u / spread_u) ** 2 / 2 - (v / spread_v) ** 2 / 2)
        place = np.clip((middle / STRIDE).astype(int), 0, cells - 1)
        bump[place[1], place[0]] = 1.0
        inside = bump > 0.35
        stronger = inside & (bump > near)
        near[stronger] = bump[stronger]
        corners[stronger] = ((quad[None] - np.stack([xx[stronger], yy[stronger]], -1)[:, None]) / UNIT).reshape(-1, 8)
        heat = np.maximum(heat, bump)
    return heat, corners, near, counts


def found(score, corners, least, most=50):
    """Plates of one picture out of score (h, w, 0 to 1) and corners (h, w, 8): (score, 4 x 2 corners), best first, none twice."""
    cells = np.pad(score, 1)
    around = np.max([cells[1 + a:cells.shape[0] - 1 + a, 1 + b:cells.shape[1] - 1 + b] for a in (-1, 0, 1) for b in (-1, 0, 1)], 0)
    rows, columns = np.where((score >= least) & (score >= around))
    out = []
    for at in np.argsort(-score[rows, columns])[:most]:
        row, column = rows[at], columns[at]
        quad = corners[row, column].reshape(4, 2) * UNIT + (np.array([column, row]) + 0.5) * STRIDE
        if all(overlap(quad, other) < 0.3 for _, other in out):
            out.append((float(score[row, column]), quad))
    return out


def overlap(a, b):
    """Intersection over union of the boxes around two quadrilaterals."""
    low, high = np.maximum(a.min(0), b.min(0)), np.minimum(a.max(0), b.max(0))
    both = np.prod(np.maximum(high - low, 0))
    return both / max(np.prod(np.ptp(a, 0)) + np.prod(np.ptp(b, 0)) - both, 1e-6)
