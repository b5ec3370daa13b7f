//! The clips as RTSP cameras on loopback, one that wants a password, and one that misbehaves on command. Each client
//! gets a stream of its own that starts when it says PLAY; sender reports and pace come from the RTSP server library.
//! It never listens on anything but 127.0.0.1, and renders nothing except the small scene of the misbehaving camera.

/// Clips read into memory and played.
mod clip;
/// Commands as text, and the port they arrive on.
mod control;
/// What a mount has been told to do wrong, and the probes that do it.
mod faults;
/// Mounts drawn while somebody looks.
mod live;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread::JoinHandle;

use gstreamer as gst;
use gstreamer::glib;
use gstreamer_rtsp as gst_rtsp;
use gstreamer_rtsp_server as gst_rtsp_server;
use gstreamer_rtsp_server::prelude::*;

pub use control::{CameraCommand, CommandError};
use faults::{Mount, Mounts};

use crate::scenes::Scene;

/// How clips play.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Play {
    /// From the first frame to the last, then the stream ends.
    Once,
    /// For ever; time stamps go on.
    Loop,
}

/// What to serve.
#[derive(Debug, Clone)]
pub struct ServerSettings {
    /// Folder with rendered clips. Clips that are not there are not served.
    pub dir: PathBuf,
    /// RTSP port; 0 = a free one.
    pub port: u16,
    /// How clips play.
    pub play: Play,
    /// Password of the user `test` on `/locked`; none = no such mount.
    pub password: Option<String>,
    /// Port for commands as lines of text; 0 = a free one, none = no such port.
    pub control: Option<u16>,
}

/// Why the cameras cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// GStreamer does not start.
    #[error("starting GStreamer")]
    Init(#[source] glib::Error),
    /// A clip cannot be read.
    #[error("reading the clip {path}: {message}", path = path.display())]
    Clip {
        /// The file.
        path: PathBuf,
        /// What GStreamer said.
        message: String,
    },
    /// The RTSP port cannot be had.
    #[error("listening for RTSP on 127.0.0.1:{port}: is the port taken?")]
    Listen {
        /// The port asked for.
        port: u16,
    },
    /// The control port cannot be had.
    #[error("listening for commands on 127.0.0.1:{port}")]
    Control {
        /// The port asked for.
        port: u16,
        /// The cause.
        #[source]
        source: std::io::Error,
    },
    /// A thread cannot be started.
    #[error("starting the server's thread")]
    Thread(#[source] std::io::Error),
}

/// The running cameras. They stop when this is dropped.
#[derive(Debug)]
pub struct RtspCameras {
    port: u16,
    main_loop: glib::MainLoop,
    thread: Option<JoinHandle<()>>,
    control: Option<control::Listener>,
    mounts: Arc<Mounts>,
}

impl RtspCameras {
    /// Reads the clips and listens.
    ///
    /// # Errors
    /// A clip is broken, or a port is taken.
    pub fn start(settings: &ServerSettings) -> Result<Self, ServerError> {
        gst::init().map_err(ServerError::Init)?;
        let mut mounts = Mounts::default();
        let points = gst_rtsp_server::RTSPMountPoints::new();
        for scene in Scene::ALL {
            let path = crate::render::clip_path(&settings.dir, scene.camera());
            if !path.exists() {
                continue;
            }
            let clip = Arc::new(clip::Clip::read(&path, scene)?);
            // One camera speaks UDP only, so that this way is really taken.
            let protocols = if scene == Scene::Square {
                gst_rtsp::RTSPLowerTrans::UDP
            } else {
                gst_rtsp::RTSPLowerTrans::UDP | gst_rtsp::RTSPLowerTrans::TCP
            };
            let mount = mounts.add(scene.camera());
            points.add_factory(&mount.path, clip::factory(Arc::clone(&clip), settings.play, protocols, &mount));
            if scene == Scene::Square2 && settings.password.is_some() {
                let mount = mounts.add("locked");
                let factory = clip::factory(
                    clip,
                    settings.play,
                    gst_rtsp::RTSPLowerTrans::UDP | gst_rtsp::RTSPLowerTrans::TCP,
                    &mount,
                );
                close(&factory);
                points.add_factory(&mount.path, factory);
            }
        }
        for (name, show) in [("bad", live::Show::Yard), ("rush", live::Show::Rush)] {
            let mount = mounts.add(name);
            points.add_factory(&mount.path, live::factory(&mount, show));
        }
        let mounts = Arc::new(mounts);
        let server = server(settings, &points, &mounts);
        let (main_loop, thread, port) = run(server, settings.port)?;
        let mut cameras = Self { port, main_loop, thread: Some(thread), control: None, mounts };
        if let Some(port) = settings.control {
            cameras.control = Some(control::Listener::start(port, Arc::clone(&cameras.mounts))?);
        }
        Ok(cameras)
    }

    /// The RTSP port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The control port, if there is one.
    #[must_use]
    pub fn control_port(&self) -> Option<u16> {
        self.control.as_ref().map(control::Listener::port)
    }

    /// Address of a camera: `road-1`, `square-1`, `square-2`, `gate-1`, `gate-2`, `locked`, `bad`, `rush`.
    #[must_use]
    pub fn url(&self, camera: &str) -> String {
        format!("rtsp://127.0.0.1:{}/{camera}", self.port)
    }

    /// Makes a camera do something.
    ///
    /// # Errors
    /// There is no such camera, or it cannot do that.
    pub fn command(&self, camera: &str, command: CameraCommand) -> Result<(), CommandError> {
        self.mounts.command(camera, command)
    }

    /// How many clients have the camera's stream now.
    #[must_use]
    pub fn clients(&self, camera: &str) -> usize {
        self.mounts.find(camera).map_or(0, |m| m.clients())
    }

    /// Ends every connection and the server.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        self.control = None;
        self.main_loop.quit();
        if let Some(thread) = self.thread.take() {
            // A panic in the server's thread has been printed; there is nothing left to end.
            let _ = thread.join();
        }
    }
}

impl Drop for RtspCameras {
    fn drop(&mut self) {
        self.end();
    }
}

/// Only the user `test` may look; anybody may ask.
fn close(factory: &gst_rtsp_server::RTSPMediaFactory) {
    factory.add_role_from_structure(&role("user", true));
    factory.add_role_from_structure(&role("anonymous", false));
}

/// What a role may do with a mount.
fn role(name: &str, construct: bool) -> gst::Structure {
    gst::Structure::builder(name)
        .field("media.factory.access", true)
        .field("media.factory.construct", construct)
        .build()
}

fn server(
    settings: &ServerSettings,
    points: &gst_rtsp_server::RTSPMountPoints,
    mounts: &Arc<Mounts>,
) -> gst_rtsp_server::RTSPServer {
    let server = gst_rtsp_server::RTSPServer::new();
    server.set_address("127.0.0.1");
    server.set_service(&settings.port.to_string());
    server.set_mount_points(Some(points));
    let token = |name: &str| gst_rtsp_server::RTSPToken::builder().field("media.factory.role", name).build();
    let auth = gst_rtsp_server::RTSPAuth::new();
    auth.set_supported_methods(gst_rtsp::RTSPAuthMethod::Digest);
    auth.set_default_token(Some(&mut token("anonymous")));
    if let Some(password) = &settings.password {
        auth.add_digest("test", password, &token("user"));
    }
    server.set_auth(Some(&auth));
    let mounts = Arc::clone(mounts);
    server.connect_client_connected(move |_, client| mounts.watch(client));
    server
}

/// Runs the server's loop on a thread of its own.
fn run(server: gst_rtsp_server::RTSPServer, asked: u16) -> Result<(glib::MainLoop, JoinHandle<()>, u16), ServerError> {
    let context = glib::MainContext::new();
    let main_loop = glib::MainLoop::new(Some(&context), false);
    let (ready, started) = mpsc::sync_channel(1);
    let own = main_loop.clone();
    let thread = std::thread::Builder::new()
        .name("rtsp-cameras".to_owned())
        .spawn(move || {
            let work = context.with_thread_default(|| {
                let source = server.attach(Some(&context)).ok();
                let listening = source.is_some();
                // The other end waits for exactly one answer.
                let _ = ready.send(listening.then(|| server.bound_port()));
                if !listening {
                    return;
                }
                own.run();
                server.client_filter(Some(&mut |_, _| gst_rtsp_server::RTSPFilterResult::Remove));
                if let Some(source) = source.and_then(|id| context.find_source_by_id(&id)) {
                    // A source of a context of our own is not known to the default one.
                    source.destroy();
                }
            });
            if work.is_err() {
                say_context_is_taken();
            }
        })
        .map_err(ServerError::Thread)?;
    match started.recv() {
        Ok(Some(port)) => Ok((main_loop, thread, u16::try_from(port).unwrap_or(asked))),
        _ => Err(ServerError::Listen { port: asked }),
    }
}

/// The context was made one line earlier and belongs to nobody else, so this is a fault of the library.
fn say_context_is_taken() {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "the RTSP server's context belongs to another thread");
}

/// Everything every mount's factory shares.
fn prepare(
    factory: &gst_rtsp_server::RTSPMediaFactory,
    protocols: gst_rtsp::RTSPLowerTrans,
    mount: &Arc<Mount>,
    start: impl Fn(&gst::Element, &Arc<Mount>) + Send + Sync + 'static,
) {
    factory.set_protocols(protocols);
    factory.set_shared(false);
    factory.add_role_from_structure(&role("anonymous", true));
    factory.add_role_from_structure(&role("user", true));
    let mount = Arc::clone(mount);
    factory.connect_media_configure(move |_, media| {
        let element = media.element();
        faults::install(&element, &mount);
        start(&element, &mount);
        let mount = Arc::clone(&mount);
        media.connect_prepared(move |media| faults::install_clock(media, &mount));
    });
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use gstreamer_app as gst_app;

    use super::*;
    use crate::draw::sensor::Frame;
    use crate::encode::Encoder;

    /// A client: what it decodes, and how its stream ends.
    struct Client {
        pipeline: gst::Pipeline,
        sink: gst_app::AppSink,
    }

    impl Client {
        fn open(url: &str, transport: &str) -> Self {
            let line = format!(
                "rtspsrc location={url} protocols={transport} latency=100 tcp-timeout=60000000 ! rtph264depay ! avdec_h264 max-threads=1 ! appsink name=sink sync=false max-buffers=64"
            );
            let pipeline = gst::parse::launch(&line).unwrap().downcast::<gst::Pipeline>().unwrap();
            let sink = pipeline.by_name("sink").unwrap().downcast::<gst_app::AppSink>().unwrap();
            pipeline.set_state(gst::State::Playing).unwrap();
            Self { pipeline, sink }
        }

        /// The next picture's width, if one comes in time.
        fn picture(&self, within: Duration) -> Option<i32> {
            let sample = self.sink.try_pull_sample(gst::ClockTime::from_nseconds(within.as_nanos() as u64))?;
            sample.caps()?.structure(0)?.get("width").ok()
        }

        fn ended(&self) -> bool {
            self.sink.is_eos()
                || self
                    .pipeline
                    .bus()
                    .unwrap()
                    .peek()
                    .is_some_and(|m| matches!(m.view(), gst::MessageView::Error(_) | gst::MessageView::Eos(_)))
                || self
                    .pipeline
                    .bus()
                    .unwrap()
                    .pop_filtered(&[gst::MessageType::Error, gst::MessageType::Eos])
                    .is_some()
        }
    }

    impl Drop for Client {
        fn drop(&mut self) {
            let _ = self.pipeline.set_state(gst::State::Null);
        }
    }

    fn settings(dir: &std::path::Path) -> ServerSettings {
        ServerSettings { dir: dir.to_owned(), port: 0, play: Play::Once, password: None, control: Some(0) }
    }

    /// A short clip of moving grey bars under a camera's name.
    fn clip(dir: &std::path::Path, camera: &str, frames: u32) {
        let mut encoder =
            Encoder::create(&crate::clip_path(dir, camera), crate::scenes::Codec::H264, 320, 240, 25).unwrap();
        for n in 0..frames as usize {
            let i420 = (0..320 * 240 * 3 / 2)
                .map(|i| if i < 320 * 240 { (60 + (i % 320 + n * 4) % 120) as u8 } else { 128 })
                .collect();
            encoder.push(Frame { width: 320, height: 240, i420 }).unwrap();
        }
        encoder.finish().unwrap();
    }

    fn within(deadline: Duration, mut condition: impl FnMut() -> bool) -> bool {
        let start = Instant::now();
        while start.elapsed() < deadline {
            if condition() {
                return true;
            }
        }
        false
    }

    #[test]
    fn a_clip_played_once_arrives_whole_and_at_its_own_pace() {
        gst::init().unwrap();
        let dir = tempfile::tempdir().unwrap();
        clip(dir.path(), "road-1", 50);
        clip(dir.path(), "square-1", 50);
        let cameras = RtspCameras::start(&settings(dir.path())).unwrap();
        for (camera, transport) in [("road-1", "tcp"), ("square-1", "udp")] {
            let (client, start) = (Client::open(&cameras.url(camera), transport), Instant::now());
            let mut pictures = 0;
            while client.picture(Duration::from_secs(10)).is_some() {
                pictures += 1;
            }
            // UDP may lose a packet on a machine that does other things too.
            let least = if transport == "tcp" { 50 } else { 45 };
            assert!((least..=50).contains(&pictures), "{camera} by {transport}: {pictures} of 50");
            assert!(start.elapsed() > Duration::from_millis(1800), "{camera} took {:?}", start.elapsed());
        }
        cameras.stop();
    }

    #[test]
    fn the_misbehaving_camera_does_as_it_is_told() {
        gst::init().unwrap();
        let dir = tempfile::tempdir().unwrap();
        let cameras = RtspCameras::start(&settings(dir.path())).unwrap();
        let client = Client::open(&cameras.url("bad"), "tcp");
        let patience = Duration::from_secs(20);
        assert_eq!(client.picture(patience), Some(640));
        cameras.command("bad", CameraCommand::Size(320, 240)).unwrap();
        assert!(within(patience, || client.picture(patience) == Some(320)), "the size never changed");
        cameras.command("bad", CameraCommand::Stall).unwrap();
        assert!(within(patience, || client.picture(Duration::from_millis(1500)).is_none()), "it went on");
        assert!(!client.ended(), "a stalled camera keeps its connection");
        cameras.command("bad", CameraCommand::Normal).unwrap();
        // Not in the same stream: a client that has lost so many packets waits in vain, and must connect anew.
        assert!(Client::open(&cameras.url("bad"), "tcp").picture(patience).is_some(), "it did not come back");
        cameras.command("bad", CameraCommand::Refuse).unwrap();
        assert!(
            within(patience, || {
                let _ = client.picture(Duration::from_millis(100));
                client.ended()
            }),
            "the connection stayed"
        );
        let refused = Client::open(&cameras.url("bad"), "tcp");
        assert!(within(patience, || refused.ended()), "it was let in");
        cameras.command("bad", CameraCommand::Normal).unwrap();
        assert!(Client::open(&cameras.url("bad"), "tcp").picture(patience).is_some(), "it was kept out");
        assert!(cameras.command("road-1", CameraCommand::Drop).is_err());
    }

    #[test]
    fn the_control_port_answers() {
        use std::io::{BufRead as _, BufReader, Write as _};
        gst::init().unwrap();
        let dir = tempfile::tempdir().unwrap();
        clip(dir.path(), "road-1", 10);
        let cameras = RtspCameras::start(&settings(dir.path())).unwrap();
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", cameras.control_port().unwrap())).unwrap();
        stream.write_all(b"bad dark\nroad-1 dark\nbad dance\nnobody drop\nroad-1 stall\n").unwrap();
        let answers: Vec<String> = BufReader::new(stream).lines().take(5).map(Result::unwrap).collect();
        assert_eq!(
            answers.iter().map(|a| a.as_str() == "ok").collect::<Vec<_>>(),
            [true, false, false, false, true],
            "{answers:?}"
        );
    }
}
