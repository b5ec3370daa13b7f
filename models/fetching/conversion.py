"""Runs conversions in models/venv, an environment of their own with numpy and onnx, made when first needed."""

import hashlib
import os
import subprocess
import sys

from fetching.files import Trouble, is_right, sha256_of
from fetching.sources import run_client, say


class Converter:
    """Makes the environment once, and files with it."""

    def __init__(self, models, offline):
        self.models = models
        self.venv = models / "venv"
        self.offline = offline

    def convert(self, candidate, raw_paths, target):
        """Makes the candidate's file. Gives None or the reason."""
        reason = self.prepare()
        if reason:
            return reason
        say(f"  {candidate.item.file}: converting …")
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(target.name + ".new")
        command = [str(self.python()), "-m", "convert", candidate.convert, str(fresh), *map(str, raw_paths)]
        done = subprocess.run(command, cwd=self.models, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            fresh.unlink(missing_ok=True)
            last = (done.stderr.strip().splitlines() or ["no words"])[-1]
            return f"the conversion {candidate.convert} failed: {last}"
        if not is_right(fresh, candidate.item):
            got = sha256_of(fresh)
            fresh.unlink()
            return f"the conversion {candidate.convert} gave sha256 {got[:12]}…, the manifest says {candidate.item.sha256[:12]}…"
        os.replace(fresh, target)
        return None

    def python(self):
        """The environment's interpreter."""
        return self.venv / "bin" / "python"

    def prepare(self):
        """Makes the environment where it is missing or made from another list. Gives None or the reason."""
        wanted = self.models / "requirements.txt"
        stamp = self.venv / "made-from"
        digest = hashlib.sha256(wanted.read_bytes()).hexdigest()
        if stamp.is_file() and stamp.read_text() == digest:
            return None
        if self.offline:
            return "numpy and onnx are not here, and --offline forbids fetching them"
        say("  making models/venv with numpy and onnx …")
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(self.venv)], capture_output=True, text=True, check=False)
        if made.returncode != 0:
            raise Trouble("models/venv could not be made: install python3-venv (apt-get install python3-venv) and run models/pull again")
        command = [str(self.python()), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
        reason = run_client([*command, "--only-binary=:all:", "-r", str(wanted)], "pip could not fetch numpy and onnx")
        if reason is None:
            stamp.write_text(digest)
        return reason
