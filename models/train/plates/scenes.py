"""One training picture of the plate detector: a street of plain shapes with none to four plates, and their corners."""

from dataclasses import dataclass

import cv2
import numpy as np

import scene_parts as parts
import series
import spoil
import view
from draw import paint

MOST = 6  # plates that a label holds
PLATE, IGNORE = 1.0, 2.0
SMALLEST = 5.5  # pixels of plate height in the net's input below which a plate is neither asked for nor forbidden


@dataclass
class Scene:
    """A picture; for each plate a flag and the corners, top left first, then clockwise, in pixels."""

    picture: np.ndarray
    plates: list


def quad_of(plate, rng, width):
    """A plate's corners about 0, 0."""
    yaw, pitch, roll = np.clip((rng.normal(0, 24), rng.normal(5, 10), rng.normal(0, 6)), (-58, -35, -22), (58, 38, 22))
    return view.corners_in_space(plate.width, plate.height, yaw, pitch, roll, rng.uniform(3, 12)) * (width / plate.width)


def make(rng, size=320, weather=None, widths=(16, 260), count=None):
    """One scene. Measuring sets weather, widths and count; training leaves them to chance."""
    picture = parts.ground(rng, size)
    for thing, most in ((parts.wall, 3), (parts.plant, 3), (parts.clutter, 2), (parts.sign, 3)):
        for _ in range(int(rng.integers(0, most + 1))):
            thing(picture, rng)
    wanted = count if count is not None else int(rng.choice((0, 1, 1, 1, 2, 2, 3, 4)))
    taken, plates, letter = [], [], 40.0
    for _ in range(wanted * 3):
        if len(plates) == wanted:
            break
        plate = series.any_plate(rng)
        ratio = 1.0 if len(plate.rows) == 1 else 0.72
        width = float(np.exp(rng.uniform(np.log(widths[0]), np.log(widths[1])))) * ratio
        quad = quad_of(plate, rng, width)
        half = np.abs(quad).max(0)
        inside = 1.0 if rng.random() < 0.88 else 0.6  # some are cut by the edge
        if (half * 2 * inside > size - 4).any():
            continue
        middle = rng.uniform(half * inside + 2, size - half * inside - 2)
        box = np.concatenate([middle - half, middle + half])
        if any(box[0] < t[2] + 6 and t[0] < box[2] + 6 and box[1] < t[3] + 6 and t[1] < box[3] + 6 for t in taken):
            continue
        if rng.random() < 0.85 and not taken or rng.random() < 0.3:
            vehicle = parts.motorbike if plate.width < 200 else parts.car
            if not taken:  # later vehicles would hide earlier plates
                vehicle(picture, rng, *middle, width)
        taken.append(box)
        scale = float(np.clip(1.5 * width / plate.width, 0.15, 1.6))
        front, boxes = paint(plate, scale, rng)
        front = spoil.on_the_plate(front, boxes, rng)
        quad = quad + middle
        picture = view.paste(front, quad, picture)
        cut = ((quad < -0.08 * half) | (quad > size + 0.08 * half)).any()
        tall = min(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1]))
        plates.append((IGNORE if tall < SMALLEST or cut else PLATE, *quad.ravel()))
        letter = min(letter, plate.letter[0] * width / plate.width)
    if rng.random() < 0.15:
        parts.clock(picture, rng)
    weather = weather or rng.choice(("day", "night", "rain"), p=(0.74, 0.18, 0.08))
    picture = np.clip(picture, 0, 255).astype(np.float32)
    if rng.random() < 0.6:
        picture = spoil.blur(picture, max(letter, 6.0), rng)
    if weather == "night":
        picture, _ = spoil.night(picture, rng)
    else:
        picture = spoil.exposure(spoil.rain(picture, rng) if weather == "rain" else picture, rng)
    if rng.random() < 0.7:
        picture = spoil.squeeze(picture, rng, 25)
    return Scene(np.clip(np.round(picture), 0, 255).astype(np.uint8), plates)


def fields(scene):
    """What a shard keeps: the picture and MOST rows of a flag and eight numbers."""
    table = np.zeros((MOST, 9), np.float32)
    for number, plate in enumerate(scene.plates[:MOST]):
        table[number] = plate
    return scene.picture, table


def outlined(scene):
    """The picture with corners drawn, to look at; the first corner has a dot."""
    picture = scene.picture.copy()
    for flag, *corners in scene.plates:
        points = np.array(corners).reshape(4, 2)
        cv2.polylines(picture, [np.round(points).astype(np.int32)], True, (0, 255, 0) if flag == PLATE else (255, 0, 255), 1, cv2.LINE_AA)
        cv2.circle(picture, tuple(int(v) for v in points[0]), 3, (0, 0, 255), -1)
    return picture
