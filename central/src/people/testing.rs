//! The office for tests: a vault of known bytes, and a judge that makes templates out of the pictures' own bytes. Never built
//! into the service.

use std::sync::Arc;

use contract::clock::{Clock, UtcMicros};
use contract::enrolment::{PictureFault, PictureTemplate, PictureVerdict};
use contract::ids::{IdSource, NodeAddress};
use contract::signature::{Sha256, SigningKey};
use futures_util::future::BoxFuture;
use serde_json::json;

use super::{Calibration, EnrolmentSettings, JudgePictures, Judged, Office, Vault, WorkerError};
use crate::fleet;
use crate::store::Db;

/// The only net of the tests.
pub(crate) const NET: Sha256 = Sha256([0xE0; 32]);

/// A picture beginning with `bad` shows no face; of every other the first eight bytes are the face.
pub(crate) struct JudgeByBytes;

impl JudgePictures for JudgeByBytes {
    fn judge(&self, pictures: Vec<Vec<u8>>) -> BoxFuture<'_, Result<Vec<Judged>, WorkerError>> {
        let judged = pictures
            .iter()
            .enumerate()
            .map(|(i, picture)| {
                let bad = picture.starts_with(b"bad");
                let values: Vec<f32> =
                    (0..8).map(|j| picture.get(j).map_or(0.0, |byte| f32::from(*byte) - 100.0)).collect();
                Judged {
                    id: i.to_string(),
                    verdict: PictureVerdict::of(if bad { vec![PictureFault::NoFace] } else { vec![] }),
                    quality: None,
                    templates: if bad { vec![] } else { vec![PictureTemplate::new(NET, "net", &values)] },
                }
            })
            .collect();
        Box::pin(async move { Ok(judged) })
    }
}

/// An office.
pub(crate) fn office(db: &Db, clock: Arc<dyn Clock>, ids: Arc<dyn IdSource>, judge: Arc<dyn JudgePictures>) -> Office {
    Office {
        db: db.clone(),
        vault: Arc::new(Vault::of([7; 32])),
        key: Arc::new(SigningKey::from_seed([5; 32])),
        judge,
        settings: EnrolmentSettings {
            calibrations: vec![Calibration { embedder: NET, threshold: 0.95 }],
            watch_limit: 2,
            ..EnrolmentSettings::default()
        },
        clock,
        ids,
    }
}

/// Publishes a camera of `controller` and a gate `main` for a node that is there.
pub(crate) async fn gate(office: &Office, node: &NodeAddress, controller: &str, now: UtcMicros) {
    let cameras = json!({ "cameras": [{
        "name": "gate-1", "title": "Cổng", "controller": controller, "purpose": "face_access",
        "uri": "rtsp://10.0.0.5/a", "legal_basis": "Quyết định 1", "sign": { "text": "CÓ CAMERA", "since": "2026-11-01" } }] });
    let rules = json!({ "gates": [{
        "name": "main", "title": "Cổng chính", "camera": "gate-1",
        "approach": [{ "x": 0.2, "y": 0.2 }, { "x": 0.8, "y": 0.2 }, { "x": 0.5, "y": 0.9 }] }] });
    for (kind, content) in
        [(contract::bundle::BundleKind::Cameras, cameras), (contract::bundle::BundleKind::Rules, rules)]
    {
        fleet::publish(&office.db, &office.key, node, kind, content, now).await.expect("a gate is published");
    }
}
