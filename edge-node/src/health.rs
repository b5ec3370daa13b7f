//! The state of each camera and of the machine, in words: what is told, and when. A change is told at once, and
//! everything once a minute, so that silence means something. Words are Vietnamese, for the operator; they hold no
//! address and no password, because nothing but fixed words and the camera stage's own cleaned reasons gets in.

use contract::clock::{Clock, DAY_US, MINUTE_US, SECOND_US, UtcMicros};
use contract::event::{CameraState, HealthBody, StreamFigures, ViewTrouble};

use crate::evidence::{DiskGuard, DiskLevel};
use crate::outbox::{Outbox, OutboxError};
use crate::telemetry;

/// A certificate with less time left is worth a word.
const CERTIFICATE_WORD_BELOW_US: i64 = 14 * DAY_US;
/// An unchanged state is told this often.
const TELL_EVERY_US: i64 = MINUTE_US;
/// A state that changes back and forth is told at most this often; the last change is never left untold.
const TELL_AT_MOST_EVERY_US: i64 = 2 * SECOND_US;

/// How the machine is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineHealth {
    /// Room on the data disk.
    pub disk: DiskLevel,
    /// Events the centre has not acknowledged.
    pub unacknowledged: u64,
    /// Pictures that wait for upload.
    pub pictures_waiting: u64,
    /// When the node's certificate ends; none for a stand-alone node.
    pub certificate_ends: Option<UtcMicros>,
    /// A damaged outbox was set aside at this start.
    pub outbox_was_torn: bool,
}

impl MachineHealth {
    /// Looks at the machine, and tells the metrics.
    pub async fn look(
        outbox: &Outbox,
        guard: &DiskGuard,
        certificate_ends: Option<UtcMicros>,
        clock: &dyn Clock,
    ) -> Result<Self, OutboxError> {
        let health = Self {
            disk: guard.level(),
            unacknowledged: outbox.unacknowledged().await?.count,
            pictures_waiting: outbox.evidence_waiting().await?,
            certificate_ends,
            outbox_was_torn: outbox.set_aside().is_some(),
        };
        let level = match health.disk {
            DiskLevel::Roomy => 0.0,
            DiskLevel::NoPictures => 1.0,
            DiskLevel::NoEvents => 2.0,
        };
        metrics::gauge!(telemetry::DISK_LEVEL).set(level);
        if let Some(free) = guard.free_bytes() {
            metrics::gauge!(telemetry::DISK_FREE_BYTES).set(free as f64);
        }
        metrics::gauge!(telemetry::OUTBOX_UNACKNOWLEDGED_EVENTS).set(health.unacknowledged as f64);
        if let Some(ends) = certificate_ends {
            let left = ends.since_us(clock.now()) / SECOND_US;
            metrics::gauge!(telemetry::IDENTITY_CERTIFICATE_LEFT_SECONDS).set(left as f64);
        }
        Ok(health)
    }

    /// What is wrong with the machine; empty when nothing is.
    #[must_use]
    pub fn words(&self, now: UtcMicros) -> Vec<String> {
        let mut words = Vec::new();
        match self.disk {
            DiskLevel::Roomy => {}
            DiskLevel::NoPictures => words.push("ổ đĩa sắp đầy: không lưu ảnh mới".to_owned()),
            DiskLevel::NoEvents => words.push("ổ đĩa đầy: không ghi sự kiện mới".to_owned()),
        }
        if self.outbox_was_torn {
            words.push("hàng đợi sự kiện bị hỏng, đã cất riêng và lập hàng đợi mới".to_owned());
        }
        match self.certificate_ends.map(|ends| ends.since_us(now)) {
            Some(left) if left <= 0 => words.push("chứng thư của thiết bị đã hết hạn".to_owned()),
            Some(left) if left < CERTIFICATE_WORD_BELOW_US => {
                words.push(format!("chứng thư của thiết bị còn {} ngày", left / DAY_US));
            }
            _ => {}
        }
        words
    }
}

/// The health of one camera, and what was told of it.
#[derive(Debug)]
pub struct CameraHealth {
    state: CameraState,
    /// From the camera stage; empty while all is well.
    reason: String,
    view: Vec<ViewTrouble>,
    since: UtcMicros,
    told: Option<Told>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    at: UtcMicros,
    state: CameraState,
    view: Vec<ViewTrouble>,
    reason: String,
}

impl CameraHealth {
    /// A camera that is starting.
    #[must_use]
    pub fn new(now: UtcMicros) -> Self {
        Self { state: CameraState::Starting, reason: String::new(), view: Vec::new(), since: now, told: None }
    }

    /// The camera stage says how the connection is, and why (Vietnamese, empty when well).
    pub fn connection(&mut self, state: CameraState, reason: &str, at: UtcMicros) {
        if self.state != state {
            self.since = at;
            self.state = state;
            if state != CameraState::Online {
                // Without pictures nothing can be said of the view.
                self.view.clear();
            }
        }
        reason.clone_into(&mut self.reason);
    }

    /// The activity stage says what is wrong with the view.
    pub fn view(&mut self, mut view: Vec<ViewTrouble>, at: UtcMicros) {
        view.sort_by_key(|trouble| *trouble as u8);
        if self.view != view {
            self.since = at;
            self.view = view;
        }
    }

    /// The camera's state as last heard.
    #[must_use]
    pub fn state(&self) -> CameraState {
        self.state
    }

    /// Something to tell now? Call often; a state is told when it changed, and once a minute.
    pub fn due(
        &mut self,
        machine: &MachineHealth,
        figures: impl FnOnce() -> StreamFigures,
        now: UtcMicros,
    ) -> Option<HealthBody> {
        let reason = self.words(machine, now);
        let next = Told { at: now, state: self.state, view: self.view.clone(), reason: reason.clone() };
        let wait = match &self.told {
            None => 0,
            Some(told) if (told.state, &told.view, &told.reason) == (next.state, &next.view, &next.reason) => {
                TELL_EVERY_US
            }
            Some(_) => TELL_AT_MOST_EVERY_US,
        };
        if self.told.as_ref().is_some_and(|told| now.since_us(told.at) < wait) {
            return None;
        }
        self.told = Some(next);
        Some(HealthBody {
            camera_state: self.state,
            view: self.view.clone(),
            reason,
            since: self.since,
            stream: figures(),
        })
    }

    fn words(&self, machine: &MachineHealth, now: UtcMicros) -> String {
        let mut words = Vec::new();
        match self.state {
            CameraState::Online => {}
            CameraState::Starting => words.push("đang kết nối".to_owned()),
            CameraState::Offline => words.push("mất hình".to_owned()),
            CameraState::Disabled => words.push("đã tắt theo cấu hình".to_owned()),
        }
        if !self.reason.is_empty() {
            words.push(self.reason.clone());
        }
        words.extend(self.view.iter().map(|trouble| view_words(*trouble).to_owned()));
        words.extend(machine.words(now));
        if words.is_empty() { "bình thường".to_owned() } else { words.join("; ") }
    }
}

/// What is wrong with the view, for the operator.
#[must_use]
pub const fn view_words(trouble: ViewTrouble) -> &'static str {
    match trouble {
        ViewTrouble::Dark => "hình quá tối hoặc bị che",
        ViewTrouble::Frozen => "hình đứng yên, không đổi",
        ViewTrouble::Moved => "góc nhìn đã lệch: tạm dừng các vạch đếm",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn well() -> MachineHealth {
        MachineHealth {
            disk: DiskLevel::Roomy,
            unacknowledged: 0,
            pictures_waiting: 0,
            certificate_ends: None,
            outbox_was_torn: false,
        }
    }

    fn at(seconds: i64) -> UtcMicros {
        UtcMicros(seconds * SECOND_US)
    }

    fn told(health: &mut CameraHealth, machine: &MachineHealth, now: UtcMicros) -> Option<HealthBody> {
        health.due(machine, StreamFigures::default, now)
    }

    #[test]
    fn a_change_is_told_at_once_and_silence_never_lasts_longer_than_a_minute() {
        let mut health = CameraHealth::new(at(0));
        assert_eq!(told(&mut health, &well(), at(0)).unwrap().camera_state, CameraState::Starting);
        health.connection(CameraState::Online, "", at(3));
        let online = told(&mut health, &well(), at(3)).unwrap();
        assert_eq!((online.reason.as_str(), online.since), ("bình thường", at(3)));
        assert_eq!(told(&mut health, &well(), at(62)), None);
        assert!(told(&mut health, &well(), at(63)).is_some());
    }

    #[test]
    fn a_flapping_camera_is_told_at_most_every_two_seconds_and_its_last_state_always() {
        let mut health = CameraHealth::new(at(0));
        let mut reports = 0;
        for tenth in 0..100 {
            let now = UtcMicros(tenth * SECOND_US / 10);
            let state = if tenth % 2 == 0 { CameraState::Online } else { CameraState::Offline };
            health.connection(state, "", now);
            reports += usize::from(told(&mut health, &well(), now).is_some());
        }
        assert!(reports <= 5, "{reports}");
        assert_eq!(told(&mut health, &well(), at(12)).unwrap().camera_state, CameraState::Offline);
    }

    #[test]
    fn what_is_wrong_stands_in_one_line_of_words() {
        let mut health = CameraHealth::new(at(0));
        health.connection(CameraState::Online, "", at(1));
        health.view(vec![ViewTrouble::Moved, ViewTrouble::Dark], at(2));
        let machine =
            MachineHealth { disk: DiskLevel::NoPictures, certificate_ends: Some(at(2 + 3 * 86_400)), ..well() };
        let body = told(&mut health, &machine, at(2)).unwrap();
        assert_eq!(
            body.reason,
            "hình quá tối hoặc bị che; góc nhìn đã lệch: tạm dừng các vạch đếm; \
             ổ đĩa sắp đầy: không lưu ảnh mới; chứng thư của thiết bị còn 3 ngày"
        );
        assert_eq!(body.view, [ViewTrouble::Dark, ViewTrouble::Moved]);
        health.connection(CameraState::Offline, "sai mật khẩu", at(9));
        let body = told(&mut health, &well(), at(9)).unwrap();
        assert_eq!((body.reason.as_str(), body.view.len()), ("mất hình; sai mật khẩu", 0));
    }
}
