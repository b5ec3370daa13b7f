"""The nets without training: shapes, decoding, targets, and that the written graph computes what the framework does."""

import os
import tempfile
import unittest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np

import detector_net
import export_detector
import export_reader
import reader_net
import reader_sample
import decoding
import scenes
import shards


def shaken(model, seed):
    """Weights as after some training: none of them 0, 1 or equal."""
    rng = np.random.default_rng(seed)
    weights = []
    for variable in model.weights:
        value = np.asarray(variable)
        if "moving_variance" in variable.path or "gamma" in variable.path:
            weights.append(rng.uniform(0.5, 1.5, value.shape))
        else:
            weights.append(value + rng.normal(0, 0.02, value.shape))
    model.set_weights(weights)
    return model


class Reader(unittest.TestCase):
    def test_the_graph_computes_what_the_framework_does(self):
        model = shaken(reader_net.build("ctc"), 1)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "reader.onnx")
            export_reader.write(model, path, 1.0)
            self.assertLess(max(export_reader.difference(model, path, 4)), 1e-4)
            self.assertLess(os.path.getsize(path), 4 << 20)

    def test_repeats_need_a_gap_and_the_surest_column_counts(self):
        text = np.zeros((1, 2, decoding.COLUMNS, decoding.CLASSES), np.float32)
        text[..., 0] = 1.0
        one = reader_sample.CLASS["1"]
        for column, sure in ((3, 0.6), (4, 0.9), (6, 0.7)):
            text[0, 0, column, 0], text[0, 0, column, one] = 1 - sure, sure
        rows = decoding.decoded(text)[0]
        self.assertEqual([c for c, _ in rows[0]], ["1", "1"])
        self.assertAlmostEqual(rows[0][0][1], 0.9, 5)
        self.assertEqual(rows[1], [])


class Detector(unittest.TestCase):
    def test_the_graph_computes_what_the_framework_does(self):
        model = shaken(detector_net.build(), 2)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "detector.onnx")
            export_detector.write(model, path)
            score, corners = export_detector.difference(model, path)
            self.assertLess(score, 1e-4)
            self.assertLess(corners, 0.01)
            self.assertLess(os.path.getsize(path), 4 << 20)

    def test_targets_lead_back_to_the_corners(self):
        rng = np.random.default_rng(7)
        for _ in range(30):
            scene = scenes.make(rng)
            heat, corners, near, _ = detector_net.wanted(scenes.fields(scene)[1], 320)
            truth = [np.array(q).reshape(4, 2) for flag, *q in scene.plates if flag == scenes.PLATE]
            got = detector_net.found(heat, corners, 0.999)
            self.assertEqual(len(got), len(truth))
            for _, quad in got:
                self.assertLess(min(np.abs(quad - t).max() for t in truth), 0.01)

    def test_plates_of_a_scene_lie_apart_and_a_seed_is_a_scene(self):
        for number in range(10):
            a, b = (scenes.make(np.random.default_rng([8, number])) for _ in range(2))
            self.assertTrue(np.array_equal(a.picture, b.picture))
            quads = [np.array(q).reshape(4, 2) for _, *q in a.plates]
            for n, quad in enumerate(quads):
                for other in quads[:n]:
                    self.assertEqual(detector_net.overlap(quad, other), 0)


class Shards(unittest.TestCase):
    def test_a_step_sees_the_same_pictures_whoever_rendered_them_and_old_shards_go(self):
        batches = []
        for workers in (1, 2):
            with tempfile.TemporaryDirectory() as folder:
                window = shards.Window("tests.tiny", folder, 9, workers, size=32, width=3, first=2, steps_each=4)
                batches.append([window.batch(9, step, 8)[0].tolist() for step in range(24)])
                names = sorted(os.listdir(folder))
                self.assertNotIn("000000.npz", names)
                window.close()
        self.assertEqual(*batches)


if __name__ == "__main__":
    unittest.main()
