"""Reads models/manifest.toml into plain values. Never touches the network or any other file."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

# In this order roles are pulled and shown.
ROLES = ["detector", "face_detector", "face_embedder", "plate_detector", "plate_reader", "spoof_check"]


@dataclass(frozen=True)
class Package:
    """A file inside a registry's package."""

    registry: str
    name: str
    version: str
    file: str
    sha256: str
    path: str


@dataclass(frozen=True)
class Item:
    """One file: what it must be, and where it may come from."""

    file: str
    sha256: str
    size: int
    mirror: str | None = None
    package: Package | None = None
    official: str | None = None


@dataclass(frozen=True)
class Candidate:
    """One way to fill a role."""

    role: str
    name: str
    licence: str
    method: str | None = None  # a method without weights
    item: Item | None = None  # the file that is loaded
    convert: str | None = None  # the conversion that makes the file
    raw: list[Item] = field(default_factory=list)  # what the conversion starts from
    companion: str | None = None  # another candidate that belongs to this one
    ours: bool = False  # lies in this repository; nobody is asked for it


@dataclass(frozen=True)
class Sample:
    """A picture that a sample plays with: no model, and nothing fails without it."""

    name: str
    licence: str
    item: Item


@dataclass(frozen=True)
class Manifest:
    """The whole file."""

    runtime: Item
    runtime_licence: str
    candidates: list[Candidate]
    samples: list[Sample] = field(default_factory=list)

    def of_role(self, role):
        """The candidates of a role, best first."""
        return [candidate for candidate in self.candidates if candidate.role == role]


def _item(entry):
    package = entry.get("package")
    return Item(
        file=entry["file"],
        sha256=entry["sha256"],
        size=entry["bytes"],
        mirror=entry.get("mirror"),
        package=Package(**package) if package else None,
        official=entry.get("official"),
    )


def _candidate(entry):
    return Candidate(
        role=entry["role"],
        name=entry["name"],
        licence=entry["licence"],
        method=entry.get("method"),
        item=_item(entry) if "file" in entry else None,
        convert=entry.get("convert"),
        raw=[_item(raw) for raw in entry.get("raw", [])],
        companion=entry.get("companion"),
        ours=entry.get("ours", False),
    )


def load(path: Path) -> Manifest:
    """The manifest, or a KeyError / TOMLDecodeError for a broken one."""
    tree = tomllib.loads(path.read_text(encoding="utf-8"))
    if tree["schema"] != 1:
        raise ValueError(f"{path} has schema {tree['schema']}, this script knows 1")
    runtime = tree["runtime"]
    candidates = [_candidate(entry) for entry in tree["candidate"]]
    unknown = {candidate.role for candidate in candidates} - set(ROLES)
    if unknown:
        raise ValueError(f"{path} names roles that this script does not know: {', '.join(sorted(unknown))}")
    samples = [Sample(name=entry["name"], licence=entry["licence"], item=_item(entry)) for entry in tree.get("sample", [])]
    return Manifest(runtime=_item(runtime), runtime_licence=runtime["licence"], candidates=candidates, samples=samples)
