"""How a camera sees a plate: a turn in space, the crop around it or the plate straightened, at a camera's resolution."""

import cv2
import numpy as np


def corners_in_space(width, height, yaw, pitch, roll, distance=6.0):
    """A plate's four corners (top left, then clockwise) after turning it; degrees; `distance` in plate widths."""
    y, p, r = np.radians((yaw, pitch, roll))
    points = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)], float) * (width / 2, height / 2)
    points = np.hstack([points, np.zeros((4, 1))])
    about_z = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
    about_y = np.array([[np.cos(y), 0, np.sin(y)], [0, 1, 0], [-np.sin(y), 0, np.cos(y)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(p), -np.sin(p)], [0, np.sin(p), np.cos(p)]])
    turned = points @ (about_x @ about_y @ about_z).T
    depth = 1 + turned[:, 2:] / (distance * width)
    return (turned[:, :2] / depth).astype(np.float32)


def backdrop(rng, height, width):
    """What is around a plate: bumper, mudguard, shadow, sometimes grille or letters."""
    base = rng.uniform(0, 1) ** 1.5 * 200
    picture = np.full((height, width, 3), base, np.float32) + rng.uniform(-25, 25, 3).astype(np.float32)
    small = rng.normal(0, rng.uniform(3, 40), (max(2, height // 12), max(2, width // 12), 1)).astype(np.float32)
    grown = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    picture += grown[..., None]
    for _ in range(int(rng.integers(0, 5))):
        shade = tuple(float(v) for v in rng.uniform(0, 230, 3))
        if rng.random() < 0.5:
            y = int(rng.random() * height)
            cv2.line(picture, (0, y), (width, int(y + rng.uniform(-0.2, 0.2) * height)), shade, int(rng.integers(1, 8)), cv2.LINE_AA)
        else:
            a = (int(rng.random() * width), int(rng.random() * height))
            cv2.rectangle(picture, a, (int(a[0] + rng.uniform(0.1, 0.6) * width), int(a[1] + rng.uniform(0.1, 0.6) * height)), shade, -1)
    return picture


def paste(front, quad, ground):
    """Warps a plate's front picture onto a quadrilateral of the ground."""
    height, width = front.shape[:2]
    low = np.maximum(np.floor(quad.min(0)).astype(int) - 2, 0)
    high = np.minimum(np.ceil(quad.max(0)).astype(int) + 3, (ground.shape[1], ground.shape[0]))
    if (high <= low).any():
        return ground
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(source, (quad - low).astype(np.float32))
    size = tuple(int(v) for v in high - low)
    shrink = np.linalg.norm(quad[1] - quad[0]) / width
    if shrink < 0.6:  # warping takes single pixels: soften first, or strokes vanish
        front = cv2.GaussianBlur(front, (0, 0), 0.35 / shrink)
    warped = cv2.warpPerspective(front, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, size, flags=cv2.INTER_LINEAR)
    part = ground[low[1]:high[1], low[0]:high[0]]
    part += (warped - part) * (mask.astype(np.float32)[..., None] / 255)
    return ground
