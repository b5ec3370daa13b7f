//! How a picture is made: noise, fonts, textures, the pinhole camera, the rasteriser and the sensor. It knows nothing
//! of roads, squares or truth, and draws the same pixels from the same numbers every time.

/// Repeatable noise.
pub(crate) mod noise;
/// Fonts of the distribution.
pub mod fonts;
/// Textures painted in metres.
pub(crate) mod paint;
/// World to picture and back.
pub(crate) mod pinhole;
/// Faces and limbs, several samples a pixel.
pub(crate) mod layer;
/// Shadows on the ground.
pub(crate) mod shadow;
/// What the sensor makes of a clean picture.
pub(crate) mod sensor;
/// The picture itself.
pub(crate) mod picture;
