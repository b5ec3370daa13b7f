"""Glyphs of our own: each letter as centre lines with a pen, near the condensed face of Vietnamese plates.

Everything that differs between makers of plates is a number in `Hand`: how square the bowls are, where waists sit, how
long flags and arms are. One `Hand` draws one consistent alphabet. No font file was looked at or traced.
"""

from dataclasses import dataclass

import cv2
import numpy as np

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZĐ"


@dataclass(frozen=True)
class Hand:
    """One maker's way of drawing; all in parts of the glyph's box."""

    square: float  # exponent of the bowls: 2 is an ellipse, 4 nearly a box
    waist: float  # where 3, 5, 8, B, E, ... are joined
    one: float  # width of 1, against a full digit: the plate's 1 has a long flag and is no narrow bar
    flag: float  # how far the flag of 1 drops
    reach: float  # where the flag of 1 ends, from the left
    open_four: bool  # the diagonal of 4 does not meet its top
    arm: float  # length of the middle arm of E and F
    tail: float  # how far 6 and 9 bend round
    flat_three: bool  # 3 with a flat top and a diagonal
    slope_seven: float  # where the leg of 7 ends
    round_m: float  # depth of M's middle

    @staticmethod
    def drawn_by(rng):
        """One maker, by chance."""
        return Hand(
            square=rng.uniform(2.0, 3.6), waist=rng.uniform(0.45, 0.53), one=rng.uniform(0.48, 0.74), flag=rng.uniform(0.12, 0.3),
            reach=rng.uniform(0.0, 0.25),
            open_four=rng.random() < 0.1, arm=rng.uniform(0.6, 0.95), tail=rng.uniform(0.1, 0.3),
            flat_three=rng.random() < 0.12, slope_seven=rng.uniform(0.2, 0.5), round_m=rng.uniform(0.4, 0.75))


def bowl(hand, cx, cy, rx, ry, start, end, points=18):
    """A part of a super-ellipse; degrees, clockwise on the picture, 0 to the right."""
    angle = np.radians(np.linspace(start, end, points))
    c, s = np.cos(angle), np.sin(angle)
    power = 2.0 / hand.square
    return [(cx + rx * np.sign(a) * abs(a) ** power, cy + ry * np.sign(b) * abs(b) ** power) for a, b in zip(c, s)]


def lines_of(letter, hand):
    """Centre lines of a letter in a box from 0 to 1."""
    w, b = hand.waist, lambda *a: bowl(hand, *a)
    top, low = w / 2, (1 + w) / 2  # middles of the upper and the lower bowl
    if letter in "0O":
        return [b(0.5, 0.5, 0.5, 0.5, 0, 360, 48)]
    if letter == "1":
        return [[(hand.reach, hand.flag), (1, 0), (1, 1)]]
    if letter == "2":
        return [b(0.5, 0.28, 0.5, 0.28, 195, 360) + [(1, 0.3), (0.93, 0.46), (0.0, 1), (1, 1)]]
    if letter == "3":
        if hand.flat_three:
            return [[(0, 0), (1, 0), (0.45, w - 0.06)] + b(0.5, low, 0.5, (1 - w) / 2, 270, 525)]
        return [b(0.5, top, 0.5, top, 195, 450) + [(0.35, w)], [(0.35, w)] + b(0.5, low, 0.5, (1 - w) / 2, 270, 525)]
    if letter == "4":
        if hand.open_four:
            return [[(0.3, 0), (0, 0.7), (1, 0.7)], [(0.75, 0.35), (0.75, 1)]]
        return [[(1, 0.74), (0, 0.74), (0.6, 0), (0.74, 0), (0.74, 1)]]
    if letter == "5":
        return [[(0.95, 0), (0.08, 0), (0.03, w)] + b(0.5, w - 0.08 + (1.08 - w) / 2, 0.5, (1.08 - w) / 2, 215, 510)]
    if letter == "6":
        return [b(0.5, 0.66, 0.5, 0.34, 0, 360, 40), [(0, 0.66)] + b(0.5, 0.36, 0.5, 0.36, 180, 270 + 260 * hand.tail)]
    if letter == "9":
        return [b(0.5, 0.34, 0.5, 0.34, 0, 360, 40), [(1, 0.34)] + b(0.5, 0.64, 0.5, 0.36, 0, 90 + 260 * hand.tail)]
    if letter == "7":
        return [[(0, 0), (1, 0), (hand.slope_seven, 1)]]
    if letter == "8":
        return [b(0.5, top, 0.46, top, 0, 360, 40), b(0.5, low, 0.5, (1 - w) / 2, 0, 360, 40)]
    if letter == "A":
        return [[(0, 1), (0.44, 0), (0.56, 0), (1, 1)], [(0.16, 0.7), (0.84, 0.7)]]
    if letter == "B":
        return [[(0, w), (0, 0), (0.5, 0)] + b(0.5, top, 0.46, top, 270, 450) + [(0, w)],
                [(0, w), (0.5, w)] + b(0.5, low, 0.5, (1 - w) / 2, 270, 450) + [(0, 1), (0, w)]]
    if letter == "C":
        return [b(0.5, 0.5, 0.5, 0.5, -25 - 20 * hand.tail, -335 + 20 * hand.tail, 40)]
    if letter in "DĐ":
        lines = [[(0, 0), (0.4, 0)] + b(0.4, 0.5, 0.6, 0.5, 270, 450, 26) + [(0, 1), (0, 0)]]
        return lines + ([[(-0.22, 0.5), (0.38, 0.5)]] if letter == "Đ" else [])
    if letter == "E":
        return [[(1, 0), (0, 0), (0, 1), (1, 1)], [(0, w), (hand.arm, w)]]
    if letter == "F":
        return [[(1, 0), (0, 0), (0, 1)], [(0, w), (hand.arm, w)]]
    if letter == "G":
        return [b(0.5, 0.5, 0.5, 0.5, -30, -270, 36) + b(0.5, 0.5, 0.5, 0.5, 90, 10) + [(1, 0.55), (0.55, 0.55)]]
    if letter == "H":
        return [[(0, 0), (0, 1)], [(1, 0), (1, 1)], [(0, w), (1, w)]]
    if letter == "I":
        return [[(0.5, 0), (0.5, 1)]]
    if letter == "J":
        return [[(1, 0), (1, 0.7)] + b(0.5, 0.7, 0.5, 0.3, 0, 180)]
    if letter == "K":
        return [[(0, 0), (0, 1)], [(1, 0), (0, 0.62)], [(0.3, 0.42), (1, 1)]]
    if letter == "L":
        return [[(0, 0), (0, 1), (1, 1)]]
    if letter == "M":
        return [[(0, 1), (0, 0), (0.5, hand.round_m), (1, 0), (1, 1)]]
    if letter == "N":
        return [[(0, 1), (0, 0), (1, 1), (1, 0)]]
    if letter in "PR":
        lines = [[(0, 1), (0, 0), (0.5, 0)] + b(0.5, 0.28, 0.5, 0.28, 270, 450) + [(0, 0.56)]]
        return lines + ([[(0.45, 0.56), (1, 1)]] if letter == "R" else [])
    if letter == "Q":
        return [b(0.5, 0.5, 0.5, 0.5, 0, 360, 48), [(0.55, 0.72), (1, 1.02)]]
    if letter == "S":
        return [b(0.5, top, 0.5, top, -20, -270, 26) + b(0.5, low, 0.5, (1 - w) / 2, 270, 520, 26)]
    if letter == "T":
        return [[(0, 0), (1, 0)], [(0.5, 0), (0.5, 1)]]
    if letter == "U":
        return [[(0, 0), (0, 0.65)] + b(0.5, 0.65, 0.5, 0.35, 180, 0, 26) + [(1, 0)]]
    if letter == "V":
        return [[(0, 0), (0.46, 1), (0.54, 1), (1, 0)]]
    if letter == "W":
        return [[(0, 0), (0.22, 1), (0.5, 1 - hand.round_m), (0.78, 1), (1, 0)]]
    if letter == "X":
        return [[(0, 0), (1, 1)], [(1, 0), (0, 1)]]
    if letter == "Y":
        return [[(0, 0), (0.5, 0.52), (1, 0)], [(0.5, 0.52), (0.5, 1)]]
    if letter == "Z":
        return [[(0, 0), (1, 0), (0, 1), (1, 1)]]
    raise ValueError(f"no strokes for {letter}")


def mask_of(letter, hand, height, width, stroke):
    """The letter as an 8-bit mask of height x width pixels, drawn with a pen `stroke` pixels wide."""
    fine = 4
    pen = max(1, round(stroke * fine))
    left = 0.2 * width if letter == "Đ" else 0.0
    canvas = np.zeros((height * fine, width * fine), np.uint8)
    half = pen / 2
    span = (width * fine - pen - left * fine, height * fine - pen)
    for line in lines_of(letter, hand):
        points = np.array([[half + left * fine + x * span[0], half + y * span[1]] for x, y in line])
        cv2.polylines(canvas, [np.round(points * 16).astype(np.int32)], False, 255, pen, cv2.LINE_AA, 4)
    return cv2.resize(canvas, (width, height), interpolation=cv2.INTER_AREA)
