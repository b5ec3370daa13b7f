//! The whole stage: put up in order (authority, broker, centre, cameras, node), taken down in the opposite order.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use sample_video::truth::Truth;

use crate::broker::Broker;
use crate::cameras::Cameras;
use crate::cast::{Cast, RIGHT_SECRET, WRONG_SECRET, simulated_doors};
use crate::centre::{Above, Centre, CentreSettings};
use crate::node::{Node, NodeSettings};
use crate::process::free_port;
use crate::sample_person::SamplePerson;

/// The node of the demo.
pub const NODE: &str = "chi-lang/node-1";

/// What may be chosen about a stage.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// Which cameras play.
    pub cast: Cast,
    /// Database URL; none = SQLite.
    pub store: Option<String>,
    /// Ports of people's page and API; none = a free one.
    pub people_port: Option<u16>,
    /// Each clip plays once, from its first frame.
    pub once: bool,
    /// The broker's port; none = a free one.
    pub broker_port: Option<u16>,
    /// A broker port for the node that is not the broker's own (a proxy).
    pub node_broker_port: Option<u16>,
    /// Further lines of the node's configuration.
    pub node_extra: String,
    /// The node's data lie on a disk of so many MiB.
    pub node_disk_mib: Option<u32>,
    /// The centre's data lie on a disk of so many MiB.
    pub centre_disk_mib: Option<u32>,
    /// The centre is a site's, below this province.
    pub province: Option<Above>,
    /// At no gate a face alone opens the door.
    pub with_passes: bool,
}

/// Everything that runs.
#[derive(Debug)]
pub struct Stage {
    /// The broker.
    pub broker: Broker,
    /// The centre.
    pub centre: Centre,
    /// The cameras.
    pub cameras: Cameras,
    /// The node.
    pub node: Node,
    /// The enrolled person of the sample gates; none without them.
    pub person: Option<SamplePerson>,
    /// What the clips contain.
    pub truths: Vec<Truth>,
    dir: PathBuf,
}

impl Stage {
    /// Puts everything up in `dir` but does not start the node, so that nothing of a clip that plays once is missed while
    /// the rest comes up.
    pub fn put_up(dir: &Path, clips: &Path, choices: &Choices, mut say: impl FnMut(&str)) -> Result<Self> {
        // Paths in settings files start at the file's own folder: what is written there must not depend on ours.
        let dir = &std::path::absolute(dir)?;
        std::fs::create_dir_all(dir).with_context(|| format!("making {}", dir.display()))?;
        let truths = read_truths(clips)?;

        say("cơ quan cấp chứng chỉ / authority");
        let broker_port = choices.broker_port.map_or_else(free_port, Ok)?;
        let mut centre = Centre::prepare(CentreSettings {
            dir: dir.join("central"),
            store: choices.store.clone(),
            people_port: choices.people_port.map_or_else(free_port, Ok)?,
            nodes_port: free_port()?,
            telemetry_port: free_port()?,
            broker_port,
            disk_mib: choices.centre_disk_mib,
            province: choices.province.clone(),
        })?;
        say("Mosquitto");
        let broker = Broker::start(&dir.join("broker"), &centre.broker_files(), broker_port)?;
        say("trung tâm / centre");
        centre.start()?;
        say("camera mẫu / sample cameras");
        let password = format!("{:016x}", rand::random::<u64>());
        let cameras = Cameras::start(clips, dir, choices.once, &password)?;
        say("thiết bị biên / edge node");
        let mut extra = choices.node_extra.clone();
        if choices.cast.has_gates() {
            extra += &simulated_doors(&truths);
        }
        if choices.cast == Cast::Hard {
            extra += &secrets(&dir.join("edge-node"), &password)?;
        }
        let node = Node::prepare(NodeSettings {
            dir: dir.join("edge-node"),
            telemetry_port: free_port()?,
            broker_port: choices.node_broker_port,
            extra,
            disk_mib: choices.node_disk_mib,
        })?;
        if !node.enrolled() {
            let token = centre.add_node(NODE, "traffic-police")?;
            node.enrol(&token)?;
        }
        let (cameras_content, mut rules) = choices.cast.bundles(&truths, cameras.port())?;
        rules.gates.iter_mut().for_each(|gate| gate.face_alone &= !choices.with_passes);
        centre.publish(NODE, "cameras", &serde_json::to_value(cameras_content)?)?;
        centre.publish(NODE, "rules", &serde_json::to_value(rules)?)?;
        let person = match choices.cast {
            _ if choices.cast.has_gates() && truths.iter().any(|t| t.gate.is_some()) => {
                say("người mẫu / the sample person");
                SamplePerson::add_registrars(&centre)?;
                SamplePerson::enrol(&centre, &truths)?
            }
            _ => None,
        };
        Ok(Self { broker, centre, cameras, node, person, truths, dir: dir.to_owned() })
    }

    /// Its folder.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Other clips of the same cameras play from now on. For a node that has not been started.
    pub fn play_instead(&mut self, clips: &Path, choices: &Choices) -> Result<()> {
        let cameras = Cameras::start(clips, &self.dir, choices.once, "")?;
        std::mem::replace(&mut self.cameras, cameras).stop()?;
        let (content, _) = choices.cast.bundles(&self.truths, self.cameras.port())?;
        self.centre.publish(NODE, "cameras", &serde_json::to_value(content)?)
    }

    /// An error when any process died.
    pub fn check_alive(&mut self) -> Result<()> {
        self.broker.check_alive()?;
        self.centre.check_alive()?;
        self.cameras.check_alive()?;
        self.node.check_alive()
    }

    /// Takes everything down, the node first so that it can say its last words.
    pub fn take_down(mut self) -> Result<()> {
        self.node.stop()?;
        self.cameras.stop()?;
        self.centre.stop()?;
        self.broker.stop()
    }
}

/// The truth of every clip in a folder, by name.
pub fn read_truths(clips: &Path) -> Result<Vec<Truth>> {
    let mut truths = Vec::new();
    for entry in std::fs::read_dir(clips).with_context(|| format!("looking into {} (run ./setup)", clips.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some(camera) = name.strip_suffix(".truth.json") {
            truths.push(Truth::read(clips, camera).with_context(|| format!("reading the truth of {camera}"))?);
        }
    }
    anyhow::ensure!(!truths.is_empty(), "{} holds no samples: run ./setup", clips.display());
    truths.sort_by(|a, b| a.camera.cmp(&b.camera));
    Ok(truths)
}

/// The node's secrets for cameras with a password: the right one and a wrong one, in files of their own.
fn secrets(folder: &Path, password: &str) -> Result<String> {
    std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    let mut lines = "\n[secrets]\n".to_owned();
    for (name, secret) in [(RIGHT_SECRET, format!("test:{password}")), (WRONG_SECRET, "test:wrong".to_owned())] {
        let file = folder.join(name);
        std::fs::write(&file, secret).with_context(|| format!("writing {}", file.display()))?;
        lines += &format!("{name} = {{ file = {file:?} }}\n");
    }
    Ok(lines)
}
