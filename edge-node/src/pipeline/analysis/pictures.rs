//! The pictures of one camera that become evidence: before and after a violation, the frame and the crop that were read. A
//! picture is kept before the event that names it is made; where the store refuses, the event says so.

use super::*;

/// Frames kept for the picture *before* a violation: this long, in steps of `RECENT_STEP_US`.
const RECENT_US: i64 = 3 * SECOND_US;
const RECENT_STEP_US: i64 = 400_000;
/// How long before the crossing the picture *before* is taken, if there is one.
const BEFORE_US: i64 = 800_000;
/// Plate crops are small and are what an officer reads.
const CROP_JPEG_QUALITY: u8 = 92;

impl CameraAnalysis {
    /// The two pictures of a violation: one before the line was crossed, one with the vehicle beyond it. One that cannot be
    /// had is told and left out; the officer sees that it is missing.
    pub(super) fn before_and_after(&self, crossed_at: UtcMicros, frame: &Frame) -> Vec<EvidenceRef> {
        let wanted = crossed_at.plus_us(-BEFORE_US);
        let before = self
            .recent
            .iter()
            .filter(|(time, _)| time.captured_at < crossed_at)
            .min_by_key(|(time, _)| time.captured_at.since_us(wanted).abs());
        let whole = |role, time, picture: &Picture| -> Result<Option<EvidenceRef>> {
            self.keep(role, time, &picture.whole_bgr()?, self.parts.jpeg_quality)
        };
        let before = before.map(|(time, picture)| whole(EvidenceRole::Before, *time, picture));
        let after = whole(EvidenceRole::After, frame.time, &frame.picture);
        let kept = before.into_iter().chain([after]);
        kept.filter_map(|kept| told(kept, "a picture of a violation was not kept").flatten()).collect()
    }

    pub(super) fn keep(
        &self,
        role: EvidenceRole,
        time: CaptureTime,
        picture: &BgrPicture,
        jpeg_quality: u8,
    ) -> Result<Option<EvidenceRef>> {
        if self.parts.evidence.is_none() {
            return Ok(None);
        }
        let jpeg = self.parts.effort.measure(Stage::Evidence, || picture.to_jpeg(jpeg_quality))?;
        self.keep_jpeg(role, time, &jpeg)
    }

    pub(super) fn keep_jpeg(&self, role: EvidenceRole, time: CaptureTime, jpeg: &[u8]) -> Result<Option<EvidenceRef>> {
        let Some(store) = &self.parts.evidence else { return Ok(None) };
        self.parts.effort.measure(Stage::Evidence, || {
            let kept = store.put(self.spec.purpose, role, jpeg, time.captured_at);
            kept.map(Some).context("keeping a picture")
        })
    }

    /// The frame and the crop that were read.
    pub(super) fn picture_of(&self, shot: &Shot, reading: &PlateReading) -> Result<Vec<EvidenceRef>> {
        let whole = shot.frame.whole_bgr()?;
        let mut kept: Vec<EvidenceRef> = Vec::new();
        kept.extend(self.keep(EvidenceRole::Frame, shot.time, &whole, self.parts.jpeg_quality)?);
        let around = bounds(&reading.corners).map(|r| r.grown(0.15));
        let pixels = around.and_then(|r| PixelRect::of(r, whole.width, whole.height));
        if let Some(pixels) = pixels {
            kept.extend(self.keep(EvidenceRole::PlateCrop, shot.time, &whole.crop(pixels)?, CROP_JPEG_QUALITY)?);
        }
        Ok(kept)
    }

    /// Keeps a few seconds of frames where a violation may need its picture *before*.
    pub(super) fn remember(&mut self, frame: &Frame) {
        if self.wrong_way.is_empty() {
            return;
        }
        let at = frame.time.captured_at;
        if self.recent.back().is_some_and(|(t, _)| at.since_us(t.captured_at) < RECENT_STEP_US) {
            return;
        }
        while self.recent.front().is_some_and(|(t, _)| at.since_us(t.captured_at) > RECENT_US) {
            self.recent.pop_front();
        }
        if let Ok(picture) = frame.picture.detached() {
            self.recent.push_back((frame.time, picture));
        }
    }
}

fn bounds(corners: &[Point]) -> Option<Rect> {
    let over = |pick: fn(f32, f32) -> f32, side: fn(&Point) -> f32| corners.iter().map(side).reduce(pick);
    let (x, y) = (over(f32::min, |p| p.x)?, over(f32::min, |p| p.y)?);
    Some(Rect::new(x, y, over(f32::max, |p| p.x)? - x, over(f32::max, |p| p.y)? - y))
}
