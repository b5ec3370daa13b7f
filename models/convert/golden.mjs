// Makes the golden numbers in ../tests/: runs the packages' own code under node on one made-up input and prints a few
// of the outputs, so that our converted nets are compared with a path that shares nothing with the converter.
// Run by hand when a package version changes: node golden.mjs HUMAN_PACKAGE FACE_API_PACKAGE > ../tests/golden.json
// Never part of a set-up; node is not needed to convert.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import util from 'node:util';

const [human, faceApi] = process.argv.slice(2);

// The bundles are made for browsers: node's util, which they ask a require for that modules lack, is handed in.
globalThis.nodeUtil = util;
async function loadBundle(file) {
  const copy = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'golden-')), 'bundle.mjs');
  fs.writeFileSync(copy, fs.readFileSync(file, 'utf8').replace(/this\.util=[\w$]+\(\)/g, 'this.util=globalThis.nodeUtil'));
  return import(copy);
}

// The same numbers on every machine and in every language; see `made_up_picture` in tests/golden_input.py.
function madeUpPicture(side) {
  const values = new Float32Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      for (let c = 0; c < 3; c++) values[(y * side + x) * 3 + c] = (x * 7 + y * 13 + c * 29 + ((x * y) >> 3)) % 256;
    }
  }
  return values;
}

// Every n-th value, and the sum of absolute values as a check of all.
function sample(values, step) {
  const picked = [];
  for (let i = 0; i < values.length; i += step) picked.push(Number(values[i].toPrecision(8)));
  return { step, picked, absolute_sum: values.reduce((sum, v) => sum + Math.abs(v), 0) };
}

const result = {};

{
  const tf = await loadBundle(path.join(human, 'dist/tfjs.esm.js'));
  await tf.setBackend('cpu');
  const topology = JSON.parse(fs.readFileSync(path.join(human, 'models/blazeface.json')));
  const raw = fs.readFileSync(path.join(human, 'models/blazeface.bin'));
  const model = await tf.loadGraphModel({
    load: async () => ({
      modelTopology: topology.modelTopology,
      weightSpecs: topology.weightsManifest.flatMap((group) => group.weights),
      weightData: raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength),
    }),
  });
  const input = tf.tensor4d(madeUpPicture(256).map((v) => v / 127.5 - 1), [1, 256, 256, 3]);
  result.blazeface = {};
  for (const output of model.execute(input)) {
    const name = `${output.shape[2] === 1 ? 'scores' : 'boxes'}_${output.shape[1]}`;
    result.blazeface[name] = sample(output.dataSync(), output.shape[2] === 1 ? 17 : 211);
  }
}

{
  const faceapi = await loadBundle(path.join(faceApi, 'dist/face-api.esm.js'));
  await faceapi.tf.setBackend('cpu');
  const manifest = JSON.parse(fs.readFileSync(path.join(faceApi, 'model/face_recognition_model-weights_manifest.json')));
  const raw = fs.readFileSync(path.join(faceApi, 'model/face_recognition_model.bin'));
  const weights = faceapi.tf.io.decodeWeights(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength), manifest[0].weights);
  const net = new faceapi.FaceRecognitionNet();
  net.loadFromWeightMap(weights);
  const picture = faceapi.tf.tensor3d(madeUpPicture(150), [150, 150, 3]);
  result.dlib_face = { embedding: sample(await net.computeFaceDescriptor(picture), 5) };
}

process.stdout.write(`${JSON.stringify(result, null, 1)}\n`);
