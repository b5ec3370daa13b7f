//! Which cameras play in a stage, as the bundles that a node is given: the samples of the demo, a rush hour for tests that
//! need many passages in little time, or cameras that give trouble beside two that do not.

use anyhow::Result;
use contract::bundle::{
    CameraSpec, CamerasContent, GateSpec, LineCounts, LineSpec, Purpose, RulesContent, Sign, Transport, WrongWayRule,
};
use contract::event::Direction;
use contract::geometry::{Point, Segment};
use sample_video::truth::{GateTruth, Truth};

/// The body answerable for the sample gates.
pub const OFFICE: &str = "office";
/// The line across a gate's door.
pub const DOOR_LINE: &str = "door";
/// User and password of `/locked`, as the node's secret file holds them.
pub const RIGHT_SECRET: &str = "camera-right";
/// A secret with a wrong password.
pub const WRONG_SECRET: &str = "camera-wrong";

/// Who plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cast {
    /// The sample clips, one camera each.
    #[default]
    Samples,
    /// The sample gates alone.
    Gates,
    /// The sample road alone, whose one-way lane is forbidden both ways: every vehicle in it is a suspicion.
    Road,
    /// Three crossings at rush hour.
    Rush,
    /// One camera that misbehaves, one that refuses our password, and two good neighbours: one by UDP, one by H.265 with
    /// a password.
    Hard,
}

impl Cast {
    /// Do the sample gates play?
    #[must_use]
    pub const fn has_gates(self) -> bool {
        matches!(self, Self::Samples | Self::Gates)
    }

    /// The bundles for this cast, with the cameras on `rtsp_port`.
    pub fn bundles(self, truths: &[Truth], rtsp_port: u16) -> Result<(CamerasContent, RulesContent)> {
        match self {
            Self::Samples => samples(truths, rtsp_port),
            Self::Gates => samples(truths.iter().filter(|truth| truth.gate.is_some()), rtsp_port),
            Self::Road => road(truths, rtsp_port),
            Self::Rush => rush(rtsp_port),
            Self::Hard => hard(truths, rtsp_port),
        }
    }
}

fn camera(name: &str, title: &str, purpose: Purpose, uri: String) -> Result<CameraSpec> {
    let controller = match purpose {
        Purpose::Traffic => "traffic-police",
        Purpose::PeopleCounting => "tourism",
        Purpose::FaceAccess => OFFICE,
    };
    Ok(CameraSpec {
        name: name.parse()?,
        title: title.to_owned(),
        controller: controller.parse()?,
        purpose,
        uri,
        credential: None,
        transport: Transport::Tcp,
        latency_ms: 200,
        decoder: "auto".to_owned(),
        analysed_fps: 5,
        view_revision: 0,
        legal_basis: None,
        sign: None,
    })
}

fn line(camera: &CameraSpec, name: &str, counts: LineCounts, ends: [(f32, f32); 2]) -> Result<LineSpec> {
    let [a, b] = ends.map(|(x, y)| Point { x, y });
    Ok(LineSpec {
        name: name.parse()?,
        camera: camera.name.clone(),
        title: "Vạch mẫu".to_owned(),
        counts,
        segment: Segment { a, b },
    })
}

fn samples<'a>(truths: impl IntoIterator<Item = &'a Truth>, rtsp_port: u16) -> Result<(CamerasContent, RulesContent)> {
    let mut cameras = CamerasContent::default();
    let mut rules = RulesContent::default();
    for truth in truths {
        let traffic = truth.lines.iter().any(|l| l.counts == LineCounts::Vehicles);
        let purpose = match &truth.gate {
            Some(_) => Purpose::FaceAccess,
            None if traffic => Purpose::Traffic,
            None => Purpose::PeopleCounting,
        };
        let uri = format!("rtsp://127.0.0.1:{rtsp_port}/{}", truth.camera);
        let mut spec = camera(&truth.camera, title_of(&truth.camera), purpose, uri)?;
        if truth.camera == "square-1" {
            spec.transport = Transport::Udp;
        }
        if let Some(gate) = &truth.gate {
            rules.lines.push(line(
                &spec,
                DOOR_LINE,
                LineCounts::Persons,
                [gate.door.a, gate.door.b].map(|p| (p.x, p.y)),
            )?);
            rules.gates.push(gate_of(&mut spec, gate)?);
        }
        for line in &truth.lines {
            rules.lines.push(LineSpec {
                name: line.name.parse()?,
                camera: spec.name.clone(),
                title: line.title.clone(),
                counts: line.counts,
                segment: line.segment,
            });
        }
        for directed in &truth.directed {
            rules.wrong_way.push(WrongWayRule {
                name: "wrong-way".parse()?,
                version: 1,
                camera: spec.name.clone(),
                line: directed.line.parse()?,
                forbidden: directed.forbidden,
                violation_car: "C-WRONGWAY".to_owned(),
                violation_motorcycle: "M-WRONGWAY".to_owned(),
                valid_from: None,
                valid_to: None,
            });
        }
        cameras.cameras.push(spec);
    }
    Ok((cameras, rules))
}

fn road(truths: &[Truth], rtsp_port: u16) -> Result<(CamerasContent, RulesContent)> {
    let (cameras, mut rules) = samples(truths.iter().filter(|truth| truth.camera == "road-1"), rtsp_port)?;
    let turned: Vec<WrongWayRule> = rules
        .wrong_way
        .iter()
        .map(|rule| {
            let forbidden = match rule.forbidden {
                Direction::In => Direction::Out,
                Direction::Out => Direction::In,
            };
            Ok(WrongWayRule { name: "lane-closed".parse()?, forbidden, ..rule.clone() })
        })
        .collect::<Result<_>>()?;
    rules.wrong_way.extend(turned);
    Ok((cameras, rules))
}

/// A gate, and what its camera needs to be one. A face alone opens here: the doors are simulators.
fn gate_of(camera: &mut CameraSpec, gate: &GateTruth) -> Result<GateSpec> {
    camera.analysed_fps = 12;
    camera.latency_ms = 150;
    camera.legal_basis = Some("Quyết định mẫu, chỉ dùng cho trình diễn".to_owned());
    let text = "KHU VỰC CÓ CAMERA NHẬN DẠNG KHUÔN MẶT (MẪU)".to_owned();
    camera.sign = Some(Sign { text, since: "2026-11-01".to_owned() });
    Ok(GateSpec {
        name: gate.name.parse()?,
        title: gate.title.clone(),
        camera: camera.name.clone(),
        approach: gate.approach.clone(),
        dwell_ms: 300,
        eye_distance_px: 60,
        door: Some(gate.name.parse()?),
        door_line: Some(DOOR_LINE.parse()?),
        face_alone: true,
    })
}

/// Simulated doors for the gates of the truths, as lines of the node's settings.
#[must_use]
pub fn simulated_doors(truths: &[Truth]) -> String {
    let gates = truths.iter().filter_map(|t| t.gate.as_ref());
    gates
        .map(|gate| format!("\n[[doors]]\nname = {:?}\ntitle = {:?}\nkind = \"simulator\"\n", gate.name, gate.title))
        .collect()
}

fn title_of(camera: &str) -> &'static str {
    match camera {
        "road-1" => "Đường mẫu 1",
        "square-1" => "Quảng trường mẫu 1",
        "square-2" => "Quảng trường mẫu 2",
        "gate-1" => "Cổng mẫu 1",
        "gate-2" => "Cổng mẫu 2",
        _ => "Camera mẫu",
    }
}

fn rush(rtsp_port: u16) -> Result<(CamerasContent, RulesContent)> {
    let mut cameras = CamerasContent::default();
    let mut rules = RulesContent::default();
    for number in 1..=3 {
        let name = format!("rush-{number}");
        let uri = format!("rtsp://127.0.0.1:{rtsp_port}/rush");
        let mut spec = camera(&name, &format!("Giờ cao điểm mẫu {number}"), Purpose::Traffic, uri)?;
        // They drive half a picture a second: at five frames a second they would jump by more than their length.
        spec.analysed_fps = 10;
        rules.lines.push(line(&spec, "middle", LineCounts::Vehicles, [(0.5, 0.0), (0.5, 1.0)])?);
        cameras.cameras.push(spec);
    }
    Ok((cameras, rules))
}

fn hard(truths: &[Truth], rtsp_port: u16) -> Result<(CamerasContent, RulesContent)> {
    let address = |mount: &str| format!("rtsp://127.0.0.1:{rtsp_port}/{mount}");
    let neighbours: Vec<Truth> = truths.iter().filter(|t| t.camera.starts_with("square")).cloned().collect();
    let (mut cameras, mut rules) = samples(&neighbours, rtsp_port)?;
    for spec in cameras.cameras.iter_mut().filter(|c| c.name.as_str() == "square-2") {
        // The same clip behind a password.
        spec.uri = address("locked");
        spec.credential = Some(RIGHT_SECRET.to_owned());
    }
    let bad = camera("bad", "Camera hay hỏng", Purpose::PeopleCounting, address("bad"))?;
    rules.lines.push(line(&bad, "yard", LineCounts::Persons, [(0.5, 0.0), (0.5, 1.0)])?);
    let mut stranger = camera("stranger", "Camera sai mật khẩu", Purpose::PeopleCounting, address("locked"))?;
    stranger.credential = Some(WRONG_SECRET.to_owned());
    cameras.cameras.extend([bad, stranger]);
    Ok((cameras, rules))
}
