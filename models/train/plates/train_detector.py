"""Trains the plate detector: `train_detector.py RUN [--steps N] [--seed S] [--workers W]`.

Like `train_reader.py`: renders ahead, saves every two minutes, goes on where it was, keeps averaged weights.
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

import detector_net  # noqa: E402
import scenes  # noqa: E402
import shards  # noqa: E402

SIZE, BATCH, RATE, DECAY, AVERAGE = 320, 16, 1.5e-3, 0.02, 0.998


def rate(step, steps):
    """Warm-up, constant, then a cosine down to zero."""
    fall = int(steps * 0.6)
    if step < 200:
        return RATE * (step + 1) / 200
    return RATE if step < fall else RATE * 0.5 * (1 + np.cos(np.pi * min(1.0, (step - fall) / max(1, steps - fall))))


class Trainer:
    """A model, its optimiser and the average of its weights."""

    def __init__(self, seed):
        keras.utils.set_random_seed(seed)
        keras.mixed_precision.set_global_policy(hardware.precision())
        self.model = detector_net.build()
        self.optimiser = keras.optimizers.AdamW(RATE, weight_decay=DECAY, clipnorm=5.0)
        self.optimiser.exclude_from_weight_decay(var_names=["bias", "gamma", "beta"])
        self.optimiser.build(self.model.trainable_variables)
        self.average = [tf.Variable(v, trainable=False) for v in self.model.weights]

    @tf.function(reduce_retracing=True)
    def step(self, pictures, heat, corners, near, counts, keep):
        """One step: the loss of the score (a miss weighs by how sure it was) and of the corners (in parts of the plate)."""
        with tf.GradientTape() as tape:
            logits, said = self.model(detector_net.normalised(pictures), training=True)
            logits = logits[..., 0]
            sure = tf.sigmoid(logits)
            peak = tf.cast(heat >= 0.999, tf.float32)
            hit = tf.square(1 - sure) * tf.nn.softplus(-logits) * peak
            wrong = tf.square(sure) * tf.pow(1 - heat, 4.0) * tf.nn.softplus(logits) * (1 - peak)
            plates = tf.maximum(tf.reduce_sum(peak), 1.0)
            score = tf.reduce_sum((hit + wrong) * counts) / plates
            quads = tf.reshape(corners, [-1, corners.shape[1], corners.shape[2], 4, 2])
            size = tf.sqrt(tf.reduce_mean(tf.reduce_sum(tf.square(quads - tf.reduce_mean(quads, 3, keepdims=True)), -1), -1)) + 1e-3
            apart = tf.abs(said - corners) / size[..., None]
            apart = tf.where(apart < 0.05, apart * apart * 10, apart - 0.025)
            corner = tf.reduce_sum(tf.reduce_mean(apart, -1) * near) / tf.maximum(tf.reduce_sum(near), 1.0)
            loss = score + 4.0 * corner
        self.optimiser.apply(tape.gradient(loss, self.model.trainable_variables), self.model.trainable_variables)
        for mean, now in zip(self.average, self.model.weights):
            mean.assign(mean * keep + now.value * (1 - keep))
        return score, corner

    def averaged(self):
        """A model with the averaged weights."""
        model = detector_net.build()
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


def check(model, held_out, least=0.3):
    """Share of plates found (boxes overlapping by half), false ones a picture, mean error of corners in plate heights."""
    run = tf.function(lambda x: model(detector_net.normalised(x), training=False))
    hits = wanted = false = 0
    errors = []
    for at in range(0, len(held_out), 32):
        part = held_out[at:at + 32]
        score, corners = (v.numpy() for v in run(np.stack([s.picture for s in part])))
        for scene, s, c in zip(part, 1 / (1 + np.exp(-score[..., 0])), corners):
            left = [(flag, np.array(q).reshape(4, 2)) for flag, *q in scene.plates]
            wanted += sum(flag == scenes.PLATE for flag, _ in left)
            for _, quad in detector_net.found(s, c, least):
                best = max(range(len(left)), key=lambda n: detector_net.overlap(quad, left[n][1]), default=None)
                if best is None or detector_net.overlap(quad, left[best][1]) < 0.5:
                    false += 1
                    continue
                flag, truth = left.pop(best)
                if flag == scenes.PLATE:
                    hits += 1
                    errors.append(np.linalg.norm(quad - truth, axis=1).mean() / np.linalg.norm(truth[3] - truth[0]))
    return [round(hits / max(wanted, 1), 4), round(false / len(held_out), 4), round(float(np.mean(errors)) if errors else 9.0, 4)]


def main():
    """Trains until the last step."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("run", type=Path)
    options.add_argument("--steps", type=int, default=6000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--workers", type=int, default=1)
    options.add_argument("--threads", type=int, default=2)
    options = options.parse_args()
    tf.config.threading.set_intra_op_parallelism_threads(options.threads)
    tf.config.threading.set_inter_op_parallelism_threads(options.threads)
    options.run.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(options.seed)
    step = trainer.load(options.run) if (options.run / "state.npz").is_file() else 0
    window = shards.Window("scenes", options.run / "shards", options.seed, options.workers, size=256, width=16, first=3, steps_each=64)
    rng = np.random.default_rng([options.seed, 999_999])
    held_out = [scenes.make(rng) for _ in range(192)]
    print(f"{trainer.model.count_params()} parameters, from step {step}", flush=True)
    ended = []
    signal.signal(signal.SIGTERM, lambda *_: ended.append(True))  # saves and ends
    saved, said, losses, started = time.time(), time.time(), [], step
    with open(options.run / "log.jsonl", "a") as log:
        while step < options.steps and not ended:
            trainer.optimiser.learning_rate.assign(rate(step, options.steps))
            pictures, plates = window.batch(options.seed, step, BATCH)
            targets = [np.stack(column) for column in zip(*[detector_net.wanted(p, SIZE) for p in plates])]
            keep = min(AVERAGE, (1 + step) / (10 + step))
            losses.append([float(v) for v in trainer.step(*map(tf.constant, (pictures, *targets)), tf.constant(keep, tf.float32))])
            step += 1
            if step % 200 == 0 or step == options.steps:
                line = {"step": step, "loss": np.round(np.mean(losses[-200:], 0), 4).tolist(), "held_out": check(trainer.averaged(), held_out),
                        "pictures_s": round((step - started) * BATCH / (time.time() - said))}
                said, started = time.time(), step
                print(json.dumps(line), flush=True)
                log.write(json.dumps(line) + "\n")
                log.flush()
            if time.time() - saved > 120 or step == options.steps or ended:
                trainer.save(options.run, step)
                saved = time.time()
    window.close()


if __name__ == "__main__":
    main()
