"""Measures a reader's ONNX file: `measure_reader.py FILE.onnx renders|temperature|crops [...]`; N pictures a line.

renders [N]  own pictures that were not trained on, per condition, with Wilson intervals; a reliability table
temperature [N]  the temperature that makes the confidences fit, from own renders
crops DIR    real crops with labels.csv (and label_fixes.csv): for looking at once, at the end, never for choosing
"""

import csv
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

import reader_sample
import decoding
import series
from reader_sample import Condition

SEED = 424_242  # no training run may use it


def wilson(right, count, z=1.96):
    """The 95 % interval of a share."""
    p, n = right / count, count
    middle, half = (p + z * z / 2 / n), z * np.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def share(right, count):
    """Words for a share and its interval."""
    low, high = wilson(right, count)
    return f"{right} of {count} = {100 * right / count:.1f} % ({100 * low:.1f}–{100 * high:.1f})"


class Reader:
    """The net behind ONNX Runtime, one thread, as the product runs it."""

    def __init__(self, path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def raw(self, pictures):
        """Probabilities of rows, lines and colours for 64 x 128 BGR pictures."""
        parts = [self.session.run(None, {"pictures": np.stack(pictures[at:at + 64]).transpose(0, 3, 1, 2).astype(np.float32)})
                 for at in range(0, len(pictures), 64)]
        return [np.concatenate(column) for column in zip(*parts)]

    def read(self, pictures):
        """For each picture: rows of text, confidences of each character, number of lines, colour."""
        text, lines, colours = self.raw(pictures)
        out = []
        for reading, line, colour in zip(decoding.decoded(text), lines, colours):
            rows = ["".join(c for c, _ in row) for row in reading]
            out.append((rows, [s for row in reading for _, s in row], int(line.argmax()), series.COLOURS[int(colour.argmax())]))
        return out


def judged(reader, samples):
    """How many samples were read exactly, had their lines and colours right; and (confidence, right) of characters and plates."""
    right = lines = colours = 0
    plates = []
    for sample, (rows, sure, line, colour) in zip(samples, reader.read([s.picture for s in samples])):
        exact = "".join(rows) == "".join(sample.rows)
        right, lines, colours = right + exact, lines + (line == len(sample.rows)), colours + (colour == sample.colour)
        plates.append((min(sure, default=0.0), exact))
    return right, lines, colours, plates


def conditions():
    """Name, condition and makers of each line of the table."""
    civil = (series.car, series.motorbike)
    for width in (60, 80, 100, 130, 200):
        yield f"day, {width} px wide", Condition(width=width, weather="day"), civil
    for yaw in (0, 30, 45):
        yield f"day, 120 px, view from {yaw}°", Condition(width=120, yaw=yaw, weather="day"), civil
    for weather in ("night", "rain", "blur"):
        yield f"{weather}, 120 px", Condition(width=120, weather=weather), civil
    for maker in (series.car, series.motorbike, series.diplomatic, series.temporary, series.military, series.chinese, series.anything):
        yield f"{maker.__name__}, day, 140 px", Condition(width=140, weather="day"), (maker,)


def renders(reader, count="300"):
    """The table of own renders."""
    count, rng = int(count), np.random.default_rng(SEED)
    print("| condition | one line, exact | two lines, exact | lines right | colour right |\n|---|---|---|---|---|")
    everything = []
    for name, condition, makers in conditions():
        samples = {1: [], 2: []}
        while min(len(v) for v in samples.values()) < count:
            condition.make = makers[int(rng.integers(len(makers)))]
            sample = reader_sample.make(rng, condition)
            if len(samples[len(sample.rows)]) < count:
                samples[len(sample.rows)].append(sample)
            elif condition.make is series.motorbike and len(makers) == 1:
                break
        cells, lines, colours, total = [], 0, 0, 0
        for rows in (1, 2):
            if not samples[rows]:
                cells.append("–")
                continue
            right, line, colour, plates = judged(reader, samples[rows])
            cells.append(share(right, len(plates)))
            lines, colours, total = lines + line, colours + colour, total + len(plates)
            everything += plates
        print(f"| {name} | {cells[0]} | {cells[1]} | {100 * lines / total:.1f} % | {100 * colours / total:.1f} % |", flush=True)
    reliability(everything, "own renders of the table")
    nothing = [reader_sample.fitted(reader_sample.nothing(rng)).astype(np.uint8) for _ in range(count)]
    quiet = sum(line == 0 for _, _, line, _ in reader.read(nothing))
    print(f"\npictures without a plate said to be none: {share(quiet, count)}")


def reliability(plates, what):
    """How often plates are right, by the confidence of their weakest character."""
    sure, right = np.array([p[0] for p in plates]), np.array([p[1] for p in plates])
    print(f"\nreliability, {what}: weakest character's confidence against exact readings\n\n| confidence | plates | mean confidence | exact |\n|---|---|---|---|")
    error = 0.0
    for low, high in zip((0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99), (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01)):
        at = (sure >= low) & (sure < high)
        if at.any():
            print(f"| {low:.2f}–{min(high, 1):.2f} | {at.sum()} | {sure[at].mean():.3f} | {share(int(right[at].sum()), int(at.sum()))} |")
            error += at.mean() * abs(sure[at].mean() - right[at].mean())
    print(f"\nexpected calibration error {error:.3f}")


def temperature(reader, count="3000"):
    """The temperature with the least loss of the weakest character's confidence; the file must have temperature 1."""
    count, rng = int(count), np.random.default_rng(SEED + 1)
    samples = [reader_sample.make(rng) for _ in range(count)]
    text = reader.raw([s.picture for s in samples])[0]
    right = np.array(["".join(c for row in rows for c, _ in row) == "".join(s.rows) for rows, s in zip(decoding.decoded(text), samples)])
    for degree in (0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.4, 1.6, 1.8, 2.0, 2.4):
        warm = np.maximum(text, 1e-9) ** (1 / degree)
        warm /= warm.sum(-1, keepdims=True)
        sure = np.clip([min((s for row in reading for _, s in row), default=0.5) for reading in decoding.decoded(warm)], 1e-4, 1 - 1e-4)
        print(f"temperature {degree}: log loss {-np.mean(np.where(right, np.log(sure), np.log(1 - sure))):.4f}, exact {right.mean():.4f}")


def crops(reader, folder):
    """Real crops, each as it lies there."""
    folder = Path(folder)
    truth = {row["file"]: row for row in csv.DictReader(open(folder / "labels.csv", encoding="utf-8"))}
    fixed = {row["file"]: row["plate"] for row in csv.DictReader(open(folder / "label_fixes.csv", encoding="utf-8"))} if (folder / "label_fixes.csv").is_file() else {}
    names, pictures = [], []
    for name in truth:
        picture = cv2.imread(str(folder / name))
        if picture is not None:
            names.append(name)
            pictures.append(reader_sample.fitted(picture))
    counts, plates = {}, []
    for name, (rows, sure, line, _) in zip(names, reader.read(pictures)):
        row = truth[name]
        exact = "".join(rows) == fixed.get(name, row["plate"])
        groups = ["all", f"{row['lines']}-line"] + (["all, label in the grammar"] + [f"{row['lines']}-line, label in the grammar"] if row["format_ok"] == "1" or name in fixed else [])
        for group in groups:
            a, b, c = counts.get(group, (0, 0, 0))
            counts[group] = (a + exact, b + 1, c + (line == int(row["lines"])))
        plates.append((min(sure, default=0.0), exact))
    for group, (right, count, lines) in sorted(counts.items()):
        print(f"{group}: {share(right, count)}; number of lines right {100 * lines / count:.1f} %")
    reliability(plates, "these crops (wrong labels count as errors)")
    started = time.process_time()
    for picture in pictures[:300]:
        reader.raw([picture])
    print(f"\n{(time.process_time() - started) / 300 * 1000:.2f} CPU ms a crop, one thread, without preparation")


if __name__ == "__main__":
    {"renders": renders, "temperature": temperature, "crops": crops}[sys.argv[2]](Reader(sys.argv[1]), *sys.argv[3:])
