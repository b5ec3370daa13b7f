//! Arrivals at gates: who stands there, as far as that is known, and what a guard decides. A decision is on record, with the
//! guard's name, before anything goes down to a door.

/// `POST /api/v1/arrivals/{id}/admit`
pub(crate) mod admit;
/// `POST /api/v1/arrivals/{id}/alert-seen`
pub(crate) mod alert_seen;
/// `GET /api/v1/arrivals/{id}/enrolled-picture`
pub(crate) mod enrolled_picture;
/// `GET /api/v1/arrivals/{id}`
pub(crate) mod get;
/// `GET /api/v1/arrivals/{id}/look`
pub(crate) mod look;
/// `POST /api/v1/arrivals/{id}/not-this-person`
pub(crate) mod not_this_person;
/// `POST /api/v1/arrivals/{id}/refuse`
pub(crate) mod refuse;
/// `POST /api/v1/arrivals/search`
pub(crate) mod search;
#[cfg(test)]
mod tests;
/// `POST /api/v1/arrivals/{id}/verify`
pub(crate) mod verify;

use axum::http::StatusCode;
use contract::clock::UtcMicros;
use contract::event::{DecisionBody, VerifyReason};
use contract::ids::{DecisionId, GateName, NodeAddress, PassageId, RequestId};
use contract::signature::Sha256;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::{AuthError, Authz};
use crate::forward::Told;
use crate::live::DeskWord;
use crate::store::arrivals::{self as table, ArrivalRow};
use crate::store::desk_marks::{self, NewMark};
use crate::store::gate_decisions::{self, GateDecisionRow, NewGateDecision};
use crate::store::{StoreError, WriteTx, fleet};
use crate::visits::{ArrivalNow, DecisionFault, GateVerdictWord, Opening, Quoted, check};

/// Longest free note.
const NOTE_CHARS: usize = 500;

/// Somebody at a gate. Never a name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ArrivalView {
    /// The passage.
    pub id: String,
    /// To be quoted when deciding.
    pub revision: i64,
    /// `new`, `update`, `final`, `retracted`.
    pub state: String,
    /// Why it ended.
    pub end: Option<String>,
    /// The place.
    pub site: String,
    /// The node.
    pub node: String,
    /// The camera.
    pub camera: String,
    /// The gate.
    pub gate: String,
    /// `person`, or `door` for one that is opened by hand.
    pub subject: String,
    /// First seen.
    pub first_seen: Moment,
    /// Last seen.
    pub last_seen: Moment,
    /// The machine's answer: `admit` or `verify`.
    pub verdict: Option<String>,
    /// Why a person has to decide.
    pub reasons: Vec<String>,
    /// In words.
    pub reasons_text: Vec<String>,
    /// How sure a likeness is.
    pub sureness: Option<String>,
    /// Face or picture of a face.
    pub liveness: Option<String>,
    /// Somebody enrolled or watched is named.
    pub named: bool,
    /// Hash of the picture the node holds in memory; to be quoted when deciding.
    pub look: Option<String>,
    /// A request is outstanding: the door can be opened from here.
    pub waits: bool,
    /// People who went through beyond those let in.
    pub tailgaters: i64,
    /// A door says that it acted on a decision nobody here made: look at it at once.
    pub alarm: bool,
    /// Made from a file.
    pub replayed: bool,
}

fn is_open(row: &ArrivalRow) -> bool {
    matches!(row.state.as_str(), "new" | "update")
}

impl From<&ArrivalRow> for ArrivalView {
    fn from(row: &ArrivalRow) -> Self {
        let reasons: Vec<VerifyReason> = serde_json::from_str(&row.reasons).unwrap_or_default();
        Self {
            id: row.passage.to_string(),
            revision: row.revision,
            state: row.state.clone(),
            end: row.end.clone(),
            site: row.site.clone(),
            node: row.node.clone(),
            camera: row.camera.clone(),
            gate: row.gate.clone(),
            subject: row.subject.clone(),
            first_seen: Moment::of(row.first_seen),
            last_seen: Moment::of(row.last_seen),
            verdict: row.verdict.clone(),
            reasons: serde_json::from_str(&row.reasons).unwrap_or_default(),
            reasons_text: reasons.iter().map(|reason| reason.vietnamese().to_owned()).collect(),
            sureness: row.sureness.clone(),
            liveness: row.liveness.clone(),
            named: row.enrolment.is_some(),
            look: row.look.map(|look| look.to_string()),
            waits: row.request.is_some() && is_open(row),
            tailgaters: row.tailgaters,
            alarm: row.unknown_acts > 0,
            replayed: row.replayed,
        }
    }
}

/// What the guard had on the screen.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OnScreen {
    /// `revision` of the arrival.
    pub revision: i64,
    /// `look` of the arrival.
    #[schema(value_type = Option<String>)]
    pub look: Option<Sha256>,
    /// A free note, at most 500 characters.
    pub note: Option<String>,
    /// The latest decision on the screen: only whoever saw another guard's word may say otherwise.
    pub decided: Option<Uuid>,
}

/// What a decision came to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct GateDecisionView {
    /// The decision.
    pub decision: String,
    /// `sent`, `no_request`, `no_clock`, `not_sent`: is the word on its way to the node?
    pub command: &'static str,
    /// In words.
    pub command_text: &'static str,
}

impl GateDecisionView {
    pub(crate) fn of(decision: DecisionId, opening: Option<Opening>) -> Self {
        let (command, command_text) = match opening {
            Some(Opening::Sent) => ("sent", "Đã gửi lệnh; kết quả của cửa sẽ hiện tại cổng này."),
            Some(Opening::NoClock) => (
                "no_clock",
                "Đã ghi quyết định nhưng không thể mở cửa từ xa (chưa nhận được đồng hồ của thiết bị): hãy mở tại chỗ.",
            ),
            Some(Opening::NotSent) => ("not_sent", "Đã ghi quyết định nhưng chưa gửi được lệnh: hãy mở tại chỗ."),
            None => ("no_request", "Đã ghi quyết định; thiết bị không chờ lệnh nào: hãy mở tại chỗ nếu cần."),
        };
        Self { decision: decision.0.to_string(), command, command_text }
    }

    /// For a word that is no order to a door.
    fn told(decision: DecisionId, sent: bool) -> Self {
        let (command, command_text) = if sent {
            ("sent", "Đã ghi quyết định và báo cho thiết bị.")
        } else {
            ("not_sent", "Đã ghi quyết định nhưng chưa báo được cho thiết bị.")
        };
        Self { decision: decision.0.to_string(), command, command_text }
    }
}

pub(crate) fn check_note(note: Option<&str>) -> Result<(), ApiError> {
    match note {
        Some(note) if note.contains('\0') => Err(ApiError::bad_request("bad_note", "Ghi chú có ký tự không hợp lệ.")),
        Some(note) if note.chars().count() > NOTE_CHARS => {
            Err(ApiError::bad_request("note_too_long", "Ghi chú quá dài."))
        }
        _ => Ok(()),
    }
}

/// The node of an arrival.
pub(crate) fn node_of(row: &ArrivalRow) -> Result<NodeAddress, StoreError> {
    let unreadable = |_| StoreError::Unreadable("arrivals.node");
    Ok(NodeAddress { site: row.site.parse().map_err(unreadable)?, node: row.node.parse().map_err(unreadable)? })
}

/// A gate behind a site's own centre is decided there, and nowhere else.
pub(crate) async fn decided_here(conn: &mut WriteTx, node: &NodeAddress) -> Result<(), ApiError> {
    let behind = fleet::node(conn, node).await?.is_some_and(|known| known.via.is_some());
    if behind {
        let words = "Cổng này có bàn trực riêng tại chỗ; quyết định được thực hiện ở đó.";
        return Err(ApiError::new(StatusCode::CONFLICT, "decided_at_its_site", words));
    }
    Ok(())
}

fn gate_of(row: &ArrivalRow) -> Result<GateName, StoreError> {
    row.gate.parse().map_err(|_| StoreError::Unreadable("arrivals.gate"))
}

/// Stores a decision with its audit record, if the arrival is what the guard saw. What follows from it comes after this.
async fn decide(
    people: &People,
    authz: &Authz,
    id: Uuid,
    verdict: GateVerdictWord,
    screen: &OnScreen,
    reason: Option<&str>,
) -> Result<(ArrivalRow, DecisionId), ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    check_note(screen.note.as_deref())?;
    let (controller, now) = (authz.controller(), people.now());
    let decision = DecisionId(people.means.ids.next(now));
    let mut tx = people.write().await?;
    let row = table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    decided_here(&mut tx, &node_of(&row)?).await?;
    let served = match &row.look {
        Some(look) => table::was_served(&mut tx, officer.session(), id, look).await?,
        None => false,
    };
    let stands = ArrivalNow {
        revision: row.revision,
        look: row.look,
        open: is_open(&row),
        replayed: row.replayed,
        named: row.enrolment.is_some(),
        served,
    };
    check(verdict, &stands, &Quoted { revision: screen.revision, look: screen.look })?;
    if !gate_decisions::lock(&mut tx, controller.as_str(), id, row.revision, now.0).await? {
        return Err(DecisionFault::Changed.into());
    }
    // That a likeness was wrong answers no request: the person is still to be let in or not.
    let request = row.request.filter(|_| verdict != GateVerdictWord::NotThisPerson);
    if let Some(request) = request
        && gate_decisions::answered_otherwise(&mut tx, request, verdict.as_str()).await?
    {
        return Err(DecisionFault::AnsweredOtherwise.into());
    }
    if verdict != GateVerdictWord::NotThisPerson {
        let before = gate_decisions::of_arrival(&mut tx, id).await?;
        let last = before.iter().rfind(|said| matches!(said.verdict.as_str(), "admit" | "refuse"));
        let unseen = |said: &GateDecisionRow| {
            said.verdict != verdict.as_str() && said.by != authz.session().name && screen.decided != Some(said.decision)
        };
        if last.is_some_and(unseen) {
            return Err(DecisionFault::AnsweredOtherwise.into());
        }
    }
    let action = match verdict {
        GateVerdictWord::Admit => "arrivals.admit",
        GateVerdictWord::Refuse => "arrivals.refuse",
        GateVerdictWord::NotThisPerson => "arrivals.not_this_person",
    };
    let mut detail = format!("decision {} revision {}", decision.0, row.revision);
    if let Some(reason) = reason {
        detail = format!("{detail} {reason}");
    }
    let entry = Entry::by(authz, action).with_object(id).with_detail(detail);
    audit::append(&mut tx, controller, now, entry).await?;
    gate_decisions::insert(
        &mut tx,
        &NewGateDecision {
            decision: decision.0,
            controller: controller.as_str(),
            site: &row.site,
            node: &row.node,
            gate: &row.gate,
            verdict: verdict.as_str(),
            passage: Some(id),
            revision: Some(row.revision),
            look: row.look,
            request,
            ask: None,
            reason,
            note: screen.note.as_deref(),
            by: officer.user(),
            session: officer.session(),
            at: now.0,
        },
    )
    .await?;
    if let Some(voice) = &people.voice {
        let told = Told {
            camera: row.camera.parse().map_err(|_| StoreError::Unreadable("arrivals.camera"))?,
            controller: controller.clone(),
            decision: DecisionBody {
                decision,
                gate_node: node_of(&row)?,
                gate: gate_of(&row)?,
                verdict: verdict.told(),
                passage: Some(PassageId(id)),
                passage_revision: Some(u32::try_from(row.revision).unwrap_or(u32::MAX)),
                look: row.look,
                request: request.map(RequestId),
                ask: None,
                reason: reason.map(str::to_owned),
                note: screen.note.clone(),
                officer: authz.session().name.clone(),
                at: now,
            },
        };
        voice.tell(&mut tx, told).await?;
    }
    tx.commit().await?;
    tracing::info!(passage.id = %id, "passage {id}: a guard decided, {}", verdict.as_str());
    tell_desks(people, authz, &row, verdict.as_str(), now)?;
    Ok((row, decision))
}

/// Tells the other desks what a guard said, with the guard's name.
fn tell_desks(
    people: &People,
    authz: &Authz,
    row: &ArrivalRow,
    word: &'static str,
    at: UtcMicros,
) -> Result<(), StoreError> {
    people.live.say(&DeskWord {
        controller: authz.controller(),
        node: &node_of(row)?,
        camera: &row.camera,
        gate: &row.gate,
        passage: Some(row.passage),
        word,
        by: &authz.session().name,
        at,
    });
    Ok(())
}

/// Stores a mark about an arrival with its audit record and tells the other desks; `seen` as in [`NewMark`].
async fn mark(people: &People, authz: &Authz, id: Uuid, seen: Option<(i64, i64)>) -> Result<UtcMicros, ApiError> {
    let officer = authz.officer().ok_or(AuthError::PersonNeeded)?;
    let (controller, now) = (authz.controller(), people.now());
    let mut tx = people.write().await?;
    let row = table::get(&mut tx, controller.as_str(), id).await?.ok_or_else(ApiError::not_found)?;
    // The arrival's lock: its node's next word waits, and what is judged here is what is stored about.
    if !gate_decisions::lock(&mut tx, controller.as_str(), id, row.revision, now.0).await? {
        return Err(DecisionFault::Changed.into());
    }
    let word = match seen {
        _ if row.replayed => return Err(DecisionFault::Replayed.into()),
        None if !is_open(&row) => return Err(DecisionFault::Over.into()),
        Some(seen) if seen != (row.tailgaters, row.unknown_acts) || seen == (0, 0) => {
            return Err(DecisionFault::Changed.into());
        }
        None => "verifying",
        Some(_) => "alert_seen",
    };
    let action = if seen.is_some() { "arrivals.alert_seen" } else { "arrivals.verify" };
    audit::append(&mut tx, controller, now, Entry::by(authz, action).with_object(id)).await?;
    let new = NewMark {
        mark: people.means.ids.next(now),
        controller: controller.as_str(),
        passage: id,
        seen,
        by: officer.user(),
        session: officer.session(),
        at: now.0,
    };
    desk_marks::insert(&mut tx, &new).await?;
    tx.commit().await?;
    tell_desks(people, authz, &row, word, now)?;
    Ok(now)
}
