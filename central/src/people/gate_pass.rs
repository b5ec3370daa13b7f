//! The pass beside a face: made for one approved enrolment, told once, drawn as a QR code. The centre and the nodes of its gates
//! keep a fingerprint and can make no pass of it. Alone it opens nothing: the node asks for the face it was issued for.

use contract::ids::{ControllerName, EnrolmentId};
use contract::pass::PassText;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use uuid::Uuid;

use super::gallery::Rebuilt;
use super::office::{Office, OfficeError, state_of};
use super::state::By;
use crate::audit::{self, Entry};
use crate::store::{gate_passes, people as table};

/// Smallest side of a drawn pass, in the SVG's own units: it is scaled to whatever it is printed on.
const SIDE: u32 = 320;

/// A pass, for its bearer.
#[derive(Debug)]
pub struct IssuedPass {
    /// Its text.
    pub pass: PassText,
    /// Galleries that were made anew at once.
    pub galleries: Vec<Rebuilt>,
}

impl Office {
    /// A registrar issues a pass; the one before is none any more.
    pub async fn issue_pass(
        &self,
        controller: &ControllerName,
        by: By,
        entry: Entry,
        id: Uuid,
    ) -> Result<IssuedPass, OfficeError> {
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let row = table::enrolment(&mut tx, controller.as_str(), id).await?.ok_or(OfficeError::NotFound)?;
        state_of(&row)?.holds_a_pass()?;
        audit::append(&mut tx, controller, now, entry.with_object(row.enrolment)).await?;
        let pass = PassText::new(self.vault.random());
        let fingerprint = pass.fingerprint(EnrolmentId(row.enrolment));
        gate_passes::put(&mut tx, row.enrolment, fingerprint, by.user, now).await?;
        let galleries = self.rebuild_for(&mut tx, row.enrolment, now).await?;
        tx.commit().await?;
        tracing::info!(enrolment.id = %row.enrolment, "a pass is issued for enrolment {}", row.enrolment);
        Ok(IssuedPass { pass, galleries })
    }
}

/// The pass as a picture, SVG. It holds nothing but the code.
#[must_use]
pub fn drawn(pass: &PassText) -> String {
    let code = QrCode::with_error_correction_level(pass.expose(), EcLevel::Q)
        .expect("a pass of some thirty characters fits every level of correction");
    code.render::<svg::Color<'_>>().min_dimensions(SIDE, SIDE).build()
}
