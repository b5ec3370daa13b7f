//! `./demo`: puts the whole stage up on this machine and keeps it until Ctrl-C; with `--once`, plays each sample to its
//! end and prints one JSON object with the verdict as the last line.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use clap::Parser;
use serde_json::json;
use stage::process::until;
use stage::set::{Choices, Stage};
use stage::verdict;
use tokio::signal::unix::{SignalKind, signal};

/// Everything of Chi Lăng on one machine, on loopback.
#[derive(Debug, Parser)]
struct Arguments {
    /// Play each sample to its end, compare with the truth, print one JSON object
    #[arg(long)]
    once: bool,
    /// Only judge what an earlier `--once` left behind
    #[arg(long, conflicts_with = "once")]
    judge: bool,
    /// Folder of this run
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Folder of the rendered samples
    #[arg(long, default_value = ".demo/clips")]
    clips: PathBuf,
    /// Port of the live page
    #[arg(long, default_value_t = 8480)]
    port: u16,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    // One place listens for Ctrl-C. The first asks the work to stop in order; the second ends this process, and every child
    // dies with it.
    let outcome = runtime.block_on(async {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let stopping = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stopping);
        let mut work = tokio::task::spawn_blocking(move || run(&arguments, &flag));
        let code = tokio::select! {
            done = &mut work => return done?,
            _ = interrupt.recv() => 130,
            _ = terminate.recv() => 143,
        };
        stopping.store(true, Ordering::SeqCst);
        say("đang dừng (Ctrl-C lần nữa: dừng ngay) / stopping (Ctrl-C again: at once)");
        tokio::select! {
            done = &mut work => done??,
            _ = interrupt.recv() => std::process::exit(code),
            _ = terminate.recv() => std::process::exit(code),
        };
        Ok(ExitCode::from(u8::try_from(code).unwrap_or(1)))
    });
    outcome.unwrap_or_else(|error| failed(&error))
}

/// Keeps a second run out of the folder this one works in: it would clear it away under the first.
fn keep_to_ourselves(dir: &Path) -> Result<std::fs::File> {
    let mut name = dir.as_os_str().to_owned();
    name.push(".lock");
    let path = PathBuf::from(name);
    if let Some(above) = path.parent() {
        std::fs::create_dir_all(above).with_context(|| format!("making {}", above.display()))?;
    }
    let file = std::fs::File::create(&path).with_context(|| format!("making {}", path.display()))?;
    match rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(file),
        Err(rustix::io::Errno::WOULDBLOCK) => {
            bail!("another demo runs in {}: stop it, or choose another folder with --dir", dir.display())
        }
        Err(errno) => Err(errno).with_context(|| format!("locking {}", path.display())),
    }
}

fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("demo: {}", error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": "));
    ExitCode::FAILURE
}

fn run(arguments: &Arguments, stopping: &AtomicBool) -> Result<ExitCode> {
    if arguments.judge {
        let dir = arguments.dir.clone().unwrap_or_else(|| PathBuf::from(".demo/once"));
        return judge(&dir, &arguments.clips, None);
    }
    if arguments.once { once(arguments, stopping) } else { show(arguments, stopping) }
}

fn say(text: &str) {
    eprintln!("      {text}");
}

fn once(arguments: &Arguments, stopping: &AtomicBool) -> Result<ExitCode> {
    let dir = arguments.dir.clone().unwrap_or_else(|| PathBuf::from(".demo/once"));
    let _ours = keep_to_ourselves(&dir)?;
    if dir.exists() {
        std::fs::remove_dir_all(&dir).with_context(|| format!("clearing {}", dir.display()))?;
    }
    let started = Instant::now();
    let choices = Choices { once: true, ..Choices::default() };
    let mut stage = Stage::put_up(&dir, &arguments.clips, &choices, say)?;
    stage.node.start()?;
    let longest = stage.truths.iter().map(|t| t.duration_s).fold(0.0, f64::max);
    say(&format!("phát {} camera mẫu, {longest:.0} giây / playing the samples at real speed", stage.truths.len()));
    let mut said = 0;
    let mut withdrawal = Withdrawal::ToCome;
    until("the samples to be played to their end", Duration::from_secs_f64(longest + 60.0), || {
        if stopping.load(Ordering::SeqCst) {
            bail!("stopped before the samples had been played to their end");
        }
        stage.check_alive()?;
        let seconds = started.elapsed().as_secs();
        if seconds >= said + 15 {
            said = seconds;
            say(&format!("{seconds} s"));
        }
        withdrawal.go_on(&stage)?;
        // Every stream has begun and has come to its end: then its camera is offline, and stays so.
        Ok(stage.node.cameras_over(stage.truths.len()).then_some(()))
    })?;
    let withdrawn_s = match (&stage.person, withdrawal) {
        (None, _) => None,
        (Some(_), Withdrawal::Confirmed(took)) => Some(took.as_secs_f64()),
        (Some(_), _) => bail!("no certificate says that the node has let the withdrawn person go"),
    };
    stage.node.stop()?;
    say("đối chiếu / comparing");
    let seconds = started.elapsed().as_secs_f64();
    // The centre answers from its store; it is stopped first so that nothing changes any more.
    stage.take_down()?;
    judge(&dir, &arguments.clips, Some(Played { seconds, withdrawn_s }))
}

/// How far the withdrawal of the sample person is.
enum Withdrawal {
    ToCome,
    /// Since when; when its certificate was looked at last.
    Asked(Instant, Instant),
    /// The certificate says that the node has let it go, so long after.
    Confirmed(Duration),
}

impl Withdrawal {
    /// Withdraws the person when nobody is near that camera (how far its clip is, the node's own frames tell), and looks once
    /// a second whether the certificate is complete.
    fn go_on(&mut self, stage: &Stage) -> Result<()> {
        let Some(person) = &stage.person else { return Ok(()) };
        match *self {
            Self::ToCome => {
                let (Some(span), (camera, fps)) = (person.withdrawal, &person.camera) else { return Ok(()) };
                let frames =
                    stage.node.summary().and_then(|s| s["cameras"][camera.as_str()]["frames_decoded"].as_u64());
                if frames.is_some_and(|frames| frames as f64 >= span.from_s * f64::from(*fps)) {
                    say("thu hồi đăng ký của người mẫu / the sample person is withdrawn");
                    let now = Instant::now();
                    person.withdraw(&stage.centre)?;
                    *self = Self::Asked(now, now);
                }
            }
            Self::Asked(since, looked) if looked.elapsed() >= Duration::from_secs(1) => {
                *self = if person.is_gone_everywhere(&stage.centre)? {
                    Self::Confirmed(since.elapsed())
                } else {
                    Self::Asked(since, Instant::now())
                };
            }
            Self::Asked(..) | Self::Confirmed(_) => {}
        }
        Ok(())
    }
}

/// What only a run that was just played can tell.
struct Played {
    seconds: f64,
    /// From the withdrawal to its complete certificate.
    withdrawn_s: Option<f64>,
}

/// Judges a run from what it left on disk.
fn judge(dir: &Path, clips: &Path, played: Option<Played>) -> Result<ExitCode> {
    let truths = stage::set::read_truths(clips)?;
    let (node, centre) = verdict::read_ledgers(dir)?;
    let verdict = verdict::judge(&truths, &node, &centre);
    let path = dir.join("edge-node/data/summary.json");
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let summary: serde_json::Value =
        serde_json::from_str(&text).with_context(|| format!("reading {}", path.display()))?;
    let owed = [&summary["effort"]["cpu_s"], &summary["effort"]["wall_s"], &summary["models"]];
    if owed.iter().any(|part| part.as_object().is_none_or(serde_json::Map::is_empty)) {
        bail!("the node's summary {} does not tell seconds by stage and models by role", path.display());
    }
    let mut out = serde_json::to_value(&verdict)?;
    let tenths = |s: f64| (s * 10.0).round() / 10.0;
    out["seconds"] = json!(played.as_ref().map(|p| tenths(p.seconds)));
    out["withdrawal_seconds"] = json!(played.and_then(|p| p.withdrawn_s).map(tenths));
    out["stage_seconds"] = summary["effort"]["wall_s"].clone();
    out["cpu_seconds"] = summary["effort"]["cpu_s"].clone();
    out["process_cpu_seconds"] = summary["effort"]["process_cpu_s"].clone();
    out["models"] = summary["models"].clone();
    for shortfall in &verdict.shortfalls {
        say(&format!("THIẾU / SHORT: {shortfall}"));
    }
    print(&out.to_string());
    Ok(if verdict.passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn show(arguments: &Arguments, stopping: &AtomicBool) -> Result<ExitCode> {
    let dir = arguments.dir.clone().unwrap_or_else(|| PathBuf::from(".demo/run"));
    let _ours = keep_to_ourselves(&dir)?;
    if stage::process::listening(arguments.port) {
        bail!("port {} is taken: stop what listens there, or choose another with --port", arguments.port);
    }
    // Every demo begins with an empty centre: its logins are new each time and nothing of an old run is mixed in.
    if dir.exists() {
        std::fs::remove_dir_all(&dir).with_context(|| format!("clearing {}", dir.display()))?;
    }
    let choices = Choices { people_port: Some(arguments.port), ..Choices::default() };
    let mut stage = Stage::put_up(&dir, &arguments.clips, &choices, say)?;
    let logins = add_people(&stage)?;
    stage.node.start()?;
    print(&format!("\nChi Lăng đang chạy / is running:  {}\n", stage.centre.people_url()));
    for (who, name, password) in logins {
        print(&format!("  {who:<44} {name:<12} {password}"));
    }
    print(
        "\nTài khoản quantri phải đăng ký mã xác thực (ứng dụng trên điện thoại, quét mã) khi đăng nhập lần đầu.\n\
         The account quantri enrols a one-time code (an app on a telephone) at its first sign-in.",
    );
    print("\nCtrl-C để dừng / to stop.");
    while !stopping.load(Ordering::SeqCst) {
        stage.check_alive()?;
        stage::process::pause();
    }
    stage.take_down()?;
    Ok(ExitCode::SUCCESS)
}

/// One login for each kind of user, with a new password each time.
fn add_people(stage: &Stage) -> Result<Vec<(&'static str, &'static str, String)>> {
    let people = [
        ("trực an ninh / security desk", "anninh", &["traffic-police:desk"][..]),
        ("cán bộ thẩm định / traffic officer", "canbo", &["traffic-police:traffic_officer"]),
        ("lãnh đạo / traffic leader", "lanhdao", &["traffic-police:traffic_leader"]),
        ("trực cổng mẫu / desk of the sample gates", "truccong", &["office:desk"]),
        ("cơ quan du lịch / tourism office", "dulich", &["tourism:tourism"]),
        ("vận hành / operator", "vanhanh", &["traffic-police:operator", "tourism:operator", "office:operator"]),
        (
            "quản trị / administrator",
            "quantri",
            &["traffic-police:administrator", "tourism:administrator", "office:administrator"],
        ),
        ("kiểm toán / auditor", "kiemtoan", &["traffic-police:auditor", "tourism:auditor", "office:auditor"]),
    ];
    let mut logins = Vec::new();
    for (who, name, roles) in people {
        let password = password()?;
        stage.centre.add_user(name, &password, roles)?;
        logins.push((who, name, password));
    }
    Ok(logins)
}

/// Four classes of characters, about 95 bits.
fn password() -> Result<String> {
    use rand::TryRngCore as _;
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789A";
    let mut random = [0u8; 18];
    rand::rngs::OsRng.try_fill_bytes(&mut random).context("asking the kernel for randomness")?;
    let text: String = random.iter().map(|b| LETTERS[usize::from(b % 32)] as char).collect();
    Ok(format!("{}-{}-{}B7", &text[..6], &text[6..12], &text[12..]))
}

#[expect(clippy::print_stdout, reason = "results of commands go to standard output")]
fn print(text: &str) {
    println!("{text}");
}
