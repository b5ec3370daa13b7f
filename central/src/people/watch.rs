//! The watch list: few people, each with a basis, an expiry within half a year, gates, and two registrars behind it. Nobody is
//! let in by standing here and nobody turned away: the desk is told, and a person decides. False alarms grow with the list,
//! so its size is limited.

use contract::clock::{DAY_US, UtcMicros};
use contract::ids::ControllerName;
use uuid::Uuid;

use super::duplicates::KnownFaces;
use super::gallery::Rebuilt;
use super::office::{Good, Office, OfficeError};
use super::proposal::{GateAddress, MAX_PICTURES, ProposalFault, Proposed};
use super::state::{By, EnrolmentState, StateFault};
use super::withdrawal::{self, Gone};
use crate::audit::{self, Entry};
use crate::auth::Purpose;
use crate::store::watch::{self as table, NewWatch, WatchRow};
use crate::store::{StoreError, WriteTx};
use crate::store::{faces, people};

/// An entry ends after this many days at most.
pub const WATCH_MONTHS_DAYS: i64 = 184;
const LABEL: &str = "watch_entries.label_sealed";

/// A watch entry to be proposed. Its `Debug` shows nothing.
#[derive(Clone)]
pub struct WatchProposal {
    /// What the desk has to know.
    pub label: String,
    /// On what it rests.
    pub basis: String,
    /// When it ends.
    pub expires_at: UtcMicros,
    /// At which gates.
    pub gates: Vec<GateAddress>,
    /// JPEG or PNG files.
    pub pictures: Vec<Vec<u8>>,
}

impl std::fmt::Debug for WatchProposal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("WatchProposal(…)")
    }
}

impl WatchProposal {
    fn faults(&self, now: UtcMicros) -> Vec<ProposalFault> {
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
        check(plain(&self.label, 2, 200), F::Name);
        check(plain(&self.basis, 5, 300), F::Basis);
        check(self.expires_at > now, F::Validity);
        check(self.expires_at.since_us(now) <= WATCH_MONTHS_DAYS * DAY_US, F::WatchTooLong);
        check((1..=50).contains(&self.gates.len()), F::Gates);
        check((1..=MAX_PICTURES).contains(&self.pictures.len()), F::Pictures);
        faults
    }
}

fn state_of(row: &WatchRow) -> Result<EnrolmentState, StoreError> {
    EnrolmentState::from_stored(&row.state, row.proposed_by, row.approved_by)
        .ok_or(StoreError::Unreadable("watch_entries.state"))
}

impl Office {
    /// A registrar proposes a watch entry.
    pub async fn watch_propose(
        &self,
        controller: &ControllerName,
        by: By,
        entry: Entry,
        proposal: &WatchProposal,
    ) -> Result<Proposed, OfficeError> {
        let now = self.clock.now();
        let mut faults = proposal.faults(now);
        faults.extend(self.unknown_gates(controller, &proposal.gates).await?);
        if !faults.is_empty() {
            return Err(OfficeError::Refused { faults, pictures: Vec::new() });
        }
        let id = self.ids.next(now);
        let judged = self.judge.judge(proposal.pictures.clone()).await?;
        // Whether somebody is enrolled is not told here: a watch list must not be a way to ask.
        let reports = self.report(id, &judged, &KnownFaces::default());
        let good: Good<'_> = reports
            .iter()
            .zip(&proposal.pictures)
            .zip(&judged)
            .filter(|((report, _), _)| report.good)
            .map(|((report, picture), judged)| (report.number, picture.as_slice(), judged))
            .collect();
        if good.is_empty() {
            return Err(OfficeError::Refused { faults: Vec::new(), pictures: reports });
        }
        let mut tx = self.db.write().await?;
        if table::open(&mut tx, controller.as_str()).await? >= i64::from(self.settings.watch_limit) {
            return Err(OfficeError::WatchListFull);
        }
        audit::append(&mut tx, controller, now, entry.with_object(id)).await?;
        let (key, wrapped) = self.vault.new_data_key(id);
        people::insert_data_key(&mut tx, id, controller.as_str(), wrapped, now.0).await?;
        let new = NewWatch {
            id,
            controller: controller.as_str(),
            label_sealed: key.seal(LABEL, proposal.label.trim().as_bytes()),
            basis: proposal.basis.trim(),
            expires_at: proposal.expires_at.0,
            by: by.user,
            session: by.session,
            at: now.0,
        };
        table::insert(&mut tx, &new).await?;
        for gate in &proposal.gates {
            faces::insert_gate(&mut tx, id, &gate.node, gate.gate.as_str()).await?;
        }
        self.seal_faces(&mut tx, &key, id, &good).await?;
        tx.commit().await?;
        Ok(Proposed { enrolment: id, person: id, pictures: reports })
    }

    async fn watch_row(
        &self,
        tx: &mut WriteTx,
        controller: &ControllerName,
        id: Uuid,
    ) -> Result<WatchRow, OfficeError> {
        table::get(tx, controller.as_str(), id).await?.ok_or(OfficeError::NotFound)
    }

    /// A second registrar approves it.
    pub async fn watch_approve(
        &self,
        controller: &ControllerName,
        by: By,
        entry: Entry,
        id: Uuid,
    ) -> Result<Vec<Rebuilt>, OfficeError> {
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let row = self.watch_row(&mut tx, controller, id).await?;
        state_of(&row)?.approve(by.user, UtcMicros(row.expires_at), now)?;
        audit::append(&mut tx, controller, now, entry.with_object(id)).await?;
        if !table::approve(&mut tx, id, by.user, by.session, now.0).await? {
            return Err(StateFault::NotProposed.into());
        }
        let made = self.rebuild_for(&mut tx, id, now).await?;
        tx.commit().await?;
        Ok(made)
    }

    /// A registrar takes it back.
    pub async fn watch_withdraw(
        &self,
        controller: &ControllerName,
        by: By,
        entry: Entry,
        id: Uuid,
    ) -> Result<(), OfficeError> {
        let mut tx = self.db.write().await?;
        let row = self.watch_row(&mut tx, controller, id).await?;
        let state = state_of(&row)?.withdraw()?;
        self.end_watch(tx, controller, Some(by), entry, id, state).await
    }

    async fn end_watch(
        &self,
        mut tx: WriteTx,
        controller: &ControllerName,
        by: Option<By>,
        entry: Entry,
        id: Uuid,
        state: EnrolmentState,
    ) -> Result<(), OfficeError> {
        let now = self.clock.now();
        audit::append(&mut tx, controller, now, entry.with_object(id).with_more(state.as_str())).await?;
        table::end(&mut tx, id, state.as_str(), by.map(|by| by.user), now.0).await?;
        let gone = Gone { subject: id, controller: controller.as_str(), enrolments: &[id], why: state.as_str() };
        withdrawal::delete(&mut tx, (&self.vault, &self.key), &gone, now).await?;
        tx.commit().await?;
        self.db.forget_deleted().await?;
        Ok(())
    }

    pub(super) async fn expire_watch(&self, now: UtcMicros) -> Result<u64, OfficeError> {
        let over = table::over(&mut *self.db.read().await?, now).await?;
        let mut ended = 0;
        for (controller, id) in over {
            let Ok(controller) = controller.parse::<ControllerName>() else { continue };
            let mut tx = self.db.write().await?;
            let row = self.watch_row(&mut tx, &controller, id).await?;
            let Ok(state) = state_of(&row)?.expire() else { continue };
            let entry = Entry::new(None, "watch.expire", Purpose::AccessControl);
            self.end_watch(tx, &controller, None, entry, id, state).await?;
            ended += 1;
        }
        Ok(ended)
    }

    /// Opens the label of an entry.
    pub fn show_watch(&self, row: &WatchRow) -> Result<Option<String>, OfficeError> {
        let (Some(wrapped), Some(sealed)) = (&row.wrapped, &row.label_sealed) else { return Ok(None) };
        Ok(Some(self.vault.data_key(row.id, wrapped)?.open_text(LABEL, sealed)?))
    }
}
