//! From settings to doors: each with its device, its connection and, where it is fail-safe, its keeper. A door that cannot be
//! made stops the start.

use std::collections::BTreeMap;
use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use contract::clock::Clock;
use contract::ids::DoorName;
use reqwest::Url;
use rustls::ClientConfig;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::actuator::Actuator;
use super::http::{HttpDevice, host_and_port};
use super::http_relay::HttpRelay;
use super::mqtt_relay::MqttRelay;
use super::mqtt_session::Broker;
use super::onvif::OnvifDoor;
use super::reach::{self, Place};
use super::settings::{DoorKind, DoorSettings, Fails};
use super::simulator::Simulator;
use super::{Credential, Door, keeper};

/// What an entry of `[secrets]` holds, `user:password`; `None` when there is no such entry or it cannot be read.
pub type Secrets<'a> = dyn Fn(&str) -> Option<String> + 'a;

/// Why a door cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum DoorSetupError {
    /// Its account is not there.
    #[error("door {door} has no account: the entry {credential} of [secrets] cannot be read or is not user:password")]
    NoSecret {
        /// Which door.
        door: DoorName,
        /// Name of the entry.
        credential: String,
    },
    /// The authority of its device cannot be read.
    #[error("reading the authority {path} of door {door} failed")]
    Authority {
        /// Which door.
        door: DoorName,
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Its settings lack what its kind needs; `check-config` names it.
    #[error("the settings of door {0} are not whole: run `edge-node check-config`")]
    Settings(DoorName),
}

/// The doors of a node.
#[derive(Debug)]
pub struct Doors {
    doors: BTreeMap<DoorName, Arc<Door>>,
    simulators: BTreeMap<DoorName, Simulator>,
    keepers: Vec<JoinHandle<()>>,
}

impl Doors {
    /// Makes the doors of the settings and starts what keeps them: connections to brokers, and the holds of fail-safe doors.
    /// Needs a tokio runtime. When `stop` is cancelled everything ends and nothing is sent.
    pub fn start(
        settings: &[DoorSettings],
        secrets: &Secrets<'_>,
        clock: &Arc<dyn Clock>,
        stop: &CancellationToken,
    ) -> Result<Self, DoorSetupError> {
        let mut doors = Self { doors: BTreeMap::new(), simulators: BTreeMap::new(), keepers: Vec::new() };
        let mut made = Vec::new();
        for settings in settings {
            made.push((settings, actuator(settings, secrets, clock, stop, &mut doors.simulators)?));
        }
        // All or none: no keeper runs when another door cannot be made.
        for (settings, actuator) in made {
            let door = Arc::new(Door::new(settings, actuator, clock.clone()));
            if settings.fails == Fails::Safe {
                doors.keepers.push(tokio::spawn(keeper::keep(door.clone(), stop.clone())));
            }
            doors.doors.insert(settings.name.clone(), door);
        }
        Ok(doors)
    }

    /// The door of this name.
    #[must_use]
    pub fn get(&self, name: &DoorName) -> Option<&Arc<Door>> {
        self.doors.get(name)
    }

    /// All doors, by name.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Door>> {
        self.doors.values()
    }

    /// The simulator behind a door; `None` where a real device is.
    #[must_use]
    pub fn simulator(&self, name: &DoorName) -> Option<&Simulator> {
        self.simulators.get(name)
    }

    /// Waits for the end of the keepers, after `stop` was cancelled.
    pub async fn ended(self) {
        for keeper in self.keepers {
            if let Err(error) = keeper.await {
                tracing::error!(error = %error, "the keeper of a door has failed");
            }
        }
    }
}

fn actuator(
    settings: &DoorSettings,
    secrets: &Secrets<'_>,
    clock: &Arc<dyn Clock>,
    stop: &CancellationToken,
    simulators: &mut BTreeMap<DoorName, Simulator>,
) -> Result<Box<dyn Actuator>, DoorSetupError> {
    let door = &settings.name;
    let broken = || DoorSetupError::Settings(door.clone());
    let account = |credential: &Option<String>| account(door, credential.as_deref(), secrets);
    Ok(match settings.kind {
        DoorKind::HttpRelay => {
            let relay = settings.http_relay.clone().ok_or_else(broken)?;
            let device = device(door, relay.ca.as_deref(), &relay.allow, account(&relay.credential)?)?;
            Box::new(HttpRelay::new(relay, device))
        }
        DoorKind::MqttRelay => {
            let relay = settings.mqtt_relay.clone().ok_or_else(broken)?;
            let url = Url::parse(&relay.broker).map_err(|_| broken())?;
            let (host, port) = broker_address(&url).ok_or_else(broken)?;
            let tls = authority(door, relay.ca.as_deref())?;
            let tls = if url.scheme() == "mqtts" { Some(tls.ok_or_else(broken)?) } else { None };
            let broker = Broker {
                door: door.clone(),
                place: Place { host, port, tls, allow: relay.allow.clone() },
                account: account(&relay.credential)?,
                state_topic: relay.feedback.as_ref().map(|feedback| feedback.topic.clone()),
            };
            Box::new(MqttRelay::start(relay, broker, stop))
        }
        DoorKind::Onvif => {
            let onvif = settings.onvif.clone().ok_or_else(broken)?;
            let device = device(door, onvif.ca.as_deref(), &onvif.allow, None)?;
            let account = account(&onvif.credential)?;
            Box::new(OnvifDoor::new(onvif, device, account, clock.clone()))
        }
        DoorKind::Simulator => {
            let simulator = Simulator::new(settings.simulator.clone().unwrap_or_default(), clock.clone());
            tracing::warn!(door = %door, "door {door} is a simulator: it opens nothing");
            simulators.insert(door.clone(), simulator.clone());
            Box::new(simulator)
        }
    })
}

/// Host and port of `mqtt://…` or `mqtts://…`.
pub(super) fn broker_address(url: &Url) -> Option<(String, u16)> {
    let default = match url.scheme() {
        "mqtt" => 1883,
        "mqtts" => 8883,
        _ => return None,
    };
    match host_and_port(url) {
        Some(address) => Some(address),
        None => Some((url.host_str()?.trim_start_matches('[').trim_end_matches(']').to_owned(), default)),
    }
}

fn account(
    door: &DoorName,
    credential: Option<&str>,
    secrets: &Secrets<'_>,
) -> Result<Option<Credential>, DoorSetupError> {
    let Some(credential) = credential else { return Ok(None) };
    let held = secrets(credential);
    let parts = held.as_deref().and_then(|held| held.trim_end_matches(['\r', '\n']).split_once(':'));
    match parts {
        Some((user, password)) if !user.is_empty() => {
            Ok(Some(Credential { user: user.to_owned(), password: password.to_owned() }))
        }
        _ => Err(DoorSetupError::NoSecret { door: door.clone(), credential: credential.to_owned() }),
    }
}

fn device(
    door: &DoorName,
    ca: Option<&Path>,
    allow: &[IpAddr],
    basic: Option<Credential>,
) -> Result<HttpDevice, DoorSetupError> {
    Ok(HttpDevice { tls: authority(door, ca)?, allow: allow.to_vec(), basic })
}

fn authority(door: &DoorName, ca: Option<&Path>) -> Result<Option<Arc<ClientConfig>>, DoorSetupError> {
    let Some(path) = ca else { return Ok(None) };
    let failed = |source| DoorSetupError::Authority { door: door.clone(), path: path.to_owned(), source };
    reach::tls(path).map(Some).map_err(failed)
}
