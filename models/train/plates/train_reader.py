"""Trains the plate reader: `train_reader.py RUN [--steps N] [--head ctc|slots] [--seed S] [--workers W]`.

Renders ahead while it trains; a checkpoint every two minutes and when it is told to end (SIGTERM); started again with the same RUN it goes on where it was. The learning
rate is constant until the last 35 % of the steps and then falls to nothing, so that --steps may be changed while it is
still constant. Weights are averaged; the averaged ones are saved as `averaged.weights.h5`.
"""

import argparse
import json
import os
import signal
import time
from pathlib import Path

import hardware  # first: it sets what TensorFlow reads when it is loaded

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

import reader_net  # noqa: E402
import reader_sample  # noqa: E402
import decoding  # noqa: E402
import shards  # noqa: E402

BATCH, RATE, DECAY, AVERAGE = 128, 2e-3, 0.02, 0.998


def rate(step, steps):
    """Warm-up, constant, then a cosine down to zero."""
    fall = int(steps * 0.65)
    if step < 300:
        return RATE * (step + 1) / 300
    if step < fall:
        return RATE
    return RATE * 0.5 * (1 + np.cos(np.pi * min(1.0, (step - fall) / max(1, steps - fall))))


def reading_loss(head, rows, text):
    """Loss of the characters."""
    if head == "slots":
        flat = tf.reshape(tf.cast(rows, tf.int32), [-1, 2 * reader_sample.ROW_LENGTH])
        wanted = tf.one_hot(flat, decoding.CLASSES) * 0.97 + 0.03 / decoding.CLASSES
        return tf.reduce_mean(tf.reduce_sum(tf.nn.softmax_cross_entropy_with_logits(wanted, text), -1))
    rows = tf.reshape(tf.cast(rows, tf.int32), [-1, reader_sample.ROW_LENGTH])
    text = tf.reshape(text, [-1, decoding.COLUMNS, decoding.CLASSES])
    # The compiled kernel wants the blank last and no empty row: an empty one is all blanks, which needs no alignment.
    empty = tf.equal(rows[:, 0], 0)
    stand_in = tf.concat([tf.where(empty, 1, rows[:, 0])[:, None], rows[:, 1:]], -1)
    sparse = tf.sparse.from_dense(stand_in)
    sparse = tf.SparseTensor(sparse.indices, sparse.values - 1, sparse.dense_shape)
    last = tf.concat([text[..., 1:], text[..., :1]], -1)
    lengths = tf.fill([tf.shape(text)[0]], decoding.COLUMNS)
    loss = tf.compat.v1.nn.ctc_loss(sparse, tf.transpose(last, [1, 0, 2]), lengths, ignore_longer_outputs_than_inputs=True)
    blanks = -tf.reduce_sum(tf.nn.log_softmax(text)[..., 0], -1)
    return tf.reduce_mean(tf.reduce_sum(tf.reshape(tf.where(empty, blanks, loss), [-1, 2]), -1))


class Trainer:
    """A model, its optimiser and the average of its weights."""

    def __init__(self, head, seed):
        keras.utils.set_random_seed(seed)
        keras.mixed_precision.set_global_policy(hardware.precision())
        self.head, self.model = head, reader_net.build(head)
        self.optimiser = keras.optimizers.AdamW(RATE, weight_decay=DECAY, clipnorm=5.0)
        self.optimiser.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
        self.optimiser.build(self.model.trainable_variables)
        self.average = [tf.Variable(v, trainable=False) for v in self.model.weights]

    @tf.function(reduce_retracing=True)
    def step(self, pictures, rows, lines, colours, keep):
        """One step; the three losses."""
        with tf.GradientTape() as tape:
            text, line_scores, colour_scores = self.model(reader_net.normalised(pictures), training=True)
            reading = reading_loss(self.head, rows, text)
            line = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(tf.cast(lines, tf.int32), line_scores))
            colour = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(tf.cast(colours, tf.int32), colour_scores))
            loss = reading + line + colour
        self.optimiser.apply(tape.gradient(loss, self.model.trainable_variables), self.model.trainable_variables)
        for mean, now in zip(self.average, self.model.weights):
            mean.assign(mean * keep + now.value * (1 - keep))
        return reading, line, colour

    def averaged(self):
        """A model with the averaged weights."""
        model = reader_net.build(self.head)
        model.set_weights([v.numpy() for v in self.average])
        return model

    def save(self, run, step):
        """Everything needed to go on, and the averaged weights."""
        state = [v.numpy() for v in self.model.weights] + [v.numpy() for v in self.optimiser.variables] + [v.numpy() for v in self.average]
        with open(run / "state.part", "wb") as out:
            np.savez(out, *state, step=step)
        os.replace(run / "state.part", run / "state.npz")
        self.averaged().save_weights(run / "averaged.weights.h5")

    def load(self, run):
        """Goes on from a checkpoint; the step to do next."""
        with np.load(run / "state.npz") as state:
            values = [state[f"arr_{n}"] for n in range(len(state.files) - 1)]
            step = int(state["step"])
        for variable, value in zip([*self.model.weights, *self.optimiser.variables, *self.average], values):
            variable.assign(value)
        return step


def check(model, head, data):
    """Share of pictures read rightly, lines and colours right."""
    run = tf.function(lambda x: model(reader_net.normalised(x), training=False))
    right = lines = colours = 0
    for at in range(0, len(data[0]), 256):
        text, line, colour = (tf.cast(v, tf.float32).numpy() for v in run(data[0][at:at + 256]))
        for reading, rows in zip(decoding.decoded(text, head), data[1][at:at + 256]):
            said = ["".join(c for c, _ in row) for row in reading]
            truth = ["".join(reader_sample.CHARACTERS[c - 1] for c in row if c) for row in rows]
            right += said == truth
        lines += (line.argmax(-1) == data[2][at:at + 256]).sum()
        colours += (colour.argmax(-1) == data[3][at:at + 256]).sum()
    return [round(float(v) / len(data[0]), 4) for v in (right, lines, colours)]


def main():
    """Trains until the last step."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("run", type=Path)
    options.add_argument("--steps", type=int, default=5000)
    options.add_argument("--head", default="ctc", choices=("ctc", "slots"))
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--shards", type=Path, help="folder of the shards; default RUN/shards")
    options.add_argument("--stop", type=int, help="stop at this step as if the power had failed (for a comparison)")
    options.add_argument("--threads", type=int, default=2)
    options = options.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    tf.config.threading.set_inter_op_parallelism_threads(options.threads)
    options.run.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(options.head, options.seed)
    step = trainer.load(options.run) if (options.run / "state.npz").is_file() else 0
    window = shards.Window("reader_sample", options.shards or options.run / "shards", options.seed, options.workers)
    rng = np.random.default_rng([options.seed, 999_999])
    held_out = [np.stack(column) for column in zip(*[reader_sample.fields(reader_sample.make(rng)) for _ in range(768)])]
    print(f"{trainer.model.count_params()} parameters, from step {step}", flush=True)
    ended = []
    signal.signal(signal.SIGTERM, lambda *_: ended.append(True))  # saves and ends
    saved, said, losses, started = time.time(), time.time(), [], step
    with open(options.run / "log.jsonl", "a") as log:
        while step < (options.stop or options.steps) and not ended:
            trainer.optimiser.learning_rate.assign(rate(step, options.steps))
            batch = window.batch(options.seed, step, BATCH)
            keep = min(AVERAGE, (1 + step) / (10 + step))
            losses.append([float(v) for v in trainer.step(*map(tf.constant, batch), tf.constant(keep, tf.float32))])
            step += 1
            if step % 200 == 0 or step == options.steps:
                right = check(trainer.averaged(), options.head, held_out)
                line = {"step": step, "loss": np.round(np.mean(losses[-200:], 0), 4).tolist(), "held_out": right,
                        "pictures_s": round((step - started) * BATCH / (time.time() - said))}
                said, started = time.time(), step
                print(json.dumps(line), flush=True)
                log.write(json.dumps(line) + "\n")
                log.flush()
            if time.time() - saved > 120 or step in (options.steps, options.stop) or ended:
                trainer.save(options.run, step)
                saved = time.time()
    window.close()


if __name__ == "__main__":
    main()
