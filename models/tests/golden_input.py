"""The made-up picture behind the golden numbers; the same formula as in ../convert/golden.mjs."""

import numpy as np


def made_up_picture(side):
    """Height, width, channels; whole numbers 0..255 as floats."""
    y, x, c = np.meshgrid(np.arange(side), np.arange(side), np.arange(3), indexing="ij")
    return ((x * 7 + y * 13 + c * 29 + (x * y >> 3)) % 256).astype(np.float32)
