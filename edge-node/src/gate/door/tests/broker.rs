//! A Mosquitto of our own with accounts and an access list, that can be killed and started again, and a device that listens
//! behind it: Debian's own MQTT client.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use tokio::sync::mpsc;

use super::*;

/// The broker; killed when dropped.
pub(super) struct Broker {
    pub(super) port: u16,
    dir: tempfile::TempDir,
    child: Child,
}

impl Broker {
    pub(super) fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let path = |name: &str| dir.path().join(name).display().to_string();
        fs::write(path("accounts"), format!("{ACCOUNT}\ndevice:device\n")).unwrap();
        let hashed = Command::new("mosquitto_passwd").args(["-U", &path("accounts")]).status().unwrap();
        assert!(hashed.success());
        let acl = "user gate\ntopic write gate/cmd\ntopic read gate/state\nuser device\ntopic readwrite gate/#\n";
        fs::write(path("acl"), acl).unwrap();
        // As root it would leave for a user that may not read this folder.
        let user = if rustix::process::getuid().is_root() { "user root\n" } else { "" };
        let conf = format!(
            "{user}listener {port} 127.0.0.1\nallow_anonymous false\npassword_file {}\nacl_file {}\n\
             persistence true\npersistence_location {}/\nautosave_interval 1\nautosave_on_changes true\nlog_dest none\n",
            path("accounts"),
            path("acl"),
            dir.path().display(),
        );
        fs::write(path("conf"), conf).unwrap();
        let child = spawn(&dir);
        let broker = Self { port, dir, child };
        broker.wait_until_it_listens();
        broker
    }

    /// `kill -9`.
    pub(super) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// On the same port, with what it kept.
    pub(super) fn start_again(&mut self) {
        self.child = spawn(&self.dir);
        self.wait_until_it_listens();
    }

    /// Stands still with its connections open, or goes on.
    pub(super) fn freeze(&self, still: bool) {
        use rustix::process::{Pid, Signal, kill_process};
        let signal = if still { Signal::STOP } else { Signal::CONT };
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    fn wait_until_it_listens(&self) {
        let end = Instant::now() + SOON;
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < end, "mosquitto does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn client(&self, program: &str, args: &[&str]) -> Command {
        // Into a pipe, `mosquitto_sub` would tell nothing until it has a whole page of it.
        let mut command = Command::new("stdbuf");
        command.args(["-oL", program]);
        let port = self.port.to_string();
        command.args(["-V", "5", "-h", "127.0.0.1", "-p", &port, "-u", "device", "-P", "device", "-q", "1"]).args(args);
        command
    }

    /// Says something as the device.
    pub(super) fn say(&self, topic: &str, text: &str, retained: bool) {
        let retain: &[&str] = if retained { &["-r"] } else { &[] };
        let said = self.client("mosquitto_pub", &["-t", topic, "-m", text]).args(retain).status().unwrap();
        assert!(said.success());
    }

    /// A device that listens for commands from now on. With a name it has a session at the broker that outlives it.
    pub(super) async fn device(&self, name: Option<&str>) -> Device {
        let mut command = self.client("mosquitto_sub", &["-t", "gate/cmd", "-F", "%p|%r|%q|%E", "-d"]);
        if let Some(name) = name {
            command.args(["-i", name, "-c", "-x", "600"]);
        }
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("mosquitto-clients is installed");
        let (tell, lines) = mpsc::unbounded_channel();
        let output = child.stdout.take().unwrap();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                if tell.send(line).is_err() {
                    return;
                }
            }
        });
        let mut device = Device { child, lines };
        // `-d` tells of the subscription and of each packet; commands are the lines with our form.
        device.line(|line| line.starts_with("Subscribed")).await;
        device
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(dir: &tempfile::TempDir) -> Child {
    let known = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto"];
    let program = known.iter().find(|p| fs::exists(p).unwrap_or(false)).copied();
    Command::new(program.unwrap_or("mosquitto"))
        .arg("-c")
        .arg(dir.path().join("conf"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("mosquitto is installed where the tests run")
}

/// What listens on the command topic; killed when dropped.
pub(super) struct Device {
    child: Child,
    lines: mpsc::UnboundedReceiver<String>,
}

impl Device {
    async fn line(&mut self, wanted: impl Fn(&str) -> bool) -> String {
        loop {
            let line = tokio::time::timeout(SOON, self.lines.recv()).await.expect("the device heard nothing").unwrap();
            if wanted(&line) {
                return line;
            }
        }
    }

    /// The next command: payload, retained, QoS, seconds until it expires.
    pub(super) async fn command(&mut self) -> String {
        self.line(|line| line.matches('|').count() == 3).await
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
