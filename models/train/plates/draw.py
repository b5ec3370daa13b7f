"""Paints a plate as it leaves the factory, then a little older: characters, dash, dot, badge, frame, screws, stickers.

The result is a picture of the plate alone, seen straight from the front; `spoil.py` and `view.py` do the rest.
"""

import cv2
import numpy as np

import glyphs

INKS = {"black": (30, 28, 28), "white": (245, 245, 245), "red": (40, 35, 190)}


def ground(rng, colour):
    """A ground's colour in BGR, a little different for every maker and every sun."""
    j = lambda base, spread: np.array(base, np.float32) + rng.uniform(-spread, spread, 3).astype(np.float32)  # noqa: E731
    return np.clip({
        "white": lambda: j((232, 234, 234), 6) - rng.uniform(0, 40), "yellow": lambda: j((30, 185, 235), 22),
        "blue": lambda: j((165, 75, 25), 28), "red": lambda: j((38, 35, 180), 25),
        "green": lambda: j((110, 185, 60), 25), "black": lambda: j((35, 33, 32), 12),
    }[colour](), 0, 255)


def ink_of(rng, plate):
    """Colour of the characters; red letters of diplomatic plates are chosen by the painter."""
    base = np.array(INKS["black" if plate.ink == "diplomatic" else plate.ink], np.float32)
    fade = rng.uniform(0, 0.35) ** 2 if plate.ink != "white" else 0
    return np.clip(base + rng.uniform(-14, 14) + 255 * fade, 0, 255)


def placed(row, letter, gap, face, rng):
    """A row as (token, x, y offset, width, height) in millimetres from its left middle, and its width."""
    height, width, stroke = letter
    low_dot = rng.random() < 0.6  # makers set the dot low or in the middle
    out, x = [], 0.0
    for token in row:
        if token in PROVINCE:
            w, h = max(width, height * 0.5), height
        elif token == "-":
            w, h = width * 0.36, stroke
        elif token in ".·":
            w = h = stroke
        elif token == "*":
            w, h = width * 0.55, width * 0.55
        elif token == " ":
            w, h = width * 0.3, 0
        else:
            w, h = width * glyphs.narrow(token, face), height
            if token == "Đ":
                w *= 1.2
        # A 1 has wider gaps than the other digits.
        side = width * max(0.04, (0.8 - glyphs.narrow(token, face)) / 2) if token == "1" else 0.0
        drop = 0.0
        if token == ".":
            drop = height / 2 - h / 2 if low_dot else 0.0
        out.append((token, x + side, drop, w, h))
        x += w + 2 * side + gap
    return out, x - gap


PROVINCE = set(glyphs.PROVINCES + glyphs.SUFFIXES)


def badge(picture, x, y, radius, rng):
    """The badge of the police: a small disc with a darker rim."""
    cv2.circle(picture, (int(x), int(y)), int(radius), tuple(float(v) for v in rng.uniform(60, 190, 3)), -1, cv2.LINE_AA)
    cv2.circle(picture, (int(x), int(y)), int(radius), tuple(float(v) for v in rng.uniform(20, 120, 3)), max(1, int(radius / 4)), cv2.LINE_AA)


def stamp(picture, shade, mask, x, y, colour):
    """Blends a mask in a colour at a place; `shade` gets the part covered, for embossing."""
    height, width = mask.shape
    x0, y0 = max(0, x), max(0, y)
    x1, y1 = min(picture.shape[1], x + width), min(picture.shape[0], y + height)
    if x1 <= x0 or y1 <= y0:
        return
    part = mask[y0 - y:y1 - y, x0 - x:x1 - x]
    alpha = part.astype(np.float32)[..., None] / 255
    spot = picture[y0:y1, x0:x1]
    picture[y0:y1, x0:x1] = spot + (colour - spot) * alpha
    np.maximum(shade[y0:y1, x0:x1], part, out=shade[y0:y1, x0:x1])


def frame_and_screws(picture, scale, plate, rng):
    """The pressed edge, screws, and a holder around or over the edge."""
    height, width = picture.shape[:2]
    if rng.random() < 0.55 and not plate.paper:
        inset, thick = rng.uniform(1.5, 5) * scale, max(1, round(rng.uniform(1, 3) * scale))
        colour = INKS["white"] if plate.ink == "white" else tuple(float(v) for v in np.full(3, rng.uniform(20, 140)))
        cv2.rectangle(picture, (int(inset), int(inset)), (int(width - 1 - inset), int(height - 1 - inset)), colour, thick, cv2.LINE_AA)
    if rng.random() < 0.6:
        radius = rng.uniform(2.5, 5.5) * scale
        shade = tuple(float(v) for v in np.full(3, rng.uniform(30, 210)))
        middle = rng.random() < 0.5
        for side in (0.12, 0.88) if rng.random() < 0.8 else (0.5,):
            for y in ((0.5,) if middle and plate.width > 300 and side != 0.5 else (0.09, 0.91)):
                x = (side if not middle or side == 0.5 else (0.03 if side < 0.5 else 0.97)) + rng.uniform(-0.03, 0.03)
                if rng.random() < 0.8:
                    cv2.circle(picture, (int(x * width), int(y * height)), max(1, int(radius)), shade, -1, cv2.LINE_AA)
    if rng.random() < 0.2:  # a holder
        thick = rng.uniform(0.02, 0.06) * height
        colour = tuple(float(v) for v in (rng.uniform(10, 60, 3) if rng.random() < 0.7 else rng.uniform(120, 220, 3)))
        cv2.rectangle(picture, (0, 0), (width - 1, height - 1), colour, max(1, int(thick)))
        if rng.random() < 0.4:  # with an advert below or above
            band = int(rng.uniform(0.07, 0.13) * height)
            y = height - band if rng.random() < 0.7 else 0
            cv2.rectangle(picture, (0, y), (width, y + band), colour, -1)
            text = "".join(chr(65 + int(v)) for v in rng.integers(0, 26, int(rng.integers(4, 12))))
            letters = np.zeros((height, width), np.uint8)
            cv2.putText(letters, text, (int(width * rng.uniform(0.1, 0.4)), y + band - 1), cv2.FONT_HERSHEY_SIMPLEX, band / 28, 255,
                        max(1, band // 12), cv2.LINE_AA)
            picture += (255 - np.array(colour, np.float32) - picture) * (letters.astype(np.float32)[..., None] / 255)


def paint(plate, scale, rng):
    """A plate as a float32 BGR picture, `scale` pixels a millimetre, and the boxes of its characters in that picture."""
    width, height = max(8, round(plate.width * scale)), max(8, round(plate.height * scale))
    picture = np.empty((height, width, 3), np.float32)
    base = ground(rng, plate.colour)
    picture[:] = base
    if plate.kind == "cn_green":
        fall = np.linspace(rng.uniform(0.5, 0.95), 0, height, dtype=np.float32)[:, None, None]
        picture += (235 - picture) * fall
    shade = np.zeros((height, width), np.uint8)
    frame_and_screws(picture, scale, plate, rng)
    ink = ink_of(rng, plate)
    face = glyphs.any_face(rng)
    han = glyphs.chinese_face(rng)
    boxes = []
    heights = plate.heights or (plate.letter[0],) * len(plate.rows)
    free = plate.height - sum(heights)
    between = free * (rng.uniform(0.14, 0.3) if len(plate.rows) == 2 else 0)
    y = (free - between) / 2 + rng.uniform(-0.04, 0.04) * plate.height
    wide = rng.uniform(0.94, 1.06)
    weight = plate.letter[2] / plate.letter[0] * rng.choice(glyphs.WEIGHTS)
    for number, row in enumerate(plate.rows):
        h = heights[number]
        ratio = h / plate.letter[0]
        letter = (h, plate.letter[1] * wide * (ratio if ratio < 0.8 else 1), plate.letter[2])
        gap = plate.gaps[min(number, 1)] * rng.uniform(0.75, 1.2)
        tokens, total = placed(row, letter, gap, face, rng)
        room = plate.width * 0.95
        squeeze = min(1.0, room / total)
        if len(plate.rows) == 2 and number == 1 and total < 0.75 * room and rng.random() < 0.5:
            squeeze = min(1.25, 0.82 * room / total)  # four digits are often set wide
        x0 = (plate.width - total * squeeze) / 2 + rng.uniform(-0.012, 0.012) * plate.width
        for token, x, drop, w, hh in tokens:
            left, mid = (x0 + x * squeeze) * scale, (y + h / 2 + drop) * scale
            w, hh = w * min(squeeze, 1.12) * scale, hh * scale
            if token == " ":
                continue
            if token == "*":
                badge(picture, left + w / 2, mid, w / 2, rng)
                continue
            colour = ink
            if plate.ink == "diplomatic" and token in "NGQT":
                colour = np.array(INKS["red"], np.float32)
            elif token == "警":
                colour = np.array(INKS["red"], np.float32)
            if token in "-.·":
                mask = np.full((max(1, round(hh)), max(1, round(w))), 255, np.uint8)
            else:
                aspect = round(letter[1] / h * 20) / 20
                kept = glyphs.mask(han if token in PROVINCE else face, token, aspect, round(float(weight) * 50) / 50)
                mask = cv2.resize(kept, (max(2, round(w)), max(3, round(hh))), interpolation=cv2.INTER_AREA)
                boxes.append((left, mid - hh / 2, left + w, mid + hh / 2))
            stamp(picture, shade, mask, round(left), round(mid - mask.shape[0] / 2), colour)
        y += h + between
    if not plate.paper and rng.random() < 0.5:  # embossed: a lit and a dark side
        relief = cv2.GaussianBlur(shade, (0, 0), max(0.5, 1.2 * scale)).astype(np.float32)
        picture += (np.roll(relief, (1, 1), (0, 1)) - relief)[..., None] * rng.uniform(-0.5, 0.5)
    if plate.sticker:
        size = rng.uniform(0.09, 0.14) * height
        colour = (60, 170, 40) if plate.sticker == "green" else (40, 40, 200)
        x, y = (rng.uniform(0.02, 0.06) * width, rng.uniform(0.06, 0.8) * height)
        cv2.rectangle(picture, (int(x), int(y)), (int(x + size), int(y + size)), colour, -1)
    return np.clip(picture, 0, 255), boxes
