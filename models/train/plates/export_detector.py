"""Writes the trained detector as ONNX and compares it with the framework: `export_detector.py RUN OUT.onnx`.

The graph takes pictures as they are (BGR, 0 to 255, channels first, sides multiples of 32). `score` is 0 wherever a
neighbour is higher, so that what is left over a threshold are plates' middles; `corners` are offsets in input pixels.
"""

import argparse
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np  # noqa: E402
import onnxruntime  # noqa: E402

import detector_net  # noqa: E402
import scenes  # noqa: E402
from onnx_graph import Graph  # noqa: E402


def write(model, out):
    """The graph."""
    g = Graph()
    x = g.node("Div", [g.node("Sub", ["pictures", g.constant("middle", np.array(127.5))]), g.constant("spread", np.array(64.0))])
    ends = []
    for number, part in enumerate(detector_net.TRUNK):
        x = g.folded(model, x, f"conv{number}", (part[1], part[1]))
        if len(part) == 3:
            ends.append(x)
    joined = g.folded(model, ends[2], "side2")
    for level in (1, 0):
        scales = g.constant(f"twice{level}", np.array([1, 1, 2, 2]))
        up = g.node("Resize", [joined, "", scales], mode="nearest", coordinate_transformation_mode="asymmetric", nearest_mode="floor")
        joined = g.folded(model, g.node("Add", [g.folded(model, ends[level], f"side{level}"), up]), f"join{level}")
    kernel, bias = model.get_layer("score").get_weights()
    score = g.node("Sigmoid", [g.conv(g.folded(model, joined, "for_score"), kernel, bias, "score_logits", relu=False)])
    highest = g.node("MaxPool", [score], kernel_shape=[3, 3], pads=[1, 1, 1, 1], strides=[1, 1])
    alone = g.node("Cast", [g.node("GreaterOrEqual", [score, highest])], to=1)
    g.node("Mul", [score, alone], "score")
    kernel, bias = model.get_layer("corners").get_weights()
    g.conv(g.folded(model, joined, "for_corners"), kernel * detector_net.UNIT, bias * detector_net.UNIT, "corners", relu=False)
    g.write(out, [("pictures", ["n", 3, "height", "width"])], [("score", ["n", 1, "rows", "columns"]), ("corners", ["n", 8, "rows", "columns"])],
            {"stride": str(detector_net.STRIDE), "licence": "Apache-2.0, as the project"})


def difference(model, out):
    """The largest differences of score and corners (pixels) between the framework and ONNX Runtime, at the places that count."""
    rng = np.random.default_rng(5)
    pictures = np.stack([scenes.make(rng).picture for _ in range(8)])
    score, corners = onnxruntime.InferenceSession(out, providers=["CPUExecutionProvider"]).run(None, {"pictures": pictures.transpose(0, 3, 1, 2).astype(np.float32)})
    logits, meant = (np.asarray(v, np.float32) for v in model(detector_net.normalised(pictures), training=False))
    sure = 1 / (1 + np.exp(-logits[..., 0]))
    kept = score[:, 0] > 0
    return float(np.abs(score[:, 0] - sure)[kept].max()), float(np.abs(corners.transpose(0, 2, 3, 1) - meant * detector_net.UNIT).max())


def main():
    """Exports and checks."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("run", type=Path)
    options.add_argument("out")
    options = options.parse_args()
    model = detector_net.build()
    model.load_weights(options.run / "averaged.weights.h5")
    write(model, options.out)
    score, corners = difference(model, options.out)
    print(f"largest difference to the framework: score {score:.1e}, corners {corners:.1e} pixels\n{options.out}: {os.path.getsize(options.out)} bytes")
    if score > 1e-3 or corners > 0.05:
        raise SystemExit("the graph does not compute what the framework does")


if __name__ == "__main__":
    main()
