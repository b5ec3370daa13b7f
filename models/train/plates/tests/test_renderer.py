"""The renderer: what is written is legal, what is drawn is there, and a seed is a picture."""

import re
import unittest

import cv2
import numpy as np

import fonts
import glyphs
import reader_sample
import series
import strokes
import view
from draw import paint

CODE = "(?:" + "|".join(series.CODES) + ")"
SHAPES = {
    series.car: rf"{CODE}([{series.L20}]|LD|KT|RM|CD|HC|MK|TD|DA|R|CT|LB|MD)\d{{4,5}}",
    series.motorbike: rf"{CODE}([{series.L20}][{series.SECOND}1-9]|MD[1-9]?)\d{{4,5}}",
    series.diplomatic: rf"{CODE}(\d{{3}}(NG|QT|CV|NN)|(NG|QT|CV|NN)\d{{3}})\d{{2,3}}",
    series.temporary: rf"T{CODE}\d{{5}}",
    series.military: rf"({'|'.join(series.UNITS)})[SLX]?\d{{3,5}}[ABC]?",
    series.chinese: rf"[{glyphs.PROVINCES}][{series.CHINESE}][0-9A-HJ-NP-Z]{{4,6}}[{glyphs.SUFFIXES}]?",
}


class Series(unittest.TestCase):
    def test_every_series_keeps_its_grammar(self):
        rng = np.random.default_rng(1)
        for maker, shape in SHAPES.items():
            for _ in range(500):
                plate = maker(rng)
                text = "".join(plate.reading())
                self.assertRegex(text, f"^{shape}$", plate.kind)
                self.assertIn(plate.colour, series.COLOURS)
                self.assertLessEqual(max(map(len, plate.reading())), reader_sample.ROW_LENGTH)

    def test_no_serial_is_all_noughts_and_no_unused_code_appears(self):
        rng = np.random.default_rng(2)
        self.assertEqual(len(series.CODES), 81)
        for unused in ("13", "42", "44", "45", "46", "87", "91", "96"):
            self.assertNotIn(unused, series.CODES)
        for _ in range(20000):
            self.assertTrue(series.digits(rng, 2).strip("0"))

    def test_blue_plates_keep_to_the_eleven_letters_and_motorbikes_have_two_lines(self):
        rng = np.random.default_rng(3)
        for _ in range(1000):
            for plate in (series.car(rng), series.motorbike(rng)):
                if plate.colour == "blue":
                    self.assertIn(re.sub(r"[^A-Z]", "", "".join(plate.reading()))[0], series.L11)
            self.assertEqual(len(series.motorbike(rng).rows), 2)

    def test_the_barred_d_is_read_as_d(self):
        plate = series.Plate("moto", 190, 140, ["29-MĐ1", "234.56"], (55, 22, 7), "white")
        self.assertEqual(plate.reading(), ["29MD1", "23456"])


class Drawing(unittest.TestCase):
    def test_all_fonts_are_installed_and_have_a_licence(self):
        self.assertEqual(fonts.missing(), [])
        for _, package, licence, _ in fonts.LATIN + fonts.CHINESE:
            self.assertTrue(package.startswith("fonts-"))
            self.assertRegex(licence, "^(OFL-1.1|Apache-2.0|MIT|Bitstream Vera|OFL-1.1 or CC0-1.0)$")

    def test_every_face_draws_every_character(self):
        for face in [*glyphs.LATIN_FACES, 0, 1]:
            drawn = {}
            for letter in strokes.LETTERS:
                mask = glyphs.mask(face, letter, 0.5, 0.16)
                self.assertGreater((mask > 127).mean(), 0.08, f"{face} {letter}")
                drawn[letter] = cv2.resize(mask, (32, 64)).astype(int)
            for a, b in (("8", "B"), ("0", "8"), ("5", "S"), ("6", "8"), ("C", "G"), ("3", "8"), ("1", "7"), ("E", "F"), ("P", "R")):
                self.assertGreater(np.abs(drawn[a] - drawn[b]).mean(), 2.0, f"{face}: {a} and {b} look alike")

    def test_chinese_faces_know_every_province(self):
        for face, odds in zip(glyphs.CHINESE_FACES, glyphs.CHINESE_ODDS):
            if odds:
                shapes = {glyphs.mask(face, letter, 0.5, 0.12).tobytes() for letter in glyphs.PROVINCES + glyphs.SUFFIXES}
                self.assertEqual(len(shapes), len(glyphs.PROVINCES + glyphs.SUFFIXES), face)

    def test_characters_stand_inside_their_plate_in_reading_order(self):
        rng = np.random.default_rng(4)
        for _ in range(300):
            plate = series.any_plate(rng)
            picture, boxes = paint(plate, 1.0, rng)
            self.assertEqual(len(boxes), sum(len(row) for row in plate.reading()), plate.rows)
            for left, top, right, bottom in boxes:
                self.assertGreaterEqual(left, -1, plate.rows)
                self.assertLessEqual(right, picture.shape[1] + 1, plate.rows)
                self.assertGreaterEqual(top, -0.05 * plate.height)
                self.assertLessEqual(bottom, 1.05 * plate.height)

    def test_a_turned_plate_keeps_the_order_of_its_corners(self):
        quad = view.corners_in_space(520, 110, 40, 10, 12)
        first = quad[1] - quad[0]
        second = quad[3] - quad[0]
        self.assertGreater(first[0] * second[1] - first[1] * second[0], 0)  # clockwise on the picture


class Samples(unittest.TestCase):
    def test_a_seed_is_a_picture(self):
        for number in range(20):
            a, b = (reader_sample.make(np.random.default_rng([5, number])) for _ in range(2))
            self.assertTrue(np.array_equal(a.picture, b.picture))
            self.assertEqual((a.rows, a.colour), (b.rows, b.colour))

    def test_samples_have_the_nets_size_and_labels_within_the_classes(self):
        rng = np.random.default_rng(6)
        kinds = set()
        for _ in range(400):
            sample = reader_sample.make(rng)
            rows, lines, colour = reader_sample.labels(sample)
            self.assertEqual(sample.picture.shape, (64, 128, 3))
            self.assertEqual(lines, len(sample.rows))
            self.assertLess(colour, len(series.COLOURS))
            self.assertLessEqual(int(rows.max()), len(reader_sample.CHARACTERS))
            kinds.add(sample.kind)
        self.assertGreaterEqual(len(kinds), 12)


if __name__ == "__main__":
    unittest.main()
