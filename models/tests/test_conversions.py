"""The converted nets against numbers that the packages' own code gave (golden.json), and the rewriting of PRelu.

Never fetches: where the packages were not pulled, it says so and the test counts as skipped.
"""

import json
import tempfile
import unittest
from pathlib import Path

try:
    import numpy as np
    import onnx
    from onnx import TensorProto, helper, numpy_helper
    from onnx.reference import ReferenceEvaluator

    from convert import dlib_face, prelu_as_choice, tfjs_graph
    from tests.golden_input import made_up_picture

    MISSING = None
except ImportError as error:
    MISSING = f"not run, because models/venv is not there yet (run models/pull): {error}"

RAW = Path(__file__).resolve().parent.parent / "cache" / "raw"
GOLDEN = json.loads((Path(__file__).resolve().parent / "golden.json").read_text())


def raw(name):
    """The bytes of a pulled raw file, or a skipped test that says why."""
    path = RAW / name
    if not path.exists():
        raise unittest.SkipTest(f"not run, because models/cache/raw/{name} is not at hand (run models/pull)")
    return path.read_bytes()


@unittest.skipIf(MISSING, MISSING)
class ConvertedNets(unittest.TestCase):
    def check(self, path, inputs, golden, tolerance):
        net = ReferenceEvaluator(str(path))
        for name, values in zip(net.output_names, net.run(None, inputs)):
            expected, flat = golden[name], values.reshape(-1)
            np.testing.assert_allclose(flat[:: expected["step"]], expected["picked"], rtol=tolerance, atol=tolerance)
            total = float(np.abs(flat.astype(np.float64)).sum())
            self.assertAlmostEqual(total / expected["absolute_sum"], 1.0, places=4)
        self.assertEqual(sorted(golden), sorted(net.output_names))

    def test_blazeface_gives_the_packages_own_numbers(self):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "net.onnx"
            tfjs_graph.convert(raw("blazeface.json"), raw("blazeface.bin"), out)
            picture = made_up_picture(256) / np.float32(127.5) - np.float32(1)
            self.check(out, {"input": picture.transpose(2, 0, 1)[None]}, GOLDEN["blazeface"], 2e-3)

    def test_the_dlib_net_gives_the_packages_own_numbers(self):
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "net.onnx"
            dlib_face.convert(raw("face_recognition_model.json"), raw("face_recognition_model.bin"), out)
            picture = made_up_picture(150).transpose(2, 0, 1)[None]
            self.check(out, {"input": picture}, GOLDEN["dlib_face"], 1e-3)

    def test_a_wrong_padding_would_be_seen(self):
        """The golden numbers are worth something only if the mistake they are for changes them."""
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "net.onnx"
            tfjs_graph.convert(raw("blazeface.json"), raw("blazeface.bin"), out)
            model = onnx.load(str(out))
            first = next(node for node in model.graph.node if node.op_type == "Conv")
            pads = next(attribute for attribute in first.attribute if attribute.name == "pads")
            self.assertNotEqual(pads.ints[0], pads.ints[2], "the first layer is the asymmetric one")
            pads.ints[:] = [pads.ints[2], pads.ints[3], pads.ints[0], pads.ints[1]]
            onnx.save(model, str(out))
            picture = made_up_picture(256) / np.float32(127.5) - np.float32(1)
            with self.assertRaises(AssertionError):
                self.check(out, {"input": picture.transpose(2, 0, 1)[None]}, GOLDEN["blazeface"], 2e-3)


@unittest.skipIf(MISSING, MISSING)
class PreluRewriting(unittest.TestCase):
    def net(self, slope):
        node = helper.make_node("PRelu", ["x", "a"], ["y"])
        shape = [1, len(slope), 4, 1]
        graph = helper.make_graph(
            [node], "one", [helper.make_tensor_value_info("x", TensorProto.FLOAT, shape)],
            [helper.make_tensor_value_info("y", TensorProto.FLOAT, shape)],
            initializer=[numpy_helper.from_array(np.array(slope, np.float32).reshape(-1, 1, 1), "a")],
        )  # fmt: skip
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)]).SerializeToString()

    def rewritten(self, slope, folder):
        out = Path(folder) / "net.onnx"
        prelu_as_choice.convert(self.net(slope), out)
        return out.read_bytes()

    def test_the_rewritten_net_is_the_same_function(self):
        values = np.array([-3.0, -0.5, 0.0, 2.0], np.float32)
        for slope in ([0.25, 0.0], [-2.0, 1.0], [1.0, 7.5], [3.0, 1.5]):
            with self.subTest(slope=slope), tempfile.TemporaryDirectory() as folder:
                x = np.stack([values] * 2).reshape(1, 2, 4, 1)
                new = self.rewritten(slope, folder)
                old = ReferenceEvaluator(self.net(slope)).run(None, {"x": x})[0]
                np.testing.assert_array_equal(ReferenceEvaluator(new).run(None, {"x": x})[0], old)
                self.assertNotIn("PRelu", {node.op_type for node in onnx.load_from_string(new).graph.node})

    def test_slopes_on_both_sides_of_one_are_refused(self):
        with tempfile.TemporaryDirectory() as folder, self.assertRaises(ValueError):
            self.rewritten([0.5, 2.0], folder)

    def test_the_same_net_gives_the_same_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(self.rewritten([0.5], folder), self.rewritten([0.5], folder))


if __name__ == "__main__":
    unittest.main()
