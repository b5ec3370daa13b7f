//! The state of a camera, as the operator hears of it: connected or not, what is wrong with the view, since when, and why
//! in Vietnamese words. It says something only when something changed; the regular report is asked for. No address and no
//! password ever stands in a reason.

use contract::bundle::CameraSpec;
use contract::clock::UtcMicros;
use contract::event::{CameraState, HealthBody, StreamFigures, ViewTrouble};

use crate::camera::supervise::CameraReport;

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
        let reason = match report.clock_off_ms {
            Some(off) if report.reason.is_empty() => {
                format!("Đồng hồ camera lệch {} giây; dùng giờ nhận của thiết bị biên", off / 1000)
            }
            _ => report.reason.clone(),
        };
        let same = self.state == report.state && self.connection_reason == reason;
        self.figures = figures;
        if same {
            return None;
        }
        if self.state != report.state {
            self.since = report.at;
        }
        self.state = report.state;
        self.connection_reason = reason;
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
                let why = if self.connection_reason.is_empty() { "không rõ nguyên nhân" } else { &self.connection_reason };
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
        ViewTrouble::Moved => "góc nhìn đã lệch, tạm dừng các vạch; chỉnh lại camera hoặc vẽ lại vạch",
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
    fn only_changes_are_said_and_the_words_hold_no_address() {
        let mut health = CameraHealth::new(&spec());
        let on = health.connection(&report(CameraState::Online, "", 5), StreamFigures::default()).unwrap();
        assert_eq!(on.reason, "Cổng Bắc: hoạt động bình thường");
        assert_eq!(health.connection(&report(CameraState::Online, "", 9), StreamFigures::default()), None);
        let off = health.connection(&report(CameraState::Offline, "sai mật khẩu", 20), StreamFigures::default()).unwrap();
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
