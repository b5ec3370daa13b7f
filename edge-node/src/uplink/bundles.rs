//! Bundles on their way down: fetched over HTTPS at start, on notice and every few minutes; verified by the centre's
//! key; applied whole or not at all; never older than the one in force; the last good one kept on disk. What is in
//! force is a value in a watch channel: the pipeline takes new cameras and rules from there.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use contract::bundle::{
    BundleDocument, BundleError, BundleKind, CamerasContent, GalleryError, GalleryKey, RulesContent, SealedGallery,
    SignedBundle,
};
use contract::clock::{Clock, UtcMicros};
use contract::ids::NodeAddress;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::sync::{Mutex, watch};

use courier::https;

use super::{Bells, UplinkParts};
use crate::evidence::{PRIVATE_FILE, private_folder};
use crate::gallery::in_force::GalleryInForce;
use crate::telemetry::{self, chain};

/// The kinds this version uses.
const USED: [BundleKind; 3] = [BundleKind::Cameras, BundleKind::Rules, BundleKind::Gallery];
/// The key galleries are sealed with, beside the bundles.
const GALLERY_KEY_FILE: &str = "gallery.key";

/// Judges the content of cameras and rules together; answers with what is wrong, in words.
pub type ContentCheck = Box<dyn Fn(&CamerasContent, &RulesContent) -> Result<(), String> + Send + Sync>;

/// What is in force.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BundleSet {
    /// The cameras; none before the first bundle.
    pub cameras: Option<CamerasContent>,
    /// Lines and rules; none before the first bundle.
    pub rules: Option<RulesContent>,
    /// The gallery; none before the first bundle.
    pub gallery: Option<GalleryInForce>,
    /// Revisions in force.
    pub revisions: BTreeMap<BundleKind, u64>,
}

/// Why a bundle did not come into force.
#[derive(Debug, thiserror::Error)]
pub enum BundleKeeperError {
    /// The contract's own checks.
    #[error("the {} bundle is refused", kind.as_str())]
    Refused {
        /// Which.
        kind: BundleKind,
        /// Why.
        #[source]
        source: BundleError,
    },
    /// Its content is not of its kind's shape.
    #[error("the content of the {} bundle cannot be read", kind.as_str())]
    Content {
        /// Which.
        kind: BundleKind,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// Its content contradicts itself or what else is in force.
    #[error("the {} bundle cannot be applied: {faults}", kind.as_str())]
    Faults {
        /// Which.
        kind: BundleKind,
        /// What is wrong.
        faults: String,
    },
    /// A gallery does not open.
    #[error("the gallery bundle cannot be used")]
    Gallery(#[source] GalleryError),
    /// The file of the last good one cannot be read.
    #[error("the kept {} bundle cannot be read", kind.as_str())]
    Unreadable {
        /// Which.
        kind: BundleKind,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// It could not be kept on disk, and so did not come into force.
    #[error("the {} bundle could not be kept", kind.as_str())]
    Io {
        /// Which.
        kind: BundleKind,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// Keeps the bundles in force.
pub struct BundleKeeper {
    dir: PathBuf,
    scope: NodeAddress,
    centre_key: Vec<u8>,
    check: ContentCheck,
    clock: Arc<dyn Clock>,
    in_force: watch::Sender<BundleSet>,
    /// One change at a time.
    changing: Mutex<()>,
    gallery_key: std::sync::Mutex<Option<GalleryKey>>,
}

impl std::fmt::Debug for BundleKeeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BundleKeeper").field("scope", &self.scope).finish_non_exhaustive()
    }
}

/// A bundle that was opened and read.
struct Candidate {
    kind: BundleKind,
    revision: u64,
    signed: SignedBundle,
    content: Content,
}

enum Content {
    Cameras(CamerasContent),
    Rules(RulesContent),
    Gallery(GalleryInForce),
}

impl BundleKeeper {
    /// Opens the folder with the last good bundles. One that cannot be read, is damaged or is not ours is left out, and the
    /// log says so: the node goes on without it until the centre sends another.
    pub fn open(
        dir: &Path,
        scope: NodeAddress,
        centre_key: Vec<u8>,
        check: ContentCheck,
        clock: Arc<dyn Clock>,
    ) -> io::Result<Self> {
        private_folder(dir)?;
        let keeper = Self {
            dir: dir.to_owned(),
            scope,
            centre_key,
            check,
            clock,
            in_force: watch::channel(BundleSet::default()).0,
            changing: Mutex::new(()),
            gallery_key: std::sync::Mutex::new(read_gallery_key(dir)?),
        };
        let mut set = BundleSet::default();
        for kind in USED {
            let opened = match fs::read(keeper.path_of(kind)) {
                Ok(bytes) => keeper.reopen(kind, &bytes),
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(source) => Err(BundleKeeperError::Unreadable { kind, source }),
            };
            match opened {
                Ok(candidate) => candidate.put_into(&mut set),
                Err(error) => {
                    tracing::error!(error = %chain(&error), bundle.kind = kind.as_str(), "a kept bundle is not used");
                }
            }
        }
        keeper.in_force.send_replace(set);
        Ok(keeper)
    }

    /// What is in force, and every change of it.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<BundleSet> {
        self.in_force.subscribe()
    }

    /// The key of the next galleries, kept beside them: in force before they are.
    pub fn take_gallery_key(&self, key: GalleryKey) -> io::Result<()> {
        write_whole(&self.dir.join(GALLERY_KEY_FILE), key.to_base64().as_bytes())?;
        *self.gallery_key.lock().unwrap_or_else(PoisonError::into_inner) = Some(key);
        Ok(())
    }

    /// Revision in force; 0 for none.
    #[must_use]
    pub fn revision(&self, kind: BundleKind) -> u64 {
        self.in_force.borrow().revisions.get(&kind).copied().unwrap_or(0)
    }

    /// Applies bundles that came together: all at once if they fit together, else each one that fits what is in force.
    /// Answers for each.
    pub async fn apply(
        &self,
        offered: Vec<(BundleKind, SignedBundle)>,
    ) -> Vec<(BundleKind, Result<u64, BundleKeeperError>)> {
        let _one_at_a_time = self.changing.lock().await;
        let now = self.clock.now();
        let mut answers = Vec::new();
        let mut candidates = Vec::new();
        for (kind, signed) in offered {
            match self.open_one(kind, signed, self.revision(kind), now) {
                Ok(candidate) => candidates.push(candidate),
                Err(error) => answers.push((kind, Err(error))),
            }
        }
        if self.fits(candidates.iter()).is_ok() {
            for candidate in candidates {
                answers.push((candidate.kind, self.put_in_force(candidate)));
            }
        } else {
            for candidate in candidates {
                let kind = candidate.kind;
                let answer = match self.fits(std::iter::once(&candidate)) {
                    Ok(()) => self.put_in_force(candidate),
                    Err(faults) => Err(BundleKeeperError::Faults { kind, faults }),
                };
                answers.push((kind, answer));
            }
        }
        answers
    }

    fn fits<'a>(&self, candidates: impl Iterator<Item = &'a Candidate>) -> Result<(), String> {
        let mut set = self.in_force.borrow().clone();
        for candidate in candidates {
            candidate.put_into(&mut set);
        }
        (self.check)(&set.cameras.unwrap_or_default(), &set.rules.unwrap_or_default())
    }

    /// On disk first: what is in force now is in force after a restart.
    fn put_in_force(&self, candidate: Candidate) -> Result<u64, BundleKeeperError> {
        let kind = candidate.kind;
        let bytes = serde_json::to_vec(&candidate.signed).expect("a bundle has string keys only");
        write_whole(&self.path_of(kind), &bytes).map_err(|source| BundleKeeperError::Io { kind, source })?;
        let revision = candidate.revision;
        self.in_force.send_modify(|set| candidate.put_into(set));
        Ok(revision)
    }

    fn open_one(
        &self,
        kind: BundleKind,
        signed: SignedBundle,
        in_force: u64,
        now: UtcMicros,
    ) -> Result<Candidate, BundleKeeperError> {
        let document = signed
            .open(&self.centre_key, &self.scope, kind, in_force, now)
            .map_err(|source| BundleKeeperError::Refused { kind, source })?;
        let unread = |source| BundleKeeperError::Content { kind, source };
        let content = match kind {
            BundleKind::Cameras => Content::Cameras(serde_json::from_value(document.content).map_err(unread)?),
            BundleKind::Gallery => {
                let sealed: SealedGallery = serde_json::from_value(document.content).map_err(unread)?;
                let key = self.gallery_key.lock().unwrap_or_else(PoisonError::into_inner).clone();
                let key = key.ok_or(BundleKeeperError::Gallery(GalleryError::OtherKey))?;
                let gallery = sealed.open(&key, &self.scope).map_err(BundleKeeperError::Gallery)?;
                Content::Gallery(GalleryInForce::new(gallery, document.not_after, self.clock.as_ref()))
            }
            _ => Content::Rules(serde_json::from_value(document.content).map_err(unread)?),
        };
        Ok(Candidate { kind, revision: document.revision, signed, content })
    }

    /// A kept bundle was checked against the time when it came; it stays in force after its time (the edge goes on
    /// alone), so it is opened as of its own beginning.
    fn reopen(&self, kind: BundleKind, bytes: &[u8]) -> Result<Candidate, BundleKeeperError> {
        let malformed = |words: String| BundleKeeperError::Refused { kind, source: BundleError::Malformed(words) };
        let signed: SignedBundle = serde_json::from_slice(bytes).map_err(|e| malformed(e.to_string()))?;
        let document =
            base64::engine::general_purpose::STANDARD.decode(&signed.document).map_err(|e| malformed(e.to_string()))?;
        let document: BundleDocument = serde_json::from_slice(&document).map_err(|e| malformed(e.to_string()))?;
        self.open_one(kind, signed, 0, document.not_before)
    }

    fn path_of(&self, kind: BundleKind) -> PathBuf {
        self.dir.join(format!("{}.json", kind.as_str()))
    }
}

impl Candidate {
    fn put_into(&self, set: &mut BundleSet) {
        match &self.content {
            Content::Cameras(content) => set.cameras = Some(content.clone()),
            Content::Rules(content) => set.rules = Some(content.clone()),
            Content::Gallery(gallery) => set.gallery = Some(gallery.clone()),
        }
        set.revisions.insert(self.kind, self.revision);
    }
}

fn read_gallery_key(dir: &Path) -> io::Result<Option<GalleryKey>> {
    match fs::read_to_string(dir.join(GALLERY_KEY_FILE)) {
        // A key that cannot be read opens nothing; the next look for bundles fetches it anew.
        Ok(text) => Ok(GalleryKey::from_base64(&text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = path.with_extension("json.new");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(PRIVATE_FILE).open(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
}

#[derive(Deserialize)]
struct Listed {
    /// As text: a newer centre may list kinds this version does not know.
    kind: String,
    revision: u64,
}

/// What the looks for bundles have told of trouble, by what it was about: the same trouble is told once, until it changes
/// or is over.
#[derive(Debug, Default)]
struct Told(BTreeMap<&'static str, String>);

impl Told {
    /// Trouble; true when it was not told yet.
    fn trouble(&mut self, about: &'static str, words: &str) -> bool {
        self.0.insert(about, words.to_owned()).as_deref() != Some(words)
    }

    /// All is well; true when there was trouble before.
    fn well(&mut self, about: &'static str) -> bool {
        self.0.remove(about).is_some()
    }
}

/// What a look asks for besides bundles: the list of them.
const LIST: &str = "list";

/// Looks for new bundles until stopped: at start, when the bell rings, and every few minutes.
pub(super) async fn run(parts: Arc<UplinkParts>, bells: Arc<Bells>) {
    let every = Duration::from_secs(u64::from(parts.settings.bundles_every_s));
    let mut told = Told::default();
    loop {
        tokio::select! {
            () = look(&parts, &mut told) => {}
            () = parts.stop.cancelled() => return,
        }
        tokio::select! {
            () = tokio::time::sleep(every) => {}
            () = bells.bundles.notified() => {}
            () = parts.stop.cancelled() => return,
        }
    }
}

/// Fetches what is newer than what is in force. One bundle that cannot be had does not keep the others away.
async fn look(parts: &UplinkParts, told: &mut Told) {
    let target = parts.target.borrow().clone();
    let client = match https::client(&target) {
        Ok(client) => client,
        Err(error) => return unreachable(told, LIST, &error),
    };
    let listed: Vec<Listed> = match get(&client, https::address(&target, "bundles")).await {
        Ok(listed) => listed,
        Err(error) => return unreachable(told, LIST, &error),
    };
    reached(told, LIST);
    let mut fetched = Vec::new();
    for kind in USED {
        let newest = listed.iter().find(|l| l.kind == kind.as_str()).map_or(0, |l| l.revision);
        if newest <= parts.bundles.revision(kind) {
            continue;
        }
        if kind == BundleKind::Gallery {
            fetch_gallery_key(parts, &client, told).await;
        }
        match get(&client, https::address(&target, &format!("bundles/{}", kind.as_str()))).await {
            Ok(bundle) => fetched.push((kind, bundle)),
            Err(error) => unreachable(told, kind.as_str(), &error),
        }
    }
    for (kind, answer) in parts.bundles.apply(fetched).await {
        let outcome = match &answer {
            Ok(revision) => {
                told.well(kind.as_str());
                tracing::info!(bundle.kind = kind.as_str(), bundle.revision = revision, "a bundle is in force");
                "applied"
            }
            Err(error) => {
                let words = chain(error);
                if told.trouble(kind.as_str(), &words) {
                    tracing::error!(bundle.kind = kind.as_str(), error = %words, "a bundle is refused");
                }
                "refused"
            }
        };
        metrics::counter!(telemetry::BUNDLE_FETCHES_TOTAL, "outcome" => outcome).increment(1);
    }
}

/// The key first: it changes whenever somebody was taken off the list, and the new gallery opens with it only.
async fn fetch_gallery_key(parts: &UplinkParts, client: &reqwest::Client, told: &mut Told) {
    let address = https::address(&parts.target.borrow(), "gallery-key");
    let fetched: Result<FetchedKey, _> = get(client, address).await;
    let key = match fetched {
        Ok(fetched) => GalleryKey::from_base64(&fetched.key),
        Err(error) => return unreachable(told, GALLERY_KEY, &error),
    };
    reached(told, GALLERY_KEY);
    match key.map(|key| parts.bundles.take_gallery_key(key)) {
        Some(Ok(())) => {}
        Some(Err(error)) => tracing::error!(error = %chain(&error), "the key of the galleries could not be kept"),
        None => tracing::error!("what the centre gave as the key of the galleries is none"),
    }
}

/// What a look asks for besides bundles: the key of the galleries.
const GALLERY_KEY: &str = "gallery_key";

#[derive(Deserialize)]
struct FetchedKey {
    /// 32 bytes, base64.
    key: String,
}

async fn get<T: DeserializeOwned>(client: &reqwest::Client, address: String) -> Result<T, reqwest::Error> {
    client.get(address).send().await?.error_for_status()?.json().await
}

fn unreachable(told: &mut Told, about: &'static str, error: &reqwest::Error) {
    metrics::counter!(telemetry::BUNDLE_FETCHES_TOTAL, "outcome" => "unreachable").increment(1);
    let words = chain(error);
    if told.trouble(about, &words) {
        tracing::warn!(bundle.kind = about, error = %words, "bundles cannot be fetched ({about})");
    }
}

fn reached(told: &mut Told, about: &'static str) {
    if told.well(about) {
        tracing::info!(bundle.kind = about, "bundles can be fetched again ({about})");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_trouble_is_told_once_until_it_changes_or_is_over() {
        let mut told = Told::default();
        assert!(!told.well(LIST));
        assert!(told.trouble(LIST, "403"));
        assert!(!told.trouble(LIST, "403"));
        assert!(told.trouble("rules", "403"), "about something else");
        assert!(told.trouble(LIST, "500"));
        assert!(told.well(LIST));
        assert!(told.trouble(LIST, "500"));
    }
}
