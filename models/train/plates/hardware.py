"""What this machine computes fastest with. Import before TensorFlow."""

import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
# TensorFlow leaves oneDNN off on processors without AVX-512; there it halves the time of a step all the same.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")


def precision():
    """Keras's policy: bfloat16 where the hardware multiplies it, float32 where it would be emulated."""
    import tensorflow as tf

    words = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").is_file() else ""
    fast = "avx512_bf16" in words or "amx_bf16" in words or tf.config.list_physical_devices("GPU")
    return "mixed_bfloat16" if fast else "float32"
