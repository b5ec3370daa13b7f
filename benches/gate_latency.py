#!/usr/bin/env python3
"""From the first frame with 60 pixels between the eyes leaving the RTSP server to the gate's answer at a second MQTT client.

    benches/gate_latency.py [--passages 200] [--most-minutes 40] [--others | --crowd]

Plays the sample gates again and again through the whole chain (`target/release/demo`, which must be built), listens at its
broker as another client, and takes every visit the truth says has to be answered. Both ends are on one machine and one clock.
The frame's moment is the server's own word for when the stream began plus the frame's place in the clip. Without `--others`
only the gates' cameras play; with it the road and the squares as well; with `--crowd` the gates' clips are cut down to the
visits themselves, so that somebody comes up to each of the two cameras every six seconds: twenty people a minute, with a jump
of the picture between them. Printed: percentiles in seconds by who came, how many were
answered, processor time a second of the node and of all, and the load at the end. Standard library only; needs mosquitto_sub.
"""

import argparse
import collections
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLIPS = ROOT / ".demo" / "clips"
NEAR_ENOUGH_S = 6.0
CROWD_S = 6.0
CROWD_BEFORE_S = 1.7


def clips_of(folder, others):
    """A folder with the clips that play."""
    for path in CLIPS.iterdir():
        if others or path.name.startswith("gate-"):
            os.symlink(path, folder / path.name)
    return folder


def launch(line):
    subprocess.run(["gst-launch-1.0", "-q", *line.split()], check=True)


def crowd_of(folder):
    """Clips of the gates' enrolled people and strangers only, one after the other, with their truth."""
    for truth_file in CLIPS.glob("gate-*.truth.json"):
        truth = json.loads(truth_file.read_text())
        camera, fps = truth["camera"], truth["fps"]
        stills = folder / camera
        stills.mkdir()
        launch(f"filesrc location={CLIPS / camera}.mkv ! matroskademux ! h264parse ! avdec_h264 ! videoconvert ! "
               f"jpegenc quality=95 ! multifilesink location={stills}/%05d.jpg")
        kept, visits = [], []
        seen = set()
        for visit in truth["gate"]["visits"]:
            if not visit.get("expected") or visit["who"] not in ("enrolled", "stranger") or visit["who"] in seen:
                continue
            seen.add(visit["who"])
            first = round((visit["near"]["from_s"] - CROWD_BEFORE_S) * fps)
            at = len(kept) / fps + CROWD_BEFORE_S
            visits.append({**visit, "near": {"from_s": at, "to_s": at + visit["near"]["to_s"] - visit["near"]["from_s"]}})
            kept += range(first, first + round(CROWD_S * fps))
        for place, number in enumerate(kept):
            os.symlink(stills / f"{number:05}.jpg", stills / f"crowd-{place:05}.jpg")
        launch(f"multifilesrc location={stills}/crowd-%05d.jpg caps=image/jpeg,framerate={fps}/1 ! jpegdec ! videoconvert "
               f"! video/x-raw,format=I420 ! x264enc bitrate=3000 speed-preset=veryfast key-int-max={fps} bframes=0 ! "
               f"h264parse ! matroskamux ! filesink location={folder}/{camera}.mkv")
        shutil.rmtree(stills)
        truth.update(frames=len(kept), duration_s=len(kept) / fps, passages=[])
        truth["gate"].update(visits=visits, withdrawal=None)
        (folder / truth_file.name).write_text(json.dumps(truth))
    return folder


def beginnings(log):
    """When each stream's first frame left, by camera, newest last; seconds."""
    begun = collections.defaultdict(list)
    for camera, at in re.findall(r"^/(\S+) began at (\d+)$", log.read_text(), re.M):
        begun[camera].append(int(at) / 1e6)
    return begun


def listen(run):
    """A second client of the run's broker, with the centre's certificate."""
    port = re.search(r"^listener (\d+)", (run / "broker/mosquitto.conf").read_text(), re.M).group(1)
    keys = run / "central/data/authority"
    return subprocess.Popen(
        ["mosquitto_sub", "-V", "5", "-h", "localhost", "-p", port, "-i", "gate-latency", "--cafile", keys / "ca.crt",
         "--cert", keys / "central-mqtt.crt", "--key", keys / "central-mqtt.key", "-q", "0",
         "-t", "chilang/v1/+/+/cam/+/access", "-F", "%U %p"],
        stdout=subprocess.PIPE, text=True)


def visit_of(truths, begun, event):
    """The visit an event is about: who, and when its first near frame left."""
    truth = truths[event["camera"]]
    period = truth["frames"] / truth["fps"]
    # A camera whose clock the node has not learned yet may tell a moment before its own beginning.
    starts = [at for at in begun[event["camera"]] if at <= event["captured_at"] / 1e6]
    if not starts:
        return None
    start = starts[-1]
    place = (event["captured_at"] / 1e6 - start) % period
    # The visit that began last.
    for number, visit in reversed(list(enumerate(truth["gate"]["visits"]))):
        if visit.get("expected") and -0.2 <= place - visit["near"]["from_s"] <= NEAR_ENOUGH_S:
            left = event["captured_at"] / 1e6 - (place - visit["near"]["from_s"])
            return visit["who"], (event["camera"], number, round(left)), left
    return None


def share(values, part):
    """A percentile."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def cpu_s(pattern):
    """Processor seconds used so far by processes whose command line has this."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if pattern in (stat.parent / "cmdline").read_bytes().decode().replace("\0", " "):
                fields = stat.read_text().rsplit(")", 1)[1].split()
                ticks += int(fields[11]) + int(fields[12])
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passages", type=int, default=200)
    parser.add_argument("--most-minutes", type=float, default=40)
    parser.add_argument("--others", action="store_true")
    parser.add_argument("--crowd", action="store_true")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    (folder / "clips").mkdir()
    clips = crowd_of(folder / "clips") if arguments.crowd else clips_of(folder / "clips", arguments.others)
    run = folder / "run"
    truths = {p.name.split(".")[0]: json.loads(p.read_text()) for p in clips.glob("*.truth.json")}
    demo = subprocess.Popen([ROOT / "target/release/demo", "--dir", run, "--clips", clips, "--port", "18480"],
                            cwd=ROOT, stdout=subprocess.PIPE, stderr=sys.stderr, text=True)
    while "is running" not in demo.stdout.readline():
        if demo.poll() is not None:
            sys.exit("the demo did not start")
    client = listen(run)
    begun_at, used = time.time(), (cpu_s("edge-node run"), cpu_s(str(folder)))
    answered, verdicts = {}, collections.Counter()
    os.set_blocking(client.stdout.fileno(), False)
    while time.time() - begun_at < arguments.most_minutes * 60 and len(answered) < arguments.passages:
        line = client.stdout.readline()
        if not line:
            time.sleep(0.02)
            continue
        received, text = line.split(" ", 1)
        event = json.loads(text)
        answer = event["body"].get("answer")
        if not answer or event["body"]["subject"] != "person":
            continue
        visit = visit_of(truths, beginnings(run / "sample-video.log"), event)
        if visit and visit[1] not in answered:
            answered[visit[1]] = (visit[0], float(received) - visit[2])
            verdicts[f"{visit[0]} {answer['verdict']}"] += 1
            print(f"{len(answered):4} {visit[0]:9} {answer['verdict']:7} {','.join(answer['reasons']):24} "
                  f"{answered[visit[1]][1]:6.3f} s", flush=True)
    minutes = (time.time() - begun_at) / 60
    effort = [round((now - then) / minutes / 60, 3)
              for now, then in zip((cpu_s("edge-node run"), cpu_s(str(folder))), used)]
    load = os.getloadavg()
    client.terminate()
    demo.send_signal(signal.SIGINT)
    demo.wait()
    shutil.rmtree(folder)
    by = collections.defaultdict(list)
    for who, took in answered.values():
        by[who].append(took)
        by["all"].append(took)
    print(json.dumps({
        "minutes": round(minutes, 1), "answered": verdicts, "node_cpu": effort[0], "all_cpu": effort[1],
        "load": [round(v, 2) for v in load], "seconds": {who: {
            "n": len(took), "p50": round(statistics.median(took), 3), "p95": round(share(took, 0.95), 3),
            "most": round(max(took), 3)} for who, took in by.items()}}))


if __name__ == "__main__":
    main()
