"""Hashes and atomic writes. Everything that ends up under a final name passes through `put`."""

import errno
import hashlib
import os
import shutil


class Trouble(Exception):
    """Something a person has to mend. The text says what and how, in one sentence."""


def sha256_of(path):
    """The hash of a file's bytes."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_right(path, item):
    """Is the file there, whole and unchanged?"""
    try:
        return path.stat().st_size == item.size and sha256_of(path) == item.sha256
    except OSError:
        return False


def put(source, target, item):
    """Copies a readable binary file to its final name, if it is what the manifest says. Gives None or the reason."""
    temporary = target.with_name(target.name + ".new")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        digest, size = hashlib.sha256(), 0
        with open(temporary, "wb") as out:
            while block := source.read(1 << 20):
                out.write(block)
                digest.update(block)
                size += len(block)
            out.flush()
            os.fsync(out.fileno())
        if digest.hexdigest() != item.sha256:
            temporary.unlink()
            return f"has {size} bytes and sha256 {digest.hexdigest()[:12]}…, not {item.size} and {item.sha256[:12]}…"
        os.replace(temporary, target)
        return None
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise explained(error, target, item.size) from error


def explained(error, target, size):
    """An operating system's error as a sentence for the operator."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        free = shutil.disk_usage(target.parent).free // 1_000_000
        return Trouble(
            f"the disk is full: {target.name} needs {size // 1_000_000 + 1} MB in {target.parent}, {free} MB are free; "
            "make room and run models/pull again, it goes on where it stopped"
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Trouble(f"{target.parent} cannot be written by this user: run models/pull as the owner of the folder")
    return Trouble(f"{target} could not be written ({error.strerror}); mend that and run models/pull again")
