"""One training picture of the plate reader: a crop around a plate or a straightened plate, 64 x 128, and what it says."""

from dataclasses import dataclass

import cv2
import numpy as np

import glyphs
import series
import spoil
import view
from draw import paint

HEIGHT, WIDTH = 64, 128
CHARACTERS = series.ALL + glyphs.PROVINCES + glyphs.SUFFIXES  # class 0 is "nothing", then these
CLASS = {character: number + 1 for number, character in enumerate(CHARACTERS)}
ROW_LENGTH = 9  # the longest row: 80-441-NG-02


@dataclass
class Condition:
    """What a picture shall be like; None leaves it to chance. Measuring sets these, training never does."""

    width: float = None  # of the plate in the camera's pixels
    yaw: float = None
    weather: str = None  # day, night, rain, blur
    straight: bool = None  # straightened by corners, not cut as a box
    make: object = None  # a maker of series.py


@dataclass
class Sample:
    """A picture with the truth."""

    picture: np.ndarray
    rows: list
    colour: str
    kind: str


def labels(sample):
    """Row classes (two rows, padded with 0), number of lines (0 when no plate is there) and colour as numbers."""
    rows = np.zeros((2, ROW_LENGTH), np.uint8)
    for number, row in enumerate(sample.rows):
        for place, character in enumerate(row):
            rows[number, place] = CLASS[character]
    return rows, len(sample.rows), series.COLOURS.index(sample.colour)


def fields(sample):
    """What a shard keeps of a sample."""
    rows, lines, colour = labels(sample)
    return sample.picture, rows, np.uint8(lines), np.uint8(colour)


def camera_width(rng, plate, condition):
    """How many pixels wide the plate is; one-line plates need more for the same letters."""
    if condition.width:
        return condition.width
    one = len(plate.rows) == 1
    low, high = (64, 280) if one else (44, 220)
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def seen(plate, rng, condition):
    """The plate before the camera: a float picture of the crop, and the height of a character in it."""
    width = camera_width(rng, plate, condition)
    scale = float(np.clip(1.5 * width / plate.width, 0.2, 1.6))
    front, boxes = paint(plate, scale, rng)
    front = spoil.on_the_plate(front, boxes, rng)
    two = len(plate.rows) == 2
    yaw = condition.yaw * rng.choice((-1, 1)) if condition.yaw is not None else rng.normal(0, 16)
    pitch = rng.normal(6, 10)
    # Motorbikes lean; one in eight leans much.
    roll = rng.normal(0, (12 if rng.random() < 0.12 else 5.5) if two else 3.5)
    yaw, pitch, roll = np.clip((yaw, pitch, roll), (-52, -35, -24), (52, 38, 24))
    quad = view.corners_in_space(plate.width, plate.height, yaw, pitch, roll, rng.uniform(3, 12)) * (width / plate.width)
    if rng.random() < 0.1:  # a bent plate is a little of every corner
        quad += rng.normal(0, 0.02, (4, 2)) * (width, width * plate.height / plate.width)
    straight = condition.straight if condition.straight is not None else rng.random() < 0.4
    low, high = quad.min(0), quad.max(0)
    span = high - low
    loose = rng.random() < 0.08  # a careless crop, with much of the vehicle around
    margin = (rng.uniform(0.05, 0.6, 4) if loose else np.clip(rng.normal(0.03, 0.05, 4), -0.045, 0.22)) * np.tile(span, 2)
    origin = low - margin[:2] if not straight else low - 4
    size = np.ceil(high + margin[2:] - origin if not straight else span + 8).astype(int)
    quad = quad - origin
    ground = view.backdrop(rng, int(size[1]), int(size[0]))
    picture = view.paste(front, quad, ground)
    letter = plate.letter[0] * width / plate.width
    return picture, quad, letter, straight


def photographed(picture, letter, rng, condition):
    """Weather, exposure, blur and coding; says whether colour can still be told."""
    weather = condition.weather or rng.choice(("day", "night", "rain"), p=(0.74, 0.18, 0.08))
    grey = False
    if weather == "blur":
        picture = spoil.blur(picture, letter, rng, 1.3)
    elif rng.random() < 0.7:
        picture = spoil.blur(picture, letter, rng)
    if weather == "night":
        picture, grey = spoil.night(picture, rng)
    else:
        if weather == "rain":
            picture = spoil.rain(picture, rng)
        picture = spoil.exposure(picture, rng)
        if rng.random() < 0.04 and condition.weather is None:
            picture, grey = np.repeat(picture.mean(2, keepdims=True), 3, 2), True
    if rng.random() < 0.75:
        picture = spoil.squeeze(picture, rng, 18 if letter > 14 else 40)
    return np.clip(picture, 0, 255), grey


def straightened(picture, quad, rng):
    """The plate cut out by corners that are a little wrong, as a detector's are."""
    span = np.array((np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[3] - quad[0])))
    grow = (quad - quad.mean(0)) * rng.uniform(-0.03, 0.1)
    found = quad + grow + rng.normal(0, rng.uniform(0.005, 0.035), (4, 2)) * span
    target = np.array([(0, 0), (WIDTH, 0), (WIDTH, HEIGHT), (0, HEIGHT)], np.float32)
    matrix = cv2.getPerspectiveTransform(found.astype(np.float32), target)
    return cv2.warpPerspective(picture, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def fitted(picture):
    """The net's input size: averaged when shrinking, linear when growing."""
    shrinks = picture.shape[0] >= HEIGHT and picture.shape[1] >= WIDTH
    return cv2.resize(picture, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)


def nothing(rng):
    """A picture without a plate: surroundings, adverts, a lamp, or a plate's corner only."""
    height, width = int(rng.integers(30, 120)), int(rng.integers(60, 260))
    picture = view.backdrop(rng, height, width)
    if rng.random() < 0.55:
        face = glyphs.any_face(rng)
        count, size = int(rng.integers(5, 16)), rng.uniform(0.2, 0.7) * height
        x, shade = rng.uniform(-0.3, 0.4) * width, rng.uniform(0, 255, 3).astype(np.float32)
        shades = np.zeros((height, width), np.uint8)
        for letter in rng.choice(list(series.ALL), count):
            from draw import stamp
            mask = cv2.resize(glyphs.mask(face, str(letter), 0.6, 0.16), (max(2, int(size * 0.55)), max(3, int(size))))
            stamp(picture, shades, mask, int(x), int(height * 0.5 - size / 2), shade)
            x += size * rng.uniform(0.58, 0.8)
    elif rng.random() < 0.5:
        plate = series.any_plate(rng)
        front, _ = paint(plate, rng.uniform(0.5, 1.5), rng)
        h, w = front.shape[:2]
        part = rng.uniform(0.15, 0.4)
        x = 0 if rng.random() < 0.5 else int(w * (1 - part))
        picture = front[:, x:x + max(4, int(w * part))]
    return photographed(picture, 20, rng, Condition())[0]


def make(rng, condition=None):
    """One sample."""
    condition = condition or Condition()
    if condition == Condition() and rng.random() < 0.04:
        return Sample(fitted(nothing(rng)).astype(np.uint8), [], "unknown", "nothing")
    plate = (condition.make or series.any_plate)(rng)
    picture, quad, letter, straight = seen(plate, rng, condition)
    picture, grey = photographed(picture, letter, rng, condition)
    picture = straightened(picture, quad, rng) if straight else fitted(picture)
    picture = np.clip(np.round(picture), 0, 255).astype(np.uint8)
    return Sample(picture, plate.reading(), "unknown" if grey else plate.colour, plate.kind)
