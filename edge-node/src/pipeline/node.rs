//! The whole node: opened part by part in one list, run until told to stop, taken down in the opposite order so that what
//! was made is also said.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result};
use contract::bundle::{BundleKind, CameraSpec, CamerasContent, RulesContent};
use contract::clock::{Clock, SystemClock, UtcMicros};
use contract::downlink::MachineReport;
use contract::event::{BundleRevisions, ModelRef};
use contract::ids::{BootId, CameraName, IdSource, NodeAddress, SystemIds};
use contract::signature::SigningKey;
use serde::Serialize;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::analysis::Parts;
use super::effort::{Effort, EffortReport};
use super::gate_house::{GateHouse, GatePlace};
use super::nets::{self, VehiclePlates};
use super::reading::ReadingDesk;
use super::views::ViewKeeper;
use super::worker::{DROP_FAILED, Worker, WorkerParts};
use crate::camera::gstreamer::GstreamerOpener;
use crate::camera::{CameraOpener, Credential, WithoutSecret};
use crate::config::Config;
use crate::detection::ObjectDetector;
use crate::events::CameraContext;
use crate::evidence::{DiskGuard, DiskReserves, EvidenceStore, MachineDisk};
use crate::health::MachineHealth;
use crate::inference::ModelStore;
use crate::outbox::{Outbox, OutboxOptions};
use crate::telemetry;
use crate::uplink::{BirthFacts, BundleKeeper, BundleSet, Uplink, UplinkParts};
use crate::viewing::Viewfinder;
use courier::Target;
use courier::identity::NodeIdentity;

/// At the end the node waits so long for the centre to take what is left.
const LAST_WORDS: Duration = Duration::from_secs(20);
/// The summary file is written so often.
const SUMMARY_EVERY: Duration = Duration::from_secs(1);
/// The certificate's age and the disk reserve are looked at so often.
const HOURLY: Duration = Duration::from_secs(3600);
/// Disk and queue are looked at so often: what is wrong with the machine is known above within ten seconds.
const MACHINE_EVERY: Duration = Duration::from_secs(5);
/// Bundles that are published together arrive one after the other: so long the node waits for the next.
const BUNDLES_SETTLE: Duration = Duration::from_millis(400);

/// What `summary.json` in the data folder holds: figures for the operator and the demo.
#[derive(Debug, Serialize)]
struct Summary {
    models: BTreeMap<String, ModelRef>,
    effort: EffortReport,
    cameras: BTreeMap<CameraName, CameraSummary>,
}

#[derive(Debug, Serialize)]
struct CameraSummary {
    online: bool,
    frames_decoded: u64,
    reconnects: u32,
    decoder: String,
}

/// Runs the node until `stop`.
pub async fn run(config: Config, stop: CancellationToken) -> Result<()> {
    let metrics = telemetry::start_metrics()?;
    if let Some(address) = &config.telemetry.listen {
        let listener = telemetry::bind(address).await?;
        tokio::spawn(telemetry::serve(listener, metrics, stop.child_token()));
    }
    let node = Node::open(config, &stop).await?;
    node.run(stop).await
}

struct Node {
    config: Config,
    address: NodeAddress,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdSource>,
    boot_id: BootId,
    identity: Option<NodeIdentity>,
    outbox: Arc<Outbox>,
    pictures: EvidenceStore,
    store: ModelStore,
    effort: Arc<Effort>,
    desk: Arc<ReadingDesk>,
    opener: Arc<dyn CameraOpener>,
    bundles: Option<Arc<BundleKeeper>>,
    gate_house: GateHouse,
    viewfinder: Arc<Viewfinder>,
    birth: Arc<watch::Sender<BirthFacts>>,
    workers: BTreeMap<CameraName, Worker>,
    /// Cameras, rules and revisions that hold now.
    in_force: (Vec<CameraSpec>, RulesContent, BTreeMap<BundleKind, u64>),
    /// End of the certificate in use, UTC µs.
    not_after: Arc<AtomicI64>,
}

impl Node {
    /// Opens everything, in this order: who we are, the disk, what was left open, the nets, the settings from above.
    async fn open(config: Config, stop: &CancellationToken) -> Result<Self> {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock::new());
        let ids: Arc<dyn IdSource> = Arc::new(SystemIds::new());
        let boot_id = BootId(ids.next(clock.now()));
        crate::evidence::private_folder(&config.data_dir)
            .with_context(|| format!("making the data folder {}", config.data_dir.display()))?;
        let (identity, address, key) = who_we_are(&config)?;
        tracing::info!(node.id = %address, "node {address} starts");

        let mib = |n: u64| n.saturating_mul(1 << 20);
        let reserves = DiskReserves {
            pictures_bytes: mib(config.disk.pictures_mib),
            events_bytes: mib(config.disk.events_mib),
            reserve_bytes: mib(config.disk.reserve_mib),
        };
        let disk = Arc::new(DiskGuard::new(&config.data_dir, reserves, Arc::new(MachineDisk::of(&config.data_dir))));
        let options = OutboxOptions::in_folder(&config.data_dir, address.clone());
        let outbox = Outbox::open(options, key, Arc::clone(&clock), Arc::clone(&ids), Arc::clone(&disk))
            .await
            .context("opening the outbox")?;
        let outbox = Arc::new(outbox);
        if let Some(torn) = outbox.set_aside() {
            tracing::error!("the outbox was damaged and was set aside as {}", torn.display());
        }
        let closed = outbox.close_left_open().await.context("closing what was left open")?;
        if !closed.is_empty() {
            tracing::info!(passages = closed.len(), "{} passages left open by the last run were closed", closed.len());
        }
        let evidence = config.data_dir.join("evidence");
        if outbox.last_seq() == 0
            && let Some(aside) = EvidenceStore::set_aside(&evidence, clock.now()).context("looking at the pictures")?
        {
            tracing::error!(
                "the outbox is new and knows no picture: those that were here were set aside as {}",
                aside.display()
            );
        }
        let pictures = EvidenceStore::open(&evidence, disk).context("opening the pictures")?;
        let known: HashSet<_> = outbox.evidence_known().await?.into_iter().collect();
        let swept = pictures.sweep(&known).context("sweeping the pictures")?;
        if swept > 0 {
            tracing::warn!(pictures = swept, "{swept} pictures that no event speaks of were removed");
        }

        let store = nets::open_store(config.models.dir.as_deref())?;
        let effort = Arc::new(Effort::default());
        let reader = Box::new(VehiclePlates::open(&store)?);
        let desk = ReadingDesk::start(reader, config.models.reads_per_second, Arc::clone(&effort))
            .context("starting the plate reader")?;
        let bundles = identity.as_ref().map(|identity| open_bundles(&config, identity, &clock)).transpose()?;
        let birth = BirthFacts {
            software: env!("CARGO_PKG_VERSION").to_owned(),
            boot_id,
            models: references(&store),
            bundle_revisions: BTreeMap::new(),
            clock_sources: BTreeMap::new(),
            machine: None,
        };
        let gate_house = GateHouse::open(&config, &clock, &ids, stop)?;
        let not_after = Arc::new(AtomicI64::new(identity.as_ref().map_or(0, |identity| identity.not_after.0)));
        Ok(Self {
            address,
            opener: Arc::new(GstreamerOpener::new(Arc::clone(&clock))),
            clock,
            ids,
            boot_id,
            identity,
            outbox,
            pictures,
            store,
            effort,
            desk: Arc::new(desk),
            bundles,
            gate_house,
            viewfinder: Arc::default(),
            birth: Arc::new(watch::Sender::new(birth)),
            workers: BTreeMap::new(),
            in_force: (Vec::new(), RulesContent::default(), BTreeMap::new()),
            not_after,
            config,
        })
    }

    async fn run(mut self, stop: CancellationToken) -> Result<()> {
        // The uplink outlives the cameras: their last words still have to be said.
        let uplink_stop = CancellationToken::new();
        let (mut uplink, target) = self.start_uplink(&uplink_stop)?.unzip();
        let renewal = self.start_renewal(target, &stop);
        let mut settings = self.bundles.as_ref().map(|b| b.watch());
        let first = settings.as_mut().map_or_else(|| self.own_settings(), |s| s.borrow_and_update().clone());
        self.apply(first);

        let mut summary = tokio::time::interval(SUMMARY_EVERY);
        let mut machine = tokio::time::interval(MACHINE_EVERY);
        let mut reserve = tokio::time::interval(HOURLY);
        let failed = loop {
            tokio::select! {
                () = stop.cancelled() => break None,
                true = changed(&mut settings) => {
                    if let Some(set) = settled(&mut settings).await {
                        self.apply(set);
                    }
                }
                _ = summary.tick() => self.write_summary(),
                () = self.outbox.ended() => anyhow::bail!("the outbox's writer has failed; nothing can be made any more"),
                // Whoever started this process starts it again: a node that never sends again helps nobody.
                () = one_failed(&mut uplink) => break Some("a task of the uplink has failed"),
                _ = machine.tick() => {
                    self.look_at_machine().await;
                    self.start_the_missing();
                }
                _ = reserve.tick() => self.restore_reserve(),
            }
        };
        tracing::info!(node.id = %self.address, "node {} stops", self.address);
        let workers = std::mem::take(&mut self.workers);
        tokio::task::spawn_blocking(move || stop_all(workers)).await.context("stopping the cameras")?;
        if let Some(uplink) = uplink {
            self.say_the_rest(&uplink).await;
            uplink_stop.cancel();
            uplink.ended().await;
        }
        renewal.abort();
        self.write_summary();
        self.outbox.close().await;
        failed.map_or(Ok(()), |what| Err(anyhow::anyhow!(what)))
    }

    /// Renews the certificate when it is time, as a task of its own: a centre that does not answer must not keep this node from
    /// hearing a signal, a bundle or a full disk.
    fn start_renewal(
        &self,
        target: Option<watch::Sender<Arc<Target>>>,
        stop: &CancellationToken,
    ) -> tokio::task::JoinHandle<()> {
        let (not_after, config) = (Arc::clone(&self.not_after), self.config.clone());
        let (clock, stop) = (Arc::clone(&self.clock), stop.child_token());
        tokio::spawn(async move {
            let (Ok(mut identity), Some(target)) = (NodeIdentity::load(&config.data_dir), target) else { return };
            let mut hourly = tokio::time::interval(HOURLY);
            loop {
                tokio::select! {
                    () = stop.cancelled() => return,
                    _ = hourly.tick() => renew(&mut identity, &config, clock.as_ref(), &target).await,
                }
                not_after.store(identity.not_after.0, Ordering::SeqCst);
            }
        })
    }

    fn start_uplink(&self, stop: &CancellationToken) -> Result<Option<(Uplink, watch::Sender<Arc<Target>>)>> {
        let (Some(identity), Some(bundles)) = (&self.identity, &self.bundles) else { return Ok(None) };
        let (send_target, target) = watch::channel(Arc::new(target(&self.config, identity)?));
        let uplink = Uplink::start(UplinkParts {
            settings: self.config.centre.clone(),
            keep_uploaded_hours: self.config.evidence.keep_uploaded_hours,
            target,
            birth: self.birth.subscribe(),
            outbox: Arc::clone(&self.outbox),
            pictures: self.pictures.clone(),
            bundles: Arc::clone(bundles),
            gates: Arc::clone(self.gate_house.board()),
            viewfinder: Arc::clone(&self.viewfinder),
            clock: Arc::clone(&self.clock),
            stop: stop.clone(),
        });
        Ok(Some((uplink, send_target)))
    }

    /// Looks at disk, queue and certificate; tells the metrics, and the centre when something changed. It goes out with the
    /// birth, which needs no room on the disk.
    async fn look_at_machine(&mut self) {
        let ends = self.identity.as_ref().map(|_| UtcMicros(self.not_after.load(Ordering::SeqCst)));
        let health = match MachineHealth::look(&self.outbox, self.outbox.guard(), ends, self.clock.as_ref()).await {
            Ok(health) => health,
            Err(error) => {
                tracing::error!(error = %error, "the machine's state is not known");
                return;
            }
        };
        let told = MachineReport { disk: health.disk.to_contract(), words: health.words(self.clock.now()) };
        let changed = self.birth.send_if_modified(|birth| {
            let changed = birth.machine.as_ref() != Some(&told);
            if changed {
                birth.machine = Some(told.clone());
            }
            changed
        });
        if changed && !told.words.is_empty() {
            tracing::warn!("the machine: {}", told.words.join("; "));
        }
    }

    fn restore_reserve(&self) {
        match self.outbox.guard().restore_reserve() {
            Ok(_) => {}
            Err(error) => tracing::warn!(error = %error, "the disk reserve could not be laid aside"),
        }
    }

    /// A stand-alone node's settings stand in its file.
    fn own_settings(&self) -> BundleSet {
        BundleSet {
            cameras: Some(CamerasContent { cameras: self.config.cameras.clone() }),
            rules: Some(self.config.rules()),
            ..BundleSet::default()
        }
    }

    /// Brings the cameras into the state of the settings: those about which something changed are stopped and started
    /// anew, the others go on without a gap.
    fn apply(&mut self, set: BundleSet) {
        self.gate_house.take_gallery(set.gallery);
        let cameras = set.cameras.unwrap_or_default().cameras;
        let rules = set.rules.unwrap_or_default();
        let revisions = set.revisions;
        let unchanged = |name: &CameraName, worker: &Worker| {
            cameras.iter().any(|spec| spec.name == *name && nets::config_sha(spec, &rules) == worker.config_sha())
                && worker.goes_on_under(BundleRevisions(revisions.clone()))
        };
        let (stay, go): (BTreeMap<_, _>, BTreeMap<_, _>) =
            std::mem::take(&mut self.workers).into_iter().partition(|(name, worker)| unchanged(name, worker));
        let gone: Vec<CameraName> = go.keys().cloned().collect();
        self.workers = stay;
        let known = |name: &CameraName| cameras.iter().any(|spec| spec.name == *name);
        let (change, leave): (BTreeMap<_, _>, BTreeMap<_, _>) = go.into_iter().partition(|(name, _)| known(name));
        tokio::task::block_in_place(|| {
            stop_all(change);
            leave.into_values().for_each(Worker::take_away);
        });
        self.viewfinder.keep_only(&cameras);
        self.birth.send_modify(|birth| {
            birth.bundle_revisions.clone_from(&revisions);
            birth.clock_sources.retain(|name, _| !gone.contains(name));
        });
        self.in_force = (cameras, rules, revisions);
        self.start_the_missing();
        tracing::info!(cameras = self.workers.len(), "{} cameras are at work", self.workers.len());
    }

    /// Starts the cameras of the settings that are not at work: the new ones, and those that could not be started before.
    fn start_the_missing(&mut self) {
        let (cameras, rules, revisions) = self.in_force.clone();
        for spec in cameras {
            if self.workers.contains_key(&spec.name) {
                continue;
            }
            let name = spec.name.clone();
            match self.start_worker(spec, &rules, &revisions) {
                Ok(worker) => drop(self.workers.insert(name, worker)),
                Err(error) => tracing::error!(
                    camera.id = %name, error = format!("{error:#}"),
                    "camera {name} was not started; it is tried again in a few seconds"
                ),
            }
        }
    }

    fn start_worker(
        &self,
        spec: CameraSpec,
        rules: &RulesContent,
        revisions: &BTreeMap<BundleKind, u64>,
    ) -> Result<Worker> {
        let secret = spec.credential.as_ref().map(|name| self.config.secret(name).and_then(|t| Credential::parse(&t)));
        // A camera without its secret is a camera in trouble, and the centre hears of it as of any other.
        let (credential, opener): (_, Arc<dyn CameraOpener>) = match secret {
            Some(None) => (None, Arc::new(WithoutSecret)),
            Some(known) => (known, Arc::clone(&self.opener)),
            None => (None, Arc::clone(&self.opener)),
        };
        let context = CameraContext {
            node: self.address.clone(),
            camera: spec.name.clone(),
            controller: spec.controller.clone(),
            purpose: spec.purpose,
            boot_id: self.boot_id,
            models: nets::models_for(&self.store, spec.purpose),
            config_sha: nets::config_sha(&spec, rules),
            bundle_revisions: BundleRevisions(revisions.clone()),
            shadow: false,
            replayed: false,
        };
        let gates = self.gate_house.gates_of(&GatePlace {
            camera: &spec,
            gates: &rules.gates,
            context: &context,
            outbox: &self.outbox,
            store: &self.store,
            effort: &self.effort,
        })?;
        let (birth, name) = (Arc::clone(&self.birth), spec.name.clone());
        Worker::start(WorkerParts {
            credential,
            lines: rules.lines.clone(),
            rules: rules.wrong_way.clone(),
            context,
            parts: Parts {
                evidence: Some(self.pictures.clone()),
                jpeg_quality: self.config.evidence.jpeg_quality,
                effort: Arc::clone(&self.effort),
                ids: Arc::clone(&self.ids),
                second_opinion: self.desk.has_second_opinion(),
                ways: Some(self.viewfinder.ways_of(&spec)),
            },
            viewfinder: Arc::clone(&self.viewfinder),
            detector: self.detector(),
            gates,
            views: ViewKeeper::new(&self.config.data_dir, &spec, &rules.lines, &rules.wrong_way),
            desk: Arc::clone(&self.desk),
            outbox: Arc::clone(&self.outbox),
            opener,
            clock: Arc::clone(&self.clock),
            on_clock_source: Box::new(move |source| {
                birth.send_modify(|facts| {
                    facts.clock_sources.insert(name.clone(), source);
                });
            }),
            spec,
        })
    }

    /// A net of the camera's own, where the chosen candidate is one. One that cannot be opened leaves the camera with motion
    /// alone, as where there is none.
    fn detector(&self) -> Option<Box<dyn ObjectDetector>> {
        match nets::open_detector(&self.store) {
            Ok(net) => net.map(|net| Box::new(net) as Box<dyn ObjectDetector>),
            Err(error) => {
                metrics::counter!(telemetry::DETECTION_NET_FAILURES_TOTAL).increment(1);
                tracing::error!(
                    error = format!("{error:#}"),
                    "the detector's net cannot be opened; motion alone goes on"
                );
                None
            }
        }
    }

    /// Waits until the centre has everything, as long as it takes events at all and patience lasts.
    async fn say_the_rest(&self, uplink: &Uplink) {
        let state = uplink.state();
        let all_said = async {
            let mut look = tokio::time::interval(Duration::from_millis(100));
            loop {
                look.tick().await;
                let waiting = self.outbox.unacknowledged().await.map_or(0, |u| u.count);
                let pictures = self.outbox.evidence_waiting().await.unwrap_or(0);
                if (waiting == 0 && pictures == 0) || !state.borrow().centre_online {
                    return;
                }
            }
        };
        if tokio::time::timeout(LAST_WORDS, all_said).await.is_err() {
            tracing::warn!("not everything was taken by the centre in time; it is sent at the next start");
        }
    }

    fn write_summary(&self) {
        let cameras = self.workers.iter().map(|(name, worker)| {
            let figures = worker.figures();
            let camera = name.to_string();
            metrics::counter!(telemetry::CAMERA_FRAMES_DECODED_TOTAL, "camera" => camera.clone())
                .absolute(figures.frames_decoded);
            metrics::counter!(telemetry::CAMERA_RECONNECTS_TOTAL, "camera" => camera.clone())
                .absolute(u64::from(figures.reconnects));
            let slot = worker.slot_figures();
            let failed = slot.dropped.get(DROP_FAILED).copied().unwrap_or(0);
            metrics::counter!(telemetry::CAMERA_FRAMES_ANALYSED_TOTAL, "camera" => camera.clone())
                .absolute(slot.taken.saturating_sub(failed));
            for (reason, frames) in slot.dropped {
                metrics::counter!(telemetry::CAMERA_FRAMES_DROPPED_TOTAL, "camera" => camera.clone(), "reason" => reason)
                    .absolute(frames);
            }
            metrics::gauge!(telemetry::CAMERA_ONLINE, "camera" => camera).set(f64::from(u8::from(worker.online())));
            let summary = CameraSummary {
                online: worker.online(),
                frames_decoded: figures.frames_decoded,
                reconnects: figures.reconnects,
                decoder: figures.decoder,
            };
            (name.clone(), summary)
        });
        let summary =
            Summary { models: references(&self.store), effort: self.effort.report(), cameras: cameras.collect() };
        let path = self.config.data_dir.join("summary.json");
        let written =
            serde_json::to_vec(&summary).map_err(std::io::Error::other).and_then(|text| std::fs::write(path, text));
        if let Err(error) = written {
            tracing::debug!(error = %error, "the summary was not written");
        }
    }
}

fn target(config: &Config, identity: &NodeIdentity) -> Result<Target> {
    Ok(Target {
        node: identity.node.clone(),
        mqtt_host: config.mqtt.host.clone().unwrap_or_else(|| identity.mqtt_host.clone()),
        mqtt_port: config.mqtt.port.unwrap_or(identity.mqtt_port),
        centre_url: identity.centre_url.clone(),
        tls: identity.tls().context("preparing TLS as this node")?,
    })
}

/// Renews the certificate if it is time, and tells the uplink of the new one.
async fn renew(identity: &mut NodeIdentity, config: &Config, clock: &dyn Clock, tell: &watch::Sender<Arc<Target>>) {
    let left_s = identity.not_after.since_us(clock.now()) / contract::clock::SECOND_US;
    metrics::gauge!(telemetry::IDENTITY_CERTIFICATE_LEFT_SECONDS).set(left_s as f64);
    if !identity.needs_renewal(clock.now()) {
        return;
    }
    match identity.renew(&config.data_dir).await {
        Ok(renewed) => {
            match target(config, &renewed) {
                Ok(new) => drop(tell.send(Arc::new(new))),
                Err(error) => tracing::error!(error = format!("{error:#}"), "the renewed certificate cannot be used"),
            }
            *identity = renewed;
        }
        Err(error) => {
            tracing::warn!(error = %error, "{}; it could not be renewed", identity.expiry_words(clock.now()));
        }
    }
}

/// Waits until a task of the uplink has ended though nobody asked it to; for ever where there is none.
async fn one_failed(uplink: &mut Option<Uplink>) {
    match uplink {
        Some(uplink) => uplink.one_failed().await,
        None => std::future::pending().await,
    }
}

/// True at the next change of the settings; never for a node without a centre.
async fn changed(settings: &mut Option<watch::Receiver<BundleSet>>) -> bool {
    match settings {
        Some(settings) => settings.changed().await.is_ok(),
        None => std::future::pending().await,
    }
}

/// What is in force once no more bundles come. Not to be cancelled: a change it has seen is not told again.
async fn settled(settings: &mut Option<watch::Receiver<BundleSet>>) -> Option<BundleSet> {
    let settings = settings.as_mut()?;
    while tokio::time::timeout(BUNDLES_SETTLE, settings.changed()).await.is_ok_and(|more| more.is_ok()) {}
    Some(settings.borrow_and_update().clone())
}

/// All at once: each says its last words on its own thread.
fn stop_all(workers: BTreeMap<CameraName, Worker>) {
    std::thread::scope(|scope| {
        for worker in workers.into_values() {
            scope.spawn(move || worker.stop());
        }
    });
}

fn references(store: &ModelStore) -> BTreeMap<String, ModelRef> {
    store.choices().into_iter().map(|c| (c.role.as_str().to_owned(), c.to_reference())).collect()
}

/// The identity from the data folder, or a key of its own for a node without a centre.
fn who_we_are(config: &Config) -> Result<(Option<NodeIdentity>, NodeAddress, SigningKey)> {
    if let Some(address) = &config.stand_alone {
        return Ok((None, address.clone(), own_key(&config.data_dir)?));
    }
    let identity =
        NodeIdentity::load(&config.data_dir).context("loading the node's identity (run `edge-node enrol`)")?;
    let key = identity.signing_key()?;
    let address = identity.node.clone();
    Ok((Some(identity), address, key))
}

fn own_key(data_dir: &Path) -> Result<SigningKey> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let path = data_dir.join("stand-alone.key");
    if !path.is_file() {
        let mut file = std::fs::File::options()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .with_context(|| format!("making {}", path.display()))?;
        file.write_all(&SigningKey::generate_pkcs8())?;
        file.sync_all()?;
    }
    let document = std::fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    SigningKey::from_pkcs8(&document).with_context(|| format!("reading {}", path.display()))
}

fn open_bundles(config: &Config, identity: &NodeIdentity, clock: &Arc<dyn Clock>) -> Result<Arc<BundleKeeper>> {
    let keeper = BundleKeeper::open(
        &config.data_dir.join("bundles"),
        identity.node.clone(),
        identity.bundle_public_key.clone(),
        Box::new(fits_together),
        Arc::clone(clock),
    );
    keeper.map(Arc::new).context("opening the bundles")
}

/// Every fault of cameras and rules that come from above, in one sentence.
fn fits_together(cameras: &CamerasContent, rules: &RulesContent) -> Result<(), String> {
    let faults = contract::bundle::content_faults(cameras, rules);
    if faults.is_empty() {
        return Ok(());
    }
    Err(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}
