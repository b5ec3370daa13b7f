// Drawn heads as PNG files: pictures of nobody.
import { deflateSync } from 'node:zlib';

const TABLE = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
function crc(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = TABLE[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}
function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

export function drawnFace(seed, atGate, [w, h] = atGate ? [640, 720] : [360, 440]) {
  const raw = Buffer.alloc(h * (w * 3 + 1));
  const skin = [[224, 184, 150], [198, 152, 116], [238, 204, 176]][seed % 3];
  const coat = [[52, 73, 94], [94, 60, 50], [60, 90, 70]][(seed >> 1) % 3];
  const within = (x, y, cx, cy, rx, ry) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) {
      const [u, v] = [x / w, y / h];
      let colour = atGate ? [70 + 50 * v, 80 + 50 * v, 88 + 50 * v] : [205, 214, 220];
      if (within(u, v, 0.5, 1.06, 0.42, 0.34)) colour = coat;
      if (within(u, v, 0.5, 0.36, 0.235, 0.27)) colour = [40, 34, 32];
      if (within(u, v, 0.5, 0.43, 0.2, 0.26)) colour = skin;
      if (within(u, v, 0.42, 0.41, 0.028, 0.016) || within(u, v, 0.58, 0.41, 0.028, 0.016)) colour = [30, 30, 34];
      if (within(u, v, 0.5, 0.56, 0.06, 0.013)) colour = [150, 80, 80];
      raw.set(colour, y * (w * 3 + 1) + 1 + x * 3);
    }
  }
  return png(raw, w, h);
}

/** A street with pavement, houses and two passers-by, in squares of so many pixels. */
export function drawnStreet(w, h, square) {
  const raw = Buffer.alloc(h * (w * 3 + 1));
  const body = (u, v, x, y, size) => ((u - x) / (size * 0.35)) ** 2 + ((v - y) / size) ** 2 < 1;
  const at = (u, v) => {
    if (body(u, v, 0.3, 0.58, 0.11)) return [150, 62, 54];
    if (body(u, v, 0.7, 0.5, 0.08)) return [54, 92, 140];
    if (v < 0.3) return u % 0.25 < 0.12 ? [168, 158, 140] : [148, 140, 126];
    if (v < 0.42) return [120, 126, 122];
    if (Math.abs(v - (0.42 + 0.5 * Math.abs(u - 0.5))) < 0.012) return [208, 204, 190];
    return [92 + 40 * v, 96 + 38 * v, 98 + 36 * v];
  };
  for (let y = 0; y < h; y += 1) {
    for (let x = 0; x < w; x += 1) raw.set(at((Math.floor(x / square) * square) / w, (Math.floor(y / square) * square) / h), y * (w * 3 + 1) + 1 + x * 3);
  }
  return png(raw, w, h);
}

function png(raw, w, h) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(w, 0);
  head.writeUInt32BE(h, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head), chunk('IDAT', deflateSync(raw)), chunk('IEND', Buffer.alloc(0))]);
}
