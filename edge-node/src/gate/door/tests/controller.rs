//! The ONVIF controller of `edge-node/tests/onvif` as a process: another language, another SOAP stack, ONVIF's own WSDL.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;

use serde_json::Value;

use super::*;

/// The controller; killed when dropped.
pub(super) struct Controller {
    pub(super) port: u16,
    child: Child,
    lines: mpsc::Receiver<Value>,
}

impl Controller {
    /// Starts it with the account of the tests; makes its environment first where it is missing.
    pub(super) fn start() -> Self {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/onvif");
        let ready = Command::new(dir.join("setup")).status().unwrap();
        assert!(ready.success(), "{}/setup failed", dir.display());
        let (user, password) = ACCOUNT.split_once(':').unwrap();
        let mut child = Command::new(dir.join("venv/bin/python"))
            .arg(dir.join("controller.py"))
            .args([user, password])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (tell, lines) = mpsc::channel();
        let output = child.stdout.take().unwrap();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if tell.send(serde_json::from_str(&line).unwrap()).is_err() {
                    return;
                }
            }
        });
        let mut controller = Self { port: 0, child, lines };
        controller.port = controller.next()["port"].as_u64().and_then(|port| u16::try_from(port).ok()).unwrap();
        controller
    }

    /// What happened next.
    pub(super) fn next(&self) -> Value {
        self.lines.recv_timeout(SOON).expect("the controller heard nothing")
    }

    /// Did nothing happen that was not asked for?
    pub(super) fn heard_nothing(&self) -> bool {
        self.lines.try_recv().is_err()
    }
}

impl Drop for Controller {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
