"""Things that stand in a rendered street: ground, walls, plants, signs, letters, and vehicles with a place for a plate.

Everything is drawn on float32 BGR pictures with plain shapes. It need not look real; it has to hold what a plate could be
mistaken for (letters, windows, grilles, stickers, house numbers, clocks of a recorder) and what stands around plates.
"""

import cv2
import numpy as np

import glyphs
import series
import textures
from draw import stamp


def shade(rng, low=0, high=255, tint=30):
    """A colour, mostly near grey."""
    base = rng.uniform(low, high)
    spread = tint if rng.random() < 0.6 else 110
    return tuple(float(v) for v in np.clip(base + rng.uniform(-spread, spread, 3), 0, 255))


def polygon(picture, points, colour):
    """A filled polygon with soft edges where 8 bits allow."""
    cv2.fillPoly(picture, [np.round(np.asarray(points)).astype(np.int32)], colour)


def octaves(rng, size, strength):
    """Noise of several sizes."""
    out = np.zeros((size, size, 1), np.float32)
    for cells in (3, 8, 24, 80):
        small = rng.standard_normal((cells, cells), dtype=np.float32)
        out += cv2.resize(small, (size, size), interpolation=cv2.INTER_LINEAR)[..., None] * strength * rng.uniform(0, 1) / (1 + cells / 30)
    return out


def ground(rng, size):
    """Sky or wall above, road below, with texture."""
    if rng.random() < 0.55:
        return textures.patch(rng, size)
    picture = np.empty((size, size, 3), np.float32)
    horizon = int(size * rng.uniform(-0.2, 0.8))
    picture[:] = shade(rng, 90, 235)
    if horizon < size:
        picture[max(0, horizon):] = shade(rng, 40, 150, 12)
    fall = np.linspace(rng.uniform(-40, 40), rng.uniform(-40, 40), size, dtype=np.float32)
    picture += fall[:, None, None] if rng.random() < 0.5 else fall[None, :, None]
    return picture + octaves(rng, size, rng.uniform(2, 35))


def letters(picture, rng, x, y, height, count, colour, pool=series.ALL):
    """A text that is no plate."""
    face, shades = glyphs.any_face(rng), np.zeros(picture.shape[:2], np.uint8)
    width = height * rng.uniform(0.4, 0.75)
    for letter in rng.choice(list(pool), count):
        if rng.random() < 0.15:
            x += width
        mask = cv2.resize(glyphs.mask(face, str(letter), 0.6, round(float(rng.choice((0.12, 0.16, 0.2))), 2)), (max(2, int(width)), max(3, int(height))),
                          interpolation=cv2.INTER_AREA)
        stamp(picture, shades, mask, int(x), int(y), np.array(colour, np.float32))
        x += width * rng.uniform(1.05, 1.4)


def wall(picture, rng):
    """A wall with windows, tiles, shutters or bars."""
    size = picture.shape[0]
    x, y = rng.uniform(-0.3, 0.8, 2) * size
    w, h = rng.uniform(0.2, 0.9, 2) * size
    cv2.rectangle(picture, (int(x), int(y)), (int(x + w), int(y + h)), shade(rng), -1)
    columns, rows, inner = int(rng.integers(1, 9)), int(rng.integers(1, 12)), shade(rng)
    fill = rng.uniform(0.3, 0.85, 2)
    thick = -1 if rng.random() < 0.6 else int(rng.integers(1, 3))
    for a in range(columns):
        for b in range(rows):
            px, py = x + w * a / columns, y + h * b / rows
            cv2.rectangle(picture, (int(px), int(py)), (int(px + w / columns * fill[0]), int(py + h / rows * fill[1])), inner, thick)


def plant(picture, rng):
    """Leaves."""
    size = picture.shape[0]
    cx, cy, spread = *(rng.random(2) * size), rng.uniform(0.05, 0.25) * size
    base = np.array((40, 90, 60)) * rng.uniform(0.4, 1.6)
    for _ in range(int(rng.integers(20, 70))):
        x, y = cx + rng.normal() * spread, cy + rng.normal() * spread
        cv2.ellipse(picture, (int(x), int(y)), (max(1, int(spread * rng.uniform(0.05, 0.3))), max(1, int(spread * rng.uniform(0.03, 0.15)))),
                    float(rng.uniform(0, 180)), 0, 360, tuple(float(v) for v in base + rng.uniform(-30, 30, 3)), -1)


def sign(picture, rng):
    """A board with letters: a shop, an advert, a house number, a road sign. Never a plate, though it may be as large."""
    size = picture.shape[0]
    h = float(np.exp(rng.uniform(np.log(8), np.log(0.4 * size))))
    w = h * rng.uniform(0.8, 6)
    x, y = rng.uniform(-0.2, 0.9, 2) * size
    colour = np.array(shade(rng), np.float32)
    if rng.random() < 0.8:
        cv2.rectangle(picture, (int(x), int(y)), (int(x + w), int(y + h)), tuple(map(float, colour)), -1)
    ink = 255 - colour if rng.random() < 0.7 else np.array(shade(rng), np.float32)
    rows = int(rng.integers(1, 4))
    for row in range(rows):
        tall = h / rows * rng.uniform(0.45, 0.85)
        count = int(np.clip(w / (tall * 0.7), 1, 16))
        if rng.random() < 0.25 and rows == 1:
            count = min(count, 3)  # house numbers, speed limits
        letters(picture, rng, x + w * 0.05, y + h * (row + 0.12) / rows, tall, count, ink)


def clock(picture, rng):
    """Date, time and name that a recorder writes into the picture."""
    size = picture.shape[0]
    height = rng.uniform(0.025, 0.06) * size
    shades = np.zeros(picture.shape[:2], np.uint8)
    text = f"{rng.integers(1, 29):02d}-{rng.integers(1, 13):02d}-2026 {rng.integers(0, 24):02d}:{rng.integers(0, 60):02d}:{rng.integers(0, 60):02d}"
    cv2.putText(shades, text, (int(rng.uniform(0, 0.4) * size), int(rng.uniform(0.05, 0.98) * size)), cv2.FONT_HERSHEY_SIMPLEX, height / 22, 255,
                1 if height < 14 else 2, cv2.LINE_AA)
    picture += (np.array(shade(rng, 180, 255), np.float32) - picture) * (shades.astype(np.float32)[..., None] / 255)


def clutter(picture, rng):
    """Poles, pipes, bricks, wheels, lamps."""
    size = picture.shape[0]
    for _ in range(int(rng.integers(0, 14))):
        at, colour = rng.random(), shade(rng)
        x, y = rng.random(2) * size
        if at < 0.35:
            cv2.line(picture, (int(x), int(y)), (int(x + rng.normal() * size * 0.4), int(y + rng.normal() * size * 0.4)), colour, int(rng.integers(1, 9)))
        elif at < 0.6:
            w, h = rng.uniform(0.02, 0.3, 2) * size
            cv2.rectangle(picture, (int(x), int(y)), (int(x + w), int(y + h)), colour, -1 if rng.random() < 0.7 else int(rng.integers(1, 4)))
        elif at < 0.85:
            r = rng.uniform(0.01, 0.15) * size
            cv2.ellipse(picture, (int(x), int(y)), (max(1, int(r)), max(1, int(r * rng.uniform(0.3, 1)))), float(rng.uniform(0, 180)), 0, 360, colour,
                        -1 if rng.random() < 0.6 else int(rng.integers(1, 5)))
        else:
            points = np.array([x, y]) + rng.normal(0, 0.12 * size, (int(rng.integers(3, 7)), 2))
            polygon(picture, points, colour)


def lamp(picture, x, y, r, rng):
    """A rear or front lamp, lit or not."""
    colour = (rng.uniform(0, 60), rng.uniform(0, 70), rng.uniform(110, 255)) if rng.random() < 0.7 else shade(rng, 150, 255)
    cv2.ellipse(picture, (int(x), int(y)), (max(1, int(r * rng.uniform(0.6, 1.6))), max(1, int(r))), 0, 0, 360, tuple(map(float, colour)), -1)


def car(picture, rng, x, y, w):
    """A car, bus or truck from behind or before, its plate's middle at x, y and w pixels wide."""
    body = shade(rng, 10, 245)
    wide, tall = w * rng.uniform(2.6, 4.6), w * rng.uniform(1.8, 4.0)
    low = y + w * rng.uniform(0.2, 0.7)
    left, right, top = x - wide / 2, x + wide / 2, low - tall
    lean = rng.uniform(0.02, 0.18) * wide
    polygon(picture, [(left, low), (left + rng.uniform(0, 0.03) * wide, low - tall * 0.55), (left + lean, top), (right - lean, top),
                      (right - rng.uniform(0, 0.03) * wide, low - tall * 0.55), (right, low)], body)
    pane = shade(rng, 5, 90)
    polygon(picture, [(left + lean * 1.3, low - tall * 0.58), (left + lean * 1.6, top + tall * 0.06), (right - lean * 1.6, top + tall * 0.06),
                      (right - lean * 1.3, low - tall * 0.58)], pane)
    darker = tuple(v * rng.uniform(0.3, 0.9) for v in body)
    cv2.rectangle(picture, (int(left), int(low - tall * rng.uniform(0.12, 0.22))), (int(right), int(low)), darker, -1)
    if rng.random() < 0.6:  # a grille
        h = w * rng.uniform(0.15, 0.4)
        for n in range(int(rng.integers(3, 9))):
            gy = y - w * 0.35 - h + n * h / 6
            cv2.line(picture, (int(x - w * 0.6), int(gy)), (int(x + w * 0.6), int(gy)), darker, max(1, int(w * 0.02)))
    for side in (left + wide * 0.1, right - wide * 0.1):
        lamp(picture, side, low - tall * rng.uniform(0.25, 0.42), w * rng.uniform(0.12, 0.3), rng)
    for side in (left + wide * 0.13, right - wide * 0.13):
        cv2.rectangle(picture, (int(side - w * 0.2), int(low)), (int(side + w * 0.2), int(low + w * 0.35)), shade(rng, 5, 50, 5), -1)
    if rng.random() < 0.45:  # the maker's name, or a company's
        letters(picture, rng, x - wide * rng.uniform(0.1, 0.4), y - w * rng.uniform(0.5, 1.0), w * rng.uniform(0.05, 0.25), int(rng.integers(3, 10)),
                shade(rng))
    if rng.random() < 0.5:
        cv2.rectangle(picture, (int(x - w * 0.62), int(y - w * 0.2)), (int(x + w * 0.62), int(y + w * 0.22)), darker, -1)


def motorbike(picture, rng, x, y, w):
    """A motorbike from behind, with or without a rider; the plate hangs below the lamp."""
    dark = shade(rng, 5, 90, 10)
    tyre = w * rng.uniform(0.35, 0.6)
    cv2.ellipse(picture, (int(x + rng.normal() * w * 0.1), int(y + w * rng.uniform(0.7, 1.3))), (max(1, int(tyre / 2)), max(1, int(w * 0.8))), 0, 0, 360,
                shade(rng, 5, 50, 5), -1)
    polygon(picture, [(x - w * rng.uniform(0.4, 0.7), y + w * 0.5), (x - w * rng.uniform(0.5, 0.9), y - w * 0.9), (x + w * rng.uniform(0.5, 0.9), y - w * 0.9),
                      (x + w * rng.uniform(0.4, 0.7), y + w * 0.5)], dark)
    lamp(picture, x, y - w * rng.uniform(0.6, 0.9), w * rng.uniform(0.15, 0.35), rng)
    for side in (-1, 1):
        if rng.random() < 0.7:
            lamp(picture, x + side * w * rng.uniform(0.6, 1.0), y - w * rng.uniform(0.5, 0.9), w * rng.uniform(0.08, 0.18), rng)
    if rng.random() < 0.65:  # rider
        cloth = shade(rng, 10, 240)
        high = y - w * rng.uniform(2.6, 3.6)
        polygon(picture, [(x - w * 1.0, y - w * 0.8), (x - w * 0.9, high), (x + w * 0.9, high), (x + w * 1.0, y - w * 0.8)], cloth)
        cv2.ellipse(picture, (int(x), int(high - w * 0.5)), (max(1, int(w * 0.5)), max(1, int(w * 0.6))), 0, 0, 360, shade(rng), -1)
    if rng.random() < 0.3:
        letters(picture, rng, x - w * 0.5, y - w * rng.uniform(0.75, 0.9), w * rng.uniform(0.08, 0.16), int(rng.integers(3, 8)), shade(rng, 120, 255))
