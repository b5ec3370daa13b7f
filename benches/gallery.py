#!/usr/bin/env python3
"""Exact gallery search beside faiss-cpu's flat index, on one core, in one run, on the same made-up templates.

    benches/gallery.py [--templates 50000] [--width 256] [--searches 200] [--euclidean]

Needs `cargo build --release -p benches`, and PyPI for a throw-away environment with numpy and faiss-cpu. The two take turns,
three rounds; printed is each one's fastest, median and 95 % of all rounds in CPU time of the searching thread, their ratios, and
whether they found the same templates.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH = ROOT / "target" / "release" / "bench-gallery"
PACKAGES = ["numpy==2.4.6", "faiss-cpu==1.15.1"]
ROUNDS = 3


def inside(options):
    """Runs in the throw-away environment, which has numpy and faiss."""
    import faiss  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    faiss.omp_set_num_threads(1)
    folder = Path(options.inside)
    draw = np.random.default_rng(1)
    gallery = draw.standard_normal((options.templates, options.width), dtype=np.float32)
    probes = draw.standard_normal((options.searches, options.width), dtype=np.float32)
    if not options.euclidean:
        for rows in (gallery, probes):
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    gallery.tofile(folder / "gallery.f32")
    probes.tofile(folder / "probes.f32")
    index = (faiss.IndexFlatL2 if options.euclidean else faiss.IndexFlatIP)(options.width)
    index.add(gallery)

    def theirs():
        times, best = [], []
        for probe in probes:
            start = time.thread_time()
            # Two, as ours gives the second-best person too.
            _, found = index.search(probe[None], 2)
            times.append((time.thread_time() - start) * 1000)
            best.append(int(found[0][0]))
        return times, best

    def ours():
        command = [BENCH, "--gallery", folder / "gallery.f32", "--probes", folder / "probes.f32", "--width", str(options.width)]
        answer = json.loads(subprocess.check_output(command + ["--euclidean"] * options.euclidean))
        return answer["ms"], answer["best"]

    times = {"ours": [], "faiss": []}
    agree = True
    for _ in range(ROUNDS):
        mine, my_best = ours()
        other, other_best = theirs()
        times["ours"] += mine
        times["faiss"] += other
        agree &= my_best == other_best
    for name, values in times.items():
        values.sort()
        print(f"{name}: fastest {values[0]:.2f} ms, median {statistics.median(values):.2f} ms, 95 % {values[int(0.95 * len(values))]:.2f} ms")
    ratio = statistics.median(times["ours"]) / statistics.median(times["faiss"])
    fastest = times["ours"][0] / times["faiss"][0]
    print(f"{options.templates} x {options.width}, {'L2' if options.euclidean else 'inner product'}, faiss {faiss.__version__}: "
          f"ratio of medians {ratio:.2f}, of the fastest {fastest:.2f}, best templates {'agree' if agree else 'DIFFER'}")
    return 0 if agree else 1


def main():
    """Makes the environment and runs itself in it, on one core."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--templates", type=int, default=50_000)
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--euclidean", action="store_true")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return inside(options)
    with tempfile.TemporaryDirectory() as folder:
        venv.create(Path(folder) / "venv", with_pip=True)
        python = Path(folder) / "venv" / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES], check=True)
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        return subprocess.run([python, __file__, *sys.argv[1:], "--inside", folder]).returncode


if __name__ == "__main__":
    sys.exit(main())
