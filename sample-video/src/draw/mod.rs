//! How a picture is made: noise, fonts, textures, the pinhole camera, the rasteriser and the sensor. It knows nothing
//! of roads, squares or truth, and draws the same pixels from the same numbers every time.

/// Fonts of the distribution.
pub mod fonts;
/// Faces and limbs, several samples a pixel.
pub(crate) mod layer;
/// Repeatable noise.
pub(crate) mod noise;
/// Textures painted in metres.
pub(crate) mod paint;
/// The picture itself.
pub(crate) mod picture;
/// World to picture and back.
pub(crate) mod pinhole;
/// What the sensor makes of a clean picture.
pub(crate) mod sensor;
/// Shadows on the ground.
pub(crate) mod shadow;
