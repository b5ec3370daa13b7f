//! The machine's answer: a function of what was seen of one face and of what holds at this moment. It knows two words,
//! *admit* and *verify*, and says the second whenever anything at all is in doubt. It opens nothing.

use std::collections::{BTreeMap, VecDeque};

use contract::bundle::GalleryList;
use contract::event::{CalibrationRef, GateVerdict, LivenessWord, Sureness, VerifyReason};
use contract::ids::EnrolmentId;

use crate::recognition::face_turn::FaceTurn;

/// Views that must agree on one person.
pub const AGREEING_VIEWS: u32 = 3;
/// The newest views count; older ones are forgotten.
const VIEWS_KEPT: usize = 12;
/// Good views after which "like nobody" is said without waiting for more.
const SURELY_NOBODY: usize = 5;
/// Views of the check against pictures that must have come before it is believed.
const SPOOF_VIEWS: usize = 3;
/// Mean of that check from which a face counts as live on its word; below [`SPOOF_DOUBT`] it objects.
const SPOOF_LIVE: f32 = 0.6;
const SPOOF_DOUBT: f32 = 0.3;
/// Where no net checks and the face has not turned after so many views, it is doubted and not merely unchecked.
const NEVER_TURNED_VIEWS: u32 = 30;

/// One person of the gallery and how alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub enrolment: EnrolmentId,
    /// On which list.
    pub list: GalleryList,
    /// How alike, by the calibration.
    pub sureness: Sureness,
}

/// What the gallery says to one view: the most alike person and the second, never the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Likeness {
    /// The most alike.
    pub best: Option<Candidate>,
    /// The second.
    pub second: Option<Candidate>,
}

/// What was seen of one face so far. What speaks for a live face is kept apart for each person it was taken for: a print
/// that is lowered from before its bearer's own face would otherwise lend its likeness to that face's life.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    likenesses: VecDeque<Likeness>,
    alive: BTreeMap<EnrolmentId, Alive>,
}

/// What speaks for the life of a face, on views that were taken for one person.
#[derive(Debug, Clone, Default)]
struct Alive {
    spoof: VecDeque<f32>,
    turn: FaceTurn,
    views: u32,
}

impl Seen {
    /// A view good enough to be compared: what the gallery says to it, where its nose was, and how live a net finds it.
    pub fn compared(&mut self, likeness: Likeness, nose: Option<(f32, f32)>, live: Option<f32>) {
        keep(&mut self.likenesses, likeness);
        let Some(best) = likeness.best.filter(|best| best.sureness != Sureness::Unlike) else { return };
        let alive = self.alive.entry(best.enrolment).or_default();
        alive.views = alive.views.saturating_add(1);
        if let Some(place) = nose {
            alive.turn.add(place);
        }
        if let Some(live) = live {
            keep(&mut alive.spoof, live);
        }
    }

    /// Views that were compared, of the newest.
    #[must_use]
    pub fn compared_views(&self) -> usize {
        self.likenesses.len()
    }

    fn liveness_of(&self, enrolment: EnrolmentId) -> LivenessWord {
        let Some(alive) = self.alive.get(&enrolment) else { return LivenessWord::NotChecked };
        let checked = alive.spoof.len() >= SPOOF_VIEWS;
        let mean = alive.spoof.iter().sum::<f32>() / alive.spoof.len().max(1) as f32;
        if checked && mean < SPOOF_DOUBT {
            LivenessWord::Doubtful
        } else if alive.turn.like_a_head() || (checked && mean >= SPOOF_LIVE) {
            LivenessWord::Live
        } else if checked || alive.views >= NEVER_TURNED_VIEWS {
            LivenessWord::Doubtful
        } else {
            LivenessWord::NotChecked
        }
    }
}

fn keep<T>(kept: &mut VecDeque<T>, one: T) {
    if kept.len() == VIEWS_KEPT {
        kept.pop_front();
    }
    kept.push_back(one);
}

/// The gallery as it stands at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GalleryState {
    /// None came, or it cannot be opened.
    Missing,
    /// Its time is over.
    Expired,
    /// In force.
    Valid,
}

/// What holds at this moment, whoever stands there.
#[derive(Debug, Clone)]
pub struct Situation {
    /// The gallery.
    pub gallery: GalleryState,
    /// What the embedder's scores mean; none = uncalibrated.
    pub calibration: Option<CalibrationRef>,
    /// May a face alone open this gate?
    pub face_alone: bool,
    /// Can what would be done be recorded?
    pub recordable: bool,
}

/// What the face's owner may, as far as that matters; asked only about the person the face is taken for.
pub trait Permissions {
    /// Allowed here at this moment, by dates and hours.
    fn allowed_now(&self, enrolment: EnrolmentId) -> bool;
    /// A guard said lately that somebody taken for this person was not.
    fn doubted(&self, enrolment: EnrolmentId) -> bool;
    /// The pass of this very person was shown here lately.
    fn showed_pass(&self, enrolment: EnrolmentId) -> bool;
}

/// The answer, before it has a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// Empty exactly for *admit*; sorted.
    pub reasons: Vec<VerifyReason>,
    /// Whose likeness it is.
    pub enrolment: Option<EnrolmentId>,
    /// How sure.
    pub sureness: Sureness,
    /// Views that agree.
    pub agreeing: u32,
    /// Face, or picture of a face.
    pub liveness: LivenessWord,
    /// More views would change nothing: no reason to wait with it.
    pub settled: bool,
}

impl Judgement {
    /// Admit or verify.
    #[must_use]
    pub fn verdict(&self) -> GateVerdict {
        if self.reasons.is_empty() { GateVerdict::Admit } else { GateVerdict::Verify }
    }
}

/// Judges. `alone`: nobody else who is not let in stands close by, or somebody would notice who slips in behind.
#[must_use]
pub fn judge(seen: &Seen, situation: &Situation, permissions: &dyn Permissions, alone: bool) -> Judgement {
    let mut reasons = Vec::new();
    match situation.gallery {
        GalleryState::Missing => reasons.push(VerifyReason::GalleryMissing),
        GalleryState::Expired => reasons.push(VerifyReason::GalleryExpired),
        GalleryState::Valid => {}
    }
    if situation.calibration.is_none() {
        reasons.push(VerifyReason::Uncalibrated);
    }
    // Nothing can be said of likenesses without a gallery or a measure for them.
    let blind = !reasons.is_empty();
    let person = if blind { Person::nobody() } else { who(seen) };
    let liveness = person.enrolment.map_or(LivenessWord::NotChecked, |enrolment| seen.liveness_of(enrolment));
    reasons.extend(&person.reasons);
    if let Some(enrolment) = person.enrolment.filter(|_| person.list == Some(GalleryList::Enrolled)) {
        if !permissions.allowed_now(enrolment) {
            reasons.push(VerifyReason::OutsideHours);
        }
        if permissions.doubted(enrolment) {
            reasons.push(VerifyReason::NotThisPerson);
        }
        if !situation.face_alone && !permissions.showed_pass(enrolment) {
            reasons.push(VerifyReason::SecondFactor);
        }
        match liveness {
            LivenessWord::Live => {}
            LivenessWord::Doubtful => reasons.push(VerifyReason::SpoofDoubt),
            LivenessWord::NotChecked => reasons.push(VerifyReason::SpoofUnchecked),
        }
        if !alone {
            reasons.push(VerifyReason::SeveralPeople);
        }
    }
    if !situation.recordable {
        reasons.push(VerifyReason::NotRecorded);
    }
    reasons.sort_unstable();
    reasons.dedup();
    let may_change = |reason: &VerifyReason| {
        matches!(
            reason,
            VerifyReason::Uncertain
                | VerifyReason::PoorQuality
                | VerifyReason::SpoofDoubt
                | VerifyReason::SpoofUnchecked
                | VerifyReason::SeveralPeople
        )
    };
    let nobody = reasons.contains(&VerifyReason::NoMatch);
    let settled =
        blind || if nobody { seen.compared_views() >= SURELY_NOBODY } else { !reasons.iter().any(may_change) };
    Judgement {
        reasons,
        enrolment: person.enrolment,
        sureness: person.sureness,
        agreeing: person.agreeing,
        liveness,
        settled,
    }
}

struct Person {
    enrolment: Option<EnrolmentId>,
    list: Option<GalleryList>,
    sureness: Sureness,
    agreeing: u32,
    reasons: Vec<VerifyReason>,
}

impl Person {
    fn nobody() -> Self {
        Self { enrolment: None, list: None, sureness: Sureness::Unlike, agreeing: 0, reasons: Vec::new() }
    }

    fn unsure(reason: VerifyReason, sureness: Sureness, agreeing: u32) -> Self {
        Self { sureness, agreeing, reasons: vec![reason], ..Self::nobody() }
    }
}

/// Whose face it is. A name, even an opaque one, is given only when it is sure: a stranger who resembles somebody must not
/// be told apart as that somebody.
fn who(seen: &Seen) -> Person {
    if seen.likenesses.is_empty() {
        return Person::unsure(VerifyReason::PoorQuality, Sureness::Unlike, 0);
    }
    let mut sure: BTreeMap<EnrolmentId, (u32, GalleryList)> = BTreeMap::new();
    let (mut near, mut two_in_one) = (false, false);
    for likeness in &seen.likenesses {
        match likeness.best {
            Some(best) if best.sureness == Sureness::Sure => {
                sure.entry(best.enrolment).or_insert((0, best.list)).0 += 1;
                two_in_one |= likeness.second.is_some_and(|second| second.sureness != Sureness::Unlike);
            }
            Some(best) => near |= best.sureness == Sureness::Doubtful,
            None => {}
        }
    }
    let most = sure.values().map(|(views, _)| *views).max().unwrap_or(0);
    // Somebody to be looked at is told to the desk even beside another likeness.
    if let Some((watched, (views, _))) =
        sure.iter().find(|(_, (views, list))| *list == GalleryList::Watch && *views >= AGREEING_VIEWS - 1)
    {
        return Person {
            enrolment: Some(*watched),
            list: Some(GalleryList::Watch),
            sureness: Sureness::Sure,
            agreeing: *views,
            reasons: vec![VerifyReason::Watch],
        };
    }
    if sure.len() > 1 || two_in_one {
        return Person::unsure(VerifyReason::TwoAlike, Sureness::Doubtful, most);
    }
    match sure.pop_first() {
        Some((enrolment, (views, list))) if views >= AGREEING_VIEWS => Person {
            enrolment: Some(enrolment),
            list: Some(list),
            sureness: Sureness::Sure,
            agreeing: views,
            reasons: Vec::new(),
        },
        Some((_, (views, _))) => Person::unsure(VerifyReason::Uncertain, Sureness::Doubtful, views),
        None if near => Person::unsure(VerifyReason::Uncertain, Sureness::Doubtful, 0),
        None => {
            let views = u32::try_from(seen.likenesses.len()).unwrap_or(u32::MAX);
            Person::unsure(VerifyReason::NoMatch, Sureness::Unlike, views)
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use contract::signature::Sha256;
    use uuid::Uuid;

    const STAFF: EnrolmentId = EnrolmentId(Uuid::from_u128(1));
    const OTHER: EnrolmentId = EnrolmentId(Uuid::from_u128(2));

    struct Rules {
        allowed: bool,
        doubted: bool,
        pass_of: Option<EnrolmentId>,
    }

    impl Permissions for Rules {
        fn allowed_now(&self, _: EnrolmentId) -> bool {
            self.allowed
        }
        fn doubted(&self, _: EnrolmentId) -> bool {
            self.doubted
        }
        fn showed_pass(&self, enrolment: EnrolmentId) -> bool {
            self.pass_of == Some(enrolment)
        }
    }

    const FREE: Rules = Rules { allowed: true, doubted: false, pass_of: None };

    pub(in crate::gate) fn situation() -> Situation {
        Situation {
            gallery: GalleryState::Valid,
            calibration: Some(CalibrationRef {
                embedder: Sha256([1; 32]),
                threshold: 0.5,
                far: 0.001,
                impostors: 1000,
            }),
            face_alone: true,
            recordable: true,
        }
    }

    pub(in crate::gate) fn like(enrolment: EnrolmentId, sureness: Sureness) -> Likeness {
        Likeness { best: Some(Candidate { enrolment, list: GalleryList::Enrolled, sureness }), second: None }
    }

    const TURNS: [f32; 9] = [0.0, 0.04, 0.08, 0.12, 0.16, 0.2, 0.24, 0.28, 0.32];

    /// A head that turns, each view with the same likeness.
    fn turning(seen: &mut Seen, likeness: Likeness) {
        TURNS.iter().for_each(|across| seen.compared(likeness, Some((*across, 0.5)), None));
    }

    fn staff() -> Seen {
        let mut seen = Seen::default();
        turning(&mut seen, like(STAFF, Sureness::Sure));
        seen
    }

    fn reasons(seen: &Seen) -> Vec<VerifyReason> {
        judge(seen, &situation(), &FREE, true).reasons
    }

    #[test]
    fn only_a_sure_live_allowed_person_alone_is_admitted_and_every_doubt_asks_a_person() {
        let good = judge(&staff(), &situation(), &FREE, true);
        assert_eq!((good.verdict(), good.enrolment, good.agreeing), (GateVerdict::Admit, Some(STAFF), 9));
        let with = |change: &dyn Fn(&mut Situation)| {
            let mut s = situation();
            change(&mut s);
            judge(&staff(), &s, &FREE, true).reasons
        };
        assert_eq!(with(&|s| s.gallery = GalleryState::Expired), [VerifyReason::GalleryExpired]);
        assert_eq!(with(&|s| s.gallery = GalleryState::Missing), [VerifyReason::GalleryMissing]);
        assert_eq!(with(&|s| s.calibration = None), [VerifyReason::Uncalibrated]);
        assert_eq!(with(&|s| s.face_alone = false), [VerifyReason::SecondFactor]);
        assert_eq!(with(&|s| s.recordable = false), [VerifyReason::NotRecorded]);
        let by = |rules: Rules, alone| judge(&staff(), &situation(), &rules, alone).reasons;
        assert_eq!(by(Rules { allowed: false, ..FREE }, true), [VerifyReason::OutsideHours]);
        assert_eq!(by(Rules { doubted: true, ..FREE }, true), [VerifyReason::NotThisPerson]);
        assert_eq!(by(FREE, false), [VerifyReason::SeveralPeople]);
    }

    #[test]
    fn where_a_face_alone_opens_nothing_the_pass_of_that_very_person_does_and_a_pass_without_the_face_never() {
        let gate = Situation { face_alone: false, ..situation() };
        let with = |pass_of| judge(&staff(), &gate, &Rules { pass_of, ..FREE }, true).reasons;
        assert_eq!(with(None), [VerifyReason::SecondFactor]);
        assert_eq!(with(Some(OTHER)), [VerifyReason::SecondFactor]);
        assert_eq!(with(Some(STAFF)), []);
        let mut stranger = Seen::default();
        (0..8).for_each(|_| stranger.compared(Likeness::default(), None, None));
        let judged = judge(&stranger, &gate, &Rules { pass_of: Some(STAFF), ..FREE }, true);
        assert_eq!((judged.reasons, judged.enrolment), (vec![VerifyReason::NoMatch], None));
    }

    #[test]
    fn likeness_is_believed_only_when_views_agree_on_one_person() {
        let seen = |likes: &[Likeness]| {
            let mut seen = Seen::default();
            likes.iter().for_each(|l| seen.compared(*l, None, Some(0.9)));
            seen
        };
        let (sure, near, far) =
            (like(STAFF, Sureness::Sure), like(STAFF, Sureness::Doubtful), like(STAFF, Sureness::Unlike));
        assert_eq!(reasons(&Seen::default()), [VerifyReason::PoorQuality]);
        assert_eq!(reasons(&seen(&[sure, sure, sure])), []);
        assert_eq!(reasons(&seen(&[sure, sure])), [VerifyReason::Uncertain]);
        assert_eq!(reasons(&seen(&[near; 6])), [VerifyReason::Uncertain]);
        assert_eq!(reasons(&seen(&[far; 6])), [VerifyReason::NoMatch]);
        assert_eq!(reasons(&seen(&[Likeness::default()])), [VerifyReason::NoMatch], "an empty gallery");
        assert_eq!(reasons(&seen(&[sure, sure, sure, like(OTHER, Sureness::Sure)])), [VerifyReason::TwoAlike]);
        let second = Candidate { enrolment: OTHER, list: GalleryList::Enrolled, sureness: Sureness::Doubtful };
        let two = Likeness { second: Some(second), ..sure };
        assert_eq!(reasons(&seen(&[sure, sure, sure, two])), [VerifyReason::TwoAlike]);
        let doubt = judge(&seen(&[two; 4]), &situation(), &FREE, true);
        assert_eq!(doubt.enrolment, None, "whoever is not sure is not named");
    }

    #[test]
    fn nobody_is_said_soon_and_doubt_waits_for_more_views() {
        let mut seen = Seen::default();
        (0..SURELY_NOBODY).for_each(|n| {
            assert!(!judge(&seen, &situation(), &FREE, true).settled, "{n}");
            seen.compared(Likeness::default(), None, None);
        });
        assert!(judge(&seen, &situation(), &FREE, true).settled);
        let blind = Situation { calibration: None, ..situation() };
        assert!(judge(&Seen::default(), &blind, &FREE, true).settled);
    }

    #[test]
    fn a_picture_of_a_face_is_never_enough() {
        let sure = like(STAFF, Sureness::Sure);
        let mut flat = Seen::default();
        (0..3).for_each(|_| flat.compared(sure, Some((0.01, 0.5)), None));
        assert_eq!(reasons(&flat), [VerifyReason::SpoofUnchecked]);
        (0..NEVER_TURNED_VIEWS).for_each(|_| flat.compared(sure, Some((0.01, 0.5)), None));
        assert_eq!(reasons(&flat), [VerifyReason::SpoofDoubt], "it never turned");
        // A net that objects outweighs a turn; one that is content is enough.
        let mut objected = staff();
        (0..SPOOF_VIEWS).for_each(|_| objected.compared(sure, None, Some(0.1)));
        assert_eq!(reasons(&objected), [VerifyReason::SpoofDoubt]);
        let mut content = Seen::default();
        (0..3).for_each(|_| content.compared(sure, None, Some(0.9)));
        assert_eq!(reasons(&content), []);
    }

    #[test]
    fn the_bearer_of_a_print_lends_it_no_life() {
        let mut seen = Seen::default();
        (0..6).for_each(|_| seen.compared(like(STAFF, Sureness::Sure), Some((0.0, 0.5)), None));
        // The print is lowered on the same track: a live face turns behind it, and a net finds it live.
        TURNS.iter().for_each(|across| seen.compared(Likeness::default(), Some((*across, 0.5)), Some(1.0)));
        let judged = judge(&seen, &situation(), &FREE, true);
        assert_eq!(judged.reasons, [VerifyReason::SpoofUnchecked], "{judged:?}");
    }

    #[test]
    fn somebody_on_the_watch_list_is_the_desks_matter() {
        let watched = Candidate { enrolment: OTHER, list: GalleryList::Watch, sureness: Sureness::Sure };
        let mut seen = staff();
        (0..2).for_each(|_| seen.compared(Likeness { best: Some(watched), second: None }, None, None));
        let judged = judge(&seen, &situation(), &FREE, true);
        assert_eq!((judged.reasons, judged.enrolment), (vec![VerifyReason::Watch], Some(OTHER)));
    }

    #[test]
    fn views_of_long_ago_do_not_count() {
        let mut seen = staff();
        (0..VIEWS_KEPT).for_each(|_| seen.compared(Likeness::default(), None, None));
        assert_eq!(reasons(&seen), [VerifyReason::NoMatch]);
    }
}
