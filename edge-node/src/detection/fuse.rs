//! Motion and net together. Motion finds everything that moves, whatever it is; a net tells what it is and takes groups
//! apart, but misses close motorcycles and what it was not trained on. So motion gives the boxes, and the net's boxes
//! replace those they explain. What stands still and was never seen to move is left to the net alone.

use contract::geometry::Rect;

use super::{Detection, ObjectClass};

/// A net box belongs to a blob when at least this share of it lies inside, or this share of the blob inside of it.
const INSIDE: f32 = 0.5;
/// Net boxes must cover this share of a blob together to replace it; less, and the blob stays in their place.
const EXPLAINS: f32 = 0.4;

/// Joins blobs that move with the boxes of a net, for objects `wanted` by the camera's purpose. Nothing comes out twice:
/// where a blob and net boxes are the same things, either the blob or the boxes stay.
#[must_use]
pub fn fuse(blobs: Vec<Detection>, net: Vec<Detection>, wanted: impl Fn(ObjectClass) -> bool) -> Vec<Detection> {
    let net: Vec<Detection> = net.into_iter().filter(|d| wanted(d.class)).collect();
    // A box that a blob stands for is gone, whatever else it touches; one that explains a blob stays.
    let mut stands = vec![true; net.len()];
    let mut joined = Vec::with_capacity(blobs.len() + net.len());
    for blob in blobs {
        let same =
            |d: &Detection| share_inside(d.rect, blob.rect) >= INSIDE || share_inside(blob.rect, d.rect) >= INSIDE;
        let members: Vec<usize> = (0..net.len()).filter(|i| same(&net[*i])).collect();
        let covered: f32 = members.iter().map(|i| net[*i].rect.intersection(blob.rect).area()).sum();
        if !members.is_empty() && covered >= EXPLAINS * blob.rect.area() {
            continue;
        }
        // One net box in a blob still tells its class.
        let class = members.first().filter(|_| members.len() == 1).map_or(blob.class, |i| net[*i].class);
        for i in members {
            stands[i] = false;
        }
        joined.push(Detection { class, ..blob });
    }
    joined.extend(net.into_iter().zip(stands).filter(|(_, stands)| *stands).map(|(d, _)| d));
    joined
}

fn share_inside(inner: Rect, outer: Rect) -> f32 {
    let area = inner.area();
    if area > 0.0 { inner.intersection(outer).area() / area } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(class: ObjectClass, x: f32, w: f32) -> Detection {
        Detection::plain(class, 0.8, Rect::new(x, 0.4, w, 0.2))
    }

    fn fused(blobs: &[Detection], net: &[Detection]) -> Vec<(ObjectClass, f32)> {
        let mut out: Vec<(ObjectClass, f32)> = fuse(blobs.to_vec(), net.to_vec(), ObjectClass::is_vehicle)
            .into_iter()
            .map(|d| (d.class, d.rect.x))
            .collect();
        out.sort_by(|a, b| a.1.total_cmp(&b.1));
        out
    }

    #[test]
    fn the_net_names_and_separates_what_moves() {
        use ObjectClass as C;
        let blob = at(C::Vehicle, 0.2, 0.3);
        assert_eq!(fused(std::slice::from_ref(&blob), &[at(C::Car, 0.2, 0.28)]), [(C::Car, 0.2)]);
        let two = fused(std::slice::from_ref(&blob), &[at(C::Car, 0.2, 0.14), at(C::Motorcycle, 0.36, 0.14)]);
        assert_eq!(two, [(C::Car, 0.2), (C::Motorcycle, 0.36)]);
        // A small box inside a large blob tells the class; the blob keeps its size.
        assert_eq!(fused(&[blob], &[at(C::Truck, 0.3, 0.05)]), [(C::Truck, 0.2)]);
    }

    #[test]
    fn fragments_of_one_thing_become_the_one_box_of_the_net() {
        use ObjectClass as C;
        let out = fused(&[at(C::Vehicle, 0.2, 0.05), at(C::Vehicle, 0.3, 0.05)], &[at(C::Car, 0.19, 0.2)]);
        assert_eq!(out, [(C::Car, 0.19)]);
    }

    #[test]
    fn what_only_one_of_them_sees_stays_and_the_unwanted_goes() {
        use ObjectClass as C;
        let out = fused(&[at(C::Vehicle, 0.1, 0.1)], &[at(C::Car, 0.6, 0.2), at(C::Person, 0.1, 0.1)]);
        assert_eq!(out, [(C::Vehicle, 0.1), (C::Car, 0.6)]);
    }
}
