"""What weather, time and cameras do to a plate. First on the plate itself, then on the picture a camera takes of it.

Every function takes and gives float32 BGR from 0 to 255 and draws its strength from the generator it is given.
"""

import cv2
import numpy as np


def cloud(rng, height, width, coarse):
    """Smooth noise from 0 to 1, `coarse` patches across."""
    small = rng.random((max(2, int(coarse * height / max(width, 1)) + 2), int(coarse) + 2), dtype=np.float32)
    return np.clip(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1)


def light(picture, rng):
    """A gradient of light, and the edge of a shadow."""
    height, width = picture.shape[:2]
    if rng.random() < 0.7:
        x = np.linspace(-1, 1, width, dtype=np.float32)[None] * rng.uniform(-0.25, 0.25)
        y = np.linspace(-1, 1, height, dtype=np.float32)[:, None] * rng.uniform(-0.25, 0.25)
        picture *= (1 + x + y)[..., None]
    if rng.random() < 0.22:
        angle, depth = rng.uniform(0, np.pi * 2), rng.uniform(0.3, 0.75)
        yy, xx = np.mgrid[0:height, 0:width].astype(np.float32)
        side = (xx - width * rng.uniform(0.2, 0.8)) * np.cos(angle) + (yy - height * rng.uniform(0.2, 0.8)) * np.sin(angle)
        soft = np.clip(side / (rng.uniform(0.005, 0.08) * width) + 0.5, 0, 1)
        picture *= (depth + (1 - depth) * soft)[..., None]
    return picture


def dirt(picture, rng):
    """Mud and dust in patches, scratches, faded paint."""
    height, width = picture.shape[:2]
    colour = np.array((60, 85, 110), np.float32) * rng.uniform(0.5, 1.5)
    if rng.random() < 0.35:
        patch = np.clip((cloud(rng, height, width, rng.integers(3, 14)) - rng.uniform(0.5, 0.8)) * rng.uniform(2, 6), 0, 1) * rng.uniform(0.2, 0.75)
        picture += (colour - picture) * patch[..., None]
    if rng.random() < 0.2:
        picture += (colour - picture) * (cloud(rng, height, width, 4)[..., None] * rng.uniform(0.1, 0.4))
    if rng.random() < 0.15:
        for _ in range(int(rng.integers(1, 5))):
            a, b = (rng.random(2) * (width, height)).astype(int), (rng.random(2) * (width, height)).astype(int)
            cv2.line(picture, tuple(map(int, a)), tuple(map(int, b)), tuple(float(v) for v in np.full(3, rng.uniform(60, 230))), 1, cv2.LINE_AA)
    return picture


def glare(picture, rng):
    """A patch of the sky or of a lamp on the plate."""
    height, width = picture.shape[:2]
    yy, xx = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y, r = width * rng.random(), height * rng.random(), rng.uniform(0.08, 0.5) * width
    spot = np.exp(-(((xx - x) / r) ** 2 + ((yy - y) / (r * rng.uniform(0.4, 1.2))) ** 2)) * rng.uniform(60, 220)
    return picture + spot[..., None]


def cover(picture, boxes, rng):
    """Something before the plate: a strap, a cable, a rim of cloth; over the edges or a part of characters, never a whole one."""
    height, width = picture.shape[:2]
    shade = tuple(float(v) for v in rng.uniform(5, 120, 3))
    at = rng.random()
    letter = (boxes[0][3] - boxes[0][1]) if boxes else height * 0.4
    if at < 0.5:  # a thin strip across
        thick = max(1, int(letter * rng.uniform(0.05, 0.16)))
        if rng.random() < 0.5:
            y = height * rng.random()
            cv2.line(picture, (0, int(y)), (width, int(y + rng.uniform(-0.2, 0.2) * height)), shade, thick, cv2.LINE_AA)
        else:
            x = width * rng.random()
            cv2.line(picture, (int(x), 0), (int(x + rng.uniform(-0.2, 0.2) * width), height), shade, thick, cv2.LINE_AA)
    elif at < 0.8 and boxes:  # a corner of one character
        box = boxes[int(rng.integers(len(boxes)))]
        w, h = box[2] - box[0], box[3] - box[1]
        x, y = box[0] + w * rng.uniform(0, 0.8), box[1] + h * rng.uniform(0, 0.8)
        cv2.ellipse(picture, (int(x), int(y)), (max(1, int(w * rng.uniform(0.1, 0.25))), max(1, int(h * rng.uniform(0.06, 0.16)))),
                    float(rng.uniform(0, 180)), 0, 360, shade, -1, cv2.LINE_AA)
    else:  # the lower or upper margin
        edge = (height - max((b[3] for b in boxes), default=height)) if boxes else 2
        depth = int(edge + letter * rng.uniform(-0.1, 0.12))
        if rng.random() < 0.6:
            cv2.rectangle(picture, (0, height - max(depth, 1)), (width, height), shade, -1)
        else:
            cv2.rectangle(picture, (0, 0), (width, max(depth, 1)), shade, -1)
    return picture


def on_the_plate(picture, boxes, rng):
    """Everything that belongs to the plate and not to the camera."""
    picture = dirt(light(picture, rng), rng)
    if rng.random() < 0.1:
        picture = glare(picture, rng)
    if rng.random() < 0.12:
        picture = cover(picture, boxes, rng)
    return np.clip(picture, 0, 255)


def moved(picture, length, angle):
    """Blur of a movement, length in pixels."""
    size = max(3, int(length) | 1)
    kernel = np.zeros((size, size), np.float32)
    middle = size / 2 - 0.5
    dx, dy = np.cos(angle) * length / 2, np.sin(angle) * length / 2
    cv2.line(kernel, (round((middle - dx) * 16), round((middle - dy) * 16)), (round((middle + dx) * 16), round((middle + dy) * 16)), 1.0, 1,
             cv2.LINE_AA, 4)
    return cv2.filter2D(picture, -1, kernel / max(kernel.sum(), 1e-6), borderType=cv2.BORDER_REPLICATE)


def blur(picture, letter, rng, strength=1.0):
    """Defocus or movement, in proportion to a character's height in pixels, so that it stays readable."""
    if rng.random() < 0.5:
        sigma = letter * rng.uniform(0.015, 0.08) * strength
        return cv2.GaussianBlur(picture, (0, 0), sigma) if sigma > 0.25 else picture
    length = letter * rng.uniform(0.05, 0.24) * strength
    return moved(picture, length, rng.uniform(0, np.pi)) if length > 1.2 else picture


def night(picture, rng):
    """Infrared or a lamp: grey or tinted, the film shining, surroundings dark, grain."""
    if rng.random() < 0.6:  # infrared: no colour left
        weights = rng.dirichlet((2, 3, 3)).astype(np.float32)
        picture = np.repeat((picture @ weights)[..., None], 3, 2)
        grey = True
    else:
        grey = False
        picture = picture * np.array((rng.uniform(0.6, 1.0), rng.uniform(0.85, 1.0), 1.0), np.float32)
    gain, floor = rng.uniform(0.3, 1.4), rng.uniform(0, 25)
    picture = picture * gain + floor
    if rng.random() < 0.5:  # the film throws the light back
        bright = np.clip(picture - 170, 0, 255)
        picture = picture + cv2.GaussianBlur(bright, (0, 0), max(1.0, picture.shape[1] * rng.uniform(0.01, 0.05))) * rng.uniform(0.3, 1.2)
    noise = rng.standard_normal(picture.shape[:2] + ((1,) if grey else (3,)), dtype=np.float32)
    return np.clip(picture + noise * rng.uniform(3, 18) * min(1.0, gain + 0.2), 0, 255), grey


def rain(picture, rng):
    """Streaks, drops on the lens and washed-out contrast."""
    height, width = picture.shape[:2]
    streaks = np.zeros((height, width), np.float32)
    slant = rng.uniform(-0.25, 0.25)
    for _ in range(int(rng.integers(6, 40))):
        x, y, length = rng.random() * width, rng.random() * height, rng.uniform(0.1, 0.45) * height
        cv2.line(streaks, (int(x), int(y)), (int(x + slant * length), int(y + length)), float(rng.uniform(0.2, 0.6)), 1, cv2.LINE_AA)
    picture = picture + (225 - picture) * (cv2.GaussianBlur(streaks, (0, 0), 0.6) * rng.uniform(0.4, 1.0))[..., None]
    for _ in range(int(rng.integers(0, 4))):
        x, y, r = rng.random() * width, rng.random() * height, rng.uniform(0.02, 0.07) * width
        mask = np.zeros((height, width), np.float32)
        cv2.circle(mask, (int(x), int(y)), max(1, int(r)), 1.0, -1, cv2.LINE_AA)
        picture = picture + (cv2.GaussianBlur(picture, (0, 0), max(1.0, r / 2)) + rng.uniform(-10, 25) - picture) * mask[..., None]
    veil = rng.uniform(0, 0.35)
    return np.clip(picture * (1 - veil) + rng.uniform(110, 190) * veil, 0, 255)


def squeeze(picture, rng, low=18):
    """JPEG or the blocks of a video stream: coded once or twice, with a shifted grid, sometimes at another size."""
    for _ in range(2 if rng.random() < 0.3 else 1):
        quality = int(rng.uniform(low, 92))
        top, left = int(rng.integers(0, 8)), int(rng.integers(0, 8))
        grown = cv2.copyMakeBorder(np.clip(picture, 0, 255).astype(np.uint8), top, 0, left, 0, cv2.BORDER_REPLICATE)
        code = cv2.imencode(".jpg", grown, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        picture = cv2.imdecode(code, cv2.IMREAD_COLOR)[top:, left:].astype(np.float32)
    return picture


def exposure(picture, rng):
    """Brightness, contrast, gamma, a tint and grain of a day's picture."""
    picture = np.clip(picture * rng.uniform(0.45, 1.15) + rng.uniform(-15, 25), 0, 255)
    if rng.random() < 0.4:
        picture = 255 * (picture / 255) ** rng.uniform(0.6, 1.7)
    picture = picture * rng.uniform(0.93, 1.07, 3).astype(np.float32)
    if rng.random() < 0.6:
        picture = picture + rng.standard_normal(picture.shape, dtype=np.float32) * rng.uniform(1, 12)
    return np.clip(picture, 0, 255)
