//! An RGB picture in memory. It knows no file format and no colour management.

/// Rows of RGB, eight bits each.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) rgb: Vec<u8>,
}

impl Picture {
    /// A black picture.
    pub(crate) fn new(width: usize, height: usize) -> Self {
        Self { width, height, rgb: vec![0; width * height * 3] }
    }

    /// Computes each pixel from its place, rows split over threads because the background is the slowest part.
    pub(crate) fn paint(&mut self, threads: usize, pixel: impl Fn(usize, usize) -> [f32; 3] + Sync) {
        let width = self.width;
        let rows = self.height.div_ceil(threads.max(1));
        std::thread::scope(|scope| {
            for (part, chunk) in self.rgb.chunks_mut(rows * width * 3).enumerate() {
                let pixel = &pixel;
                scope.spawn(move || {
                    for (i, out) in chunk.chunks_exact_mut(3).enumerate() {
                        let c = pixel(i % width, part * rows + i / width);
                        for k in 0..3 {
                            out[k] = (c[k].clamp(0.0, 1.0) * 255.0 + 0.5) as u8;
                        }
                    }
                });
            }
        });
    }

    /// A second picture's pixels over this one's, without a new allocation.
    pub(crate) fn copy_from(&mut self, other: &Self) {
        self.rgb.copy_from_slice(&other.rgb);
    }
}
