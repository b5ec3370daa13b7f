//! A Mosquitto of our own on a free port of the loopback, with mutual TLS, that can be killed and started again.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use courier::testing::TestAuthority;

/// The broker; killed when dropped.
pub(super) struct Broker {
    pub(super) port: u16,
    conf: PathBuf,
    dir: tempfile::TempDir,
    child: Child,
}

impl Broker {
    /// Starts it. Nothing is kept on disk: a killed broker has forgotten everything.
    pub(super) fn start(authority: &TestAuthority) -> Self {
        let dir = tempfile::tempdir().unwrap();
        // The port is free now; nobody else on the loopback asks for that very one in the next moment.
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let (certificate, key) = authority.server();
        let path = |name: &str| dir.path().join(name).display().to_string();
        fs::write(path("server.crt"), certificate).unwrap();
        fs::write(path("server.key"), key).unwrap();
        fs::write(path("ca.crt"), &authority.ca_pem).unwrap();
        fs::write(
            path("acl"),
            "user central\ntopic readwrite chilang/v1/#\n\
             pattern write chilang/v1/%u/status\npattern write chilang/v1/%u/birth\n\
             pattern write chilang/v1/%u/cam/+/+\npattern read chilang/v1/%u/cmd\n\
             pattern read chilang/v1/%u/bundle\npattern read chilang/v1/%u/ack\n\
             pattern read chilang/v1/central/status\n",
        )
        .unwrap();
        // As root it would leave for a user that may not read this folder.
        let user = if rustix::process::getuid().is_root() { "user root\n" } else { "" };
        let conf = dir.path().join("mosquitto.conf");
        fs::write(
            &conf,
            format!(
                "{user}listener {port} 127.0.0.1\nallow_anonymous false\nrequire_certificate true\n\
                 use_identity_as_username true\nacl_file {}\ncafile {}\ncertfile {}\nkeyfile {}\n\
                 persistence false\nmax_packet_size 262144\nlog_dest none\n",
                path("acl"),
                path("ca.crt"),
                path("server.crt"),
                path("server.key"),
            ),
        )
        .unwrap();
        let child = spawn(&conf);
        let broker = Self { port, conf, dir, child };
        broker.wait_until_it_listens();
        broker
    }

    /// `kill -9`.
    pub(super) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it again on the same port.
    pub(super) fn start_again(&mut self) {
        self.child = spawn(&self.conf);
        self.wait_until_it_listens();
    }

    fn wait_until_it_listens(&self) {
        let until = Instant::now() + Duration::from_secs(20);
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < until, "mosquitto does not listen ({})", self.dir.path().display());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(conf: &std::path::Path) -> Child {
    let known = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto"];
    let program = known.iter().find(|p| fs::exists(p).unwrap_or(false)).copied();
    Command::new(program.unwrap_or("mosquitto"))
        .arg("-c")
        .arg(conf)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("mosquitto is installed where the tests run")
}
