//! Suspicions (nghi vấn), who has them, and the decisions about them. There is a bulk *reject*; there is no bulk *confirm*.

/// `POST /api/v1/suspicions/{id}/assign`
pub(crate) mod assign;
/// `POST /api/v1/suspicions/{id}/confirm`
pub(crate) mod confirm;
/// `GET /api/v1/suspicions/{id}/evidence/{role}`
pub(crate) mod evidence;
/// `GET /api/v1/suspicions/{id}`
pub(crate) mod get;
mod law;
/// `GET /api/v1/suspicions`
pub(crate) mod list;
/// `POST /api/v1/suspicions/{id}/notice`
pub(crate) mod notice;
/// `GET /api/v1/suspicions/overview`
pub(crate) mod overview;
/// `POST /api/v1/suspicions/{id}/reject`
pub(crate) mod reject;
/// `POST /api/v1/suspicions/reject-many`
pub(crate) mod reject_many;
/// `POST /api/v1/suspicions/{id}/release`
pub(crate) mod release;
/// `POST /api/v1/suspicions/{id}/take`
pub(crate) mod take;
/// `POST /api/v1/suspicions/take-next`
pub(crate) mod take_next;

use contract::clock::UtcMicros;
use contract::signature::Sha256;
use serde::Serialize;
use sqlx::AnyConnection;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::cases::{
    Case, CaseError, CaseState, Checklist, Clocks, DeadlineKind, Hold, RejectionReason, Urgency, Verdict,
};
use crate::live::CaseTold;
use crate::store::StoreError;
use crate::store::cases::{self as table, CaseRow, Decided, NewDecision};
use crate::store::passes_read::PictureRow;

/// A suspicion, or the case it became.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SuspicionView {
    /// Its id.
    pub id: String,
    /// Its number for people.
    pub number: String,
    /// To be quoted when deciding.
    pub revision: i64,
    /// `pending_review`, `confirmed`, `rejected`, `withdrawn` or `time_barred`.
    pub state: String,
    /// In words.
    pub state_text: String,
    /// What must always stand beside a suspicion; null once an officer decided.
    pub caution: Option<String>,
    /// The place.
    pub site: String,
    /// The node.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// Code of the behaviour.
    pub violation: String,
    /// The rule it rests on.
    pub rule: String,
    /// Kind of vehicle.
    pub class: String,
    /// The plate as read; a suggestion.
    pub plate: Option<String>,
    /// When it happened.
    pub occurred_at: Moment,
    /// When it was recorded.
    pub recorded_at: Moment,
    /// The clocks that run.
    pub deadlines: Vec<DeadlineView>,
    /// When the notice of the violation went out, as an officer said.
    pub notice_sent_at: Option<Moment>,
    /// When its node took the suspicion back, if it did: a decision stays as it is, whoever answers for it should know.
    pub retracted_at: Option<Moment>,
    /// Who has it on the screen now.
    pub lease: Option<LeaseView>,
    /// To whom a leader gave it.
    pub assigned: Option<AssignedView>,
    /// The decision, if there is one.
    pub decision: Option<DecisionView>,
}

/// A case on somebody's screen.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LeaseView {
    /// The officer.
    pub by: String,
    /// Until when, unless it is renewed.
    pub until: Moment,
    /// It is whoever asks.
    pub mine: bool,
}

/// A case that was given to an officer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AssignedView {
    /// The officer.
    pub to: String,
    /// The leader.
    pub by: String,
    /// When.
    pub at: Moment,
    /// It is whoever asks.
    pub mine: bool,
}

/// A clock.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DeadlineView {
    /// Which.
    pub kind: DeadlineKind,
    /// When it runs out.
    pub due_at: Moment,
    /// Whole days left.
    pub days_left: i64,
    /// How near.
    pub urgency: Urgency,
    /// In words.
    pub text: String,
}

/// A decision.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionView {
    /// The officer.
    pub by: String,
    /// When.
    pub at: Moment,
    /// Why; rejections only.
    pub reason: Option<String>,
    /// Why, in words.
    pub reason_text: Option<String>,
    /// Free note.
    pub note: Option<String>,
    /// What the officer stated, and by which rule; confirmations only.
    pub checked: Vec<String>,
}

const CAUTION: &str = "Gợi ý của hệ thống – cần cán bộ xác minh. Chưa phải kết luận vi phạm.";

fn state_of(row: &CaseRow) -> Result<CaseState, StoreError> {
    if let ("withdrawn", Some(at)) = (row.state.as_str(), row.retracted_at) {
        return Ok(CaseState::Withdrawn { at: UtcMicros(at) });
    }
    match (row.state.as_str(), &row.decision) {
        ("pending_review", None) => Ok(CaseState::PendingReview),
        ("time_barred", None) => Ok(CaseState::TimeBarred { at: clocks_of(row).limitation() }),
        ("confirmed", Some(d)) => Ok(CaseState::Confirmed { by: d.decided_by, at: UtcMicros(d.decided_at) }),
        ("rejected", Some(d)) => Ok(CaseState::Rejected {
            by: d.decided_by,
            at: UtcMicros(d.decided_at),
            reason: d
                .reason
                .as_deref()
                .and_then(|r| r.parse().ok())
                .ok_or(StoreError::Unreadable("decisions.reason"))?,
        }),
        _ => Err(StoreError::Unreadable("cases.state")),
    }
}

fn clocks_of(row: &CaseRow) -> Clocks {
    Clocks {
        occurred_at: UtcMicros(row.occurred_at),
        recorded_at: UtcMicros(row.recorded_at),
        notice_sent_at: row.notice_sent_at.map(UtcMicros),
    }
}

/// The case as the state machine sees it.
fn case_of(row: &CaseRow, pictures: &[PictureRow]) -> Result<Case, StoreError> {
    Ok(Case {
        id: row.id,
        revision: row.version,
        state: state_of(row)?,
        clocks: clocks_of(row),
        evidence: pictures.iter().map(|p| p.sha256).collect::<Vec<Sha256>>(),
    })
}

/// The case as `me` sees it.
fn view(row: &CaseRow, now: UtcMicros, me: Uuid) -> Result<SuspicionView, StoreError> {
    let state = state_of(row)?;
    let pending = state == CaseState::PendingReview;
    let runs = matches!(state, CaseState::PendingReview | CaseState::Confirmed { .. });
    Ok(SuspicionView {
        id: row.id.to_string(),
        number: row.number.clone(),
        revision: row.version,
        state: state.as_str().to_owned(),
        state_text: state.label().to_owned(),
        caution: pending.then(|| CAUTION.to_owned()),
        site: row.site.clone(),
        node: row.node.clone(),
        camera: row.camera.clone(),
        violation: row.violation.clone(),
        rule: format!("{} v{}", row.rule_id, row.rule_version),
        class: row.class.clone(),
        plate: row.plate_display.clone(),
        occurred_at: Moment::of(row.occurred_at),
        recorded_at: Moment::of(row.recorded_at),
        deadlines: if runs {
            clocks_of(row)
                .read(now)
                .into_iter()
                .map(|d| DeadlineView {
                    kind: d.kind,
                    due_at: d.due_at.into(),
                    days_left: d.days_left,
                    urgency: d.urgency,
                    text: d.text,
                })
                .collect()
        } else {
            Vec::new()
        },
        notice_sent_at: row.notice_sent_at.map(Moment::of),
        retracted_at: row.retracted_at.map(Moment::of),
        lease: lease_view(&row.hold, now, me).filter(|_| pending),
        assigned: row.hold.assignment.as_ref().filter(|_| pending).map(|given| AssignedView {
            to: given.officer.name.clone(),
            by: given.by.clone(),
            at: given.at.into(),
            mine: given.officer.id == me,
        }),
        decision: row.decision.as_ref().map(|d| DecisionView {
            by: d.decided_by_name.clone(),
            at: Moment::of(d.decided_at),
            reason: d.reason.clone(),
            reason_text: d
                .reason
                .as_deref()
                .and_then(|r| r.parse::<RejectionReason>().ok())
                .map(|r| r.label().to_owned()),
            note: d.note.clone(),
            checked: d.checklist.as_deref().map(statements).unwrap_or_default(),
        }),
    })
}

fn lease_view(hold: &Hold, now: UtcMicros, me: Uuid) -> Option<LeaseView> {
    hold.running(now).map(|lease| LeaseView {
        by: lease.holder.name.clone(),
        until: lease.until.into(),
        mine: lease.holder.id == me,
    })
}

/// What was stated, as people read it. Decisions from before there were rules of the day hold bare names.
fn statements(stored: &str) -> Vec<String> {
    match serde_json::from_str::<Checklist>(stored) {
        Ok(list) => {
            let rule = list.rule.map(|rule| rule.legal_ref);
            list.answers.into_iter().map(|answer| answer.statement).chain(rule).collect()
        }
        Err(_) => serde_json::from_str(stored).unwrap_or_default(),
    }
}

/// Tells the other desks what became of a case. Called when it is committed.
fn tell(people: &People, authz: &Authz, row: &CaseRow) {
    // A place whose name is none was never stored.
    let Ok(site) = row.site.parse() else { return };
    let now = people.now();
    let pending = row.state == "pending_review";
    people.live.announce_case(
        CaseTold {
            controller: authz.controller().clone(),
            site,
            node: row.node.clone(),
            camera: row.camera.clone(),
            id: row.id,
            number: row.number.clone(),
            state: row.state.clone(),
            lease: row.hold.running(now).filter(|_| pending).map(|l| (l.holder.name.clone(), l.until)),
            assigned_to: row.hold.assignment.as_ref().filter(|_| pending).map(|given| given.officer.name.clone()),
            decided_by: row.decision.as_ref().map(|d| d.decided_by_name.clone()),
        },
        now,
    );
}

/// Stores a verdict with its audit record, in the caller's transaction.
async fn store_verdict(
    tx: &mut AnyConnection,
    authz: &Authz,
    verdict: &Verdict,
    checklist: Option<&str>,
    at: UtcMicros,
) -> Result<(), ApiError> {
    let (action, by, reason) = match &verdict.case.state {
        CaseState::Confirmed { by, .. } => ("suspicions.confirm", *by, None),
        CaseState::Rejected { by, reason, .. } => ("suspicions.reject", *by, Some(*reason)),
        CaseState::PendingReview | CaseState::Withdrawn { .. } | CaseState::TimeBarred { .. } => {
            return Err(CaseError::AlreadyDecided.into());
        }
    };
    let mut detail = format!("revision {}", verdict.decided_on);
    if let Some(reason) = reason {
        detail.push(' ');
        detail.push_str(reason.as_str());
    }
    let entry = Entry::by(authz, action).with_object(verdict.case.id).with_detail(detail);
    audit::append(&mut *tx, authz.controller(), at, entry).await?;
    let stored = table::decide(
        tx,
        &NewDecision {
            case: verdict.case.id,
            controller: authz.controller().as_str(),
            decided_on: verdict.decided_on,
            verdict: verdict.case.state.as_str(),
            reason: reason.map(RejectionReason::as_str),
            note: verdict.note.as_deref(),
            checklist,
            decided_by: by,
            session: verdict.session,
            at: at.0,
        },
    )
    .await?;
    match stored {
        Decided::Stored => return Ok(()),
        Decided::Held(held) => return Err(held.into()),
        Decided::OtherVersion => {}
    }
    // Between our reading and our writing somebody else decided, or the machine spoke again.
    let now = table::get(tx, authz.controller().as_str(), verdict.case.id).await?;
    Err(match now {
        Some(row) if row.state == "pending_review" => {
            CaseError::Changed { current: row.version, quoted: verdict.decided_on }
        }
        _ => CaseError::AlreadyDecided,
    }
    .into())
}

/// Reads a case back after it changed, outside its transaction, and tells the other desks.
async fn read_back(people: &People, authz: &Authz, id: Uuid) -> Result<SuspicionView, ApiError> {
    let mut conn = people.db().read().await?;
    let row = table::get(&mut conn, authz.controller().as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    tell(people, authz, &row);
    Ok(view(&row, people.now(), authz.session().user_id)?)
}
