//! One frame of one camera, and the slot between camera and analysis: newest wins, drops are counted with their reason.
//! A frame is memory only: it is never stored or sent as it is. Nothing here waits for a camera or knows GStreamer.

use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use contract::clock::CaptureTime;
use contract::geometry::Rect;
use contract::ids::CameraName;
use opencv::boxed_ref::BoxedRef;
use opencv::core::{Mat, MatTraitConst, Rect as CvRect, Size};
use opencv::imgproc;

use crate::picture::{BgrPicture, GreyPicture, PictureError, PixelRect};

/// A decoded frame with its time.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The camera it came from.
    pub camera: CameraName,
    /// Counts the frames taken up from this camera since the node started; gaps are drops.
    pub number: u64,
    /// When it was captured.
    pub time: CaptureTime,
    /// What is on it.
    pub picture: Picture,
}

/// The bytes behind a [`Picture`]: brightness and the two colour planes, wherever they lie.
///
/// Implemented by a mapped decoder buffer (`camera/`) and by owned bytes, so that no frame is copied on its way in.
pub(crate) trait Planes: Send + Sync {
    /// Plane 0, 1 or 2; at least `stride × rows` bytes, the last row may end at its last pixel.
    fn plane(&self, index: usize) -> &[u8];
    /// Bytes from one row to the next.
    fn stride(&self, index: usize) -> usize;
}

/// A picture as decoders deliver it: I420, full brightness, colour at half width and height. Cheap to clone.
#[derive(Clone)]
pub struct Picture {
    width: u32,
    height: u32,
    planes: Arc<dyn Planes>,
}

// The pixels would fill a log, and may show a face.
impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({}x{})", self.width, self.height)
    }
}

struct OwnedPlanes {
    planes: [Vec<u8>; 3],
    strides: [usize; 3],
}

impl Planes for OwnedPlanes {
    fn plane(&self, index: usize) -> &[u8] {
        &self.planes[index]
    }
    fn stride(&self, index: usize) -> usize {
        self.strides[index]
    }
}

fn doing(doing: &'static str) -> impl FnOnce(opencv::Error) -> PictureError {
    move |source| PictureError::OpenCv { doing, source }
}

/// The size of a plane: plane 0 is whole, the others are halved and rounded up.
fn plane_size(width: u32, height: u32, index: usize) -> (usize, usize) {
    if index == 0 {
        (width as usize, height as usize)
    } else {
        (width.div_ceil(2) as usize, height.div_ceil(2) as usize)
    }
}

impl Picture {
    /// A picture over planes that lie elsewhere; refused when a plane is too short for its size.
    pub(crate) fn over(width: u32, height: u32, planes: Arc<dyn Planes>) -> Result<Self, PictureError> {
        if width == 0 || height == 0 || width > 16_384 || height > 16_384 {
            return Err(PictureError::WrongSize { width, height });
        }
        for index in 0..3 {
            let (w, h) = plane_size(width, height, index);
            let stride = planes.stride(index);
            let needed = stride * (h - 1) + w;
            let got = planes.plane(index).len();
            if stride < w || got < needed {
                return Err(PictureError::WrongLength { width, height, needed, got });
            }
        }
        Ok(Self { width, height, planes })
    }

    /// A picture from packed planes of its own.
    pub fn from_planes(width: u32, height: u32, planes: [Vec<u8>; 3]) -> Result<Self, PictureError> {
        let strides = [0, 1, 2].map(|i| plane_size(width, height, i).0);
        Self::over(width, height, Arc::new(OwnedPlanes { planes, strides }))
    }

    /// A picture from colours; an odd last row or column is repeated. For tests and pictures from files.
    pub fn from_bgr(picture: &BgrPicture) -> Result<Self, PictureError> {
        let (w, h) = (picture.width & !1, picture.height & !1);
        if w == 0 || h == 0 {
            return Err(PictureError::WrongSize { width: picture.width, height: picture.height });
        }
        let even = picture.crop(PixelRect { x: 0, y: 0, width: w, height: h })?;
        let mut yuv = Mat::default();
        imgproc::cvt_color_def(&even.as_mat()?, &mut yuv, imgproc::COLOR_BGR2YUV_I420)
            .map_err(doing("taking the colours apart"))?;
        let all = GreyPicture::from_mat(&yuv)?.data;
        let (whole, quarter) = ((w * h) as usize, (w * h / 4) as usize);
        let planes = [
            all[..whole].to_vec(),
            all[whole..whole + quarter].to_vec(),
            all[whole + quarter..whole + 2 * quarter].to_vec(),
        ];
        Self::from_planes(w, h, planes)
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// A copy that owns its bytes and gives a decoder's buffer back: a decoder in hardware has only a handful, and stops
    /// when somebody keeps them.
    pub fn detached(&self) -> Result<Self, PictureError> {
        let planes = [0, 1, 2].map(|index| {
            let (w, h) = plane_size(self.width, self.height, index);
            let (bytes, stride) = (self.planes.plane(index), self.planes.stride(index));
            let mut out = Vec::with_capacity(w * h);
            for row in 0..h {
                out.extend_from_slice(&bytes[row * stride..row * stride + w]);
            }
            out
        });
        Self::from_planes(self.width, self.height, planes)
    }

    /// Brightness alone at another size; colours are never touched.
    pub fn grey(&self, width: u32, height: u32) -> Result<GreyPicture, PictureError> {
        let whole = CvRect::new(0, 0, self.width as i32, self.height as i32);
        GreyPicture::from_mat(&self.scaled_plane(0, whole, (width, height))?)
    }

    /// The part of the picture in a relative box, in colours, at most `max_width` pixels wide. Scaled before it is
    /// converted: a third of the cost of the other order (toolchain notes, 1080p).
    pub fn bgr(&self, rect: Rect, max_width: Option<u32>) -> Result<BgrPicture, PictureError> {
        let empty = PictureError::WrongSize { width: 0, height: 0 };
        let part = PixelRect::of(rect, self.width, self.height).ok_or(empty)?;
        // Colour planes are halved: an even corner keeps them in step with the brightness.
        // An odd last row or column has no colour of its own and is left out.
        let (even_w, even_h) = (self.width & !1, self.height & !1);
        if even_w == 0 || even_h == 0 {
            return Err(PictureError::WrongSize { width: part.width, height: part.height });
        }
        let (x, y) = ((part.x & !1).min(even_w - 2), (part.y & !1).min(even_h - 2));
        let right = (part.x + part.width).next_multiple_of(2).min(even_w);
        let bottom = (part.y + part.height).next_multiple_of(2).min(even_h);
        let (w, h) = (right - x, bottom - y);
        let (out_w, out_h) = match max_width {
            Some(limit) if limit < w => (limit.max(2), (u64::from(h) * u64::from(limit.max(2)) / u64::from(w)) as u32),
            _ => (w, h),
        };
        let (out_w, out_h) = (out_w & !1, (out_h & !1).max(2));
        let cut = CvRect::new(x as i32, y as i32, w as i32, h as i32);
        let half = CvRect::new((x / 2) as i32, (y / 2) as i32, (w / 2) as i32, (h / 2) as i32);
        let mut yuv = Vec::with_capacity((out_w * out_h * 3 / 2) as usize);
        for (index, part, size) in
            [(0, cut, (out_w, out_h)), (1, half, (out_w / 2, out_h / 2)), (2, half, (out_w / 2, out_h / 2))]
        {
            yuv.extend_from_slice(&GreyPicture::from_mat(&self.scaled_plane(index, part, size)?)?.data);
        }
        let yuv = GreyPicture::new(out_w, out_h * 3 / 2, yuv)?;
        let mut bgr = Mat::default();
        imgproc::cvt_color_def(&yuv.as_mat()?, &mut bgr, imgproc::COLOR_YUV2BGR_I420)
            .map_err(doing("putting the colours together"))?;
        BgrPicture::from_mat(&bgr)
    }

    /// The whole picture in colours.
    pub fn whole_bgr(&self) -> Result<BgrPicture, PictureError> {
        self.bgr(Rect::new(0.0, 0.0, 1.0, 1.0), None)
    }

    /// A part of one plane at another size.
    fn scaled_plane(&self, index: usize, part: CvRect, (width, height): (u32, u32)) -> Result<Mat, PictureError> {
        if width == 0 || height == 0 {
            return Err(PictureError::WrongSize { width, height });
        }
        let (w, h) = plane_size(self.width, self.height, index);
        let (bytes, stride) = (self.planes.plane(index), self.planes.stride(index));
        // A last row without its padding would not fill OpenCV's rectangle: then one copy is unavoidable.
        let padded;
        let bytes = if bytes.len() >= stride * h {
            &bytes[..stride * h]
        } else {
            padded = [bytes, &vec![0; stride * h - bytes.len()]].concat();
            &padded[..]
        };
        let mat =
            Mat::new_rows_cols_with_bytes::<u8>(h as i32, stride as i32, bytes).map_err(doing("looking at a plane"))?;
        debug_assert!(part.x + part.width <= w as i32, "the part lies in the plane");
        let seen: BoxedRef<'_, Mat> = Mat::roi(&mat, part).map_err(doing("cutting a plane"))?;
        if (seen.cols(), seen.rows()) == (width as i32, height as i32) {
            return seen.try_clone().map_err(doing("copying a plane"));
        }
        let shrinking = (width as i32) < seen.cols() || (height as i32) < seen.rows();
        let how = if shrinking { imgproc::INTER_AREA } else { imgproc::INTER_LINEAR };
        let mut out = Mat::default();
        imgproc::resize(&seen, &mut out, Size::new(width as i32, height as i32), 0.0, 0.0, how)
            .map_err(doing("scaling a plane"))?;
        Ok(out)
    }
}

/// What [`FrameSlot::take`] found.
#[derive(Debug)]
pub enum Taken {
    /// The newest frame.
    Frame(Frame),
    /// Nothing came in time.
    Nothing,
    /// Nothing will come any more.
    Closed,
}

/// A frame that was overwritten before anybody looked at it.
pub const DROP_REPLACED: &str = "replaced_by_newer";
/// A frame that came after the slot was closed.
pub const DROP_CLOSED: &str = "closed";

#[derive(Debug, Default)]
struct SlotState {
    frame: Option<Frame>,
    closed: bool,
    put: u64,
    taken: u64,
    dropped: BTreeMap<String, u64>,
}

/// The place of one frame between a camera's thread and the analysis: a newer one replaces the one nobody took.
#[derive(Debug, Default)]
pub struct FrameSlot {
    state: Mutex<SlotState>,
    changed: Condvar,
}

/// What went through a slot since it was made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SlotFigures {
    /// Frames put in.
    pub put: u64,
    /// Frames taken out.
    pub taken: u64,
    /// Frames dropped, by reason.
    pub dropped: BTreeMap<String, u64>,
}

impl FrameSlot {
    /// An empty slot.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    // A panic elsewhere cannot leave the state half-changed: every change below is complete at its unlock.
    fn lock(&self) -> MutexGuard<'_, SlotState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts the newest frame in; the one before, if nobody took it, is dropped and counted.
    pub fn put(&self, frame: Frame) {
        let mut state = self.lock();
        if state.closed {
            *state.dropped.entry(DROP_CLOSED.to_owned()).or_default() += 1;
            return;
        }
        state.put += 1;
        if state.frame.replace(frame).is_some() {
            *state.dropped.entry(DROP_REPLACED.to_owned()).or_default() += 1;
        }
        self.changed.notify_one();
    }

    /// Counts frames that were dropped before they reached the slot.
    pub fn count_dropped(&self, reason: &str, frames: u64) {
        if frames > 0 {
            *self.lock().dropped.entry(reason.to_owned()).or_default() += frames;
        }
    }

    /// Takes the newest frame, waiting for one at most this long.
    pub fn take(&self, wait: Duration) -> Taken {
        let state = self.lock();
        let (mut state, _) = self
            .changed
            .wait_timeout_while(state, wait, |s| s.frame.is_none() && !s.closed)
            .unwrap_or_else(PoisonError::into_inner);
        match state.frame.take() {
            Some(frame) => {
                state.taken += 1;
                Taken::Frame(frame)
            }
            None if state.closed => Taken::Closed,
            None => Taken::Nothing,
        }
    }

    /// No frame comes any more; a frame still inside can be taken.
    pub fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    /// What went through so far.
    #[must_use]
    pub fn figures(&self) -> SlotFigures {
        let state = self.lock();
        SlotFigures { put: state.put, taken: state.taken, dropped: state.dropped.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::clock::{ClockSource, UtcMicros};

    /// Left half dark blue, right half bright red.
    fn halves(width: u32, height: u32) -> BgrPicture {
        let row: Vec<u8> = (0..width).flat_map(|x| if x < width / 2 { [120, 0, 0] } else { [30, 30, 220] }).collect();
        BgrPicture::new(width, height, row.repeat(height as usize)).unwrap()
    }

    fn frame(number: u64) -> Frame {
        let time = CaptureTime {
            captured_at: UtcMicros(0),
            clock_error_ms: 0,
            clock_source: ClockSource::File,
            monotonic_us: 0,
        };
        Frame { camera: "c".parse().unwrap(), number, time, picture: Picture::from_bgr(&halves(4, 4)).unwrap() }
    }

    /// The same picture with rows wider than the picture, as decoders align them.
    fn with_padding(picture: &Picture, extra: usize) -> Picture {
        let (width, height) = picture.size();
        let mut strides = [0; 3];
        let planes = [0, 1, 2].map(|i| {
            let (w, h) = plane_size(width, height, i);
            strides[i] = w + extra;
            let mut out = Vec::new();
            for row in 0..h {
                out.extend_from_slice(&picture.planes.plane(i)[row * w..(row + 1) * w]);
                if row + 1 < h {
                    out.extend(vec![255; extra]);
                }
            }
            out
        });
        Picture::over(width, height, Arc::new(OwnedPlanes { planes, strides })).unwrap()
    }

    fn near(a: [u8; 3], b: [u8; 3]) -> bool {
        a.iter().zip(b).all(|(x, y)| x.abs_diff(y) <= 8)
    }

    #[test]
    fn colours_survive_the_way_through_i420() {
        let picture = Picture::from_bgr(&halves(64, 32)).unwrap();
        let back = picture.whole_bgr().unwrap();
        assert_eq!((back.width, back.height), (64, 32));
        assert!(near(back.pixel(4, 4), [120, 0, 0]), "{:?}", back.pixel(4, 4));
        assert!(near(back.pixel(60, 20), [30, 30, 220]), "{:?}", back.pixel(60, 20));
    }

    #[test]
    fn only_the_part_asked_for_at_the_width_asked_for() {
        let picture = Picture::from_bgr(&halves(64, 32)).unwrap();
        let right = picture.bgr(Rect::new(0.55, 0.0, 0.45, 1.0), None).unwrap();
        assert!(near(right.pixel(0, 0), [30, 30, 220]));
        let small = picture.bgr(Rect::new(0.0, 0.0, 1.0, 1.0), Some(16)).unwrap();
        assert_eq!((small.width, small.height), (16, 8));
        assert!(near(small.pixel(1, 1), [120, 0, 0]));
        assert!(picture.bgr(Rect::new(1.0, 0.0, 0.5, 0.5), None).is_err());
    }

    #[test]
    fn padding_between_rows_changes_nothing() {
        let packed = Picture::from_bgr(&halves(30, 18)).unwrap();
        let padded = with_padding(&packed, 10);
        assert_eq!(packed.grey(15, 9).unwrap(), padded.grey(15, 9).unwrap());
        assert_eq!(packed.whole_bgr().unwrap(), padded.whole_bgr().unwrap());
        assert_eq!(padded.detached().unwrap().whole_bgr().unwrap(), packed.whole_bgr().unwrap());
    }

    #[test]
    fn odd_sizes_do_not_break_anything() {
        let planes = [vec![90; 7 * 5], vec![128; 4 * 3], vec![128; 4 * 3]];
        let odd = Picture::from_planes(7, 5, planes).unwrap();
        assert_eq!(odd.grey(7, 5).unwrap().data, vec![90; 35]);
        let bgr = odd.whole_bgr().unwrap();
        assert_eq!((bgr.width, bgr.height), (6, 4));
        let corner = odd.bgr(Rect::new(0.9, 0.9, 0.1, 0.1), None).unwrap();
        assert_eq!((corner.width, corner.height), (2, 2));
    }

    #[test]
    fn planes_that_are_too_short_are_refused() {
        assert!(Picture::from_planes(4, 4, [vec![0; 15], vec![0; 4], vec![0; 4]]).is_err());
        assert!(Picture::from_planes(4, 4, [vec![0; 16], vec![0; 3], vec![0; 4]]).is_err());
        assert!(Picture::from_planes(0, 4, [vec![], vec![], vec![]]).is_err());
    }

    #[test]
    fn the_newest_frame_wins_and_the_drop_is_counted() {
        let slot = FrameSlot::new();
        for n in 0..3 {
            slot.put(frame(n));
        }
        assert!(matches!(slot.take(Duration::ZERO), Taken::Frame(f) if f.number == 2));
        assert!(matches!(slot.take(Duration::ZERO), Taken::Nothing));
        let figures = slot.figures();
        assert_eq!((figures.put, figures.taken, figures.dropped[DROP_REPLACED]), (3, 1, 2));
        // Nothing is lost in silence: what went in came out or was counted.
        assert_eq!(figures.put, figures.taken + figures.dropped.values().sum::<u64>());
    }

    #[test]
    fn a_waiting_reader_wakes_for_a_frame_and_for_the_end() {
        let slot = Arc::new(FrameSlot::new());
        let reader = {
            let slot = Arc::clone(&slot);
            std::thread::spawn(move || {
                let first = slot.take(Duration::from_secs(20));
                let second = slot.take(Duration::from_secs(20));
                (first, second)
            })
        };
        slot.put(frame(1));
        slot.close();
        let (first, second) = reader.join().unwrap();
        assert!(matches!(first, Taken::Frame(_)));
        assert!(matches!(second, Taken::Closed));
        slot.put(frame(2));
        assert_eq!(slot.figures().dropped[DROP_CLOSED], 1);
    }
}
