//! The one enrolled person of the sample gates, "Mẫu 01": a free portrait, proposed by one registrar and approved by another
//! through the commands a registrar has. Recognising it in the clip that was drawn from it is a self-match and says
//! nothing of accuracy.

use std::path::Path;

use anyhow::{Context as _, Result};
use central::people::SignedCertificate;
use sample_video::truth::{Span, Truth};

use crate::cast::OFFICE;
use crate::centre::Centre;
use crate::checkout::models;
use crate::set::NODE;

/// Who proposes, and who approves and withdraws.
pub const REGISTRARS: [&str; 2] = ["dangky1", "dangky2"];
/// The gate the person is enrolled for; at every other one the same face is a stranger's.
const ENROLLED_AT: &str = "gate-1";

/// The enrolled person.
#[derive(Debug, Clone)]
pub struct SamplePerson {
    enrolment: String,
    /// When in the clip nobody is near the camera and the enrolment is withdrawn.
    pub withdrawal: Option<Span>,
    /// The camera whose clip that is, and its frames a second.
    pub camera: (String, u32),
}

impl SamplePerson {
    /// Enrols the person; `None` where the samples have no gate.
    pub fn enrol(centre: &Centre, truths: &[Truth]) -> Result<Option<Self>> {
        let at = truths.iter().find(|t| t.gate.as_ref().is_some_and(|g| g.name == ENROLLED_AT));
        let Some((truth, gate)) = at.and_then(|t| Some((t, t.gate.as_ref()?))) else { return Ok(None) };
        let portrait = models().join("cache/portrait.png");
        let (portrait, place) = (portrait.to_string_lossy(), format!("{NODE}/{ENROLLED_AT}"));
        let [first, second] = REGISTRARS;
        let printed = centre.command(&[
            "person",
            "enrol",
            "--name",
            "Mẫu 01",
            "--unit",
            "Đơn vị mẫu",
            "--basis",
            "Ảnh chân dung công cộng của NASA, chỉ dùng cho trình diễn",
            "--consent-date",
            "2026-11-01",
            "--valid-to",
            "2029-12-31",
            "--gate",
            &place,
            "--picture",
            &portrait,
            "--as",
            first,
        ])?;
        let word = |line: &str| line.strip_prefix("enrolment ").map(str::to_owned);
        let enrolment = printed.lines().find_map(word).context("`central person enrol` named no enrolment")?;
        centre.command(&["person", "approve", &enrolment, "--as", second])?;
        Ok(Some(Self { enrolment, withdrawal: gate.withdrawal, camera: (truth.camera.clone(), truth.fps) }))
    }

    /// The accounts that do it; they get no password anybody knows.
    pub fn add_registrars(centre: &Centre) -> Result<()> {
        let role = format!("{OFFICE}:registrar");
        for name in REGISTRARS {
            centre.add_user(name, &format!("Mat-khau-{:032x}", rand::random::<u128>()), &[&role])?;
        }
        Ok(())
    }

    /// Issues the pass beside the face, as an SVG file.
    pub fn issue_pass(&self, centre: &Centre, out: &Path) -> Result<()> {
        let out = out.to_string_lossy();
        centre.command(&["person", "pass", &self.enrolment, "--out", &out, "--as", REGISTRARS[0]]).map(drop)
    }

    /// Withdraws the enrolment.
    pub fn withdraw(&self, centre: &Centre) -> Result<()> {
        centre.command(&["person", "withdraw", &self.enrolment, "--as", REGISTRARS[1]]).map(drop)
    }

    /// Does the signed certificate of the withdrawal say that every node has let the person go?
    pub fn is_gone_everywhere(&self, centre: &Centre) -> Result<bool> {
        let printed = centre.command(&["person", "certificate", &self.enrolment, "--as", REGISTRARS[1]])?;
        let signed: SignedCertificate =
            serde_json::from_str(&printed).context("reading the certificate of the withdrawal")?;
        let key = centre.authority().join("bundle.pub");
        let key = std::fs::read(&key).with_context(|| format!("reading {}", key.display()))?;
        Ok(signed.open(&key).context("checking the certificate of the withdrawal")?.complete)
    }
}
