//! What the pictures of a proposal are worth: the worker's word about each, then whether its face is in the list already under
//! another person, and whether all pictures show one person. Two people in one enrolment would let in both.

use contract::enrolment::PictureFault;
use contract::ids::ControllerName;
use contract::signature::Sha256;
use uuid::Uuid;

use super::duplicates::{KnownFaces, likeness};
use super::gallery::{TEMPLATE, numbers};
use super::office::{Office, OfficeError};
use super::proposal::{DUPLICATE, PictureReport, SOMEBODY_ELSE};
use super::worker::Judged;
use crate::store::faces as table;

/// Enrolments read at once when templates are compared.
const PAGE: i64 = 1_000;

impl Office {
    /// What each picture is worth: the worker's word, then whether its face is somebody else's in the list already, or not the
    /// one on the pictures before it.
    pub(super) fn report(&self, person: Uuid, judged: &[Judged], known: &KnownFaces) -> Vec<PictureReport> {
        let mut reports: Vec<PictureReport> = Vec::with_capacity(judged.len());
        let mut first: Option<&Judged> = None;
        for (i, picture) in judged.iter().enumerate() {
            let mut faults = picture.verdict.faults.clone();
            let usable = picture.templates.iter().any(|t| t.numbers().is_some());
            if faults.is_empty() && (!picture.verdict.good || !usable) {
                faults.push(PictureFault::Unreadable);
            }
            let mut report = PictureReport::of(i + 1, &faults);
            if report.good {
                if self.any_template(picture, |net, values, threshold| known.is_another(person, net, values, threshold))
                {
                    report.refuse(DUPLICATE);
                } else if first.is_some_and(|first| self.are_different(first, picture)) {
                    report.refuse(SOMEBODY_ELSE);
                } else if first.is_none() {
                    first = Some(picture);
                }
            }
            reports.push(report);
        }
        reports
    }

    fn any_template(&self, picture: &Judged, holds: impl Fn(Sha256, &[f32], f32) -> bool) -> bool {
        picture.templates.iter().any(|t| {
            let calibration = self.settings.calibrations.iter().find(|c| c.embedder == t.embedder);
            calibration.zip(t.numbers()).is_some_and(|(c, values)| holds(t.embedder, &values, c.threshold))
        })
    }

    fn are_different(&self, first: &Judged, other: &Judged) -> bool {
        self.any_template(other, |net, values, threshold| {
            let same = first.templates.iter().find(|t| t.embedder == net).and_then(|t| t.numbers());
            same.is_some_and(|same| likeness(&same, values) < threshold)
        })
    }

    /// Every template of a controller, opened.
    pub async fn known_faces(&self, controller: &ControllerName) -> Result<KnownFaces, OfficeError> {
        let mut known = KnownFaces::default();
        let mut after = Uuid::nil();
        loop {
            let rows =
                table::templates_of_controller(&mut *self.db.read().await?, controller.as_str(), after, PAGE).await?;
            let Some(last) = rows.last() else { return Ok(known) };
            after = last.enrolment;
            for row in rows {
                let values = self.vault.data_key(row.subject, &row.wrapped)?.open(TEMPLATE, &row.sealed)?;
                known.add(row.subject, row.embedder, &numbers(&values));
            }
        }
    }
}
