"""The glyph case: every character of every face as a mask, cut once and kept.

A glyph of a font is stretched to the proportions of the plate and its stroke is thickened or thinned to the plate's, as
measured with the distance to the edge. Nothing here knows what a plate says.
"""

from functools import lru_cache

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

import fonts
import strokes

HEIGHT = 96  # of a kept mask in pixels
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
SUFFIXES = "挂学警港澳"
HANDS = 32  # alphabets of our own strokes
WEIGHTS = (0.8, 1.0, 1.2)  # of the stroke, against the plate's own


@lru_cache(maxsize=None)
def hand(number):
    """The number's maker, always the same."""
    return strokes.Hand.drawn_by(np.random.default_rng(7000 + number))


@lru_cache(maxsize=None)
def font(path, size=200):
    """A font file, opened once."""
    return ImageFont.truetype(str(fonts.ROOT / path), size)


def cut(path, letter):
    """A letter of a font, cut to its ink, 0 to 255; Đ without a glyph of its own is D with a bar."""
    picture = Image.new("L", (500, 500), 0)
    ImageDraw.Draw(picture).text((120, 100), "D" if letter == "Đ" else letter, font=font(path), fill=255)
    ink = np.asarray(picture)
    rows, columns = np.where(ink.max(1) > 60)[0], np.where(ink.max(0) > 60)[0]
    ink = ink[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    if letter == "Đ":
        height, width = ink.shape
        ink = cv2.copyMakeBorder(ink, 0, 0, width // 5, 0, cv2.BORDER_CONSTANT, value=0)
        cv2.rectangle(ink, (0, int(height * 0.46)), (int(width * 0.6), int(height * 0.55)), 255, -1)
    return ink


def with_stroke(mask, stroke):
    """Thickens or thins a mask until its stroke is about `stroke` pixels wide, inside the same box."""
    inside = cv2.distanceTransform(np.pad((mask > 127).astype(np.uint8), 1), cv2.DIST_L2, 3)
    ridge = inside[(inside > 1) & (inside >= cv2.dilate(inside, np.ones((3, 3))) - 1e-6)]
    if ridge.size == 0:
        return mask
    change = (stroke - 2 * float(np.median(ridge))) / 2
    steps = int(round(abs(change)))
    if steps == 0:
        return mask
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * steps + 1, 2 * steps + 1))
    height, width = mask.shape
    padded = cv2.copyMakeBorder(mask, steps, steps, steps, steps, cv2.BORDER_CONSTANT, value=0)
    changed = cv2.dilate(padded, kernel) if change > 0 else cv2.erode(padded, kernel)
    if change < 0 and (changed > 127).sum() < 0.25 * (mask > 127).sum():
        return mask  # thin parts would have gone
    rows, columns = np.where(changed.max(1) > 127)[0], np.where(changed.max(0) > 127)[0]
    if rows.size == 0 or columns.size == 0:
        return mask
    changed = changed[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
    return cv2.resize(changed, (width, height), interpolation=cv2.INTER_AREA)


@lru_cache(maxsize=None)
def narrow(letter, face):
    """The width of a letter's ink against a full one; how wide a 1 is depends on who drew it."""
    if letter == "I":
        return 0.28
    if letter != "1":
        return 1.0
    if isinstance(face, int):
        return hand(face).one
    one, full = cut(face, "1").shape, cut(face, "0").shape
    return float(np.clip(one[1] / one[0] / (full[1] / full[0]), 0.3, 0.8))


@lru_cache(maxsize=None)
def mask(face, letter, aspect, weight):
    """A letter as a mask HEIGHT pixels high; aspect is width by height of a full letter, weight the stroke by height."""
    width = max(8, round(HEIGHT * aspect * narrow(letter, face)))
    stroke = HEIGHT * weight
    if isinstance(face, int):
        return strokes.mask_of(letter, hand(face), HEIGHT, width, stroke)
    ink = cut(face, letter)
    if letter in PROVINCES + SUFFIXES:
        return cv2.resize(ink, (round(HEIGHT * max(aspect, 0.5)), HEIGHT), interpolation=cv2.INTER_AREA)
    return with_stroke(cv2.resize(ink, (width, HEIGHT), interpolation=cv2.INTER_AREA), stroke)


LATIN_FACES = [row[0] for row in fonts.LATIN]
LATIN_ODDS = np.array([row[3] for row in fonts.LATIN], float) / sum(row[3] for row in fonts.LATIN)
CHINESE_FACES = [row[0] for row in fonts.CHINESE]
CHINESE_ODDS = np.array([row[3] for row in fonts.CHINESE], float) / sum(row[3] for row in fonts.CHINESE)


def any_face(rng):
    """A face for Latin letters: one of our own alphabets, or a font."""
    if rng.random() < 0.5:
        return int(rng.integers(HANDS))
    return LATIN_FACES[rng.choice(len(LATIN_FACES), p=LATIN_ODDS)]


def chinese_face(rng):
    """A face for the province's character."""
    return CHINESE_FACES[rng.choice(len(CHINESE_FACES), p=CHINESE_ODDS)]
