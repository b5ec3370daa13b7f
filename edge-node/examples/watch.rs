//! Watches a file the way the node does (activity, motion, tracks, one line) and prints what it counts; with a folder it
//! draws what it saw, so that a person can look. For people who tune the stages; no part of the product.
//!
//! `watch FILE people|traffic AX,AY,BX,BY [FOLDER [EVERY]]`

#![expect(clippy::print_stdout, reason = "an example prints")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use contract::bundle::{CameraSpec, LineCounts, LineSpec, Purpose};
use contract::clock::UtcMicros;
use contract::event::Direction;
use contract::geometry::{Point, Rect, Segment};
use edge_node::activity::background::{MOVING, SHADOW};
use edge_node::activity::{ACTIVITY_HEIGHT, ACTIVITY_WIDTH, Activity};
use edge_node::camera::replay::Replay;
use edge_node::detection::motion::MotionDetector;
use edge_node::picture::BgrPicture;
use edge_node::rules::LineWatch;
use edge_node::tracking::{EndReason, Ended, Phase, Tracker};

type Fault = Box<dyn std::error::Error>;

fn main() -> Result<(), Fault> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [file, purpose, line, drawing @ ..] = words.as_slice() else {
        return Err("usage: watch FILE people|traffic AX,AY,BX,BY [FOLDER [EVERY]]".into());
    };
    let people = purpose == "people";
    let purpose = if people { Purpose::PeopleCounting } else { Purpose::Traffic };
    let ends: Vec<f32> = line.split(',').map(str::parse).collect::<Result<_, _>>()?;
    let [ax, ay, bx, by] = ends[..] else { return Err("a line is AX,AY,BX,BY".into()) };
    let segment = Segment { a: Point::new(ax, ay), b: Point::new(bx, by) };
    let folder = drawing.first().map(PathBuf::from);
    let every: u64 = drawing.get(1).map_or(Ok(10), |n| n.parse())?;
    let spec: CameraSpec = serde_json::from_value(serde_json::json!({
        "name": "watched", "title": "", "controller": "nobody", "purpose": purpose, "uri": "test:"
    }))?;
    let counts = if people { LineCounts::Persons } else { LineCounts::Vehicles };
    let line = LineSpec { name: "line".parse()?, camera: "watched".parse()?, title: String::new(), counts, segment };

    let mut replay = Replay::open(&spec, Path::new(file), UtcMicros(0))?;
    let (mut activity, mut motion, mut tracker) = (Activity::new(), MotionDetector::new(purpose), Tracker::new());
    let mut watch = LineWatch::new(line);
    let mut crossings = Vec::new();
    let mut ended = Vec::new();
    let mut spent: BTreeMap<&str, f64> = BTreeMap::new();
    let mut views: BTreeMap<String, u64> = BTreeMap::new();
    let mut frames = 0u64;
    loop {
        let began = Instant::now();
        let Some(frame) = replay.next_frame()? else { break };
        let mut mark = began;
        let mut clock = |what: &'static str| {
            *spent.entry(what).or_default() += mark.elapsed().as_secs_f64() * 1e3;
            mark = Instant::now();
        };
        clock("decode");
        frames += 1;
        let at = frame.time.captured_at;
        let grey = frame.picture.grey(ACTIVITY_WIDTH, ACTIVITY_HEIGHT)?;
        clock("scale");
        let looked = activity.look(&grey, at)?;
        clock("activity");
        let detections = motion.detect(&looked.foreground)?;
        clock("motion");
        let gone = tracker.update(&detections, at);
        clock("tracking");
        for track in tracker.believed() {
            crossings.extend(watch.look(track));
        }
        for Ended { track, reason } in &gone {
            crossings.extend(watch.end(track, *reason));
        }
        clock("lines");
        ended.extend(gone);
        if !looked.view.counts() {
            *views.entry(format!("{:?}", looked.view.troubles())).or_default() += 1;
        }
        if let Some(folder) = folder.as_ref().filter(|_| frames.is_multiple_of(every)) {
            let mut picture = frame.picture.bgr(WHOLE, Some(ACTIVITY_WIDTH))?;
            let (w, h) = (picture.width, picture.height);
            for y in 0..h {
                for x in 0..w {
                    let (mx, my) = (x * ACTIVITY_WIDTH / w, y * ACTIVITY_HEIGHT / h);
                    let channel = match looked.foreground.mask.data[(my * ACTIVITY_WIDTH + mx) as usize] {
                        MOVING => 1,
                        SHADOW => 0,
                        _ => continue,
                    };
                    let p = &mut picture.data[((y * w + x) * 3) as usize + channel];
                    *p = p.saturating_add(90);
                }
            }
            for detection in &detections {
                outline(&mut picture, detection.rect, [255, 255, 255]);
            }
            for track in tracker.tracks() {
                let colour = match track.phase {
                    Phase::Tentative => [0, 255, 255],
                    Phase::Confirmed => [0, 0, 255],
                    Phase::Lost => [255, 0, 255],
                };
                outline(&mut picture, track.rect, colour);
                for point in &track.path {
                    dot(&mut picture, point.foot, TRACK_COLOURS[track.id.0 as usize % TRACK_COLOURS.len()]);
                }
            }
            for i in 0..=200 {
                let share = i as f32 / 200.0;
                let at = Point::new(ax + (bx - ax) * share, ay + (by - ay) * share);
                dot(&mut picture, at, [0, 255, 0]);
            }
            let name = folder.join(format!("{:06.1}s.png", at.0 as f64 / 1e6));
            image::save_buffer(name, &picture.to_rgb(), w, h, image::ExtendedColorType::Rgb8)?;
        }
    }
    for end in tracker.end_all(EndReason::StreamLost) {
        crossings.extend(watch.end(&end.track, end.reason));
        ended.push(end);
    }
    crossings.sort_by_key(|c| c.at);
    for c in &crossings {
        let doubt = if c.doubtful { " doubtful" } else { "" };
        println!("{:7.1} s  track {:3}  {:?}{doubt}", c.at.0 as f64 / 1e6, c.track.0, c.direction);
    }
    println!("tracks that travelled:");
    for Ended { track, reason } in ended.iter().filter(|e| e.track.has_travelled()) {
        let (class, share) = track.class();
        let s = |t: UtcMicros| t.0 as f64 / 1e6;
        let span = (s(track.first_seen), s(track.last_seen));
        let doubt = if track.doubtful_identity { " doubtful" } else { "" };
        println!(
            "  {:3} {class:?} {share:.2} {:6.1}..{:6.1} s, {} sightings, went {:.1} sizes, {reason:?}{doubt}",
            track.id.0, span.0, span.1, track.sightings, track.travelled
        );
    }
    let way = |d| crossings.iter().filter(|c| c.direction == d && !c.doubtful).count();
    let doubtful = crossings.iter().filter(|c| c.doubtful).count();
    let travelled = ended.iter().filter(|e| e.track.has_travelled()).count();
    println!(
        "{frames} frames, {} tracks of which {travelled} travelled; in {} out {} doubtful {doubtful}; view {views:?}",
        ended.len(),
        way(Direction::In),
        way(Direction::Out)
    );
    let each: Vec<String> = spent.iter().map(|(what, ms)| format!("{what} {:.2}", ms / frames.max(1) as f64)).collect();
    println!("ms a frame (wall): {}", each.join(", "));
    Ok(())
}

const WHOLE: Rect = Rect::new(0.0, 0.0, 1.0, 1.0);
const TRACK_COLOURS: [[u8; 3]; 6] =
    [[255, 128, 0], [0, 200, 255], [200, 0, 200], [0, 128, 255], [128, 255, 0], [255, 0, 128]];

fn dot(picture: &mut BgrPicture, at: Point, colour: [u8; 3]) {
    let (x, y) = ((at.x * picture.width as f32) as i64, (at.y * picture.height as f32) as i64);
    for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
        let (x, y) = (x + dx, y + dy);
        if (0..i64::from(picture.width)).contains(&x) && (0..i64::from(picture.height)).contains(&y) {
            let i = ((y * i64::from(picture.width) + x) * 3) as usize;
            picture.data[i..i + 3].copy_from_slice(&colour);
        }
    }
}

fn outline(picture: &mut BgrPicture, rect: Rect, colour: [u8; 3]) {
    for i in 0..=300 {
        let share = i as f32 / 300.0;
        for (x, y) in [(share, 0.0), (share, 1.0), (0.0, share), (1.0, share)] {
            dot(picture, Point::new(rect.x + rect.w * x, rect.y + rect.h * y), colour);
        }
    }
}
