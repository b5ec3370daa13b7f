//! The sample scenes: who goes where and when (from which the truth follows) and how a frame of it looks. A scene knows
//! no files, no encoder and no network.

/// Number plates.
mod plates;
/// Cars, vans, motorcycles.
mod vehicles;
/// Buses and trucks.
mod heavy;
/// The road: ground, verge, things that stand there.
mod road_ground;
/// The road: traffic, truth and frames.
mod road;
/// Walking figures.
mod figures;
/// Who walks where.
mod walks;
/// The squares: ground and what stands behind it.
mod square_ground;
/// The squares: people, truth and frames.
mod square;
/// A small yard for the camera that misbehaves.
mod yard;

pub(crate) use yard::Yard;

use serde::{Deserialize, Serialize};

use crate::draw::fonts::{FontError, Fonts};
use crate::draw::sensor::Frame;
use crate::truth::Truth;

/// Frames a second of every clip.
pub const FPS: u32 = 25;
/// Width of every clip.
pub const WIDTH: usize = 1280;
/// Height of every clip.
pub const HEIGHT: usize = 720;

/// A scene, one camera each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scene {
    /// Traffic on a two-lane road.
    Road,
    /// People on a square, seen from the front.
    Square,
    /// People on a square, crossing from side to side.
    Square2,
}

impl Scene {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Road, Self::Square, Self::Square2];

    /// Name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Road => "road",
            Self::Square => "square",
            Self::Square2 => "square-2",
        }
    }

    /// Name of its camera.
    #[must_use]
    pub const fn camera(self) -> &'static str {
        match self {
            Self::Road => "road-1",
            Self::Square => "square-1",
            Self::Square2 => "square-2",
        }
    }

    /// Encoded as.
    #[must_use]
    pub const fn codec(self) -> Codec {
        match self {
            Self::Road | Self::Square => Codec::H264,
            Self::Square2 => Codec::H265,
        }
    }

    /// Seed of everything random in it.
    #[must_use]
    pub const fn seed(self) -> u64 {
        match self {
            Self::Road => 12_001,
            Self::Square => 12_002,
            Self::Square2 => 12_003,
        }
    }

    /// From its name or its camera's.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name || s.camera() == name)
    }

    /// Lays out the scene: trajectories and truth. Nothing is drawn yet.
    ///
    /// # Errors
    /// A font is missing.
    pub fn lay_out(self) -> Result<Stage, FontError> {
        let fonts = Fonts::load()?;
        Ok(Stage(match self {
            Self::Road => Inner::Road(Box::new(road::Road::new(self, fonts))),
            Self::Square | Self::Square2 => Inner::Square(Box::new(square::Square::new(self))),
        }))
    }
}

/// Video coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Codec {
    /// AVC.
    H264,
    /// HEVC.
    H265,
}

impl Codec {
    /// Name in truth files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::H264 => "h264",
            Self::H265 => "h265",
        }
    }
}

/// A scene ready to be drawn, in any order of frames.
#[derive(Debug)]
pub struct Stage(Inner);

#[derive(Debug)]
enum Inner {
    Road(Box<road::Road>),
    Square(Box<square::Square>),
}

impl Stage {
    /// What happens in it.
    #[must_use]
    pub fn truth(&self) -> &Truth {
        match &self.0 {
            Inner::Road(road) => &road.truth,
            Inner::Square(square) => &square.truth,
        }
    }

    /// Draws one frame; the same number gives the same pixels.
    pub fn frame(&mut self, number: u32) -> Frame {
        match &mut self.0 {
            Inner::Road(road) => road.frame(number),
            Inner::Square(square) => square.frame(number),
        }
    }
}
