#!/usr/bin/env python3
"""Scores the output of `measure plates` against labels: exact keys, with Wilson 95 % intervals.

    benches/score_plates.py --labels labels.csv [--fixes fixes.csv] [--root FOLDER] results.jsonl [--misses]

Labels: a CSV with `file` and `plate` (or `plates`, separated by `;`). With a column `lines` the counts are also given by
line count; with `has_other_plates` = 1 further plates on a picture do not count as wrong. Pictures without a result line
are not scored and are counted. Python's standard library only.
"""

import argparse
import csv
import json
import re
import unicodedata
from collections import defaultdict
from pathlib import Path


def key(text):
    """The canonical key of a label."""
    text = unicodedata.normalize("NFC", text).upper().replace("Đ", "D")
    return re.sub(r"[^0-9A-Z\u4e00-\u9fff]", "", text)


def wilson(right, total):
    """The 95 % interval of a share."""
    if total == 0:
        return 0.0, 1.0
    z, p = 1.959964, right / total
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * ((p * (1 - p) / total + z * z / (4 * total * total)) ** 0.5) / (1 + z * z / total)
    return max(0.0, middle - half), min(1.0, middle + half)


def shown(right, total):
    """`right/total = share (interval)`."""
    low, high = wilson(right, total)
    share = right / total if total else 0.0
    return f"{right}/{total} = {share:.1%} (95 %: {low:.1%}–{high:.1%})"


def main():
    """Reads, scores, prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results")
    parser.add_argument("--labels", required=True)
    parser.add_argument("--fixes", help="a CSV with file,plate that corrects labels")
    parser.add_argument("--root", help="what stands before the labels' paths in the results (default: the labels' folder)")
    parser.add_argument("--misses", action="store_true", help="list every miss")
    options = parser.parse_args()
    root = Path(options.root) if options.root else Path(options.labels).parent

    with open(options.labels, newline="", encoding="utf-8") as file:
        rows = {row["file"]: row for row in csv.DictReader(file)}
    fixed = 0
    if options.fixes:
        with open(options.fixes, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                rows[row["file"]]["plate"] = row["plate"]
                rows[row["file"]]["fixed"] = "1"
                fixed += 1
    results = {}
    with open(options.results, encoding="utf-8") as file:
        for line in file:
            result = json.loads(line)
            results[result["file"]] = result

    groups, extra, errors, times, scored, fixes_used = defaultdict(lambda: [0, 0]), [], 0, [], 0, 0
    steps, asked_again = defaultdict(float), 0
    for name, row in rows.items():
        result = results.get(str(root / name), results.get(name))
        if result is None:
            continue
        scored += 1
        fixes_used += row.get("fixed") == "1"
        wanted = [key(part) for part in (row.get("plates") or row.get("plate") or "").split(";") if key(part)]
        if "error" in result:
            errors += 1
        else:
            times.append(result["ms"])
            for step, ms in result.get("split", {}).items():
                steps[step] += ms
            asked_again += any(plate.get("second_opinion") for plate in result.get("plates", []))
        got = [plate["key"] for plate in result.get("plates", [])]
        for plate in wanted:
            right = plate in got
            for group in ("all", f"lines {row['lines']}" if row.get("lines") else None, f"type {row['type']}" if row.get("type") else None):
                if group:
                    groups[group][0] += right
                    groups[group][1] += 1
            if not right and options.misses:
                print(f"miss {name}: wanted {plate}, got {' '.join(got) or 'nothing'}")
        wrong = [plate for plate in got if plate not in wanted]
        if row.get("has_other_plates") != "1":
            # A reading that is neither right nor in the place of one that was missed.
            missed = sum(plate not in got for plate in wanted)
            extra += wrong[missed:]
    print(f"pictures scored {scored}, unreadable files {errors}, label fixes applied {fixes_used} of {fixed}")
    for group, (right, total) in sorted(groups.items()):
        print(f"{group}: {shown(right, total)}")
    print(f"readings too many: {len(extra)}")
    if times:
        times.sort()
        print(f"CPU ms a picture: median {times[len(times) // 2]:.1f}, mean {sum(times) / len(times):.1f}, p95 {times[int(len(times) * 0.95)]:.1f}")
        split = ", ".join(f"{step} {ms / len(times):.1f}" for step, ms in steps.items())
        print(f"of the mean: {split}; the second opinion was asked on {asked_again} of {len(times)} pictures")


if __name__ == "__main__":
    main()
