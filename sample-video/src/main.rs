//! The command line of the sample cameras: render the clips, serve them, look at a frame or at the truth. It holds no
//! logic of its own.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Parser, Subcommand};
use sample_video::{Play, Progress, RtspCameras, Scene, ServerSettings, Truth, render, render_all};

#[derive(Debug, Parser)]
#[command(
    name = "sample-video",
    about = "Renders the sample scenes with their ground truth, and serves them as RTSP cameras",
    version
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Draw and encode the clips; finished ones are kept.
    Render {
        /// Folder for clips and truth.
        #[arg(long)]
        out: PathBuf,
        /// One scene only: road, square, square-2, gate, gate-2.
        #[arg(long)]
        scene: Option<String>,
        /// Another cast, drawn from this number: for measuring on scenes that nothing was tuned on.
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Save one frame of a scene as PNG.
    Still {
        /// road, square, square-2, gate, gate-2.
        #[arg(long)]
        scene: String,
        /// Second of the clip.
        #[arg(long)]
        at: f64,
        /// Another cast, as for `render`.
        #[arg(long)]
        seed: Option<u64>,
        /// The picture.
        #[arg(long)]
        out: PathBuf,
    },
    /// Serve the clips of a folder as cameras on 127.0.0.1 until SIGINT or SIGTERM.
    Serve {
        /// Folder with rendered clips.
        #[arg(long)]
        dir: PathBuf,
        /// RTSP port; 0 = a free one.
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// Play each clip to its end, for each client from its first frame.
        #[arg(long, conflicts_with = "endless")]
        once: bool,
        /// Play for ever (the default).
        #[arg(long = "loop")]
        endless: bool,
        /// Port for commands, `CAMERA COMMAND` a line; 0 = a free one.
        #[arg(long)]
        control: Option<u16>,
        /// Password of the user `test` on /locked.
        #[arg(long, env = "SAMPLE_VIDEO_PASSWORD", hide_env_values = true)]
        password: Option<String>,
    },
    /// Print the truth of all clips of a folder as JSON lines.
    Truth {
        /// The folder.
        #[arg(long)]
        dir: PathBuf,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Render { out, scene, seed } => {
            match scene {
                None => drop(render_all(seed, &out, &report)?),
                Some(name) => drop(render(named(&name)?, seed, &out, &report)?),
            }
            Ok(())
        }
        Command::Still { scene, at, seed, out } => still(named(&scene)?, seed, at, &out),
        Command::Serve { dir, port, once, endless: _, control, password } => {
            serve(&ServerSettings { dir, port, play: if once { Play::Once } else { Play::Loop }, password, control })
        }
        Command::Truth { dir } => {
            let mut stdout = std::io::stdout().lock();
            // A gate that was left out has none.
            let there = |scene: &Scene| !scene.needs_portrait() || Truth::path(&dir, scene.camera()).exists();
            for scene in Scene::ALL.into_iter().filter(there) {
                let truth = Truth::read(&dir, scene.camera())?;
                writeln!(stdout, "{}", serde_json::to_string(&truth)?)?;
            }
            Ok(())
        }
    }
}

/// Serves until told to end. A line of JSON says where it listens.
fn serve(settings: &ServerSettings) -> anyhow::Result<()> {
    let cameras = RtspCameras::start(settings)?;
    let mut line = serde_json::json!({ "listening": cameras.port() });
    if let Some(port) = cameras.control_port() {
        line["control"] = port.into();
    }
    writeln!(std::io::stdout().lock(), "{line}")?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        use tokio::signal::unix::{SignalKind, signal};
        let (mut interrupted, mut ended) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = ended.recv() => {}
        }
        anyhow::Ok(())
    })?;
    cameras.stop();
    Ok(())
}

fn named(name: &str) -> anyhow::Result<Scene> {
    Scene::named(name).with_context(|| format!("there is no scene {name:?}: road, square, square-2, gate or gate-2"))
}

fn report(progress: Progress) {
    // Progress is for a person at a terminal; a closed one is no reason to stop.
    let _ = match progress {
        Progress::Kept { scene } => writeln!(std::io::stderr(), "{}: already rendered", scene.name()),
        Progress::LeftOut { scene, why } => {
            writeln!(std::io::stderr(), "{}: bỏ qua mẫu cổng / the sample gate is left out: {why}", scene.camera())
        }
        Progress::Frames { scene, done, of } => {
            writeln!(std::io::stderr(), "{}: {done} of {of} frames ({} %)", scene.name(), done * 100 / of)
        }
    };
}

fn still(scene: Scene, seed: Option<u64>, at: f64, out: &Path) -> anyhow::Result<()> {
    let mut stage = scene.lay_out(seed)?;
    if at < 0.0 || at >= stage.truth().duration_s {
        bail!("the scene {} lasts {} s; {at} lies outside", scene.name(), stage.truth().duration_s);
    }
    let frame = stage.frame((at * f64::from(stage.truth().fps)) as u32);
    let rgb = frame.to_rgb();
    image::save_buffer(out, &rgb, frame.width as u32, frame.height as u32, image::ColorType::Rgb8)
        .with_context(|| format!("writing {}", out.display()))
}
