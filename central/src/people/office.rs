//! The registration office: proposing, approving, refusing, withdrawing, expiring. Each step is one transaction that holds the
//! change, its audit record, and the galleries that follow from it. The API and the command line come here both; who may do
//! what was judged before, and the database judges it again.

use std::path::PathBuf;
use std::sync::Arc;

use contract::clock::{Clock, UtcMicros};
use contract::ids::{ControllerName, IdSource, NodeAddress};
use contract::signature::SigningKey;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::duplicates::{Calibration, KnownFaces};
use super::gallery::{GalleryFault, Key, Rebuilt, TEMPLATE, number_bytes, rebuild};
use super::proposal::{PictureReport, Proposal, ProposalFault, Proposed};
use super::state::{By, EnrolmentState, StateFault};
use super::vault::{DataKey, Vault, VaultError};
use super::withdrawal::{self, Gone, SignedCertificate};
use super::worker::{JudgePictures, Judged, WorkerError};
use crate::audit::{self, Entry};
use crate::auth::Purpose;
use crate::fleet;
use crate::store::faces;
use crate::store::people::{self as table, EnrolmentRow, NewEnrolment};
use crate::store::{Db, StoreError, WriteTx};

pub(super) const NAME: &str = "persons.name_sealed";
pub(super) const UNIT: &str = "persons.unit_sealed";
pub(super) const PICTURE: &str = "face_pictures.sealed";
/// Enrolments ended at once when their time is over.
const OVER_AT_ONCE: i64 = 200;

/// Settings of enrolment.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EnrolmentSettings {
    /// The program that judges pictures (`edge-node`), relative to the settings file; left out: `edge-node` beside `central`.
    pub worker: Option<PathBuf>,
    /// From which likeness on two pictures show the same person, by embedder, out of its calibration
    /// (`measure calibrate`). Without it nobody is told that a face is enrolled already.
    pub calibrations: Vec<Calibration>,
    /// Watch entries a body may have at once, 0..10000. Default 200: every one more makes more false alarms.
    #[schemars(range(max = 10_000))]
    pub watch_limit: u32,
}

impl Default for EnrolmentSettings {
    fn default() -> Self {
        Self { worker: None, calibrations: Vec::new(), watch_limit: 200 }
    }
}

/// Why a step of the office is not taken.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// The proposal is not taken: what is wrong, all at once.
    #[error("the proposal is not taken")]
    Refused {
        /// What is wrong with its words.
        faults: Vec<ProposalFault>,
        /// What is wrong with its pictures.
        pictures: Vec<PictureReport>,
    },
    /// There is none of this id at this controller.
    #[error("there is no such enrolment")]
    NotFound,
    /// Its state does not allow it.
    #[error("the step is not allowed")]
    State(#[from] StateFault),
    /// As many watch entries as may be.
    #[error("the watch list is full")]
    WatchListFull,
    /// A row of an import that is there already.
    #[error("this row was imported before")]
    RowIsThere,
    /// The worker failed.
    #[error("judging pictures")]
    Worker(#[from] WorkerError),
    /// Something sealed does not open.
    #[error("opening what is sealed")]
    Vault(#[from] VaultError),
    /// A gallery could not be made.
    #[error("making galleries")]
    Gallery(#[from] GalleryFault),
    /// The store failed.
    #[error("the enrolment could not be stored")]
    Store(#[from] StoreError),
}

/// Everything the office works with.
#[derive(Clone)]
pub struct Office {
    /// The store.
    pub db: Db,
    /// The vault.
    pub vault: Arc<Vault>,
    /// The centre's signing key.
    pub key: Arc<SigningKey>,
    /// Who judges pictures.
    pub judge: Arc<dyn JudgePictures>,
    /// Settings.
    pub settings: EnrolmentSettings,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Ids.
    pub ids: Arc<dyn IdSource>,
}

impl std::fmt::Debug for Office {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Office")
    }
}

/// An enrolment, opened for somebody who may see it. Prints nothing of the person.
#[derive(Clone, PartialEq, Eq)]
pub struct Shown {
    /// The person's name; none once it is erased.
    pub name: Option<String>,
    /// The person's unit.
    pub unit: Option<String>,
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Shown(…)")
    }
}

/// Pictures that were judged good, with their templates.
pub(super) type Good<'a> = Vec<(usize, &'a [u8], &'a Judged)>;

impl Office {
    fn means(&self) -> (&Vault, &SigningKey) {
        (&self.vault, &self.key)
    }

    /// A registrar proposes a person. `entry` goes on record with the enrolment's id.
    pub async fn propose(
        &self,
        controller: &ControllerName,
        by: By,
        entry: Entry,
        proposal: &Proposal,
    ) -> Result<Proposed, OfficeError> {
        let mut known = if self.settings.calibrations.is_empty() {
            KnownFaces::default()
        } else {
            self.known_faces(controller).await?
        };
        self.propose_among(controller, by, entry, proposal, &mut known).await
    }

    /// As [`Office::propose`], with the faces that are known already; a new one is added.
    pub async fn propose_among(
        &self,
        controller: &ControllerName,
        by: By,
        entry: Entry,
        proposal: &Proposal,
        known: &mut KnownFaces,
    ) -> Result<Proposed, OfficeError> {
        let now = self.clock.now();
        let mut faults = proposal.faults(now);
        faults.extend(self.unknown_gates(controller, &proposal.gates).await?);
        if !faults.is_empty() {
            return Err(OfficeError::Refused { faults, pictures: Vec::new() });
        }
        if let Some(key) = proposal.row_key
            && table::row_is_there(&mut *self.db.read().await?, controller.as_str(), key).await?
        {
            return Err(OfficeError::RowIsThere);
        }
        let judged = self.judge.judge(proposal.pictures.clone()).await?;
        let mut tx = self.db.write().await?;
        let proposed = self.store_proposal(&mut tx, controller, (by, entry), proposal, &judged, known).await?;
        tx.commit().await?;
        tracing::info!(enrolment.id = %proposed.enrolment, "enrolment {} is proposed", proposed.enrolment);
        Ok(proposed)
    }

    /// Stores a proposal whose words were checked and whose pictures were judged, if one of them is good. The new faces are
    /// known from then on.
    pub(super) async fn store_proposal(
        &self,
        tx: &mut WriteTx,
        controller: &ControllerName,
        (by, entry): (By, Entry),
        proposal: &Proposal,
        judged: &[Judged],
        known: &mut KnownFaces,
    ) -> Result<Proposed, OfficeError> {
        let now = self.clock.now();
        let (person, enrolment) = (self.ids.next(now), self.ids.next(now));
        let reports = self.report(person, judged, known);
        let good: Good<'_> = reports
            .iter()
            .zip(&proposal.pictures)
            .zip(judged)
            .filter(|((report, _), _)| report.good)
            .map(|((report, picture), judged)| (report.number, picture.as_slice(), judged))
            .collect();
        if good.is_empty() {
            return Err(OfficeError::Refused { faults: Vec::new(), pictures: reports });
        }
        audit::append(tx, controller, now, entry.with_object(enrolment)).await?;
        let (key, wrapped) = self.vault.new_data_key(person);
        table::insert_data_key(tx, person, controller.as_str(), wrapped, now.0).await?;
        let name = key.seal(NAME, proposal.name.trim().as_bytes());
        let unit = key.seal(UNIT, proposal.unit.trim().as_bytes());
        table::insert_person(tx, (person, controller.as_str()), name, unit, now.0).await?;
        let hours = serde_json::to_string(&proposal.hours).expect("hours are numbers");
        let new = NewEnrolment {
            enrolment,
            person,
            controller: controller.as_str(),
            basis_kind: proposal.basis.kind(),
            basis: proposal.basis.text.trim(),
            consent_on: proposal.basis.consent_on.as_deref(),
            valid_from: proposal.valid_from.0,
            valid_to: proposal.valid_to.0,
            hours: &hours,
            by: by.user,
            session: by.session,
            at: now.0,
            batch: proposal.batch,
            row_key: proposal.row_key,
        };
        table::insert_enrolment(tx, &new).await?;
        for gate in &proposal.gates {
            faces::insert_gate(tx, enrolment, &gate.node, gate.gate.as_str()).await?;
        }
        self.seal_faces(tx, &key, enrolment, &good).await?;
        for (_, _, judged) in &good {
            for t in &judged.templates {
                if let Some(values) = t.numbers() {
                    known.add(person, t.embedder, &values);
                }
            }
        }
        Ok(Proposed { enrolment, person, pictures: reports })
    }

    /// Seals pictures and templates under a key.
    pub(super) async fn seal_faces(
        &self,
        tx: &mut WriteTx,
        key: &DataKey,
        id: Uuid,
        good: &Good<'_>,
    ) -> Result<(), StoreError> {
        for (number, picture, judged) in good {
            let position = i64::try_from(*number).unwrap_or(i64::MAX);
            faces::insert_picture(tx, id, position, key.seal(PICTURE, picture)).await?;
            for t in &judged.templates {
                let Some(values) = t.numbers() else { continue };
                let sealed = key.seal(TEMPLATE, &number_bytes(&values));
                faces::insert_template(tx, id, position, t.embedder, sealed).await?;
            }
        }
        Ok(())
    }

    pub(super) async fn unknown_gates(
        &self,
        controller: &ControllerName,
        gates: &[super::GateAddress],
    ) -> Result<Vec<ProposalFault>, StoreError> {
        let mut faults = Vec::new();
        let mut conn = self.db.read().await?;
        for gate in gates {
            let there = fleet::gates_in_force(&mut conn, &gate.node).await?;
            if !there.iter().any(|g| g.spec.name == gate.gate && g.controller == *controller) {
                faults.push(ProposalFault::UnknownGate(gate.to_string()));
            }
        }
        Ok(faults)
    }

    async fn row(&self, tx: &mut WriteTx, controller: &ControllerName, id: Uuid) -> Result<EnrolmentRow, OfficeError> {
        table::enrolment(tx, controller.as_str(), id).await?.ok_or(OfficeError::NotFound)
    }

    /// A second registrar approves: the galleries of its nodes are made anew at once.
    pub async fn approve(
        &self,
        controller: &ControllerName,
        by: By,
        entry: Entry,
        id: Uuid,
    ) -> Result<Vec<Rebuilt>, OfficeError> {
        self.approve_among(controller, by, entry, id, true).await
    }

    /// As [`Office::approve`]; one of many leaves the galleries to the last of them.
    pub async fn approve_among(
        &self,
        controller: &ControllerName,
        by: By,
        entry: Entry,
        id: Uuid,
        with_galleries: bool,
    ) -> Result<Vec<Rebuilt>, OfficeError> {
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let row = self.row(&mut tx, controller, id).await?;
        state_of(&row)?.approve(by.user, UtcMicros(row.valid_to), now)?;
        audit::append(&mut tx, controller, now, entry.with_object(row.enrolment)).await?;
        if !table::approve(&mut tx, row.enrolment, by.user, by.session, now.0).await? {
            return Err(StateFault::NotProposed.into());
        }
        let made = if with_galleries { self.rebuild_for(&mut tx, row.enrolment, now).await? } else { Vec::new() };
        tx.commit().await?;
        tracing::info!(enrolment.id = %row.enrolment, "enrolment {} is approved", row.enrolment);
        Ok(made)
    }

    pub(super) async fn rebuild_for(
        &self,
        tx: &mut WriteTx,
        enrolment: Uuid,
        now: UtcMicros,
    ) -> Result<Vec<Rebuilt>, OfficeError> {
        let mut nodes: Vec<NodeAddress> =
            faces::gates_of(tx, enrolment).await?.into_iter().map(|(node, _)| node).collect();
        nodes.dedup();
        let mut made = Vec::new();
        for node in nodes {
            made.extend(rebuild(tx, self.means(), &node, Key::Stays, now).await?);
        }
        Ok(made)
    }

    /// A second registrar refuses: what was proposed is deleted.
    pub async fn reject(
        &self,
        controller: &ControllerName,
        by: By,
        entry: Entry,
        id: Uuid,
    ) -> Result<Uuid, OfficeError> {
        let mut tx = self.db.write().await?;
        let row = self.row(&mut tx, controller, id).await?;
        let state = state_of(&row)?.reject(by.user)?;
        self.end(tx, controller, Some(by), entry, &row, state).await
    }

    /// A registrar withdraws a person: everything goes, everywhere. Gives back the person's id.
    pub async fn withdraw(
        &self,
        controller: &ControllerName,
        by: By,
        entry: Entry,
        id: Uuid,
    ) -> Result<Uuid, OfficeError> {
        let mut tx = self.db.write().await?;
        let row = self.row(&mut tx, controller, id).await?;
        let state = state_of(&row)?.withdraw()?;
        self.end(tx, controller, Some(by), entry, &row, state).await
    }

    async fn end(
        &self,
        mut tx: WriteTx,
        controller: &ControllerName,
        by: Option<By>,
        entry: Entry,
        row: &EnrolmentRow,
        state: EnrolmentState,
    ) -> Result<Uuid, OfficeError> {
        let now = self.clock.now();
        let entry = entry.with_object(row.enrolment).with_more(format!("{} {}", state.as_str(), row.person));
        audit::append(&mut tx, controller, now, entry).await?;
        let open = table::open_of_person(&mut tx, row.person).await?;
        for enrolment in &open {
            table::end(&mut tx, *enrolment, state.as_str(), by.map(|by| by.user), now.0).await?;
        }
        table::erase_person(&mut tx, row.person, now.0).await?;
        let gone =
            Gone { subject: row.person, controller: controller.as_str(), enrolments: &open, why: state.as_str() };
        withdrawal::delete(&mut tx, self.means(), &gone, now).await?;
        tx.commit().await?;
        self.db.forget_deleted().await?;
        tracing::info!(enrolment.id = %row.enrolment, "enrolment {} is {}", row.enrolment, state.as_str());
        Ok(row.person)
    }

    /// The certificate of a withdrawal, as things stand.
    pub async fn certificate(
        &self,
        controller: &ControllerName,
        id: Uuid,
    ) -> Result<Option<SignedCertificate>, OfficeError> {
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        withdrawal::note_births(&mut tx, now).await?;
        let signed = withdrawal::certificate(&mut tx, &self.key, controller.as_str(), id, now).await?;
        tx.commit().await?;
        Ok(signed)
    }

    /// Ends what is over its time, and notes which nodes have said that they know. Gives back how many ended.
    pub async fn by_the_clock(&self) -> Result<u64, OfficeError> {
        let now = self.clock.now();
        let over = table::over(&mut *self.db.read().await?, now, OVER_AT_ONCE).await?;
        let mut ended = 0;
        for (controller, person) in over {
            let Ok(controller) = controller.parse::<ControllerName>() else { continue };
            let mut tx = self.db.write().await?;
            let row = self.row(&mut tx, &controller, person).await?;
            // Somebody else was faster.
            let Ok(state) = state_of(&row)?.expire() else { continue };
            let entry = Entry::new(None, "people.expire", Purpose::AccessControl);
            self.end(tx, &controller, None, entry, &row, state).await?;
            ended += 1;
        }
        ended += self.expire_watch(now).await?;
        let mut tx = self.db.write().await?;
        if withdrawal::note_births(&mut tx, now).await? > 0 {
            tx.commit().await?;
        }
        Ok(ended)
    }

    /// Makes every gallery anew that has to be: other gates, other people, or its time runs down.
    pub async fn galleries(&self) -> Result<Vec<Rebuilt>, OfficeError> {
        let now = self.clock.now();
        let nodes = super::nodes_with_gates(&mut *self.db.read().await?).await?;
        let mut made = Vec::new();
        for node in nodes {
            made.extend(self.gallery_of(&node, now).await?);
        }
        Ok(made)
    }

    /// One node's gallery, if it has to be made anew.
    pub async fn gallery_of(&self, node: &NodeAddress, now: UtcMicros) -> Result<Option<Rebuilt>, OfficeError> {
        let mut tx = self.db.write().await?;
        let made = rebuild(&mut tx, self.means(), node, Key::Stays, now).await?;
        if let Some(made) = &made {
            tx.commit().await?;
            tracing::info!(node = %node, "gallery {} of node {node} holds {} entries", made.revision, made.entries);
        }
        Ok(made)
    }

    /// Opens name and unit.
    pub fn show(&self, row: &EnrolmentRow) -> Result<Shown, OfficeError> {
        let Some(wrapped) = &row.wrapped else { return Ok(Shown { name: None, unit: None }) };
        let key = self.vault.data_key(row.person, wrapped)?;
        let open = |column, sealed: &Option<Vec<u8>>| {
            sealed.as_deref().map(|sealed| key.open_text(column, sealed)).transpose()
        };
        Ok(Shown { name: open(NAME, &row.name_sealed)?, unit: open(UNIT, &row.unit_sealed)? })
    }

    /// Opens the first picture of an enrolment that has not ended.
    pub fn open_picture(&self, row: &EnrolmentRow, sealed: &[u8]) -> Result<Option<Vec<u8>>, OfficeError> {
        let Some(wrapped) = &row.wrapped else { return Ok(None) };
        Ok(Some(self.vault.data_key(row.person, wrapped)?.open(PICTURE, sealed)?))
    }
}

/// Where a stored enrolment stands.
pub(super) fn state_of(row: &EnrolmentRow) -> Result<EnrolmentState, StoreError> {
    EnrolmentState::from_stored(&row.state, row.proposed_by, row.approved_by)
        .ok_or(StoreError::Unreadable("enrolments.state"))
}
