//! Where a thing will be: a Kalman filter of constant velocity for each of foot point and size. Pure; time is whatever
//! passed between two frames, so that a dropped frame does no harm.

use contract::geometry::{Point, Rect};

/// One quantity with its rate of change.
#[derive(Debug, Clone, Copy)]
struct Axis {
    value: f64,
    rate: f64,
    /// Covariance: value–value, value–rate, rate–rate.
    vv: f64,
    vr: f64,
    rr: f64,
}

impl Axis {
    fn new(value: f64, noise: f64, rate_noise: f64) -> Self {
        Self { value, rate: 0.0, vv: noise * noise, vr: 0.0, rr: rate_noise * rate_noise }
    }

    /// Moves on by `dt` seconds; `push` is how strongly the rate may change, per second.
    fn predict(&mut self, dt: f64, push: f64) {
        self.value += self.rate * dt;
        self.vv += dt * (2.0 * self.vr + dt * self.rr) + push * push * dt.powi(4) / 4.0;
        self.vr += dt * self.rr + push * push * dt.powi(3) / 2.0;
        self.rr += push * push * dt * dt;
    }

    fn correct(&mut self, measured: f64, noise: f64) {
        let total = self.vv + noise * noise;
        let (gain, rate_gain) = (self.vv / total, self.vr / total);
        let wrong = measured - self.value;
        self.value += gain * wrong;
        self.rate += rate_gain * wrong;
        self.rr -= rate_gain * self.vr;
        self.vr *= 1.0 - gain;
        self.vv *= 1.0 - gain;
    }
}

/// The filter of one track.
#[derive(Debug, Clone, Copy)]
pub(super) struct MotionModel {
    foot_x: Axis,
    foot_y: Axis,
    width: Axis,
    height: Axis,
}

impl MotionModel {
    /// Begins where a thing was first seen; its speed is unknown, up to some of its own sizes a second.
    pub(super) fn new(rect: Rect) -> Self {
        let size = size(rect);
        let foot = rect.foot();
        let place = |value: f32| Axis::new(f64::from(value), 0.1 * size, 3.0 * size);
        let extent = |value: f32| Axis::new(f64::from(value), 0.15 * size, 0.5 * size);
        Self { foot_x: place(foot.x), foot_y: place(foot.y), width: extent(rect.w), height: extent(rect.h) }
    }

    pub(super) fn predict(&mut self, dt: f64) {
        let size = size(self.rect());
        self.foot_x.predict(dt, 1.5 * size);
        self.foot_y.predict(dt, 1.5 * size);
        self.width.predict(dt, 0.3 * size);
        self.height.predict(dt, 0.3 * size);
    }

    pub(super) fn correct(&mut self, seen: Rect) {
        let size = size(seen);
        let foot = seen.foot();
        self.foot_x.correct(f64::from(foot.x), 0.08 * size);
        self.foot_y.correct(f64::from(foot.y), 0.10 * size);
        self.width.correct(f64::from(seen.w), 0.15 * size);
        self.height.correct(f64::from(seen.h), 0.15 * size);
    }

    /// What is out of sight keeps neither growing nor shrinking.
    pub(super) fn hold_size(&mut self) {
        (self.width.rate, self.height.rate) = (0.0, 0.0);
    }

    /// Stands where it is.
    pub(super) fn stop(&mut self) {
        (self.foot_x.rate, self.foot_y.rate) = (0.0, 0.0);
        self.hold_size();
    }

    /// Moved by somebody else: a track that rides along in another's box.
    pub(super) fn shift(&mut self, by: (f64, f64)) {
        self.foot_x.value += by.0;
        self.foot_y.value += by.1;
    }

    pub(super) fn rect(&self) -> Rect {
        let (w, h) = (self.width.value.max(0.002) as f32, self.height.value.max(0.002) as f32);
        Rect::new(self.foot_x.value as f32 - w / 2.0, self.foot_y.value as f32 - h, w, h)
    }

    pub(super) fn foot(&self) -> Point {
        Point::new(self.foot_x.value as f32, self.foot_y.value as f32)
    }

    /// Picture units a second.
    pub(super) fn velocity(&self) -> (f64, f64) {
        (self.foot_x.rate, self.foot_y.rate)
    }

    /// Speed of the middle, picture units a second: what is cut by an edge of the picture keeps its foot there while the rest
    /// of it goes on.
    pub(super) fn middle_velocity(&self) -> (f64, f64) {
        (self.foot_x.rate, self.foot_y.rate - self.height.rate / 2.0)
    }

    /// Standard deviation of the place, picture units.
    pub(super) fn doubt(&self) -> f64 {
        self.foot_x.vv.max(self.foot_y.vv).max(0.0).sqrt()
    }
}

/// The size of a thing as one length: the side of a square of its area.
pub(super) fn size(rect: Rect) -> f64 {
    f64::from(rect.area()).sqrt().max(0.004)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_steady_walk_is_predicted() {
        let at = |i: i32| Rect::new(0.1 + 0.02 * i as f32, 0.3, 0.05, 0.15);
        let mut model = MotionModel::new(at(0));
        for i in 1..8 {
            model.predict(0.2);
            model.correct(at(i));
        }
        model.predict(0.4);
        assert!((model.foot().x - at(9).foot().x).abs() < 0.006, "{:?}", model.foot());
        assert!((model.velocity().0 - 0.1).abs() < 0.02);
    }

    #[test]
    fn doubt_grows_unseen_and_shrinks_when_seen() {
        let rect = Rect::new(0.4, 0.4, 0.1, 0.1);
        let mut model = MotionModel::new(rect);
        model.predict(0.2);
        let unseen = model.doubt();
        model.predict(1.0);
        assert!(model.doubt() > unseen);
        model.correct(rect);
        assert!(model.doubt() < 0.02);
    }
}
