//! Views of vehicles on their way to the plate reader and back: which are worth keeping, whose turn it is, what a reading
//! changes. It reads nothing itself.

use super::*;

/// A vehicle narrower than this on the picture has no plate that could be read, pixels.
const LEAST_READ_WIDTH: f32 = 56.0;
/// A better picture of the same reading replaces the kept one only when it is this much surer.
const WORTH_ANOTHER_PICTURE: f32 = 0.1;

/// Views kept for a second opinion, of all passages of a camera: each holds a frame.
const MOST_DOUBTED: usize = 8;

impl CameraAnalysis {
    /// Is this view of a vehicle worth keeping for the reader?
    pub(super) fn consider(&mut self, track: &Track, frame: &Frame) -> Result<()> {
        // What goes nowhere is never announced, and what is never announced leaves no picture.
        let in_sight = track.phase == Phase::Confirmed && track.last_seen == frame.time.captured_at;
        if !in_sight || !track.has_travelled() {
            return Ok(());
        }
        let size = frame.picture.size();
        let passing = self.passing.entry(track.id).or_default();
        let wide_enough = track.seen_rect.w * size.0 as f32 >= LEAST_READ_WIDTH;
        if !wide_enough || passing.vote.settled() || passing.vote.attempts() >= MOST_ATTEMPTS {
            return Ok(());
        }
        if !self.shots.wants(track.id.0, quality(track.seen_rect, size, f32::INFINITY)) {
            return Ok(());
        }
        let small = frame.picture.bgr(track.seen_rect, Some(160))?.to_grey()?;
        let quality = quality(track.seen_rect, size, sharpness(&small));
        if self.shots.wants(track.id.0, quality) {
            // One copy a frame, however many vehicles are on it.
            let frame_kept = match &self.detached {
                Some(picture) => picture.clone(),
                None => self.detached.insert(frame.picture.detached()?).clone(),
            };
            self.shots.offer(Shot {
                track: track.id.0,
                time: frame.time,
                rect: track.seen_rect,
                quality,
                frame: frame_kept,
            });
        }
        Ok(())
    }

    /// The next vehicle to read, if any is worth it. The caller has asked the node's budget first.
    pub fn next_to_read(&mut self) -> Option<ReadRequest> {
        let passing = &self.passing;
        let worth = |shot: &Shot| {
            passing.get(&TrackId(shot.track)).is_some_and(|p| !p.vote.settled() && p.vote.attempts() < MOST_ATTEMPTS)
        };
        let (shot, opinion) = match self.shots.take(worth) {
            Some(shot) => (shot, Opinion::First),
            None => (self.take_doubted()?, Opinion::Second),
        };
        let id = TrackId(shot.track);
        self.passing.entry(id).or_default().pending_reads += 1;
        // A class that most frames do not agree on would mislead the reader.
        let class = self.tracker.get(id).map(Track::class).filter(|(_, share)| *share >= SURE_CLASS);
        let class = class.map_or(ObjectClass::Vehicle, |(class, _)| class);
        Some(ReadRequest { camera: self.spec.name.clone(), class, opinion, shot })
    }

    /// The view of a passage that has ended in doubt and whose second opinion has not been asked for.
    fn take_doubted(&mut self) -> Option<Shot> {
        let id = self.passing.iter().find(|(id, p)| self.wants_second_opinion(**id, p)).map(|(id, _)| *id)?;
        let passing = self.passing.get_mut(&id)?;
        passing.asked_again = true;
        passing.doubted.take()
    }

    /// Is a view of this passage still to be read?
    pub(super) fn wants_first_opinion(&self, id: TrackId, passing: &Passing) -> bool {
        let unread = self.shots.waiting_for(id.0) > 0;
        unread && !passing.vote.settled() && passing.vote.attempts() < MOST_ATTEMPTS
    }

    /// Did this passage end with a weak vote that a second opinion on its best view may mend?
    pub(super) fn wants_second_opinion(&self, id: TrackId, passing: &Passing) -> bool {
        self.parts.second_opinion
            && !passing.asked_again
            && passing.doubted.is_some()
            && passing.pending_reads == 0
            && !self.wants_first_opinion(id, passing)
            && self.leaving.iter().any(|l| l.ended.track.id == id)
            && passing.vote.is_weak()
    }

    /// Is anybody waiting to be read? Asked before the budget is spent.
    #[must_use]
    pub fn wants_reading(&self) -> bool {
        self.passing.iter().any(|(id, p)| self.wants_first_opinion(*id, p) || self.wants_second_opinion(*id, p))
    }

    /// A read could not be made (the desk was full): the passage does not wait for it.
    pub fn not_read(&mut self, track: TrackId) {
        if let Some(passing) = self.passing.get_mut(&track) {
            passing.pending_reads = passing.pending_reads.saturating_sub(1);
        }
    }

    /// Takes what came of a read.
    pub fn read(&mut self, result: ReadResult) -> Result<()> {
        let ReadResult { shot, reading } = result;
        let reading = reading.map(|read| PlateReading { quality: Some(quality_share(shot.quality)), ..read });
        let id = TrackId(shot.track);
        let doubted = self.passing.values().filter(|p| p.doubted.is_some()).count();
        let Some(passing) = self.passing.get_mut(&id) else { return Ok(()) };
        passing.pending_reads = passing.pending_reads.saturating_sub(1);
        passing.vote.add(reading.clone());
        let best = passing.doubted.as_ref().is_none_or(|s| s.quality < shot.quality);
        let room = passing.doubted.is_some() || doubted < MOST_DOUBTED;
        if self.parts.second_opinion && !passing.asked_again && best && room {
            passing.doubted = Some(shot.clone());
        }
        if passing.vote.settled() {
            passing.doubted = None;
        }
        let outcome = passing.vote.outcome();
        let chosen = reading.filter(|r| outcome.as_ref().is_some_and(|o| o.key == r.key));
        let Some(reading) = chosen else {
            let better = passing.unread.as_ref().is_none_or(|s| s.quality < shot.quality);
            if better && passing.pictured.is_none() && self.parts.evidence.is_some() {
                let quality = self.parts.jpeg_quality;
                let jpeg = self.parts.effort.measure(Stage::Evidence, || shot.frame.whole_bgr()?.to_jpeg(quality))?;
                passing.unread = Some(Unread { quality: shot.quality, time: shot.time, jpeg });
            }
            return Ok(());
        };
        passing.unread = None;
        let better = match &passing.pictured {
            None => true,
            Some((key, confidence)) => *key != reading.key || reading.confidence > confidence + WORTH_ANOTHER_PICTURE,
        };
        if better {
            passing.pictured = Some((reading.key.clone(), reading.confidence));
            let kept = self.picture_of(&shot, &reading)?;
            self.passing.entry(id).or_default().new_evidence.extend(kept);
        }
        Ok(())
    }
}
