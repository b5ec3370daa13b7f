//! Quality of faces: a drawn face spoilt in every way, and the astronaut's portrait where it is at hand.

use contract::enrolment::{EnrolmentAnswer, PictureFault};
use contract::geometry::Rect;

use super::*;
use crate::detection::ObjectClass;
use crate::inference::runtime::weights_or_note;
use crate::recognition::enroller::Enroller;

/// Where a drawn face's landmarks lie on a picture of 400 pixels: 80 pixels between the eyes.
const FACE: [(f32, f32); 5] = [(160., 160.), (240., 160.), (200., 203.), (168., 240.), (232., 240.)];

/// Not a face for any net, but skin with dark eyes and a mouth, and a grain.
fn drawn() -> BgrPicture {
    let mut picture = BgrPicture::filled(400, 400, [90, 110, 140]).unwrap();
    for (i, pixel) in picture.data.chunks_exact_mut(3).enumerate() {
        let (x, y) = ((i % 400) as f32, (i / 400) as f32);
        let dark = FACE.iter().any(|(px, py)| (x - px).abs() < 16.0 && (y - py).abs() < 9.0);
        let grain = ((i * 7919) >> 3) % 23;
        for value in pixel {
            *value = if dark { 30 } else { *value + (grain as u8) * 2 + (x / 10.0) as u8 };
        }
    }
    picture
}

fn points(face: &[(f32, f32)]) -> Vec<Point> {
    face.iter().map(|(x, y)| Point::new(x / 400.0, y / 400.0)).collect()
}

fn quality(picture: &BgrPicture, face: &[(f32, f32)], score: f32) -> FaceQuality {
    let detection =
        Detection { class: ObjectClass::Face, score, rect: Rect::new(0.3, 0.3, 0.4, 0.4), keypoints: points(face) };
    FaceQuality::of(picture, &detection, &detection.keypoints).unwrap()
}

fn faults(quality: &FaceQuality) -> Vec<PictureFault> {
    quality.verdict(&FaceLimits::ENROLMENT).faults
}

/// Every channel changed by a function.
fn changed(picture: &BgrPicture, change: impl Fn(f32) -> f32) -> BgrPicture {
    let data = picture.data.iter().map(|v| change(f32::from(*v)).clamp(0.0, 255.0) as u8).collect();
    BgrPicture::new(picture.width, picture.height, data).unwrap()
}

/// Shrunk and grown again: what a lens out of focus leaves.
fn blurred(picture: &BgrPicture, by: u32) -> BgrPicture {
    let small = picture.resized((picture.width / by).max(1), (picture.height / by).max(1)).unwrap();
    small.resized(picture.width, picture.height).unwrap()
}

#[test]
fn a_drawn_face_is_good_and_each_way_to_spoil_it_is_named() {
    let picture = drawn();
    let check = |picture: &BgrPicture, face: &[(f32, f32)], expected: &[PictureFault]| {
        let quality = quality(picture, face, 0.9);
        assert_eq!(faults(&quality), expected, "{quality:?}");
    };
    check(&picture, &FACE, &[]);
    check(&changed(&picture, |v| v * 0.2), &FACE, &[PictureFault::TooDark]);
    check(&changed(&picture, |v| v * 0.9 + 90.0), &FACE, &[PictureFault::TooBright]);
    check(&changed(&picture, |v| 60.0 + v * 0.05), &FACE, &[PictureFault::TooDark]);
    check(&blurred(&picture, 16), &FACE, &[PictureFault::Blurred]);
    let aside = FACE.map(|(x, y)| if (x, y) == FACE[2] { (x + 25.0, y) } else { (x, y) });
    check(&picture, &aside, &[PictureFault::Turned]);
    // A mask: smooth from the nose to the chin.
    let mut masked = picture.clone();
    for (i, pixel) in masked.data.chunks_exact_mut(3).enumerate() {
        if (210..290).contains(&(i / 400)) {
            pixel.copy_from_slice(&[200, 200, 200]);
        }
    }
    check(&masked, &FACE, &[PictureFault::Covered]);
    assert_eq!(faults(&quality(&picture, &FACE, 0.4)), [PictureFault::Covered]);
    // Half of it lies outside.
    let part = picture.crop(crate::picture::PixelRect { x: 200, y: 0, width: 200, height: 400 }).unwrap();
    let face: Vec<Point> = FACE.iter().map(|(x, y)| Point::new((x - 200.0) / 200.0, y / 400.0)).collect();
    assert!((share_inside(&part, &face, &MARKS).unwrap() - 0.5).abs() < 0.1);
}

#[test]
fn size_is_measured_on_the_picture_and_sharpness_is_not_asked_of_a_tiny_face() {
    let small = drawn().resized(100, 100).unwrap();
    let quality = quality(&small, &FACE, 0.9);
    assert!((quality.measures.eye_distance_px - 20.0).abs() < 0.1);
    assert_eq!(faults(&quality), [PictureFault::TooSmall]);
}

#[test]
fn sharpness_falls_with_every_blur_and_not_with_the_light() {
    let picture = drawn();
    let of = |picture: &BgrPicture| quality(picture, &FACE, 0.9).measures.sharpness;
    let falling = [of(&picture), of(&blurred(&picture, 3)), of(&blurred(&picture, 6)), of(&blurred(&picture, 12))];
    assert!(falling.windows(2).all(|pair| pair[0] > pair[1]), "{falling:?}");
    assert!((of(&changed(&picture, |v| v * 0.5)) / falling[0] - 1.0).abs() < 0.1);
}

#[test]
fn the_pose_has_the_right_signs() {
    let pose = |nose: (f32, f32)| {
        let mut face = FACE;
        face[2] = nose;
        Pose::of(&face).unwrap()
    };
    let front = pose((200.0, 204.8));
    assert!(front.yaw.abs() < 1.0 && front.pitch.abs() < 1.0 && front.roll.abs() < 0.01, "{front:?}");
    assert!(pose((215.0, 204.8)).yaw > 15.0 && pose((185.0, 204.8)).yaw < -15.0);
    assert!(pose((200.0, 190.0)).pitch > 10.0 && pose((200.0, 220.0)).pitch < -10.0);
    // The same face tilted by 30 degrees: only the roll changes.
    let (cos, sin) = (30f32.to_radians().cos(), 30f32.to_radians().sin());
    let tilted = FACE.map(|(x, y)| (x * cos - y * sin + 300.0, x * sin + y * cos));
    let (tilted, straight) = (Pose::of(&tilted).unwrap(), Pose::of(&FACE).unwrap());
    assert!((tilted.roll - 30.0).abs() < 0.1, "{tilted:?}");
    assert!((tilted.yaw - straight.yaw).abs() < 0.1 && (tilted.pitch - straight.pitch).abs() < 0.1);
    // BlazeFace's six.
    let six = [FACE[0], FACE[1], FACE[2], (200.0, 240.0), (130.0, 170.0), (270.0, 170.0)];
    assert!((Pose::of(&six).unwrap().pitch - straight.pitch).abs() < 0.1);
    assert!(Pose::of(&FACE[..3]).is_none());
}

/// The one free portrait that comes with a registry package (scikit-image), where `models/pull` has put it.
#[test]
fn the_portrait_is_enrolled_and_its_spoilt_copies_are_not() {
    let Some(store) = weights_or_note("the portrait's quality", &["blazeface", "dlib_resnet"]) else { return };
    let path = store.folder().join("cache/portrait.png");
    let Ok(file) = std::fs::read(&path) else {
        // Says what is missing in the same words as for weights.
        weights_or_note("the portrait's quality", &["portrait.png"]);
        return;
    };
    let limits = crate::picture::file::FileLimits { longest_side: 4000, memory_bytes: 1 << 28 };
    let portrait = crate::picture::file::decode(&file, limits).unwrap();
    let mut enroller = Enroller::open(&store).unwrap();
    let mut check = |picture: &BgrPicture, expected: &[PictureFault]| {
        let judged = enroller.judge("p".into(), &picture.to_jpeg(95).unwrap()).unwrap();
        for fault in expected {
            assert!(judged.verdict.faults.contains(fault), "{fault:?}: {:?}", judged.verdict);
        }
        assert_eq!(judged.verdict.good, expected.is_empty(), "{:?} {:?}", judged.verdict, judged.quality);
        assert_eq!(judged.templates.is_empty(), !judged.verdict.good);
        let _ = EnrolmentAnswer::Judged(judged);
    };
    check(&portrait, &[]);
    check(&changed(&portrait, |v| v * 0.15), &[PictureFault::TooDark]);
    check(&changed(&portrait, |v| v * 0.3 + 185.0), &[PictureFault::TooBright]);
    check(&blurred(&portrait, 10), &[PictureFault::Blurred]);
    check(&portrait.resized(portrait.width / 4, portrait.height / 4).unwrap(), &[PictureFault::TooSmall]);
    check(&BgrPicture::filled(300, 300, [90, 90, 90]).unwrap(), &[PictureFault::NoFace]);
}
