"""Fetching by the manifest: order of sources, hashes, half files. Uses a server on loopback and folders of its own."""

import functools
import hashlib
import http.server
import importlib.machinery
import importlib.util
import tempfile
import threading
import unittest
import zipfile
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from fetching.files import is_right
from fetching.manifest import ROLES, Candidate, Item, Package, load
from fetching.sources import Sources

CONTENT = b"weights " * 1000
RIGHT = hashlib.sha256(CONTENT).hexdigest()


class RangeHandler(http.server.SimpleHTTPRequestHandler):
    """A server that can go on in the middle, as the official addresses do."""

    def do_GET(self):  # noqa: N802  (the base class names it so)
        content = (Path(self.directory) / self.path.lstrip("/")).read_bytes()
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
        self.server.starts.append(start)
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        self.wfile.write(content[start:])

    def log_message(self, *_):
        """Quiet."""


@mock.patch("fetching.sources.say", lambda _: None)
class Fetching(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name)
        self.mirror = self.root / "mirror"
        self.mirror.mkdir()
        self.target = self.root / "cache" / "net.onnx"

    def sources(self, mirror=None, offline=True):
        return Sources(self.root / "packages", mirror, offline)

    def item(self, **changes):
        return Item(file="net.onnx", sha256=RIGHT, size=len(CONTENT), **changes)

    def serve(self, name, content):
        (self.root / "www").mkdir()
        (self.root / "www" / name).write_bytes(content)
        handler = functools.partial(RangeHandler, directory=str(self.root / "www"))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        server.starts = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server, f"http://127.0.0.1:{server.server_port}/{name}"

    def test_a_file_from_the_mirror_is_taken_and_then_left_alone(self):
        (self.mirror / "net.onnx").write_bytes(CONTENT)
        self.assertTrue(self.sources(self.mirror).fetch(self.item(), self.target)[0])
        self.assertEqual(self.target.read_bytes(), CONTENT)
        self.assertEqual(self.sources().fetch(self.item(), self.target), ("already here", []))

    def test_a_wrong_file_is_refused_and_leaves_nothing(self):
        (self.mirror / "net.onnx").write_bytes(CONTENT + b"!")
        got, why = self.sources(self.mirror).fetch(self.item(), self.target)
        self.assertIsNone(got)
        self.assertIn("sha256", why[0])
        self.assertEqual(list(self.target.parent.iterdir()), [])

    def test_a_damaged_file_is_fetched_again(self):
        (self.mirror / "net.onnx").write_bytes(CONTENT)
        self.target.parent.mkdir()
        self.target.write_bytes(CONTENT[:-1] + b"?")
        self.assertFalse(is_right(self.target, self.item()))
        self.assertIn("mirror", self.sources(self.mirror).fetch(self.item(), self.target)[0])
        self.assertTrue(is_right(self.target, self.item()))

    def test_a_member_of_a_package_is_taken_only_from_the_right_package(self):
        packages = self.root / "packages"
        packages.mkdir()
        with zipfile.ZipFile(packages / "net-1-py3-none-any.whl", "w") as wheel:
            wheel.writestr("net/net.onnx", CONTENT)
        archive = packages / "net-1-py3-none-any.whl"
        right = hashlib.sha256(archive.read_bytes()).hexdigest()
        for sha256, works in ((right, True), ("0" * 64, False)):
            package = Package("pypi", "net", "1", archive.name, sha256, "net/net.onnx")
            target = self.root / f"cache-{works}" / "net.onnx"
            got, _ = self.sources().fetch(self.item(package=package), target)
            self.assertEqual(bool(got), works)

    def test_a_download_goes_on_where_it_stopped(self):
        server, url = self.serve("net.onnx", CONTENT)
        self.target.parent.mkdir()
        self.target.with_name("net.onnx.part").write_bytes(CONTENT[:3000])
        got, why = self.sources(offline=False).fetch(self.item(official=url), self.target)
        self.assertTrue(got, why)
        self.assertEqual(server.starts, [3000])
        self.assertTrue(is_right(self.target, self.item()))

    def test_a_host_out_of_reach_is_asked_once(self):
        server, url = self.serve("net.onnx", CONTENT)
        server.shutdown()
        server.server_close()
        sources = self.sources(offline=False)
        _, first = sources.fetch(self.item(official=url), self.target)
        with mock.patch("urllib.request.urlopen", side_effect=AssertionError("asked again")):
            _, second = sources.fetch(self.item(official=url), self.target)
        self.assertEqual(first, second)
        self.assertIn("out of reach", first[0])


class AlreadyDone(unittest.TestCase):
    """A run that fetched every candidate spares the next one, until a file of it is gone."""

    def setUp(self):
        script = Path(__file__).resolve().parent.parent / "pull"
        loader = importlib.machinery.SourceFileLoader("pull", str(script))
        self.pull = importlib.util.module_from_spec(importlib.util.spec_from_loader("pull", loader))
        loader.exec_module(self.pull)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for name in ("CACHE", "RUNTIME"):
            self.enterContext(mock.patch.object(self.pull, name, self.root))
        self.enterContext(mock.patch.object(self.pull, "ROLES", ["detector"]))
        item = lambda file: Item(file=file, sha256=RIGHT, size=len(CONTENT))  # noqa: E731
        best, other = (Candidate(role="detector", name=name, licence="-", item=item(name)) for name in ("best", "other"))
        picture = SimpleNamespace(name="picture", item=item("picture"))
        self.manifest = SimpleNamespace(
            runtime=item("runtime"), candidates=[best, other], samples=[picture], of_role=lambda _: [best, other]
        )
        for name in ("best", "other", "runtime"):
            (self.root / name).write_bytes(CONTENT)
        self.pull.write_json(self.root / "chosen.json", {"detector": {"name": "best"}})

    def test_a_net_of_our_own_lies_in_the_repository_and_is_asked_of_nobody(self):
        ours = Candidate(role="detector", name="ours", licence="-", item=Item(file="ours", sha256=RIGHT, size=len(CONTENT)), ours=True)
        work = self.pull.Pull(self.manifest, SimpleNamespace(mirror=None, offline=True, all=False))
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(self.pull, "MODELS", Path(folder)):
            self.assertFalse(work.get(ours))
            self.assertIn("git checkout", work.missed["ours"][0])
            (Path(folder) / "ours").write_bytes(CONTENT)
            self.assertTrue(work.get(ours))

    def options(self, every, mirror=None):
        return SimpleNamespace(all=every, mirror=mirror, retry=False, only=None)

    def done(self, options):
        return self.pull.already_done(self.manifest, options) is not None

    def after(self, options, *more):
        self.pull.write_json(self.root / "pulled.json", {**self.pull.fingerprint(options), "got": ["best", "other", *more]})

    def test_every_candidate_is_more_than_the_best(self):
        self.after(self.options(True))
        self.assertTrue(self.done(self.options(True)))
        self.assertTrue(self.done(self.options(False)), "the demo after the tests")
        self.assertFalse(self.done(self.options(False, mirror=self.root)), "a mirror may have better ones")
        self.after(self.options(False))
        self.assertFalse(self.done(self.options(True)), "the tests after the demo")

    def test_a_candidate_that_is_gone_is_missed_by_the_tests_alone(self):
        self.after(self.options(True))
        (self.root / "other").unlink()
        self.assertFalse(self.done(self.options(True)))
        self.assertTrue(self.done(self.options(False)))


    def test_a_samples_picture_is_missed_where_it_was_here_before(self):
        self.after(self.options(False))
        self.assertTrue(self.done(self.options(False)), "it was out of reach the last time; --retry asks again")
        self.after(self.options(False), "picture")
        self.assertFalse(self.done(self.options(False)))
        (self.root / "picture").write_bytes(CONTENT)
        self.assertTrue(self.done(self.options(False)))


class Clients(unittest.TestCase):
    def test_a_wheel_for_several_platforms_is_asked_for_by_each(self):
        package = Package("pypi", "net", "1", "net-1-cp311-cp311-first.second.whl", RIGHT, "net/net.onnx")
        with mock.patch("fetching.sources.run_client") as client:
            Sources(Path("packages"), None, False)._pip(package)
        command = client.call_args[0][0]
        self.assertEqual([command[i + 1] for i, word in enumerate(command) if word == "--platform"], ["first", "second"])


class TheManifest(unittest.TestCase):
    def test_every_samples_picture_comes_from_a_registry_and_has_a_licence(self):
        samples = load(Path(__file__).resolve().parent.parent / "manifest.toml").samples
        self.assertEqual([sample.name for sample in samples], ["portrait"])
        for sample in samples:
            self.assertEqual(sample.item.package.registry, "pypi")
            self.assertTrue(sample.licence)

    def test_every_role_ends_with_something_that_registries_give(self):
        manifest = load(Path(__file__).resolve().parent.parent / "manifest.toml")
        self.assertEqual(manifest.runtime.package.registry, "pypi")
        for role in ROLES:
            reachable = [
                candidate for candidate in manifest.of_role(role)
                if candidate.method or candidate.item.package or (candidate.raw and all(raw.package for raw in candidate.raw))
            ]  # fmt: skip
            self.assertTrue(reachable, role)

    def test_names_are_unique_and_companions_exist(self):
        manifest = load(Path(__file__).resolve().parent.parent / "manifest.toml")
        names = [candidate.name for candidate in manifest.candidates]
        self.assertEqual(len(names), len(set(names)))
        for candidate in manifest.candidates:
            if candidate.companion:
                self.assertIn(candidate.companion, names)


if __name__ == "__main__":
    unittest.main()
