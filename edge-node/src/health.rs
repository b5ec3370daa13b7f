//! The state of a camera, as the operator hears of it: connected or not, what is wrong with the view, since when, and why
//! in Vietnamese words. It says something only when something changed; the regular report is asked for. No address and no
//! password ever stands in a reason.

use contract::bundle::CameraSpec;
use contract::clock::{Clock, DAY_US, SECOND_US, UtcMicros};
use contract::event::{CameraState, HealthBody, StreamFigures, ViewTrouble};

use crate::camera::supervise::CameraReport;
use crate::evidence::{DiskGuard, DiskLevel};
use crate::outbox::{Outbox, OutboxError};
use crate::telemetry;

/// A certificate with less time left is worth a word.
const CERTIFICATE_WORD_BELOW_US: i64 = 14 * DAY_US;

/// What is known of one camera's health.
#[derive(Debug, Clone)]
pub struct CameraHealth {
    title: String,
    state: CameraState,
    connection_reason: String,
    view: Vec<ViewTrouble>,
    since: UtcMicros,
    figures: StreamFigures,
}

impl CameraHealth {
    /// A camera that has not been heard of yet.
    #[must_use]
    pub fn new(spec: &CameraSpec) -> Self {
        Self {
            title: spec.title.clone(),
            state: CameraState::Starting,
            connection_reason: String::new(),
            view: Vec::new(),
            since: UtcMicros(0),
            figures: StreamFigures::default(),
        }
    }

    /// The connection changed. `None` when the report repeats what is known.
    pub fn connection(&mut self, report: &CameraReport, figures: StreamFigures) -> Option<HealthBody> {
        // The supervisor's words hold the camera's clock too, where that is the only trouble.
        let same = self.state == report.state && self.connection_reason == report.reason;
        self.figures = figures;
        if same {
            return None;
        }
        if self.state != report.state {
            self.since = report.at;
        }
        self.state = report.state;
        self.connection_reason.clone_from(&report.reason);
        Some(self.body())
    }

    /// What is wrong with the view, from the newest frame. `None` when nothing changed.
    pub fn view(&mut self, troubles: Vec<ViewTrouble>, at: UtcMicros) -> Option<HealthBody> {
        if troubles == self.view {
            return None;
        }
        self.view = troubles;
        self.since = at;
        Some(self.body())
    }

    /// The report at regular intervals: the state with new figures.
    pub fn regular(&mut self, figures: StreamFigures) -> HealthBody {
        self.figures = figures;
        self.body()
    }

    /// The last report of a camera that is no longer one of this node's.
    pub fn taken_away(&mut self, figures: StreamFigures, at: UtcMicros) -> HealthBody {
        self.figures = figures;
        self.state = CameraState::Disabled;
        self.view.clear();
        self.since = at;
        self.body()
    }

    fn body(&self) -> HealthBody {
        HealthBody {
            camera_state: self.state,
            view: self.view.clone(),
            reason: self.words(),
            since: self.since,
            stream: self.figures.clone(),
        }
    }

    fn words(&self) -> String {
        let since = self.since.to_vietnamese();
        match self.state {
            CameraState::Starting => format!("{}: đang kết nối", self.title),
            CameraState::Disabled => format!("{}: đã tắt theo cấu hình", self.title),
            CameraState::Offline => {
                let why = if self.connection_reason.is_empty() {
                    "không rõ nguyên nhân"
                } else {
                    &self.connection_reason
                };
                format!("{}: mất kết nối từ {since}; {why}. Số liệu trong thời gian này bị thiếu.", self.title)
            }
            CameraState::Online if self.view.is_empty() && self.connection_reason.is_empty() => {
                format!("{}: hoạt động bình thường", self.title)
            }
            CameraState::Online => {
                let mut parts: Vec<&str> = self.view.iter().map(|t| view_words(*t)).collect();
                if !self.connection_reason.is_empty() {
                    parts.push(&self.connection_reason);
                }
                format!("{}: {} (từ {since})", self.title, parts.join("; "))
            }
        }
    }
}

/// What a view trouble means and what to do.
#[must_use]
pub const fn view_words(trouble: ViewTrouble) -> &'static str {
    match trouble {
        ViewTrouble::Dark => "hình quá tối hoặc camera bị che; kiểm tra ống kính và đèn",
        ViewTrouble::Frozen => "hình đứng yên; khởi động lại camera",
        ViewTrouble::Moved => {
            "góc nhìn đã lệch, tạm dừng các vạch; chỉnh lại camera, hoặc vẽ lại vạch và tăng view_revision"
        }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use contract::bundle::{Purpose, Transport};

    fn spec() -> CameraSpec {
        CameraSpec {
            name: "c1".parse().unwrap(),
            title: "Cổng Bắc".to_owned(),
            controller: "tourism".parse().unwrap(),
            purpose: Purpose::PeopleCounting,
            uri: "rtsp://10.0.0.1/a".to_owned(),
            credential: None,
            transport: Transport::Tcp,
            latency_ms: 200,
            decoder: "auto".to_owned(),
            analysed_fps: 5,
            view_revision: 0,
            legal_basis: None,
            sign: None,
        }
    }

    fn report(state: CameraState, reason: &str, at: i64) -> CameraReport {
        CameraReport {
            camera: "c1".parse().unwrap(),
            state,
            trouble: None,
            reason: reason.to_owned(),
            clock_off_ms: None,
            at: UtcMicros(at),
        }
    }

    #[test]
    fn the_machine_has_words_only_for_what_is_wrong() {
        let well = MachineHealth {
            disk: DiskLevel::Roomy,
            unacknowledged: 7,
            pictures_waiting: 1,
            certificate_ends: Some(UtcMicros(90 * DAY_US)),
            outbox_was_torn: false,
        };
        assert_eq!(well.words(UtcMicros(0)), Vec::<String>::new());
        let ill = MachineHealth { disk: DiskLevel::NoEvents, outbox_was_torn: true, ..well };
        let words = ill.words(UtcMicros(87 * DAY_US));
        assert_eq!(words.len(), 3);
        assert!(words[0].contains("không ghi sự kiện mới") && words[2].contains("còn 3 ngày"), "{words:?}");
    }

    #[test]
    fn only_changes_are_said_and_the_words_hold_no_address() {
        let mut health = CameraHealth::new(&spec());
        let on = health.connection(&report(CameraState::Online, "", 5), StreamFigures::default()).unwrap();
        assert_eq!(on.reason, "Cổng Bắc: hoạt động bình thường");
        assert_eq!(health.connection(&report(CameraState::Online, "", 9), StreamFigures::default()), None);
        let off =
            health.connection(&report(CameraState::Offline, "sai mật khẩu", 20), StreamFigures::default()).unwrap();
        assert_eq!((off.camera_state, off.since), (CameraState::Offline, UtcMicros(20)));
        assert!(off.reason.contains("sai mật khẩu") && !off.reason.contains("10.0.0.1"));
    }

    #[test]
    fn a_moved_view_says_what_to_do_and_its_end_is_said_too() {
        let mut health = CameraHealth::new(&spec());
        health.connection(&report(CameraState::Online, "", 5), StreamFigures::default());
        let moved = health.view(vec![ViewTrouble::Moved], UtcMicros(7)).unwrap();
        assert!(moved.reason.contains("tạm dừng các vạch"), "{}", moved.reason);
        assert_eq!(health.view(vec![ViewTrouble::Moved], UtcMicros(8)), None);
        assert_eq!(health.view(vec![], UtcMicros(9)).unwrap().view, vec![]);
    }
}
