//! `POST /api/v1/gates/roll-call`: who was let in today at one place, for an evacuation or the end of a shift. It says who came in
//! and how many went through the doors; who left is nobody's to say, since going out identifies nobody. On record, with its
//! reason, before a name leaves.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use contract::clock::{DAY_US, vietnam_day_start};
use contract::ids::SiteName;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::extract::Body;
use crate::api::text::Moment;
use crate::api::{ApiError, People};
use crate::audit::{self, Entry};
use crate::auth::Authz;
use crate::counting::Step;
use crate::fleet;
use crate::people::nodes_with_gates;
use crate::store::arrivals::{self, LetIn};
use crate::store::counts_read::{self, BucketQuery};
use crate::store::{WriteTx, people as enrolled};

/// Passages looked at; a gate lets in some thousand people a day at most.
const MOST: i64 = 10_000;

/// For which place, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RollCallAsked {
    /// The place.
    pub site: String,
    /// Why: 5 to 300 characters. It stands in the audit log.
    pub reason: String,
}

/// Who was let in today.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RollCall {
    /// Since the beginning of the day.
    pub since: Moment,
    /// Until now.
    pub at: Moment,
    /// What it does not say.
    pub caution: &'static str,
    /// Enrolled people the machine let in, the latest first.
    pub people: Vec<InView>,
    /// How many times a guard let somebody in whose name is not known here.
    pub let_in_by_guards: i64,
    /// How many times a door was opened by hand.
    pub opened_by_hand: i64,
    /// Counted in over the doors' lines; null where no door has one.
    pub counted_in: Option<i64>,
    /// Counted out.
    pub counted_out: Option<i64>,
}

/// Somebody who was let in.
#[derive(Serialize, ToSchema)]
pub(crate) struct InView {
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: Option<String>,
    /// First let in today.
    pub first: Moment,
    /// Last let in.
    pub last: Moment,
    /// Where, the last time.
    pub gate: String,
}

impl std::fmt::Debug for InView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InView(…)")
    }
}

const CAUTION: &str =
    "Danh sách người đã được cho vào hôm nay. Hệ thống không nhận diện người ra về: hãy đối chiếu tại chỗ.";

/// Who was let in today.
#[utoipa::path(post, path = "/api/v1/gates/roll-call", tag = "gates", request_body = RollCallAsked,
    params(("controller" = Option<String>, Query, description = "Needed with roles at several")),
    responses((status = 200, description = "Who was let in", body = RollCall),
        (status = 400, description = "No place, no reason", body = crate::api::error::ErrorEnvelope)))]
pub(crate) async fn call_roll(
    authz: Authz,
    State(people): State<Arc<People>>,
    Body(asked): Body<RollCallAsked>,
) -> Result<Json<RollCall>, ApiError> {
    let site: SiteName = asked.site.parse().map_err(|_| ApiError::bad_request("bad_site", "Địa điểm không hợp lệ."))?;
    let reason = asked.reason.trim();
    if !(5..=300).contains(&reason.chars().count()) || reason.contains('\0') {
        let words = "Lý do điểm danh (bắt buộc, từ 5 ký tự). Việc điểm danh được ghi nhật ký.";
        return Err(ApiError::bad_request("reason_needed", words));
    }
    let (controller, now) = (authz.controller(), people.now());
    let since = vietnam_day_start(now);
    let mut tx = people.write().await?;
    let entry = Entry::by(&authz, "gates.roll_call").with_place(site.as_str(), since, now).with_detail(reason);
    audit::append(&mut tx, controller, now, entry).await?;
    let entries = arrivals::let_in(&mut tx, controller.as_str(), site.as_str(), since, MOST).await?;
    let mut present: Vec<InView> = Vec::new();
    let mut seen = std::collections::HashMap::new();
    let (mut by_guards, mut by_hand) = (0, 0);
    for entry in entries {
        let LetIn { at, gate, enrolment, by_hand: hand, .. } = entry;
        let Some(enrolment) = enrolment else {
            *(if hand { &mut by_hand } else { &mut by_guards }) += 1;
            continue;
        };
        // The latest stands first: what comes later in this list was earlier.
        if let Some(place) = seen.get(&enrolment) {
            let there: &mut InView = &mut present[*place];
            there.first = Moment::of(at);
            continue;
        }
        let Some((name, unit)) = name(&people, &mut tx, controller.as_str(), enrolment).await? else {
            by_guards += 1;
            continue;
        };
        seen.insert(enrolment, present.len());
        present.push(InView { name, unit, first: Moment::of(at), last: Moment::of(at), gate });
    }
    let counted = counted(&mut tx, controller, &site, (since.0, since.0 + DAY_US)).await?;
    tx.commit().await?;
    Ok(Json(RollCall {
        since: since.into(),
        at: now.into(),
        caution: CAUTION,
        people: present,
        let_in_by_guards: by_guards,
        opened_by_hand: by_hand,
        counted_in: counted.map(|(went_in, _)| went_in),
        counted_out: counted.map(|(_, went_out)| went_out),
    }))
}

async fn name(
    people: &People,
    tx: &mut WriteTx,
    controller: &str,
    enrolment: uuid::Uuid,
) -> Result<Option<(String, Option<String>)>, ApiError> {
    let Some(row) = enrolled::enrolment(tx, controller, enrolment).await? else { return Ok(None) };
    let shown = people.office.show(&row)?;
    Ok(shown.name.map(|name| (name, shown.unit)))
}

/// What the lines across the doors of this place counted; none where no door has a line.
async fn counted(
    tx: &mut WriteTx,
    controller: &contract::ids::ControllerName,
    site: &SiteName,
    (from, to): (i64, i64),
) -> Result<Option<(i64, i64)>, ApiError> {
    let mut sum = None;
    for node in nodes_with_gates(tx).await? {
        for gate in fleet::gates_in_force(tx, &node).await? {
            let Some(line) = gate.spec.door_line.filter(|_| node.site == *site && gate.controller == *controller)
            else {
                continue;
            };
            let query = BucketQuery {
                controller: controller.as_str(),
                site: site.as_str(),
                camera: Some(gate.spec.camera.as_str()),
                line: Some(line.as_str()),
                from,
                to,
                length_us: DAY_US,
                offset_us: Step::Day.offset_us(),
            };
            let (went_in, went_out) = sum.unwrap_or((0, 0));
            let rows = counts_read::buckets(tx, &query).await?;
            sum = Some(rows.iter().fold((went_in, went_out), |sum, row| (sum.0 + row.went_in, sum.1 + row.went_out)));
        }
    }
    Ok(sum)
}
