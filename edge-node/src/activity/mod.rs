//! Does anything move, and is the view the one that was set up? Decides what is worth detecting. Knows small grey
//! pictures, not cameras, and never what it is that moves.

pub mod background;
pub mod view;

use contract::clock::UtcMicros;
use contract::geometry::Rect;

pub use background::{Background, Foreground};
pub use view::{KnownView, View, ViewFinding};

use crate::picture::{GreyPicture, PictureError};

/// Width of the picture activity is judged on.
pub const ACTIVITY_WIDTH: u32 = 640;
/// Height of the picture activity is judged on.
pub const ACTIVITY_HEIGHT: u32 = 360;

/// What one look at a frame found.
#[derive(Debug)]
pub struct Looked {
    /// What moves, by pixel.
    pub foreground: Foreground,
    /// Boxes around what moves.
    pub moving: Vec<Rect>,
    /// Share of the picture that moves, 0..1.
    pub share: f32,
    /// What is wrong with the view.
    pub view: ViewFinding,
}

/// Watches one camera.
pub struct Activity {
    background: Background,
    view: View,
}

impl Default for Activity {
    fn default() -> Self {
        Self::new()
    }
}

impl Activity {
    /// Knows nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self { background: Background::new(), view: View::new() }
    }

    /// Looks at a frame's brightness at [`ACTIVITY_WIDTH`] × [`ACTIVITY_HEIGHT`]. `at` comes from a clock that never jumps:
    /// what is learned here outlives every correction of the wall clock.
    pub fn look(&mut self, grey: &GreyPicture, at: UtcMicros) -> Result<Looked, PictureError> {
        let view = self.view.look(grey, at)?;
        let foreground = self.background.look(grey, at)?;
        let moving = foreground.boxes()?;
        let share = foreground.share();
        Ok(Looked { foreground, moving, share, view })
    }

    /// What was learned of the view, once it is known well enough to judge by.
    #[must_use]
    pub fn known_view(&self) -> Option<KnownView> {
        self.view.known()
    }

    /// Judges the view by what was learned before. `recent`: so short a while ago that even the light is the same.
    pub fn judge_view_by(&mut self, known: &KnownView, recent: bool) {
        self.view.judge_by(known, recent);
    }
}
