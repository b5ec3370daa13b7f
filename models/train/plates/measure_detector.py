"""Measures a detector's ONNX file: `measure_detector.py FILE.onnx renders|photos [...]`.

renders                     own scenes that were not trained on, per weather and width: recall, false ones, corners
photos DIR READER.onnx [LONGEST]  real photos with labels.csv (plates separated by ;), found, straightened and read:
                            for looking at once, at the end, never for choosing
"""

import csv
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

import detector_net
import reader_sample
import scenes
from measure_reader import SEED, Reader, share


class Detector:
    """The net behind ONNX Runtime, one thread."""

    def __init__(self, path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def find(self, picture, least=0.3, longest=640):
        """(score, corners) of plates in a picture of any size."""
        height, width = picture.shape[:2]
        scale = longest / max(height, width)
        size = [max(32, round(side * scale / 32) * 32) for side in (width, height)]
        small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        score, corners = self.session.run(None, {"pictures": small.transpose(2, 0, 1)[None].astype(np.float32)})
        back = np.array((width / size[0], height / size[1]))
        return [(s, quad * back) for s, quad in detector_net.found(score[0, 0], corners[0].transpose(1, 2, 0) / detector_net.UNIT, least)]


def straight(picture, quad, grow=0.04):
    """The plate between four corners, straightened to the reader's size."""
    quad = quad + (quad - quad.mean(0)) * grow
    target = np.array([(0, 0), (reader_sample.WIDTH, 0), (reader_sample.WIDTH, reader_sample.HEIGHT), (0, reader_sample.HEIGHT)], np.float32)
    shrink = max(np.linalg.norm(quad[1] - quad[0]) / reader_sample.WIDTH, np.linalg.norm(quad[3] - quad[0]) / reader_sample.HEIGHT)
    if shrink > 1.5:  # warping takes single pixels: average first
        small = cv2.resize(picture, None, fx=1 / shrink, fy=1 / shrink, interpolation=cv2.INTER_AREA)
        quad, picture = quad * (small.shape[1] / picture.shape[1], small.shape[0] / picture.shape[0]), small
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), target)
    return cv2.warpPerspective(picture, matrix, (reader_sample.WIDTH, reader_sample.HEIGHT), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def renders(detector, count=300):
    """The table of own scenes."""
    rng = np.random.default_rng(SEED + 2)
    print("| scenes | plates found | false ones a picture | corners' error, median and 95 % in plate heights |\n|---|---|---|---|")
    for name, weather, widths in (("day", "day", (16, 260)), ("night", "night", (16, 260)), ("rain", "rain", (16, 260)), ("day, 20–40 px", "day", (20, 40)),
                                  ("day, 40–80 px", "day", (40, 80)), ("day, 80–160 px", "day", (80, 160)), ("day, 160–260 px", "day", (160, 260))):
        hits = wanted = false = 0
        errors = []
        for _ in range(count):
            scene = scenes.make(rng, weather=weather, widths=widths)
            left = [(flag, np.array(q).reshape(4, 2)) for flag, *q in scene.plates]
            wanted += sum(flag == scenes.PLATE for flag, _ in left)
            for _, quad in detector.find(scene.picture, longest=320):
                best = max(range(len(left)), key=lambda n: detector_net.overlap(quad, left[n][1]), default=None)
                if best is None or detector_net.overlap(quad, left[best][1]) < 0.5:
                    false += 1
                    continue
                flag, truth = left.pop(best)
                if flag == scenes.PLATE:
                    hits += 1
                    errors.append(np.linalg.norm(quad - truth, axis=1).mean() / np.linalg.norm(truth[3] - truth[0]))
        print(f"| {name} | {share(hits, wanted)} | {false / count:.3f} | {np.median(errors):.3f}, {np.percentile(errors, 95):.3f} |", flush=True)


def photos(detector, folder, reader, longest="640"):
    """Real photos: which of the plates named in the labels are read exactly, and what else is read."""
    folder, reader = Path(folder), Reader(reader)
    right = wanted = extra = pictures = 0
    spent = 0.0
    for row in csv.DictReader(open(folder / "labels.csv", encoding="utf-8")):
        picture = cv2.imread(str(folder / row["file"]))
        if picture is None:
            continue
        started = time.process_time()
        quads = detector.find(picture, longest=int(longest))
        readings = reader.read([straight(picture, quad) for _, quad in quads]) if quads else []
        spent += time.process_time() - started
        pictures += 1
        truth = [t for t in row["plates"].split(";") if t]
        said = ["".join(rows) for rows, sure, lines, _ in readings if lines > 0 and min(sure, default=0) > 0.5]
        hits = [t for t in truth if t in said]
        right, wanted = right + len(hits), wanted + len(truth)
        others = [s for s in said if s not in truth]
        if row.get("has_other_plates") != "1":
            extra += len(others)
    print(f"{share(right, wanted)} read exactly; {extra} other readings in {pictures} pictures (not counted where further plates are unlabelled); "
          f"{1000 * spent / max(pictures, 1):.0f} CPU ms a picture at {longest}")


if __name__ == "__main__":
    {"renders": renders, "photos": photos}[sys.argv[2]](Detector(sys.argv[1]), *sys.argv[3:])
