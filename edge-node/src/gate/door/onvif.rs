//! An access controller with the ONVIF Access Control service: it asks from outside whether a credential at an access
//! point may pass, and is told *Granted* or *Denied* by `ExternalAuthorization`. It has no timer that a node could renew,
//! so such a door cannot be fail-safe by this node: what its lock does without power or node is set in the controller.

use std::sync::Arc;

use contract::clock::Clock;
use futures_util::future::BoxFuture;
use hyper::Method;
use ring::rand::{SecureRandom as _, SystemRandom};
use tokio::time::{MissedTickBehavior, interval};

use super::Credential;
use super::actuator::{Actuator, DenialFeedback, DoorFeedback};
use super::error::{Trouble, words};
use super::http::{Call, HttpDevice};
use super::http_relay::ASK_EVERY;
use super::onvif_answer::{self, Answer};
use super::onvif_message::{self, Decision, SignedToken};
use super::order::LiveOrder;
use super::settings::OnvifSettings;
use super::watched::Watched;

/// An ONVIF access controller.
pub(super) struct OnvifDoor {
    settings: OnvifSettings,
    device: HttpDevice,
    account: Option<Credential>,
    clock: Arc<dyn Clock>,
    random: SystemRandom,
    watched: Watched,
}

impl std::fmt::Debug for OnvifDoor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OnvifDoor").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl OnvifDoor {
    pub(super) fn new(
        settings: OnvifSettings,
        device: HttpDevice,
        account: Option<Credential>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { settings, device, account, clock, random: SystemRandom::new(), watched: Watched::default() }
    }

    /// A token for one message; none where the device has no account for us.
    fn token(&self) -> Option<SignedToken> {
        let account = self.account.as_ref()?;
        let mut nonce = [0u8; 16];
        self.random.fill(&mut nonce).expect("the kernel's random generator does not fail once seeded");
        Some(SignedToken::new(&account.user, &account.password, nonce, self.clock.now()))
    }

    /// One operation and its answer's body, or the device's fault in words.
    async fn ask(
        &self,
        url: &str,
        operation: onvif_message::Operation<'_>,
        leave: impl FnOnce() -> Result<(), Trouble> + Send,
    ) -> Result<Answer, Trouble> {
        let call = Call {
            method: Method::POST,
            content_type: Some(format!("application/soap+xml; charset=utf-8; action=\"{}\"", operation.action())),
            body: onvif_message::envelope(self.token().as_ref(), &operation),
            ..Call::get(url)?
        };
        let said = self.device.exchange(call, leave).await?;
        match onvif_answer::read(&said.body) {
            Ok(Answer::Fault(fault)) => Err(Trouble::Refused { words: self.words(&fault) }),
            _ if !said.status.is_success() => {
                Err(Trouble::Refused { words: self.words(&format!("{} {}", said.status, said.body)) })
            }
            Ok(answer) => Ok(answer),
            Err(fault) => Err(Trouble::Unreadable { what: self.words(&fault.to_string()) }),
        }
    }

    fn words(&self, text: &str) -> String {
        words(text, &[self.account.as_ref().map_or("", |account| account.password.as_str())])
    }

    async fn decide(&self, order: &LiveOrder<'_>, decision: Decision) -> Result<(), Trouble> {
        let operation = onvif_message::Operation::ExternalAuthorization {
            access_point: &self.settings.access_point,
            credential: order.credential_token(),
            reason: order.reason(),
            decision,
        };
        match self.ask(&self.settings.url, operation, || order.leave()).await? {
            Answer::Authorized => Ok(()),
            _ => Err(Trouble::Unreadable { what: "no ExternalAuthorizationResponse".to_owned() }),
        }
    }

    /// Asks for the door's state until it is open.
    async fn confirmed(&self) -> Result<DoorFeedback, Trouble> {
        let Some(feedback) = &self.settings.feedback else {
            return Ok(DoorFeedback::Accepted);
        };
        let mut ask = interval(ASK_EVERY);
        ask.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ask.tick().await;
            let operation = onvif_message::Operation::GetDoorState { door: &feedback.door };
            match self.ask(&feedback.url, operation, || Ok(())).await? {
                Answer::DoorState(state) if state.is_open() => return Ok(DoorFeedback::Opened),
                Answer::DoorState(state) => self.watched.said(state.to_string()),
                _ => return Err(Trouble::Unreadable { what: "no GetDoorStateResponse".to_owned() }),
            }
        }
    }
}

impl Actuator for OnvifDoor {
    fn open<'a>(&'a self, order: &'a LiveOrder<'a>) -> BoxFuture<'a, Result<DoorFeedback, Trouble>> {
        Box::pin(async move {
            self.watched.begin();
            self.decide(order, Decision::Granted).await?;
            self.confirmed().await
        })
    }

    fn deny<'a>(&'a self, order: &'a LiveOrder<'a>) -> BoxFuture<'a, Result<DenialFeedback, Trouble>> {
        Box::pin(async move { self.decide(order, Decision::Denied).await.map(|()| DenialFeedback::Told) })
    }

    fn last_state(&self) -> Option<String> {
        self.watched.last()
    }
}
