#!/usr/bin/env python3
"""Scores passages against the truth of rendered road clips: does each end in exactly one final, and is its plate right?

    benches/score_passes.py TRUTH.json EVENTS.jsonl [TRUTH.json EVENTS.jsonl ...] [--misses]

Events are those of `edge-node replay`. A final belongs to the vehicle of the truth whose plate it says; one that says no plate,
to a vehicle without a final whose time it shares most. Python's standard library only.
"""

import argparse
import json
from collections import Counter, defaultdict

from score_plates import shown


def finals(path):
    """Finals of passes, and how many finals each passage has."""
    ends, last = Counter(), []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            if event["body"]["kind"] != "pass":
                continue
            ends[event["passage_id"]] += event["state"] in ("final", "retracted")
            if event["state"] == "final":
                last.append(event)
    return last, ends


def key_of(event):
    """The key a final says, or none."""
    return (event["body"].get("plate") or {}).get("key")


def score(truth_path, events_path, sums, conditions, misses):
    """Adds one clip to the sums."""
    with open(truth_path, encoding="utf-8") as file:
        truth = json.load(file)
    said, ends = finals(events_path)
    sums["passages"] += len(ends)
    sums["one end"] += sum(n == 1 for n in ends.values())
    keys = Counter(filter(None, map(key_of, said)))
    carried = {p["plate"]["key"]: p for p in truth["passages"] if p["plate"]}
    silent = [e for e in said if key_of(e) is None]
    for key, passage in carried.items():
        plate = passage["plate"]
        sums["vehicles"] += 1
        sums["right"] += keys[key] == 1
        sums["doubled"] += keys[key] > 1
        conditions[plate["condition"]][0] += keys[key] == 1
        conditions[plate["condition"]][1] += 1
        if keys[key] == 0:
            misses.append(f"{truth_path}: {key}, {plate['condition']}, {plate['best_width_px']:.0f} px wide at best, not read")
    for event in said:
        key = key_of(event)
        if key is None or key in carried:
            continue
        plate = event["body"]["plate"]
        sums["wrong"] += 1
        sums["surely wrong"] += plate["agreeing_reads"] >= 2 and not plate["corrected"]
        misses.append(f"{truth_path}: {key} read, {plate['agreeing_reads']} of {plate['reads']} reads agree, no vehicle carries it")
    sums["unreadable"] += len(silent)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="TRUTH.json EVENTS.jsonl")
    parser.add_argument("--misses", action="store_true", help="name each")
    asked = parser.parse_args()
    if len(asked.files) % 2:
        parser.error("files come in pairs: a truth and the events of its clip")
    sums, conditions, misses = Counter(), defaultdict(lambda: [0, 0]), []
    for truth, events in zip(asked.files[::2], asked.files[1::2]):
        score(truth, events, sums, conditions, misses)
    if asked.misses:
        print("\n".join(misses))
    print(f"passages that ended exactly once: {shown(sums['one end'], sums['passages'])}")
    print(f"vehicles with a plate whose one final says it: {shown(sums['right'], sums['vehicles'])}; said by more than one: {sums['doubled']}")
    for condition, (right, of) in sorted(conditions.items()):
        print(f"  {condition}: {shown(right, of)}")
    told = sums["right"] + sums["doubled"] + sums["wrong"]
    print(f"of {told} finals with a plate {sums['wrong']} say one that no vehicle carries, {sums['surely wrong']} of them with two reads that agree; "
          f"{sums['unreadable']} say that it could not be read")


if __name__ == "__main__":
    main()
