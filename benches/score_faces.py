#!/usr/bin/env python3
"""Scores what `measure compare-faces` and `measure identify-faces` wrote. Python's standard library only.

    benches/score_faces.py cross labels.csv > pairs.csv          every pair of pictures, with `same` = 1 for one person
    benches/score_faces.py verify --pairs pairs.csv scores.csv   TAR at a FAR; `pairs.csv` has file_a, file_b, same
    benches/score_faces.py identify --labels labels.csv scores.csv   open-set FNIR at an FPIR, and rank 1; column `role` is
                                                                 enrol, probe_known or probe_unknown

The threshold is set on the impostors: the lowest at which at most that share of them passes. A picture without a face passes
nobody: it counts against TAR and FNIR, and is counted by itself. Intervals are 95 %, by drawing *people* anew a thousand times
(a person's pictures hang together), with the threshold set anew each time.
"""

import argparse
import csv
import itertools
import random
import sys
from pathlib import Path

DRAWS = 1000


def rows(path):
    """The rows of a CSV file."""
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def person(file):
    """Whose picture it is, as the folders of these sets say."""
    return Path(file).parent.name


def threshold(impostors, share):
    """The lowest score that at most this share of the impostors reaches; infinite where too few were measured."""
    ordered = sorted(impostors, reverse=True)
    allowed = int(share * len(ordered))
    return ordered[allowed] + 1e-9 if allowed < len(ordered) else float("-inf")


def number(text):
    """A score, or minus infinity where there was no face."""
    return float(text) if text else float("-inf")


def interval(values):
    """2.5 % and 97.5 %."""
    ordered = sorted(values)
    return ordered[int(0.025 * len(ordered))], ordered[int(0.975 * len(ordered)) - 1]


def cross(options):
    """Writes every pair of pictures of a set."""
    out = csv.writer(sys.stdout)
    out.writerow(["file_a", "file_b", "same"])
    for a, b in itertools.combinations(rows(options.labels), 2):
        out.writerow([a["file"], b["file"], int(a["label"] == b["label"])])


def verify(options):
    """TAR at each FAR."""
    same = {(r["file_a"], r["file_b"]): r["same"] == "1" for r in rows(options.pairs)}
    scored = [(r["file_a"], r["file_b"], number(r["score"])) for r in rows(options.scores)]
    missing = sum(score == float("-inf") for *_, score in scored)
    pairs = [(person(a), person(b), score, same[a, b]) for a, b, score in scored]
    genuine = [p for p in pairs if p[3]]
    impostors = [p for p in pairs if not p[3]]
    print(f"{len(genuine)} genuine, {len(impostors)} impostor pairs, {missing} pairs with a picture without a face")
    people = sorted({name for p in pairs for name in p[:2]})
    draw = random.Random(1)
    for far in options.far:
        def tar(weight):
            impostor = [score for a, b, score, _ in impostors for _ in range(weight[a] * weight[b])]
            own = [(score, weight[a]) for a, _, score, _ in genuine if weight[a]]
            if not impostor or not own:
                return None
            limit = threshold(impostor, far)
            return sum(w for score, w in own if score >= limit) / sum(w for _, w in own)
        whole = tar(dict.fromkeys(people, 1))
        limit = threshold([p[2] for p in impostors], far)
        line = f"FAR {far:g}: threshold {limit:.4f}, TAR {whole:.1%}"
        if len(impostors) <= options.most:
            drawn = []
            for _ in range(DRAWS):
                weight = dict.fromkeys(people, 0)
                for name in draw.choices(people, k=len(people)):
                    weight[name] += 1
                drawn.append(tar(weight))
            low, high = interval([t for t in drawn if t is not None])
            line += f" (95 %: {low:.1%}–{high:.1%})"
        print(line + f", {int(far * len(impostors))} impostors above it")


def identify(options):
    """FNIR at each FPIR, and rank 1."""
    known = {r["file"]: r for r in rows(options.labels)}
    probes = [(known[r["file"]], r["label"], number(r["score"])) for r in rows(options.scores)]
    mates = [(k["label"], label, score) for k, label, score in probes if k["role"] == "probe_known"]
    strangers = [score for k, _, score in probes if k["role"] == "probe_unknown"]
    print(f"{len(mates)} probes of those enrolled, {len(strangers)} of strangers, "
          f"{sum(score == float('-inf') for *_, score in probes)} without a face")
    print(f"rank 1: {sum(own == label for own, label, _ in mates) / len(mates):.1%}")
    draw = random.Random(1)
    people = sorted({own for own, *_ in mates})
    for fpir in options.fpir:
        def fnir(mine, foreign):
            limit = threshold(foreign, fpir)
            return sum(own != label or score < limit for own, label, score in mine) / len(mine)
        drawn = []
        for _ in range(DRAWS):
            chosen = draw.choices(people, k=len(people))
            mine = [m for name in chosen for m in mates if m[0] == name]
            drawn.append(fnir(mine, draw.choices(strangers, k=len(strangers))))
        low, high = interval(drawn)
        print(f"FPIR {fpir:g}: threshold {threshold(strangers, fpir):.4f}, FNIR {fnir(mates, strangers):.1%} "
              f"(95 %: {low:.1%}–{high:.1%})")


def main():
    """Reads what is asked for, scores, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("cross")
    one.add_argument("labels")
    one.set_defaults(run=cross)
    two = commands.add_parser("verify")
    two.add_argument("scores")
    two.add_argument("--pairs", required=True)
    two.add_argument("--far", type=float, nargs="+", default=[1e-2, 1e-3])
    two.add_argument("--most", type=int, default=20_000, help="intervals are drawn for at most so many impostors")
    two.set_defaults(run=verify)
    three = commands.add_parser("identify")
    three.add_argument("scores")
    three.add_argument("--labels", required=True)
    three.add_argument("--fpir", type=float, nargs="+", default=[1e-2])
    three.set_defaults(run=identify)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
