//! A relay with an HTTP interface: one request opens, another may tell whether it did. The order is sent once; only its
//! state is asked for again.

use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::time::{MissedTickBehavior, interval};

use super::actuator::{Actuator, DoorFeedback};
use super::error::{Trouble, words};
use super::http::{Answer, Call, HttpDevice};
use super::order::LiveOrder;
use super::settings::{HttpCall, HttpRelaySettings};
use super::template::Times;
use super::watched::Watched;

/// How often a device is asked for its state.
pub(super) const ASK_EVERY: Duration = Duration::from_millis(150);

/// A relay with an HTTP interface.
#[derive(Debug)]
pub(super) struct HttpRelay {
    settings: HttpRelaySettings,
    device: HttpDevice,
    watched: Watched,
}

impl HttpRelay {
    pub(super) fn new(settings: HttpRelaySettings, device: HttpDevice) -> Self {
        Self { settings, device, watched: Watched::default() }
    }

    async fn send(
        &self,
        call: &HttpCall,
        times: Times,
        leave: impl FnOnce() -> Result<(), Trouble> + Send,
    ) -> Result<Answer, Trouble> {
        let answer = self.device.exchange(Call::of(call, times)?, leave).await?;
        self.accepted(answer)
    }

    /// 2xx, or the device's own words.
    fn accepted(&self, answer: Answer) -> Result<Answer, Trouble> {
        if answer.status.is_success() {
            return Ok(answer);
        }
        Err(Trouble::Refused { words: self.words(&format!("{} {}", answer.status, answer.body)) })
    }

    fn words(&self, text: &str) -> String {
        let secret = self.device.basic.as_ref().map_or("", |basic| basic.password.as_str());
        words(text, &[secret])
    }

    async fn confirmed(&self, answer: Answer) -> Result<DoorFeedback, Trouble> {
        let Some(feedback) = &self.settings.feedback else {
            return Ok(DoorFeedback::Accepted);
        };
        let Some(url) = &feedback.url else {
            return if answer.body.contains(&feedback.text) {
                Ok(DoorFeedback::Opened)
            } else {
                Err(Trouble::Unconfirmed { said: self.words(&answer.body) })
            };
        };
        let mut ask = interval(ASK_EVERY);
        ask.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ask.tick().await;
            let answer = self.device.exchange(Call::get(url)?, || Ok(())).await?;
            if answer.status.is_success() && answer.body.contains(&feedback.text) {
                return Ok(DoorFeedback::Opened);
            }
            self.watched.said(self.words(&format!("{} {}", answer.status, answer.body)));
        }
    }
}

impl Actuator for HttpRelay {
    fn open<'a>(&'a self, order: &'a LiveOrder<'a>) -> BoxFuture<'a, Result<DoorFeedback, Trouble>> {
        Box::pin(async move {
            self.watched.begin();
            let times = Times { pulse_ms: order.pulse_ms(), hold_s: 0 };
            let answer = self.send(&self.settings.open, times, || order.leave()).await?;
            self.confirmed(answer).await
        })
    }

    fn hold(&self, hold_s: u32) -> BoxFuture<'_, Result<(), Trouble>> {
        Box::pin(async move {
            let call = self.settings.hold.as_ref().ok_or(Trouble::Unsupported)?;
            self.send(call, Times { pulse_ms: 0, hold_s }, || Ok(())).await.map(drop)
        })
    }

    fn release<'a>(&'a self, order: &'a LiveOrder<'a>) -> BoxFuture<'a, Result<(), Trouble>> {
        Box::pin(async move {
            let call = self.settings.release.as_ref().ok_or(Trouble::Unsupported)?;
            self.send(call, Times { pulse_ms: 0, hold_s: 0 }, || order.leave()).await.map(drop)
        })
    }

    fn last_state(&self) -> Option<String> {
        self.watched.last()
    }
}
