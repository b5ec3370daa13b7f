//! Shadows: soft dark shapes on the ground, as the convex outline of what throws them. They darken the picture and
//! never lighten it; who calls draws them before the things that stand in them.

use super::picture::Picture;
use super::pinhole::{Pinhole, V3, v3};

/// Where the sun stands: metres of shadow for each metre of height.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sun {
    pub(crate) x: f32,
    pub(crate) y: f32,
}

impl Sun {
    /// Where the shadow of a point falls.
    pub(crate) fn fall(self, p: V3) -> V3 {
        v3(p.x + self.x * p.z, p.y + self.y * p.z, 0.0)
    }
}

/// The convex outline, clockwise on the picture.
fn outline(mut points: Vec<(f32, f32)>) -> Vec<(f32, f32)> {
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let cross = |o: (f32, f32), a: (f32, f32), b: (f32, f32)| (a.0 - o.0) * (b.1 - o.1) - (a.1 - o.1) * (b.0 - o.0);
    let mut hull: Vec<(f32, f32)> = Vec::with_capacity(points.len() * 2);
    for pass in 0..2 {
        let floor = hull.len().max(1);
        let walk: Box<dyn Iterator<Item = &(f32, f32)>> =
            if pass == 0 { Box::new(points.iter()) } else { Box::new(points.iter().rev().skip(1)) };
        for &p in walk {
            while hull.len() > floor && cross(hull[hull.len() - 2], hull[hull.len() - 1], p) <= 0.0 {
                hull.pop();
            }
            hull.push(p);
        }
    }
    hull.pop();
    hull
}

/// Darkens the outline of ground points; `soft` is the width of the edge in pixels, `depth` how dark it gets, 0..1.
pub(crate) fn cast(picture: &mut Picture, camera: &Pinhole, ground: &[V3], soft: f32, depth: f32) {
    let points: Option<Vec<(f32, f32)>> = ground.iter().map(|&p| camera.project(p).map(|(x, y, _)| (x, y))).collect();
    let Some(points) = points else { return };
    let hull = outline(points);
    if hull.len() < 3 {
        return;
    }
    let edges: Vec<(f32, f32, f32)> = (0..hull.len())
        .map(|i| {
            let (a, b) = (hull[i], hull[(i + 1) % hull.len()]);
            let (dx, dy) = (b.0 - a.0, b.1 - a.1);
            let length = dx.hypot(dy).max(1e-3);
            let (nx, ny) = (dy / length, -dx / length);
            (nx, ny, -(nx * a.0 + ny * a.1))
        })
        .collect();
    let bounds = hull.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |b, p| {
        [b[0].min(p.0), b[1].min(p.1), b[2].max(p.0), b[3].max(p.1)]
    });
    let clamp = |v: f32, top: usize| (v.max(0.0) as usize).min(top);
    let (x0, x1) = (clamp(bounds[0] - soft, picture.width), clamp(bounds[2] + soft, picture.width));
    let (y0, y1) = (clamp(bounds[1] - soft, picture.height), clamp(bounds[3] + soft, picture.height));
    for y in y0..y1 {
        for x in x0..x1 {
            let (px, py) = (x as f32 + 0.5, y as f32 + 0.5);
            let distance = edges.iter().fold(f32::MIN, |d, e| d.max(e.0 * px + e.1 * py + e.2));
            let t = (0.5 - distance / soft).clamp(0.0, 1.0);
            if t > 0.0 {
                let keep = 256 - (depth * t * t * (3.0 - 2.0 * t) * 256.0) as u32;
                let at = (y * picture.width + x) * 3;
                for value in &mut picture.rgb[at..at + 3] {
                    *value = ((u32::from(*value) * keep) >> 8) as u8;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_drops_inner_points() {
        let hull = outline(vec![(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0), (2.0, 2.0), (1.0, 3.0)]);
        assert_eq!(hull.len(), 4);
    }

    #[test]
    fn it_is_dark_inside_and_untouched_outside() {
        let camera = Pinhole::new(v3(0.0, 0.0, 5.0), 0.0, 30.0, 100.0, 100, 100);
        let mut picture = Picture::new(100, 100);
        picture.rgb.fill(200);
        let at = |p: &Picture, x: f32, y: f32| {
            let (px, py, _) = camera.project(v3(x, y, 0.0)).unwrap();
            p.rgb[(py as usize * 100 + px as usize) * 3]
        };
        cast(
            &mut picture,
            &camera,
            &[v3(-1.0, 8.0, 0.0), v3(1.0, 8.0, 0.0), v3(1.0, 11.0, 0.0), v3(-1.0, 11.0, 0.0)],
            2.0,
            0.5,
        );
        assert!(at(&picture, 0.0, 9.5) < 120);
        assert_eq!(at(&picture, 3.0, 9.5), 200);
    }
}
