//! Where text stands: a probability map (PP-OCR's text detection) into turned rectangles. What the text is, and whether
//! it is a plate's, is not asked here: shop signs and timestamps come out too.

use opencv::core::{Mat, Point, Point2f, RotatedRect, Size2f, Vector};
use opencv::imgproc;

use super::DetectionError;
use crate::inference::{NetSession, Output, Placement, place};
use crate::picture::BgrPicture;

/// Corners of a quadrilateral in pixels of the picture, clockwise from the top left.
pub type Quad = [(f32, f32); 4];

/// A line of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextRegion {
    /// Its corners, clockwise from the top left, in pixels of the picture; may lie a little outside.
    pub corners: Quad,
    /// Mean probability inside, 0..1.
    pub score: f32,
}

/// How the map is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextSettings {
    /// A pixel above this is text.
    pub pixel_threshold: f32,
    /// A region below this mean is none.
    pub region_threshold: f32,
    /// The net was trained on shrunken text; regions grow by area × this / perimeter on each side.
    pub grow: f32,
    /// Regions with a shorter side below this many map pixels are none.
    pub min_side: f32,
    /// No more regions than this are looked at, the largest outlines first.
    pub max_regions: usize,
}

impl Default for TextSettings {
    fn default() -> Self {
        Self { pixel_threshold: 0.3, region_threshold: 0.5, grow: 1.6, min_side: 3.0, max_regions: 200 }
    }
}

/// Finds text on pictures.
#[derive(Debug)]
pub struct TextDetector {
    net: NetSession,
    settings: TextSettings,
}

impl TextDetector {
    /// Around a net with `db_text` decoding.
    #[must_use]
    pub fn new(net: NetSession, settings: TextSettings) -> Self {
        Self { net, settings }
    }

    /// The lines of text on a picture whose longer side is brought to `longest` pixels.
    pub fn find(&mut self, picture: &BgrPicture, longest: u32) -> Result<Vec<TextRegion>, DetectionError> {
        let placed = place(picture, self.net.input(), Some(longest)).map_err(DetectionError::Inference)?;
        let outputs = self.net.run(placed.shape, placed.data).map_err(DetectionError::Inference)?;
        let wrong = || DetectionError::Output("a text map of another size than its input".to_owned());
        let map = outputs.first().ok_or_else(wrong)?;
        if map.shape != [1, 1, placed.placement.height as usize, placed.placement.width as usize] {
            return Err(wrong());
        }
        regions(map, &placed.placement, &self.settings)
    }

    /// Which net.
    #[must_use]
    pub fn net(&self) -> &NetSession {
        &self.net
    }
}

/// The regions of a map `[1, 1, height, width]`.
pub fn regions(
    map: &Output,
    placement: &Placement,
    settings: &TextSettings,
) -> Result<Vec<TextRegion>, DetectionError> {
    let doing = |doing| move |source| DetectionError::OpenCv { doing, source };
    let (width, height) = (placement.width as usize, placement.height as usize);
    let mask: Vec<u8> = map.data.iter().map(|p| if *p > settings.pixel_threshold { 255 } else { 0 }).collect();
    let mask =
        Mat::new_rows_cols_with_data(height as i32, width as i32, &mask).map_err(doing("looking at a text map"))?;
    let mut contours: Vector<Vector<Point>> = Vector::new();
    imgproc::find_contours_def(&mask, &mut contours, imgproc::RETR_LIST, imgproc::CHAIN_APPROX_SIMPLE)
        .map_err(doing("finding outlines of text"))?;
    let mut outlines: Vec<Vector<Point>> = contours.into_iter().filter(|c| c.len() >= 3).collect();
    outlines.sort_by_key(|c| std::cmp::Reverse(c.len()));
    let mut found = Vec::new();
    for outline in outlines.into_iter().take(settings.max_regions) {
        let tight = imgproc::min_area_rect(&outline).map_err(doing("boxing text"))?;
        let size = tight.size;
        if size.width.min(size.height) < settings.min_side {
            continue;
        }
        let score = mean_inside(&map.data, width, height, &corners_of(tight).map_err(doing("boxing text"))?);
        if score < settings.region_threshold {
            continue;
        }
        let by = size.width * size.height * settings.grow / (2.0 * (size.width + size.height));
        let grown = RotatedRect { size: Size2f::new(size.width + 2.0 * by, size.height + 2.0 * by), ..tight };
        let corners = corners_of(grown).map_err(doing("boxing text"))?;
        found.push(TextRegion { corners: clockwise(corners.map(|(x, y)| placement.to_picture(x, y))), score });
    }
    Ok(found)
}

fn corners_of(rect: RotatedRect) -> opencv::Result<Quad> {
    let mut points = [Point2f::default(); 4];
    rect.points(&mut points)?;
    Ok(points.map(|p| (p.x, p.y)))
}

/// Corners in any order, put clockwise from the top left. Text runs along the longer side when it leans by less than 45°.
#[must_use]
pub fn clockwise(mut corners: Quad) -> Quad {
    corners.sort_by(|a, b| a.0.total_cmp(&b.0));
    let [a, b, c, d] = corners;
    let (top_left, bottom_left) = if a.1 <= b.1 { (a, b) } else { (b, a) };
    let (top_right, bottom_right) = if c.1 <= d.1 { (c, d) } else { (d, c) };
    [top_left, top_right, bottom_right, bottom_left]
}

/// Mean of the map over the pixels inside a convex quadrilateral.
fn mean_inside(map: &[f32], width: usize, height: usize, corners: &Quad) -> f32 {
    let range = |values: [f32; 4], limit: usize| {
        let low = values.iter().copied().fold(f32::INFINITY, f32::min).floor().max(0.0) as usize;
        let high = values.iter().copied().fold(f32::NEG_INFINITY, f32::max).ceil().max(0.0) as usize;
        (low.min(limit - 1), high.min(limit - 1))
    };
    let (left, right) = range(corners.map(|c| c.0), width);
    let (top, bottom) = range(corners.map(|c| c.1), height);
    let corners = clockwise(*corners);
    let inside = |x: f32, y: f32| {
        (0..4).all(|i| {
            let ((x0, y0), (x1, y1)) = (corners[i], corners[(i + 1) % 4]);
            (x1 - x0) * (y - y0) - (y1 - y0) * (x - x0) >= -0.5
        })
    };
    let (mut sum, mut count) = (0.0f64, 0u32);
    for y in top..=bottom {
        for x in left..=right {
            if inside(x as f32, y as f32) {
                sum += f64::from(map[y * width + x]);
                count += 1;
            }
        }
    }
    if count == 0 { 0.0 } else { (sum / f64::from(count)) as f32 }
}

#[cfg(test)]
mod tests {
    use super::super::net::test_support::{filled, placement};
    use super::*;

    #[test]
    fn a_bar_of_probability_becomes_a_grown_box_on_the_picture() {
        let placement = placement(96, 64);
        let mut map = filled(&[1, 1, 64, 96], 0.01);
        for y in 20..30 {
            for x in 10..70 {
                map.data[y * 96 + x] = 0.9;
            }
        }
        // A speck is not text.
        map.data[50 * 96 + 50] = 0.9;
        let found = regions(&map, &placement, &TextSettings::default()).unwrap();
        assert_eq!(found.len(), 1);
        assert!(found[0].score > 0.8);
        let [top_left, top_right, bottom_right, _] = found[0].corners;
        // Map (10..69, 20..29), grown by 59 × 9 × 1.6 / 136 ≈ 6.2, twice as large on the picture.
        assert!((top_left.0 - 2.0 * (10.0 - 6.25)).abs() < 1.0, "{top_left:?}");
        assert!((top_left.1 - 2.0 * (20.0 - 6.25)).abs() < 1.0, "{top_left:?}");
        assert!((top_right.0 - 2.0 * (69.0 + 6.25)).abs() < 1.0, "{top_right:?}");
        assert!((bottom_right.1 - 2.0 * (29.0 + 6.25)).abs() < 1.0, "{bottom_right:?}");
    }

    #[test]
    fn a_faint_bar_is_no_text() {
        let mut map = filled(&[1, 1, 64, 96], 0.0);
        for y in 20..30 {
            for x in 10..70 {
                map.data[y * 96 + x] = 0.35;
            }
        }
        assert!(regions(&map, &placement(96, 64), &TextSettings::default()).unwrap().is_empty());
    }

    #[test]
    fn corners_are_put_in_order() {
        let tilted = [(10.0, 5.0), (0.0, 2.0), (1.0, 0.0), (11.0, 3.0)];
        assert_eq!(clockwise(tilted), [(1.0, 0.0), (11.0, 3.0), (10.0, 5.0), (0.0, 2.0)]);
    }
}
