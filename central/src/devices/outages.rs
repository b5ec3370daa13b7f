//! When a camera or a node was away, out of what they said of themselves. A camera's report asserts one condition for the time
//! from `since` to the moment it was captured; such assertions of one condition are kept as one row that only ever grows, so
//! that late reports, reports in another order and reports that come twice all lead to the same rows. What no report covers is
//! silence. Pure functions of rows.

use contract::clock::{MINUTE_US, UtcMicros};

/// A camera speaks once a minute: a longer hole between two reports is silence.
pub(crate) const SILENCE_US: i64 = 3 * MINUTE_US;
/// Pictures come and the view is the one that was set up.
const WELL: &str = "ok";
/// Switched off by configuration: neither available nor away.
const DISABLED: &str = "disabled";
/// No report covers it.
const NO_REPORT: &str = "no_report";

/// What a camera said of itself for a time: a row of `camera_states`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CameraState {
    /// `ok`, `offline`, `starting`, `disabled`, or what is wrong with the view, joined by `+`.
    pub condition: String,
    /// Since when.
    pub since: UtcMicros,
    /// The last report that said so.
    pub last: UtcMicros,
    /// In the node's words.
    pub words: String,
}

/// A piece of a camera's time with one condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// As [`CameraState::condition`], or `no_report`.
    pub condition: String,
    /// First moment.
    pub from: UtcMicros,
    /// Moment after the last; where the account ends, it may go on.
    pub to: UtcMicros,
    /// In the node's words.
    pub words: Option<String>,
}

/// A time somebody was away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outage {
    /// What it was.
    pub kind: String,
    /// Its first moment.
    pub began_at: UtcMicros,
    /// Its end; none while it lasts.
    pub ended_at: Option<UtcMicros>,
    /// In the node's words, where it had any.
    pub words: Option<String>,
}

/// A camera's time as pieces that follow each other, from its first report to `now`. Where two rows speak of the same moment
/// the one that began later is right: a change is said when it happens.
#[must_use]
pub fn spans(mut states: Vec<CameraState>, now: UtcMicros) -> Vec<Span> {
    states.sort_by(|a, b| (a.since, a.last, &a.condition).cmp(&(b.since, b.last, &b.condition)));
    let mut account = Account { spans: Vec::new(), at: states.first().map_or(now, |s| s.since), open: Vec::new() };
    for state in states {
        account.run_to(state.since.min(now));
        account.open.push(state);
    }
    account.run_to(now);
    account.spans
}

struct Account {
    spans: Vec<Span>,
    /// Accounted up to here.
    at: UtcMicros,
    /// Begun, the latest last.
    open: Vec<CameraState>,
}

impl Account {
    fn run_to(&mut self, to: UtcMicros) {
        while self.at < to {
            let at = self.at;
            // What began last is right for as long as it was said. What it stood before goes on behind it, and of what is
            // over the latest is remembered for a hole.
            while self.open.len() > 1 && self.open.last().is_some_and(|state| state.last <= at) {
                let over = self.open.pop();
                if self.open.last().is_some_and(|before| before.last <= at)
                    && let Some(over) = over
                {
                    self.open.pop();
                    self.open.push(over);
                }
            }
            let Some(state) = self.open.last() else { return };
            let (condition, words, last) = (state.condition.clone(), Some(state.words.clone()), state.last);
            if last > at {
                self.push(condition, last.min(to), words);
            } else if to.since_us(at) <= SILENCE_US || condition == DISABLED {
                // Between two reports nothing changed, or it would have been said.
                self.push(condition, to, words);
            } else {
                self.push(NO_REPORT.to_owned(), to, None);
            }
        }
    }

    fn push(&mut self, condition: String, to: UtcMicros, words: Option<String>) {
        let from = self.at;
        self.at = to;
        match self.spans.last_mut() {
            Some(last) if last.condition == condition => {
                last.to = to;
                last.words = words;
            }
            _ => self.spans.push(Span { condition, from, to, words }),
        }
    }
}

/// The times a camera was away, as far as they touch `from..to`; one that reaches `now` lasts.
#[must_use]
pub fn camera_outages(spans: &[Span], (from, to): (UtcMicros, UtcMicros), now: UtcMicros) -> Vec<Outage> {
    let away = spans.iter().filter(|s| s.condition != WELL && s.condition != DISABLED);
    away.filter(|s| s.from < to && s.to > from)
        .map(|s| Outage {
            kind: s.condition.clone(),
            began_at: s.from,
            ended_at: (s.to < now).then_some(s.to),
            words: s.words.clone(),
        })
        .collect()
}

/// The share of the time known in `from..to` in which pictures came and were looked at; none when nothing of it is known. Time in
/// which the camera was switched off on purpose counts neither way.
#[must_use]
pub fn availability(spans: &[Span], (from, to): (UtcMicros, UtcMicros)) -> Option<f64> {
    let within = |span: &Span| span.to.min(to).since_us(span.from.max(from)).max(0);
    let sum =
        |wanted: &dyn Fn(&str) -> bool| -> i64 { spans.iter().filter(|s| wanted(&s.condition)).map(within).sum() };
    let known = sum(&|condition| condition != DISABLED);
    (known > 0).then(|| sum(&|condition| condition == WELL) as f64 / known as f64)
}

/// A change of a node's connection: a row of `node_states`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeState {
    /// From when.
    pub since: UtcMicros,
    /// Connected?
    pub online: bool,
}

/// The times a node was not connected, as far as they touch `from..to`.
#[must_use]
pub fn node_outages(mut states: Vec<NodeState>, (from, to): (UtcMicros, UtcMicros)) -> Vec<Outage> {
    states.sort_by_key(|state| state.since);
    let mut outages: Vec<Outage> = Vec::new();
    for state in states {
        match (state.online, outages.last_mut().filter(|o| o.ended_at.is_none())) {
            (true, Some(open)) => open.ended_at = Some(state.since),
            (false, None) => outages.push(Outage {
                kind: "node_offline".to_owned(),
                began_at: state.since,
                ended_at: None,
                words: None,
            }),
            _ => {}
        }
    }
    outages.retain(|o| o.began_at < to && o.ended_at.is_none_or(|ended| ended > from));
    outages
}

/// A kind of outage in words.
#[must_use]
pub fn kind_text(kind: &str) -> String {
    let one = |kind: &str| match kind {
        "node_offline" => "Thiết bị mất kết nối với trung tâm",
        "node_silent" => "Không nhận được tin nào từ thiết bị hơn 3 phút",
        "offline" => "Camera mất kết nối",
        "starting" => "Đang kết nối",
        "dark" => "Hình quá tối hoặc camera bị che",
        "frozen" => "Hình đứng yên",
        "moved" => "Góc nhìn đã lệch",
        NO_REPORT => "Không có tin của camera: thiết bị tắt, hoặc tin chưa được gửi bù",
        _ => "Sự cố khác",
    };
    kind.split('+').map(one).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn s(seconds: i64) -> UtcMicros {
        UtcMicros(1_000_000_000_000 + seconds * 1_000_000)
    }

    fn state(condition: &str, since: i64, last: i64) -> CameraState {
        CameraState { condition: condition.to_owned(), since: s(since), last: s(last), words: condition.to_owned() }
    }

    fn told(states: &[CameraState], now: i64) -> Vec<(String, i64, i64)> {
        let plain = |at: UtcMicros| at.since_us(s(0)) / 1_000_000;
        spans(states.to_vec(), s(now)).into_iter().map(|s| (s.condition, plain(s.from), plain(s.to))).collect()
    }

    fn rows(rows: &[(&str, i64, i64)]) -> Vec<(String, i64, i64)> {
        rows.iter().map(|(c, f, t)| ((*c).to_owned(), *f, *t)).collect()
    }

    #[test]
    fn a_cut_camera_is_away_from_the_report_of_it_to_the_report_of_its_return() {
        let states = [state("ok", 0, 600), state("offline", 610, 900), state("ok", 905, 1200)];
        assert_eq!(told(&states, 1210), rows(&[("ok", 0, 610), ("offline", 610, 905), ("ok", 905, 1210)]));
        let spans = spans(states.to_vec(), s(1210));
        let outages = camera_outages(&spans, (s(0), s(1210)), s(1210));
        assert_eq!(outages.len(), 1);
        assert_eq!((outages[0].began_at, outages[0].ended_at), (s(610), Some(s(905))));
        let share = availability(&spans, (s(0), s(1210))).unwrap();
        assert!((share - 915.0 / 1210.0).abs() < 1e-9, "{share}");
    }

    #[test]
    fn a_node_that_is_off_leaves_a_hole_and_a_late_report_fills_it() {
        // Killed at 600, at work again at 2000.
        let mut states = vec![state("ok", 0, 600), state("ok", 2000, 2300)];
        assert_eq!(told(&states, 2310), rows(&[("ok", 0, 600), ("no_report", 600, 2000), ("ok", 2000, 2310)]));
        // It was only cut off: what it said meanwhile comes late.
        states[0].last = s(1980);
        assert_eq!(told(&states, 2310), rows(&[("ok", 0, 2310)]));
        // Silence that lasts.
        assert_eq!(told(&states, 4000), rows(&[("ok", 0, 2300), ("no_report", 2300, 4000)]));
        let spans = spans(states, s(4000));
        assert_eq!(camera_outages(&spans, (s(0), s(4000)), s(4000))[0].ended_at, None);
    }

    #[test]
    fn what_began_later_is_right_and_what_stood_before_goes_on_behind_it() {
        // The analysis fell over while the view was dark, and begins anew with its connection of before.
        let states = [state("ok", 0, 900), state("dark", 300, 400)];
        assert_eq!(told(&states, 910), rows(&[("ok", 0, 300), ("dark", 300, 400), ("ok", 400, 910)]));
    }

    #[test]
    fn a_camera_switched_off_on_purpose_is_no_outage_and_counts_neither_way() {
        let states = [state("ok", 0, 600), state("disabled", 610, 610)];
        let all = spans(states.to_vec(), s(90_000));
        assert_eq!(camera_outages(&all, (s(0), s(90_000)), s(90_000)), []);
        assert_eq!(availability(&all, (s(0), s(90_000))), Some(1.0));
        assert_eq!(availability(&all, (s(1_000), s(90_000))), None);
        assert_eq!(availability(&[], (s(0), s(1))), None);
    }

    #[test]
    fn a_node_is_away_from_its_last_will_to_its_next_word() {
        let node = |since, online| NodeState { since: s(since), online };
        let states = vec![node(0, true), node(50, false), node(40, true), node(90, true), node(200, false)];
        let told: Vec<_> = node_outages(states, (s(0), s(300))).iter().map(|o| (o.began_at, o.ended_at)).collect();
        assert_eq!(told, [(s(50), Some(s(90))), (s(200), None)]);
        assert_eq!(kind_text("dark+moved"), "Hình quá tối hoặc camera bị che; Góc nhìn đã lệch");
    }

    proptest! {
        /// A camera's true life as changes; reports once a minute and at each change; some get lost with a node that is off.
        #[test]
        fn in_whatever_order_reports_come_the_account_is_the_same_and_true(
            lives in prop::collection::vec((prop::sample::select(vec!["ok", "offline", "dark"]), 20i64..400), 1..12),
            order in any::<u64>(),
        ) {
            let mut reports = Vec::new();
            let (mut at, mut truth) = (0, Vec::new());
            for (condition, length) in &lives {
                let end = at + length;
                let mut said = at;
                while said < end {
                    reports.push((*condition, at, said));
                    said += 60;
                }
                truth.push((*condition, at, end));
                at = end;
            }
            let fold = |reports: &[(&str, i64, i64)]| {
                let mut rows: Vec<CameraState> = Vec::new();
                for (condition, since, last) in reports {
                    let found = rows.iter_mut().find(|r| r.condition == *condition && r.since == s(*since));
                    match found {
                        Some(row) => row.last = row.last.max(s(*last)),
                        None => rows.push(state(condition, *since, *last)),
                    }
                }
                rows
            };
            let straight = told(&fold(&reports), at);
            // A shuffle that needs no more randomness than one number.
            let mut mixed = reports.clone();
            mixed.sort_by_key(|(_, since, last)| (*last as u64 ^ order).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ *since as u64);
            mixed.extend(reports.iter().take(3).copied());
            prop_assert_eq!(&told(&fold(&mixed), at), &straight);
            for (condition, from, to) in truth {
                let middle = (from + to) / 2;
                let there = straight.iter().find(|(_, f, t)| *f <= middle && middle < *t);
                prop_assert_eq!(there.map(|(c, ..)| c.as_str()), Some(condition));
            }
            let pieces: i64 = straight.iter().map(|(_, f, t)| t - f).sum();
            prop_assert_eq!(pieces, at);
        }
    }
}
