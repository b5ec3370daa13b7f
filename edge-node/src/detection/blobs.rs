//! Boxes around connected moving pixels, and what is done with them: put together, cut, compared. Pure arithmetic on whole
//! pixels; what a box holds is never asked here.

use crate::activity::background::Part;
use crate::picture::GreyPicture;

/// Pixels of the box that two parts share.
pub(super) fn shared(a: Part, b: Part) -> i32 {
    overlap(a.x, a.w, b.x, b.w).max(0) * overlap(a.y, a.h, b.y, b.h).max(0)
}

/// Overlap of two spans; negative: the gap between them.
pub(super) fn overlap(a: i32, a_length: i32, b: i32, b_length: i32) -> i32 {
    (a + a_length).min(b + b_length) - a.max(b)
}

/// The box around two, with the area of both.
pub(super) fn around(a: Part, b: Part) -> Part {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    Part { x, y, w: (a.x + a.w).max(b.x + b.w) - x, h: (a.y + a.h).max(b.y + b.h) - y, area: a.area + b.area }
}

/// The part of a blob between two columns, as high as what moves in it.
pub(super) fn shrunk(blob: Part, from: i32, to: i32, moving: &GreyPicture) -> Option<Part> {
    let filled = |y: i32| {
        (from..to).filter(|dx| moving.data[(y as u32 * moving.width + (blob.x + dx) as u32) as usize] > 0).count()
            as i32
    };
    let rows: Vec<(i32, i32)> = (blob.y..blob.y + blob.h).map(|y| (y, filled(y))).filter(|(_, n)| *n > 0).collect();
    let (top, bottom) = (rows.first()?.0, rows.last()?.0);
    Some(Part { x: blob.x + from, y: top, w: to - from, h: bottom - top + 1, area: rows.iter().map(|(_, n)| n).sum() })
}

/// A blob that holds a known thing, and perhaps another that came beside it: what lies within `margin` of the known thing's
/// place is its own, and the largest piece outside is the other's, when that is a thing and not a sliver. While something
/// lies outside, the known thing does not grow: it would creep over the other.
pub(super) fn beside(blob: Part, known: Part, margin: i32, moving: &GreyPicture) -> Vec<Part> {
    let (mut own, mut held): (Option<Part>, Option<Part>) = (None, None);
    let mut outside = vec![false; (blob.w * blob.h).max(0) as usize];
    let within = |x: i32, y: i32, by: i32| {
        x >= known.x - by && x < known.x + known.w + by && y >= known.y - by && y < known.y + known.h + by
    };
    for y in blob.y..blob.y + blob.h {
        for x in blob.x..blob.x + blob.w {
            if moving.data[(y as u32 * moving.width + x as u32) as usize] == 0 {
                continue;
            }
            let pixel = Part { x, y, w: 1, h: 1, area: 1 };
            let add = |to: &mut Option<Part>| *to = Some(to.map_or(pixel, |p| around(p, pixel)));
            if within(x, y, 1) {
                add(&mut held);
            }
            if within(x, y, margin) {
                add(&mut own);
            } else {
                outside[((y - blob.y) * blob.w + x - blob.x) as usize] = true;
            }
        }
    }
    match (own, held, largest_piece(blob, outside)) {
        (Some(_), Some(held), Some(other)) if other.area * 7 > held.area && other.w.min(other.h) > 4 * margin => {
            vec![held, other]
        }
        (Some(_), Some(held), Some(other)) if other.area * 100 > held.area => vec![held],
        // A speck at its side does not change it.
        (Some(own), ..) => vec![own],
        _ => vec![blob],
    }
}

/// The largest connected piece of a blob's marked pixels.
fn largest_piece(blob: Part, mut marked: Vec<bool>) -> Option<Part> {
    let mut largest: Option<Part> = None;
    let mut open = Vec::new();
    for start in 0..marked.len() {
        if !std::mem::take(&mut marked[start]) {
            continue;
        }
        open.push(start as i32);
        let mut piece: Option<Part> = None;
        while let Some(i) = open.pop() {
            let (x, y) = (i % blob.w, i / blob.w);
            let pixel = Part { x: blob.x + x, y: blob.y + y, w: 1, h: 1, area: 1 };
            piece = Some(piece.map_or(pixel, |p| around(p, pixel)));
            for (nx, ny) in [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)] {
                if (0..blob.w).contains(&nx)
                    && (0..blob.h).contains(&ny)
                    && std::mem::take(&mut marked[(ny * blob.w + nx) as usize])
                {
                    open.push(ny * blob.w + nx);
                }
            }
        }
        largest = largest.into_iter().chain(piece).max_by_key(|p| p.area);
    }
    largest
}

/// The edges of the picture a part touches: left, top, right, bottom.
pub(super) fn edges(part: Part, width: u32, height: u32) -> [bool; 4] {
    let (right, bottom) = (part.x + part.w + 1 >= width as i32, part.y + part.h + 1 >= height as i32);
    [part.x <= 1, part.y <= 1, right, bottom]
}

/// The middle, doubled so that it stays whole.
pub(super) fn middle(part: Part) -> (i32, i32) {
    (part.x * 2 + part.w, part.y * 2 + part.h)
}
