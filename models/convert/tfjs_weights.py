"""Reads TensorFlow.js weights: a JSON list of tensors beside one file of raw bytes, partly squeezed to 8 bits.

Knows the storage format only, no net.
"""

import numpy as np

_STORED = {"uint8": np.dtype("<u1"), "uint16": np.dtype("<u2")}
_PLAIN = {"float32": np.dtype("<f4"), "int32": np.dtype("<i4")}


def read_weights(manifest, raw):
    """Gives {name: array} for the `weights` lists of a manifest and the bytes that belong to them."""
    tensors, at = {}, 0
    for group in manifest:
        for entry in group["weights"]:
            count = int(np.prod(entry["shape"], dtype=np.int64))
            squeezed = entry.get("quantization")
            kind = _STORED[squeezed["dtype"]] if squeezed else _PLAIN[entry["dtype"]]
            stored = np.frombuffer(raw, dtype=kind, count=count, offset=at)
            at += count * kind.itemsize
            if squeezed:
                # The package's own reader multiplies in double precision and rounds once; so do we, to get the same bits.
                stored = (stored.astype(np.float64) * squeezed["scale"] + squeezed["min"]).astype(np.float32)
            tensors[entry["name"]] = stored.reshape(entry["shape"])
    if at != len(raw):
        raise ValueError(f"the weight list describes {at} bytes, the file has {len(raw)}")
    return tensors
