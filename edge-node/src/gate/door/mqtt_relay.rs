//! A relay behind an MQTT broker: one message opens, a state topic may tell whether it did. An order is handed to the
//! connection that stands when it comes, or to none: there is no queue for the time when the broker is away.

use std::time::Duration;

use futures_util::future::BoxFuture;
use rumqttc::v5::mqttbytes::v5::PubAckReason;
use tokio::sync::{broadcast, watch};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::actuator::{Actuator, DoorFeedback};
use super::error::{Trouble, words};
use super::mqtt_session::{self, Broker, Link, Session};
use super::order::LiveOrder;
use super::settings::{MqttMessage, MqttRelaySettings};
use super::template::Times;
use super::watched::Watched;

/// How long the broker may take to answer a hold; an order has its own deadline.
const HOLD_WITHIN: Duration = Duration::from_secs(5);

/// A relay behind an MQTT broker.
pub(super) struct MqttRelay {
    settings: MqttRelaySettings,
    broker: Broker,
    link: watch::Receiver<Link>,
    watched: Watched,
    _ends_with_this: DropGuard,
}

impl std::fmt::Debug for MqttRelay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MqttRelay").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl MqttRelay {
    /// Starts the connection as a task that ends with `stop` or with the relay.
    pub(super) fn start(settings: MqttRelaySettings, broker: Broker, stop: &CancellationToken) -> Self {
        let none = mqtt_session::Down::Unreachable("no connection was made yet".to_owned());
        let (tell, link) = watch::channel(Link::Down(none));
        let stop = stop.child_token();
        tokio::spawn(mqtt_session::keep(broker.clone(), tell, stop.clone()));
        Self { settings, broker, link, watched: Watched::default(), _ends_with_this: stop.drop_guard() }
    }

    /// The connection that stands now.
    fn session(&self) -> Result<Session, Trouble> {
        match self.link.borrow().clone() {
            Link::Up(session) => match session.over() {
                Some(down) => Err(down.trouble(&self.broker.place)),
                None => Ok(session),
            },
            Link::Down(down) => Err(down.trouble(&self.broker.place)),
        }
    }

    async fn publish(
        &self,
        session: &Session,
        message: &MqttMessage,
        times: Times,
        expiry: Duration,
        within: Duration,
    ) -> Result<(), Trouble> {
        let lost = |why: String| Trouble::unreachable(self.broker.place.name(), why);
        match session.publish(&message.topic, times.fill(&message.payload), expiry, within).await.map_err(lost)? {
            PubAckReason::Success => Ok(()),
            PubAckReason::NoMatchingSubscribers => Err(lost("no device listens on the command topic".to_owned())),
            other => Err(Trouble::Refused { words: format!("the broker says {other:?}") }),
        }
    }

    /// An order: only before its deadline, and gone from the broker after it.
    async fn order(
        &self,
        session: &Session,
        order: &LiveOrder<'_>,
        message: &MqttMessage,
        times: Times,
    ) -> Result<(), Trouble> {
        order.leave()?;
        let left = order.remaining().ok_or(Trouble::TooLate)?;
        // Without the broker's answer by then, the connection ends: the bytes may still lie in the client.
        self.publish(session, message, times, left, left).await
    }

    async fn confirmed(&self, mut states: broadcast::Receiver<bytes::Bytes>) -> Result<DoorFeedback, Trouble> {
        let Some(feedback) = &self.settings.feedback else {
            return Ok(DoorFeedback::Accepted);
        };
        loop {
            let state = match states.recv().await {
                Ok(state) => state,
                Err(broadcast::error::RecvError::Lagged(_)) => continue,
                Err(broadcast::error::RecvError::Closed) => {
                    return Err(Trouble::unreachable(
                        self.broker.place.name(),
                        "the connection to the broker was lost",
                    ));
                }
            };
            let state = String::from_utf8_lossy(&state);
            if feedback.refused.as_ref().is_some_and(|refused| state.contains(refused)) {
                return Err(Trouble::Refused { words: words(&state, &[]) });
            }
            if state.contains(&feedback.text) {
                return Ok(DoorFeedback::Opened);
            }
            self.watched.said(words(&state, &[]));
        }
    }
}

impl Actuator for MqttRelay {
    fn open<'a>(&'a self, order: &'a LiveOrder<'a>) -> BoxFuture<'a, Result<DoorFeedback, Trouble>> {
        Box::pin(async move {
            self.watched.begin();
            let session = self.session()?;
            // Before the order goes: the device may be quicker than the broker's answer.
            let states = session.states();
            let times = Times { pulse_ms: order.pulse_ms(), hold_s: 0 };
            self.order(&session, order, &self.settings.open, times).await?;
            // The list of listeners must end with the connection, not with this handle to it.
            drop(session);
            self.confirmed(states).await
        })
    }

    fn hold(&self, hold_s: u32) -> BoxFuture<'_, Result<(), Trouble>> {
        Box::pin(async move {
            let message = self.settings.hold.as_ref().ok_or(Trouble::Unsupported)?;
            let expiry = Duration::from_secs(u64::from(hold_s));
            self.publish(&self.session()?, message, Times { pulse_ms: 0, hold_s }, expiry, HOLD_WITHIN).await
        })
    }

    fn release<'a>(&'a self, order: &'a LiveOrder<'a>) -> BoxFuture<'a, Result<(), Trouble>> {
        Box::pin(async move {
            let message = self.settings.release.as_ref().ok_or(Trouble::Unsupported)?;
            let session = self.session()?;
            self.order(&session, order, message, Times { pulse_ms: 0, hold_s: 0 }).await
        })
    }

    fn last_state(&self) -> Option<String> {
        self.watched.last()
    }
}
