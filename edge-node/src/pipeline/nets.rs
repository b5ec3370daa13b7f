//! The nets a camera needs, by its purpose; and what of a camera's settings goes into the hash its events carry.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use contract::bundle::{CameraSpec, GateSpec, LineSpec, Purpose, RulesContent, WrongWayRule};
use contract::event::{ModelRef, PlateReading};
use contract::geometry::Point;
use contract::plate::VehicleHint;
use contract::signature::Sha256;

use super::reading::{Opinion, PlateReader};
use crate::detection::net::NetDetector;
use crate::detection::{ObjectClass, ObjectDetector};
use crate::inference::{ModelStore, Role};
use crate::picture::BgrPicture;
use crate::recognition::plate::{self, View};

/// Opens the model store of the settings, or the one found from here upwards.
pub fn open_store(dir: Option<&Path>) -> Result<ModelStore> {
    let store = match dir {
        Some(dir) => ModelStore::open(dir),
        None => ModelStore::find(),
    };
    store.context("opening the models (run models/pull)")
}

/// The nets of one camera in a replay.
pub struct Nets {
    detector: Option<NetDetector>,
    reader: Option<VehiclePlates>,
    models: BTreeMap<String, ModelRef>,
}

impl Nets {
    /// What a camera of this purpose needs.
    pub fn open(dir: Option<&Path>, purpose: Purpose) -> Result<Self> {
        let store = open_store(dir)?;
        let reader = if purpose == Purpose::Traffic { Some(VehiclePlates::open(&store)?) } else { None };
        Ok(Self { detector: open_detector(&store)?, reader, models: models_for(&store, purpose) })
    }

    /// The detector net, where the chosen candidate is one.
    pub fn detector(&mut self) -> Option<&mut (dyn ObjectDetector + 'static)> {
        self.detector.as_mut().map(|d| d as &mut (dyn ObjectDetector + 'static))
    }

    /// The plate reader.
    pub fn reader(&mut self) -> Option<&mut dyn PlateReader> {
        self.reader.as_mut().map(|r| r as &mut dyn PlateReader)
    }

    /// Has the plate reader somebody else to ask?
    #[must_use]
    pub fn has_second_opinion(&self) -> bool {
        self.reader.as_ref().is_some_and(PlateReader::has_second_opinion)
    }

    /// The models in use, by role.
    #[must_use]
    pub fn models(&self) -> BTreeMap<String, ModelRef> {
        self.models.clone()
    }
}

/// The detector net, where the chosen candidate is one; `None` for the method by motion alone.
pub fn open_detector(store: &ModelStore) -> Result<Option<NetDetector>> {
    NetDetector::best(store, Role::Detector).context("opening the detector")
}

/// The models that take part in the events of a camera of this purpose.
#[must_use]
pub fn models_for(store: &ModelStore, purpose: Purpose) -> BTreeMap<String, ModelRef> {
    let takes_part = |role: Role| match role {
        Role::Detector => true,
        Role::PlateDetector | Role::PlateReader => purpose == Purpose::Traffic,
        Role::FaceDetector | Role::FaceEmbedder | Role::SpoofCheck => purpose == Purpose::FaceAccess,
    };
    store
        .choices()
        .into_iter()
        .filter(|c| takes_part(c.role))
        .map(|c| (c.role.as_str().to_owned(), c.to_reference()))
        .collect()
}

/// SHA-256 over everything that decides what a camera's events mean.
#[must_use]
pub fn config_sha(spec: &CameraSpec, rules: &RulesContent) -> Sha256 {
    let lines: Vec<&LineSpec> = rules.lines.iter().filter(|l| l.camera == spec.name).collect();
    let wrong_way: Vec<&WrongWayRule> = rules.wrong_way.iter().filter(|r| r.camera == spec.name).collect();
    let gates: Vec<&GateSpec> = rules.gates.iter().filter(|g| g.camera == spec.name).collect();
    let text = serde_json::to_vec(&(spec, lines, wrong_way, gates)).expect("settings have string keys only");
    Sha256::of(&text)
}

/// The plate of one vehicle, out of everything that is read on its crop.
pub struct VehiclePlates(plate::PlateReader);

impl VehiclePlates {
    /// With the nets of this machine.
    pub fn open(store: &ModelStore) -> Result<Self> {
        Ok(Self(plate::PlateReader::open(store).context("opening the plate reader")?))
    }
}

impl PlateReader for VehiclePlates {
    fn read(&mut self, crop: &BgrPicture, class: ObjectClass, opinion: Opinion) -> Result<Option<PlateReading>> {
        let (width, height) = (crop.width as f32, crop.height as f32);
        let reads = match opinion {
            Opinion::First => self.0.read(crop, View::Vehicle, wheels(class))?,
            Opinion::Second => self.0.second_opinion(crop, View::Vehicle, wheels(class))?,
        };
        // A neighbour's plate may stand in the crop's corner: the vehicle's own is near the middle, in the lower part.
        let off = |read: &plate::PlateRead| {
            let (x, y) = read.corners.iter().fold((0.0, 0.0), |(x, y), c| (x + c.0 / 4.0, y + c.1 / 4.0));
            ((x / width - 0.5).abs(), y / height)
        };
        let own = reads.into_iter().find(|read| {
            let (aside, down) = off(read);
            aside < 0.42 && down > 0.2
        });
        Ok(own.map(|read| read.to_event(|x, y| Point::new(x / width, y / height))))
    }

    fn has_second_opinion(&self) -> bool {
        self.0.has_second_opinion()
    }
}

/// What the class says of the plate; `Vehicle` says nothing.
fn wheels(class: ObjectClass) -> Option<VehicleHint> {
    match class {
        ObjectClass::Motorcycle | ObjectClass::Bicycle => Some(VehicleHint::TwoWheels),
        ObjectClass::Car | ObjectClass::Bus | ObjectClass::Truck => Some(VehicleHint::FourWheels),
        _ => None,
    }
}
