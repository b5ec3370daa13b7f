//! What a registrar proposes: a person, pictures, a basis, a time, gates. Pure checks that name every fault at once, in words
//! for the screen; what a picture is worth is the worker's word.

use std::str::FromStr;

use contract::bundle::WeeklyHours;
use contract::clock::{DAY_US, UtcMicros, VIETNAM_OFFSET_US};
use contract::enrolment::{MAX_PICTURE_BYTES, PictureFault};
use contract::ids::{GateName, NodeAddress};
use uuid::Uuid;

/// Most pictures of one person.
pub const MAX_PICTURES: usize = 5;
/// Most gates of one enrolment.
const MAX_GATES: usize = 50;
/// An enrolment lasts five years at most; then somebody looks at it anew.
const MAX_VALID_US: i64 = 5 * 366 * DAY_US;

/// A gate by its full name, `site/node/gate`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GateAddress {
    /// The node it hangs on.
    pub node: NodeAddress,
    /// Its name there.
    pub gate: GateName,
}

impl std::fmt::Display for GateAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.node, self.gate)
    }
}

impl FromStr for GateAddress {
    type Err = ProposalFault;
    fn from_str(text: &str) -> Result<Self, ProposalFault> {
        let bad = || ProposalFault::BadGate(text.chars().take(120).collect());
        let (node, gate) = text.trim().rsplit_once('/').ok_or_else(bad)?;
        Ok(Self { node: node.parse().map_err(|_| bad())?, gate: gate.parse().map_err(|_| bad())? })
    }
}

/// On what an enrolment rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The consent's or the decision's own words: number, office.
    pub text: String,
    /// The day of the consent, `yyyy-mm-dd`; none where a law is the basis.
    pub consent_on: Option<String>,
}

impl Basis {
    /// As stored.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        if self.consent_on.is_some() { "consent" } else { "law" }
    }
}

/// A proposal. Its `Debug` shows nothing of the person.
#[derive(Clone)]
pub struct Proposal {
    /// The person's name.
    pub name: String,
    /// The person's unit.
    pub unit: String,
    /// On what it rests.
    pub basis: Basis,
    /// First moment.
    pub valid_from: UtcMicros,
    /// Moment it ends.
    pub valid_to: UtcMicros,
    /// Which gates.
    pub gates: Vec<GateAddress>,
    /// At which hours; empty = all.
    pub hours: Vec<WeeklyHours>,
    /// JPEG or PNG files.
    pub pictures: Vec<Vec<u8>>,
    /// The import it came with.
    pub batch: Option<Uuid>,
    /// The row of an import, so that none comes in twice.
    pub row_key: Option<[u8; 32]>,
}

impl std::fmt::Debug for Proposal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Proposal(…)")
    }
}

/// What is wrong with a proposal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProposalFault {
    /// No name, or one that is none.
    #[error("họ và tên phải có từ 2 đến 120 ký tự, không có ký tự điều khiển")]
    Name,
    /// Too long a unit.
    #[error("đơn vị tối đa 200 ký tự, không có ký tự điều khiển")]
    Unit,
    /// Nothing it rests on.
    #[error("phải ghi căn cứ (từ 5 đến 300 ký tự): số văn bản đồng ý hoặc quyết định")]
    Basis,
    /// No date, or one that lies ahead.
    #[error("ngày đồng ý phải có dạng yyyy-mm-dd và không ở tương lai")]
    ConsentDate,
    /// The end before the beginning, or over.
    #[error("thời hạn phải kết thúc sau khi bắt đầu và sau hôm nay")]
    Validity,
    /// Longer than five years.
    #[error("thời hạn tối đa 5 năm")]
    TooLong,
    /// A watch entry for longer than half a year.
    #[error("mục cần chú ý có hạn tối đa 6 tháng")]
    WatchTooLong,
    /// None, or too many.
    #[error("phải chọn từ 1 đến 50 cổng")]
    Gates,
    /// No gate's name.
    #[error("tên cổng phải có dạng ĐỊA-ĐIỂM/THIẾT-BỊ/CỔNG: {0:?}")]
    BadGate(String),
    /// A gate no rules bundle of that node names, or of another body.
    #[error("không có cổng {0} thuộc đơn vị này")]
    UnknownGate(String),
    /// Days or minutes that are none.
    #[error("giờ được phép không hợp lệ")]
    Hours,
    /// None, or more than five.
    #[error("cần từ 1 đến 5 ảnh")]
    Pictures,
    /// Larger than a picture may be.
    #[error("ảnh {0} lớn hơn 10 MB")]
    PictureTooLarge(usize),
}

impl Proposal {
    /// Every fault that can be told without looking at pictures or gates.
    #[must_use]
    pub fn faults(&self, now: UtcMicros) -> Vec<ProposalFault> {
        use ProposalFault as F;
        let plain = |text: &str, least: usize, most: usize| {
            (least..=most).contains(&text.trim().chars().count()) && !text.chars().any(char::is_control)
        };
        let mut faults = Vec::new();
        let mut check = |good: bool, fault: F| {
            if !good {
                faults.push(fault);
            }
        };
        check(plain(&self.name, 2, 120), F::Name);
        check(plain(&self.unit, 0, 200), F::Unit);
        check(plain(&self.basis.text, 5, 300), F::Basis);
        let consent = self.basis.consent_on.as_deref();
        check(consent.is_none_or(|day| day_start(day).is_some_and(|at| at <= now)), F::ConsentDate);
        check(self.valid_from < self.valid_to && self.valid_to > now, F::Validity);
        check(self.valid_to.since_us(self.valid_from.max(now)) <= MAX_VALID_US, F::TooLong);
        check((1..=MAX_GATES).contains(&self.gates.len()), F::Gates);
        check(self.hours.len() <= 21 && self.hours.iter().all(sound_hours), F::Hours);
        check((1..=MAX_PICTURES).contains(&self.pictures.len()), F::Pictures);
        for (i, picture) in self.pictures.iter().enumerate() {
            check(picture.len() <= MAX_PICTURE_BYTES, F::PictureTooLarge(i + 1));
        }
        faults
    }
}

fn sound_hours(hours: &WeeklyHours) -> bool {
    !hours.days.is_empty()
        && hours.days.iter().all(|day| (1..=7).contains(day))
        && hours.from_minute < hours.to_minute
        && hours.to_minute <= 1440
}

/// The first moment of a Vietnamese day `yyyy-mm-dd`.
#[must_use]
pub(crate) fn day_start(day: &str) -> Option<UtcMicros> {
    let fits = day.len() == 10
        && day.bytes().enumerate().all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    fits.then(|| UtcMicros::from_rfc3339(&format!("{day}T00:00:00Z")))
        .flatten()
        .map(|at| at.plus_us(-VIETNAM_OFFSET_US))
}

/// Hours as written: `1-5/07:30-17:00`, `6/08:00-12:00`, `1,3/07:30-17:00`; 1 = Monday.
#[must_use]
pub(crate) fn parse_hours(text: &str) -> Option<WeeklyHours> {
    let (days, times) = text.trim().split_once('/')?;
    let minute = |text: &str| {
        let (hour, minute) = text.split_once(':')?;
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        (minute < 60).then_some(hour * 60 + minute)
    };
    let mut all = Vec::new();
    for part in days.split(',') {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        all.extend(from.parse::<u8>().ok()?..=to.parse::<u8>().ok()?);
    }
    let (from, to) = times.split_once('-')?;
    let hours = WeeklyHours { days: all, from_minute: minute(from)?, to_minute: minute(to)? };
    sound_hours(&hours).then_some(hours)
}

/// What one picture is worth, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureReport {
    /// Its number, from 1.
    pub number: usize,
    /// Good enough.
    pub good: bool,
    /// Why not; empty for a good one.
    pub words: Vec<String>,
}

/// Said of a face that is there already. Not of whom: that would be a face search.
pub(super) const DUPLICATE: &str = "Khuôn mặt này đã có trong danh sách.";
/// Said of a picture that shows somebody else than the others do.
pub(super) const SOMEBODY_ELSE: &str = "Ảnh này không giống người trong ảnh trước: mỗi hồ sơ chỉ có ảnh của một người.";

impl PictureReport {
    /// From what the worker found.
    #[must_use]
    pub fn of(number: usize, faults: &[PictureFault]) -> Self {
        let words: Vec<String> = faults.iter().map(|fault| fault.vietnamese().to_owned()).collect();
        Self { number, good: words.is_empty(), words }
    }

    /// With one more reason why not.
    pub(super) fn refuse(&mut self, why: &str) {
        self.good = false;
        self.words.push(why.to_owned());
    }
}

/// What came of a proposal that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// The enrolment.
    pub enrolment: Uuid,
    /// The person.
    pub person: Uuid,
    /// What each picture was worth.
    pub pictures: Vec<PictureReport>,
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn whole() -> Proposal {
        Proposal {
            name: "Mẫu 14".into(),
            unit: "Văn phòng".into(),
            basis: Basis { text: "Đơn đồng ý số 12".into(), consent_on: Some("2026-11-20".into()) },
            valid_from: UtcMicros::from_rfc3339("2026-11-23T00:00:00Z").unwrap(),
            valid_to: UtcMicros::from_rfc3339("2027-11-23T00:00:00Z").unwrap(),
            gates: vec!["hq/gate-node/main".parse().unwrap()],
            hours: vec![],
            pictures: vec![vec![1]],
            batch: None,
            row_key: None,
        }
    }

    #[test]
    fn every_fault_of_a_proposal_is_named_at_once() {
        let now = UtcMicros::from_rfc3339("2026-11-23T01:00:00Z").unwrap();
        assert_eq!(whole().faults(now), []);
        let mut bad = whole();
        bad.name = " ".into();
        bad.unit = "a\u{0}b".into();
        bad.basis = Basis { text: "x".into(), consent_on: Some("2027-01-01".into()) };
        bad.valid_to = bad.valid_from;
        bad.gates.clear();
        bad.hours = vec![WeeklyHours { days: vec![8], from_minute: 0, to_minute: 10 }];
        bad.pictures.clear();
        use ProposalFault as F;
        assert_eq!(
            bad.faults(now),
            [F::Name, F::Unit, F::Basis, F::ConsentDate, F::Validity, F::Gates, F::Hours, F::Pictures]
        );
        let mut long = whole();
        long.valid_to = long.valid_from.plus_us(6 * 366 * DAY_US);
        assert_eq!(long.faults(now), [F::TooLong]);
    }

    #[test]
    fn hours_are_read_as_people_write_them() {
        let office = parse_hours("1-5/07:30-17:00").unwrap();
        assert_eq!((office.days, office.from_minute, office.to_minute), (vec![1, 2, 3, 4, 5], 450, 1020));
        assert_eq!(parse_hours("1,3,6-7/00:00-24:00").unwrap().days, [1, 3, 6, 7]);
        for bad in ["1-8/07:00-08:00", "1/08:00-07:00", "1/07:00", "/07:00-08:00", "mon/07:00-08:00", "1/07:60-08:00"] {
            assert!(parse_hours(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn gates_and_days_are_read_and_nothing_of_a_person_prints() {
        for bad in ["main", "hq/main", "hq/gate/Main", "a/b/c/d", ""] {
            assert!(bad.parse::<GateAddress>().is_err(), "{bad}");
        }
        assert_eq!(day_start("2026-11-23").unwrap().to_vietnamese(), "23/11/2026 00:00:00");
        for bad in ["23/11/2026", "2026-13-01", "2026-1-1", "hôm nay"] {
            assert_eq!(day_start(bad), None, "{bad}");
        }
        assert_eq!(format!("{:?}", whole()), "Proposal(…)");
    }
}
