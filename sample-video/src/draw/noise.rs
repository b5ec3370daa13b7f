//! Repeatable noise: hashes of integers and smooth noise over the plane. It holds no state and reads no random source.

/// A well-mixed hash of two integers and a seed.
#[must_use]
pub(crate) fn hash(x: i32, y: i32, seed: u32) -> u32 {
    let mut h =
        (x as u32).wrapping_mul(0x9E37_79B1) ^ (y as u32).wrapping_mul(0x85EB_CA77) ^ seed.wrapping_mul(0xC2B2_AE3D);
    h ^= h >> 15;
    h = h.wrapping_mul(0x2C1B_3C6D);
    h ^= h >> 12;
    h = h.wrapping_mul(0x297A_2D39);
    h ^ (h >> 15)
}

/// 0..1 from a lattice point.
#[must_use]
pub(crate) fn unit(x: i32, y: i32, seed: u32) -> f32 {
    (hash(x, y, seed) >> 8) as f32 / 16_777_216.0
}

/// Smooth noise, 0..1, one feature per unit.
#[must_use]
pub(crate) fn smooth(x: f32, y: f32, seed: u32) -> f32 {
    let (fx, fy) = (x.floor(), y.floor());
    let (ix, iy) = (fx as i32, fy as i32);
    let ease = |t: f32| t * t * (3.0 - 2.0 * t);
    let (tx, ty) = (ease(x - fx), ease(y - fy));
    let top = unit(ix, iy, seed) * (1.0 - tx) + unit(ix + 1, iy, seed) * tx;
    let bottom = unit(ix, iy + 1, seed) * (1.0 - tx) + unit(ix + 1, iy + 1, seed) * tx;
    top * (1.0 - ty) + bottom * ty
}

/// Several octaves of smooth noise, 0..1.
#[must_use]
pub(crate) fn fractal(x: f32, y: f32, octaves: u32, seed: u32) -> f32 {
    let (mut sum, mut weight, mut total, mut scale) = (0.0, 1.0, 0.0, 1.0);
    for octave in 0..octaves {
        sum += weight * smooth(x * scale, y * scale, seed.wrapping_add(octave));
        total += weight;
        weight *= 0.55;
        scale *= 2.03;
    }
    sum / total
}

/// About normal, mean 0, deviation 1, from an index.
#[must_use]
pub(crate) fn gaussian(index: i32, seed: u32) -> f32 {
    let sum: f32 = (0..6).map(|k| unit(index, k, seed)).sum();
    (sum - 3.0) * std::f32::consts::SQRT_2
}
