"""What stands on a plate: every series of the domain text (section 1), with its size, layout and colours.

A `Plate` is pure description in millimetres; `draw.py` paints it. In a row `-` is the dash, `.` the dot, `*` the badge
of the police and a blank is a wide gap. Đ is drawn as such and read as D, as the canonical key has it.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from glyphs import PROVINCES, SUFFIXES

CODES = [row["code"] for row in csv.DictReader(open(Path(__file__).parent / "plate_codes.csv", encoding="utf-8"))]
L20 = "ABCDEFGHKLMNPSTUVXYZ"
L11 = "ABCDEFGHKLM"
SECOND = "ABCDEFGHKLMNPRSTUVXYZ"
DIGITS = "0123456789"
ALL = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
UNITS = ("TM TC TH TT TK TN KA KB KC KD KV KP KK KT AA AC AD QA QH QB QC QM BL BB BC BK BP BH BT HA HB HC HE HD HH HT HQ HN "
         "PA PG PK PX PP AV AT AN AX AM VT CA CB CD CH CM CN CP CT CV").split()
TWO_LETTERS = ["LD"] * 6 + ["KT"] * 3 + ["RM"] * 2 + ["CD", "HC", "MK", "TĐ", "DA", "R", "CT", "LB", "MĐ"]
CHINESE = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # no I, no O
COLOURS = ("white", "yellow", "blue", "red", "green", "black", "unknown")


@dataclass
class Plate:
    """One plate before it is painted."""

    kind: str
    width: float
    height: float
    rows: list  # one or two texts
    letter: tuple  # height, width and stroke of a character
    colour: str
    ink: str = "black"
    gaps: tuple = (10.0, 10.0)  # between characters of each row
    heights: tuple = None  # of the rows' characters, where they differ
    paper: bool = False
    sticker: str = None

    def reading(self):
        """What should be read, a text for each row."""
        return ["".join("D" if c == "Đ" else c for c in row if c not in "-.* ·") for row in self.rows]


def pick(rng, of):
    """One of a sequence."""
    return of[int(rng.integers(len(of)))]


def code(rng):
    """A province, Lạng Sơn and its neighbours a little more often."""
    return pick(rng, ("12", "11", "14", "98", "20", "97", "29", "30", "99", "51", "59")) if rng.random() < 0.2 else pick(rng, CODES)


def digits(rng, count):
    """A serial, never all noughts."""
    while True:
        text = "".join(pick(rng, DIGITS) for _ in range(count))
        if text.strip("0"):
            return text


def dotted(serial):
    """123.45; four digits have no dot."""
    return f"{serial[:3]}.{serial[3:]}" if len(serial) == 5 else serial


def civil_look(rng):
    """Colours of a civil plate and the letters its series may have."""
    at = rng.random()
    if at < 0.62:
        return "white", "black", L20
    if at < 0.84:
        return "yellow", "black", L20
    return "blue", "white", L11


def sticker(rng):
    """Auction and clean-energy plates bear one."""
    return pick(rng, ("green", "red")) if rng.random() < 0.06 else None


def car(rng):
    """Cars' plates of one or two lines, five or four digits, ordinary and own series."""
    colour, ink, letters = civil_look(rng)
    series = pick(rng, letters)
    if rng.random() < 0.12:
        series, colour, ink = pick(rng, TWO_LETTERS), *(("white", "black") if rng.random() < 0.8 else ("yellow", "black"))
        if series in ("CT", "LB"):
            colour, ink = "yellow", "red"
    serial = digits(rng, 4 if rng.random() < 0.15 else 5)
    head, tail = code(rng) + series, dotted(serial)
    old = rng.random() < 0.3
    dash = "*" if rng.random() < 0.06 else "-" if rng.random() < 0.9 else " "
    if rng.random() < 0.55:
        return Plate("car1", 470 if old else 520, 110, [head + dash + tail], (63 if not old else 70, 38, 10), colour, ink,
                     sticker=sticker(rng))
    size = (280, 200) if old else (330, 165)
    letter = (rng.uniform(72, 82), rng.uniform(38, 42), 11) if old else (63, 38, 10)
    top = head if rng.random() < 0.7 else head[:2] + "-" + head[2:]
    return Plate("car2", *size, [top, ("*" if rng.random() < 0.05 else "") + tail], letter, colour, ink, sticker=sticker(rng))


def motorbike(rng):
    """Two lines always; letter and digit, or two letters since 2023."""
    blue = rng.random() < 0.05
    letters = L11 if blue else L20
    legacy = not blue and rng.random() < 0.28
    if rng.random() < 0.16 and not blue:
        series = pick(rng, L20) + pick(rng, SECOND)
    elif rng.random() < 0.02:
        series = "MĐ" + (pick(rng, "123456789") if rng.random() < 0.6 else "")
    else:
        series = pick(rng, letters) + pick(rng, "123456789")
    serial = digits(rng, 4 if legacy else 5)
    head = code(rng) + ("-" if rng.random() < 0.85 else "") + series
    tail = dotted(serial) if rng.random() < 0.93 else serial
    colour, ink = ("blue", "white") if blue else ("yellow", "black") if rng.random() < 0.03 else ("white", "black")
    height, width = rng.uniform(52, 58), rng.uniform(22, 27)
    heights = (height, height * rng.uniform(1.0, 1.18)) if rng.random() < 0.3 else None
    # Makers set the dash and four old digits with more air than the standard's drawing has.
    gaps = (rng.uniform(4.5, 11), rng.uniform(10, 21) if len(serial) == 4 else rng.uniform(8.5, 12))
    return Plate("moto", 190, 140, [head, tail], (height, width, 7), colour, ink, gaps=gaps, heights=heights, sticker=sticker(rng))


def diplomatic(rng):
    """Foreign bodies and persons: country, letters and number; NG and QT in red."""
    letters = pick(rng, ("NG", "QT", "CV", "NN", "NN"))
    country, place = digits(rng, 3), code(rng) if rng.random() < 0.5 else "80"
    ink = "diplomatic" if letters in ("NG", "QT") else "black"
    at = rng.random()
    if at < 0.45:
        return Plate("diplo1", 520, 110, [f"{place}-{country}-{letters}-{digits(rng, 2)}"], (63, 38, 10), "white", ink, gaps=(8.0, 8.0))
    if at < 0.7:
        rows = [f"{place}-{letters}", f"{country}-{digits(rng, 2)}"] if rng.random() < 0.5 else [f"{place}-{country}", f"{letters}-{digits(rng, 2)}"]
        return Plate("diplo2", 330, 165, rows, (63, 38, 10), "white", ink)
    rows = [f"{place}-{letters}", f"{country}-{digits(rng, 3)}"] if rng.random() < 0.5 else [f"{place}-{country}", f"{letters}-{digits(rng, 3)}"]
    return Plate("diplo_moto", 190, 140, rows, (55, 20, 7), "white", ink, gaps=(5.0, 5.0))


def temporary(rng):
    """Printed on paper."""
    head, tail = "T" + code(rng), dotted(digits(rng, 5))
    if rng.random() < 0.5:
        return Plate("temp1", 470, 110, [f"{head}-{tail}"], (60, 36, rng.uniform(6, 11)), "white", paper=True)
    size = (190, 140) if rng.random() < 0.5 else (280, 200)
    scale = size[1] / 200
    return Plate("temp2", *size, [head, tail], (70 * scale, 36 * scale, 9 * scale), "white", paper=True, gaps=(8 * scale, 8 * scale))


def military(rng):
    """White on red: a unit and a number."""
    unit = pick(rng, UNITS) if rng.random() > 0.3 else pick(rng, ("KA", "QB"))
    number = pick(rng, ("{0}-{1}", "{0}{1}", "{0}.{1}")).format(digits(rng, 2), digits(rng, pick(rng, (1, 2, 2, 2, 3))))
    unit += pick(rng, "SLX") if rng.random() < 0.06 else ""
    at = rng.random()
    if at < 0.45:
        return Plate("military1", 400, 110, [f"{unit}-{number}"], (rng.uniform(66, 81), 38, 11), "red", "white", gaps=(8.0, 8.0))
    if at < 0.75:
        return Plate("military2", 280, 200, [unit, number], (81, 41, 12), "red", "white")
    number += pick(rng, "ABC") if rng.random() < 0.3 else ""
    return Plate("military_moto", 180, 150, [unit, number], (55, 24, 8), "red", "white", gaps=(7.0, 6.0))


def chinese(rng):
    """Plates that come over the border; never to be bent into Vietnamese ones."""
    head = "桂" if rng.random() < 0.4 else pick(rng, PROVINCES)
    head += pick(rng, "FAFACEB") if rng.random() < 0.3 else pick(rng, CHINESE)
    body = "".join(pick(rng, DIGITS) if rng.random() < 0.8 else pick(rng, CHINESE) for _ in range(5))
    at = rng.random()
    letter = (90, 45, 10)
    if at < 0.45:
        return Plate("cn_blue", 440, 140, [head + "·" + body], letter, "blue", "white", gaps=(12.0, 12.0))
    if at < 0.62:
        body = pick(rng, "DFABCEGHJK") + body[1:] if rng.random() < 0.8 else body
        serial = body[0] + pick(rng, CHINESE + DIGITS * 3) + digits(rng, 4)
        return Plate("cn_green", 480, 140, [head + "·" + serial], (90, 43, 9), "green", "black", gaps=(9.0, 9.0))
    if at < 0.74:
        return Plate("cn_yellow", 440, 140, [head + "·" + body], letter, "yellow", "black", gaps=(12.0, 12.0))
    if at < 0.9:
        body = body[:4] + "挂" if rng.random() < 0.35 else body
        return Plate("cn_yellow2", 440, 220, [head[0] + "·" + head[1], body], (110, 65, 15), "yellow", "black",
                     gaps=(15.0, 15.0), heights=(60, 110))
    if at < 0.95:
        return Plate("cn_white", 440, 140, [head + "·" + body[:4] + "警"], letter, "white", "black", gaps=(12.0, 12.0))
    return Plate("cn_black", 440, 140, [head + "·" + body[:4] + pick(rng, SUFFIXES)], letter, "black", "white", gaps=(12.0, 12.0))


def anything(rng):
    """Any characters on any plate: the net shall read what is there and not what is usual."""
    text = lambda low, high: "".join(pick(rng, ALL) for _ in range(int(rng.integers(low, high + 1))))  # noqa: E731
    colour, ink = pick(rng, (("white", "black"), ("yellow", "black"), ("blue", "white"), ("red", "white"), ("black", "white"), ("green", "white")))
    if rng.random() < 0.5:
        head, tail = text(1, 4), text(3, 5)
        return Plate("any1", 520, 110, [head + pick(rng, ("-", " ", "")) + tail], (63, 38, 10), colour, ink)
    size, letter = ((190, 140), (55, 23, 7)) if rng.random() < 0.5 else ((330, 165), (63, 38, 10))
    head, tail = text(2, 5), text(3, 5)
    return Plate("any2", *size, [head[:2] + pick(rng, ("-", "")) + head[2:], dotted(tail)], letter, colour, ink, gaps=(6.0, 8.0))


MAKERS = (car, motorbike, diplomatic, temporary, military, chinese, anything)
ODDS = (0.36, 0.38, 0.04, 0.03, 0.05, 0.08, 0.06)


def any_plate(rng):
    """A plate of any series."""
    at, total = rng.random(), 0.0
    for maker, odds in zip(MAKERS, ODDS):
        total += odds
        if at < total:
            return maker(rng)
    return motorbike(rng)
