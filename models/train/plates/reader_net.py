"""The plate reader as a Keras model: a small trunk, two rows read with an attention of each, number of lines, colour.

`ctc`: for each row and column of the map an attention over the height picks the row, and connectionist temporal
classification reads the 32 columns: any number of characters, no slots. `slots`: nine queries a row attend over the map.
"""

import keras
from keras import layers, ops

import reader_sample
import series
from decoding import CLASSES

# output channels and strides of the trunk; "res" is a pair with a short cut
TRUNK = [(24, (2, 2)), (48, (2, 2)), (48, (1, 1)), (96, (2, 1)), "res"]
CHANNELS = 96


class RowAttention(layers.Layer):
    """Two rows out of a map: a softmax over the height of each column."""

    def call(self, inputs):
        features, scores = inputs
        weights = ops.softmax(ops.cast(scores, "float32"), axis=1)  # n, 8, 32, 2
        rows = ops.einsum("nhwc,nhwr->nrwc", features, ops.cast(weights, features.dtype))
        return rows


class Place(layers.Layer):
    """Adds what the net has learned about each place of the map."""

    def build(self, shape):
        self.bias = self.add_weight(shape=shape[1:], initializer="zeros", name="bias")

    def call(self, inputs):
        return inputs + ops.cast(self.bias, inputs.dtype)


class Slots(layers.Layer):
    """2 x 9 learned queries, shifted by the whole picture, attend over the map."""

    def build(self, shapes):
        channels = shapes[0][-1]
        self.queries = self.add_weight(shape=(2 * reader_sample.ROW_LENGTH, channels), initializer="random_normal", name="queries")
        self.bias = self.add_weight(shape=(2 * reader_sample.ROW_LENGTH, CLASSES), initializer="zeros", name="slot_bias")
        self.key = layers.Dense(channels, use_bias=False)
        self.shift = layers.Dense(channels)
        self.read = layers.Dense(CLASSES, dtype="float32")

    def call(self, inputs):
        features, whole = inputs
        flat = ops.reshape(features, (-1, features.shape[1] * features.shape[2], features.shape[3]))
        queries = ops.cast(self.queries, flat.dtype)[None] + self.shift(whole)[:, None]
        scores = ops.cast(ops.einsum("nqc,npc->nqp", queries, self.key(flat)), "float32") / features.shape[3] ** 0.5
        seen = ops.einsum("nqp,npc->nqc", ops.cast(ops.softmax(scores, -1), flat.dtype), flat)
        return self.read(seen) + self.bias


def normalised(pictures):
    """Each picture by its own mean and deviation over all its pixels and colours."""
    pictures = ops.cast(pictures, "float32")
    mean = ops.mean(pictures, axis=(1, 2, 3), keepdims=True)
    spread = ops.sqrt(ops.mean(ops.square(pictures - mean), axis=(1, 2, 3), keepdims=True))
    return (pictures - mean) / (spread + 4.0)


def conv(x, channels, strides, name, relu=True):
    """Convolution, batch norm, and what passes of it."""
    x = layers.Conv2D(channels, 3, strides=strides, padding="same", use_bias=False, name=name)(x)
    x = layers.BatchNormalization(momentum=0.98, name=name + "_bn")(x)
    return layers.ReLU(name=name + "_relu")(x) if relu else x


def build(head="ctc"):
    """The model: normalised pictures to logits of rows, lines and colour."""
    inputs = keras.Input((reader_sample.HEIGHT, reader_sample.WIDTH, 3), dtype="float32")
    x = inputs
    for number, part in enumerate(TRUNK):
        if part == "res":
            y = conv(x, CHANNELS, 1, f"conv{number}a")
            x = layers.ReLU(name=f"conv{number}_out")(x + conv(y, CHANNELS, 1, f"conv{number}b", relu=False))
        else:
            x = conv(x, part[0], part[1], f"conv{number}")
    x = Place(name="place")(x)
    whole = layers.Dense(96, activation="relu", name="whole")(layers.GlobalAveragePooling2D(name="mean")(x))
    lines = layers.Dense(3, dtype="float32", name="lines")(whole)
    colour = layers.Dense(len(series.COLOURS), dtype="float32", name="colour")(whole)
    if head == "ctc":
        rows = RowAttention(name="rows")([x, layers.Conv2D(2, 3, padding="same", name="row_scores")(x)])
        rows = layers.Conv2D(CHANNELS, (1, 5), padding="same", activation="relu", name="along")(rows)
        text = layers.Dense(CLASSES, dtype="float32", name="read")(rows)
    else:
        text = Slots(name="slots")([x, whole])
    return keras.Model(inputs, [text, lines, colour])
