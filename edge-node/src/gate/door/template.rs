//! Times put into the addresses, bodies and payloads of relays. It knows four words and touches no other brace, since
//! bodies are often JSON.

/// The times of one order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Times {
    pub(super) pulse_ms: u32,
    pub(super) hold_s: u32,
}

/// The placeholders that stand for a timer of a hold.
pub(super) const HOLD: [&str; 2] = ["{hold_ms}", "{hold_s}"];

impl Times {
    /// The text with its placeholders replaced. Seconds have a fraction only where one is needed: `3`, `0.5`.
    pub(super) fn fill(self, text: &str) -> String {
        let (pulse_s, hold_ms) = (f64::from(self.pulse_ms) / 1000.0, u64::from(self.hold_s) * 1000);
        text.replace("{pulse_ms}", &self.pulse_ms.to_string())
            .replace("{pulse_s}", &pulse_s.to_string())
            .replace("{hold_ms}", &hold_ms.to_string())
            .replace("{hold_s}", &self.hold_s.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timed_pulse_of_a_shelly_can_be_said() {
        let times = Times { pulse_ms: 1500, hold_s: 15 };
        assert_eq!(
            times.fill("http://10.0.0.5/relay/0?turn=on&timer={pulse_s}"),
            "http://10.0.0.5/relay/0?turn=on&timer=1.5"
        );
        assert_eq!(
            times.fill(r#"{"id":0,"on":true,"toggle_after":{hold_s}}"#),
            r#"{"id":0,"on":true,"toggle_after":15}"#
        );
        assert_eq!(Times { pulse_ms: 3000, hold_s: 5 }.fill("{pulse_s} {pulse_ms} {hold_ms}"), "3 3000 5000");
    }
}
