#!/usr/bin/env python3
"""Long measurements of one node that would be too slow for ./test. Needs ./setup to have run. Prints a table, decides nothing.

  benches/soak.py memory [--minutes 20]     four cameras that come and go: resident memory of the node, every ten seconds
  benches/soak.py stages --clip F [--seconds 60]   one camera plays a clip at its own speed: CPU by stage
"""
import argparse, json, os, random, re, socket, subprocess, sys, tempfile, time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = ROOT / "target" / "release"


def camera(name, uri, purpose, transport="tcp"):
    return (f'[[cameras]]\nname = "{name}"\ntitle = "{name}"\ncontroller = "sample"\npurpose = "{purpose}"\n'
            f'uri = "{uri}"\ntransport = "{transport}"\n\n')


def line(name, counts):
    return (f'[[lines]]\nname = "middle"\ncamera = "{name}"\ntitle = "middle"\ncounts = "{counts}"\n'
            f'segment = {{ a = {{ x = 0.5, y = 0.05 }}, b = {{ x = 0.5, y = 0.95 }} }}\n\n')


class Node:
    def __init__(self, folder, cameras):
        self.data = Path(folder) / "data"
        config = Path(folder) / "edge-node.toml"
        config.write_text(f'data_dir = "{self.data}"\n\n[models]\ndir = "{ROOT / "models"}"\n\n'
                          f'[stand_alone]\nsite = "soak"\nnode = "node-1"\n\n{cameras}')
        self.log = open(Path(folder) / "edge-node.log", "w")
        self.process = subprocess.Popen([PROGRAMS / "edge-node", "run", "--config", config], stderr=self.log,
                                        stdout=self.log)

    def summary(self):
        try:
            return json.loads((self.data / "summary.json").read_text())
        except (OSError, ValueError):
            return None

    def resident_mib(self):
        text = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


def memory(arguments):
    server = subprocess.Popen([PROGRAMS / "sample-video", "serve", "--dir", ROOT / ".demo" / "clips", "--port", "0",
                               "--control", "0", "--loop"], stdout=subprocess.PIPE, text=True)
    ports = json.loads(server.stdout.readline())
    control = socket.create_connection(("127.0.0.1", ports["control"])).makefile("rw")
    names = [("road-1", "traffic", "tcp"), ("square-1", "people_counting", "udp"),
             ("square-2", "people_counting", "tcp"), ("bad", "people_counting", "tcp")]
    settings = "".join(camera(n, f"rtsp://127.0.0.1:{ports['listening']}/{n}", p, t) for n, p, t in names)
    settings += "".join(line(n, "vehicles" if p == "traffic" else "persons") for n, p, _ in names)
    random.seed(1)
    with tempfile.TemporaryDirectory() as folder:
        node = Node(folder, settings)
        begun, readings, troubles = time.time(), [], 0
        while (passed := time.time() - begun) < arguments.minutes * 60:
            time.sleep(10)
            readings.append((passed / 60, node.resident_mib()))
            name = random.choice(names)[0]
            what = random.choice(["drop", "stall", "garble", "refuse"]
                                 + (["size 320x240", "dark", "shift"] if name == "bad" else []))
            for command in (f"{random.choice(names)[0]} normal", f"{name} {what}"):
                control.write(command + "\n")
                control.flush()
                control.readline()
            troubles += 1
            if len(readings) % 12 == 0:
                print(f"{passed / 60:5.1f} min  {readings[-1][1]:7.1f} MiB", flush=True)
        reconnects = {n: c["reconnects"] for n, c in (node.summary() or {"cameras": {}})["cameras"].items()}
        node.stop()
    server.terminate()
    late = [r for r in readings if r[0] >= arguments.minutes / 4]
    mean_t, mean_m = sum(t for t, _ in late) / len(late), sum(m for _, m in late) / len(late)
    slope = sum((t - mean_t) * (m - mean_m) for t, m in late) / sum((t - mean_t) ** 2 for t, _ in late)
    print(json.dumps({"minutes": arguments.minutes, "troubles": troubles, "reconnects": reconnects,
                      "after_first_quarter_mib": {"least": round(min(m for _, m in late), 1),
                                                  "mean": round(mean_m, 1), "most": round(max(m for _, m in late), 1)},
                      "slope_mib_per_minute": round(slope, 3)}))


def stages(arguments):
    with tempfile.TemporaryDirectory() as folder:
        settings = camera("c1", f"file:{Path(arguments.clip).resolve()}", "traffic") + line("c1", "vehicles")
        node = Node(folder, settings)
        while not (first := node.summary()) or not first["cameras"].get("c1", {}).get("frames_decoded"):
            time.sleep(0.2)
        begun = time.time()
        time.sleep(arguments.seconds)
        last, seconds = node.summary(), time.time() - begun
        node.stop()
    used = {k: last["effort"]["cpu_s"][k] - first["effort"]["cpu_s"][k] for k in last["effort"]["cpu_s"]}
    heavy = sum(used[k] for k in ("decode_and_transport", "scaling", "activity", "detection", "plate_reading"))
    rest = sum(used.values()) - heavy
    frames = last["cameras"]["c1"]["frames_decoded"] - first["cameras"]["c1"]["frames_decoded"]
    print(json.dumps({"clip": arguments.clip, "seconds": round(seconds, 1), "frames_decoded": frames,
                      "models": sorted({m["name"] for m in last["models"].values()}),
                      "cpu_ms_per_camera_second": {k: round(v / seconds * 1000, 1) for k, v in used.items()},
                      "total_ms_per_camera_second": round(sum(used.values()) / seconds * 1000, 1),
                      "everything_else_share_of_heavy": round(rest / heavy, 4)}))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    soak = commands.add_parser("memory")
    soak.add_argument("--minutes", type=float, default=20)
    soak.set_defaults(run=memory)
    effort = commands.add_parser("stages")
    effort.add_argument("--clip", required=True)
    effort.add_argument("--seconds", type=float, default=60)
    effort.set_defaults(run=stages)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
