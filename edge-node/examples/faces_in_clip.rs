//! Looks at a clip with every face detector and embedder of this machine and prints what they see: boxes, eye distances,
//! how alike each face is to a portrait's, where the nose stands between the eyes, and what the spoof check says. For
//! people who draw or tune the sample gate; no part of the product, and no template leaves it.
//!
//! `faces_in_clip CLIP PORTRAIT [EVERY_S [FROM_S TO_S]]`

#![expect(clippy::print_stdout, reason = "an example prints")]

use std::path::Path;

use contract::bundle::CameraSpec;
use contract::clock::UtcMicros;
use contract::geometry::{Point, Rect};
use edge_node::camera::replay::Replay;
use edge_node::detection::net::NetDetector;
use edge_node::detection::{Detection, ObjectDetector as _};
use edge_node::inference::ModelStore;
use edge_node::picture::BgrPicture;
use edge_node::recognition::face::FaceEmbedder;
use edge_node::recognition::face_spoof::{Liveness, SpoofCheck};
use edge_node::recognition::face_template::FaceTemplate;

type Fault = Box<dyn std::error::Error>;
/// An embedder by name, and what it makes of the portrait.
type Portrayed = (&'static str, FaceEmbedder, FaceTemplate);

fn main() -> Result<(), Fault> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [clip, portrait, times @ ..] = words.as_slice() else {
        return Err("usage: faces_in_clip CLIP PORTRAIT [EVERY_S [FROM_S TO_S]]".into());
    };
    let times: Vec<f64> = times.iter().map(|t| t.parse()).collect::<Result<_, _>>()?;
    let every = times.first().copied().unwrap_or(1.0);
    let (from, to) = (times.get(1).copied().unwrap_or(0.0), times.get(2).copied().unwrap_or(f64::MAX));
    edge_node::picture::work_on_one_thread()?;
    let store = ModelStore::find()?;
    let named = |names: &[&'static str]| names.iter().copied().filter(|n| store.has(n)).collect::<Vec<_>>();
    let mut spoof = SpoofCheck::open(&store)?;
    let mut looks: Vec<(&str, NetDetector, Vec<Portrayed>)> = Vec::new();
    let whole = image::open(portrait)?.to_rgb8();
    let whole = BgrPicture::from_rgb(whole.width(), whole.height(), whole.into_raw())?;
    for detector in named(&["blazeface", "yunet_s"]) {
        let mut net = NetDetector::named(&store, detector)?;
        let face = largest(net.detect(&whole)?).ok_or("the portrait shows no face")?;
        println!("{detector} on the portrait: {}", described(&face, &whole));
        let mut embedders = Vec::new();
        for name in named(&["dlib_resnet", "reidentification_0095"]) {
            let mut embedder = FaceEmbedder::named(&store, name)?;
            let template = embedder.embed(&whole, &face.keypoints)?;
            embedders.push((name, embedder, template));
        }
        looks.push((detector, net, embedders));
    }

    let spec: CameraSpec = serde_json::from_value(serde_json::json!({
        "name": "watched", "title": "", "controller": "nobody", "purpose": "people_counting", "uri": "test:"
    }))?;
    let mut replay = Replay::open(&spec, Path::new(clip), UtcMicros(0))?;
    let mut next = from;
    while let Some(frame) = replay.next_frame()? {
        let at = frame.time.captured_at.0 as f64 / 1e6;
        if at + 1e-6 < next {
            continue;
        }
        if at > to {
            break;
        }
        next += every;
        let picture = frame.picture.bgr(Rect::new(0.0, 0.0, 1.0, 1.0), None)?;
        for (detector, net, embedders) in &mut looks {
            for face in net.detect(&picture)? {
                let mut line = format!("{at:6.2} s  {detector:9}  {}", described(&face, &picture));
                for (name, embedder, template) in embedders.iter_mut() {
                    let alike = embedder.embed(&picture, &face.keypoints)?.similarity(template);
                    line += &format!("  {} {:5.2}", &name[..4], alike.unwrap_or(f32::NAN));
                }
                if let Liveness::Score(live) = spoof.check(&picture, face.rect)? {
                    line += &format!("  live {live:.2}");
                }
                println!("{line}");
            }
        }
    }
    Ok(())
}

fn largest(faces: Vec<Detection>) -> Option<Detection> {
    faces.into_iter().max_by(|a, b| a.rect.area().total_cmp(&b.rect.area()))
}

/// The box, the eyes' distance, and the nose in the frame of eyes and mouth.
fn described(face: &Detection, picture: &BgrPicture) -> String {
    let (w, h) = (picture.width as f32, picture.height as f32);
    let r = face.rect;
    let at = |p: &Point| (p.x * w, p.y * h);
    let (right, left, nose) = (at(&face.keypoints[0]), at(&face.keypoints[1]), at(&face.keypoints[2]));
    let mouth = if face.keypoints.len() == 5 {
        let (a, b) = (at(&face.keypoints[3]), at(&face.keypoints[4]));
        ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0)
    } else {
        at(&face.keypoints[3])
    };
    let eyes = (left.0 - right.0).hypot(left.1 - right.1);
    let middle = ((left.0 + right.0) / 2.0, (left.1 + right.1) / 2.0);
    // Along the eyes, in eye distances; and down, as a share of the way to the mouth.
    let (ex, ey) = ((left.0 - right.0) / eyes, (left.1 - right.1) / eyes);
    let (nx, ny) = (nose.0 - middle.0, nose.1 - middle.1);
    let (mx, my) = (mouth.0 - middle.0, mouth.1 - middle.1);
    let across = (nx * ex + ny * ey) / eyes;
    let down = (ny * ex - nx * ey) / (my * ex - mx * ey).max(1.0);
    format!(
        "score {:.2} box {:4.0},{:3.0} {:3.0}x{:3.0} eyes {eyes:5.1} px nose {across:+.2},{down:.2}",
        face.score,
        r.x * w,
        r.y * h,
        r.w * w,
        r.h * h
    )
}
