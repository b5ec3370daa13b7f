//! Lines, counting, violations: pure functions of tracks and time. Nothing here reads a clock, a picture or a setting
//! that is not a parameter, and nothing here has an effect: what comes out is a suggestion.

pub mod buckets;
pub mod lines;
pub mod wrong_way;

pub use buckets::{BucketReport, LineBuckets};
pub use lines::{LineCrossing, LineWatch};
pub use wrong_way::{WrongWay, WrongWayWatch};
