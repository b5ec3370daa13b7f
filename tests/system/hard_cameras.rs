//! Cameras that give trouble, through the whole chain: what one does is seen above with its reason, it is back within ten
//! seconds of its return, and its neighbours (one by UDP, one by H.265 behind a password) never notice.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use contract::clock::{Clock as _, MINUTE_US, SystemClock, UtcMicros};
use serde_json::Value;
use stage::cast::Cast;
use stage::checkout::clips;
use stage::person::Person;
use stage::process::pause;
use stage::set::{Choices, Stage};

/// What the product promises for a camera's way back.
const BACK_WITHIN: Duration = Duration::from_secs(10);
/// A neighbour's pictures may stay away no longer than this: summaries come every second, and the machine is busy.
const NEIGHBOUR_GAP: Duration = Duration::from_millis(3500);
/// Everything else that is waited for.
const PATIENCE: Duration = Duration::from_secs(45);
const NEIGHBOURS: [&str; 2] = ["square-1", "square-2"];

/// One look at everything: the centre's cameras by name, and the node's own summary.
struct Look {
    cameras: BTreeMap<String, Value>,
    summary: Value,
}

impl Look {
    fn state(&self, camera: &str) -> &str {
        self.cameras.get(camera).and_then(|c| c["state"].as_str()).unwrap_or("not heard of")
    }

    fn reason(&self, camera: &str) -> &str {
        self.cameras.get(camera).and_then(|c| c["reason"].as_str()).unwrap_or_default()
    }

    fn view(&self, camera: &str) -> Vec<&str> {
        let view = self.cameras.get(camera).and_then(|c| c["view"].as_array());
        view.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    fn figure(&self, camera: &str, name: &str) -> u64 {
        self.summary["cameras"][camera][name].as_u64().unwrap_or(0)
    }
}

/// Watches the neighbours all the while something is done to the bad camera.
struct Watch {
    stage: Stage,
    operator: Person,
    decoded: BTreeMap<&'static str, (u64, Instant)>,
}

impl Watch {
    async fn look(&mut self) -> Look {
        self.stage.check_alive().unwrap();
        let answer = self.operator.get("/api/v1/cameras?controller=tourism").await.unwrap();
        let named = |c: &Value| (c["camera"].as_str().unwrap_or_default().to_owned(), c.clone());
        let cameras = answer["items"].as_array().unwrap().iter().map(named).collect();
        Look { cameras, summary: self.stage.node.summary().unwrap_or_default() }
    }

    /// Looks until `condition` holds. The neighbours' pictures must not stay away meanwhile.
    async fn until(&mut self, what: &str, patience: Duration, condition: impl Fn(&Look) -> bool) -> Look {
        let begun = Instant::now();
        loop {
            let look = self.look().await;
            for (name, (seen, at)) in &mut self.decoded {
                let now = look.figure(name, "frames_decoded");
                if now > *seen {
                    (*seen, *at) = (now, Instant::now());
                }
                assert!(at.elapsed() < NEIGHBOUR_GAP, "{name} had no picture for {:?} while {what}", at.elapsed());
                assert_eq!(look.figure(name, "reconnects"), 0, "{name} was opened again while {what}");
            }
            if condition(&look) {
                eprintln!("{:5.1} s: {what}", begun.elapsed().as_secs_f32());
                return look;
            }
            let bad = look.cameras.get("bad");
            assert!(begun.elapsed() < patience, "waited {patience:?} for: {what}; the bad camera is {bad:#?}");
            pause();
        }
    }

    fn tell(&self, command: &str) {
        self.stage.cameras.tell(command).unwrap();
    }

    /// The bad camera behaves again and is back in time.
    async fn back(&mut self, after: &str) {
        self.tell("bad normal");
        let what = format!("back after {after}");
        let before = self.look().await.figure("bad", "frames_decoded");
        self.until(&what, BACK_WITHIN, |l| {
            l.state("bad") == "online" && l.view("bad").is_empty() && l.figure("bad", "frames_decoded") > before
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_cameras_trouble_is_told_ends_in_time_and_touches_no_neighbour() {
    let _turn = crate::ONE_STAGE.lock().await;
    let folder = tempfile::tempdir().unwrap();
    // On this thread, which lives as long as the test: the processes die with the thread that started them.
    let choices = Choices { cast: Cast::Hard, ..Choices::default() };
    let mut stage = Stage::put_up(folder.path(), &clips(), &choices, |_| ()).unwrap();
    stage.node.start().unwrap();
    let roles = ["traffic-police:operator", "tourism:operator", "tourism:tourism"];
    let operator = Person::sign_in(&stage.centre, "van-hanh-mau", &roles).await.unwrap();
    let mut watch = Watch { stage, operator, decoded: BTreeMap::new() };

    // A wrong password is told by its name, and so is nothing of it.
    let look = watch
        .until("all are known", PATIENCE, |l| {
            NEIGHBOURS.iter().chain(&["bad"]).all(|c| l.state(c) == "online") && l.state("stranger") == "offline"
        })
        .await;
    assert!(look.reason("stranger").contains("mật khẩu"), "{}", look.reason("stranger"));
    assert!(!look.reason("stranger").contains("wrong"), "the password stands in the reason");
    watch.decoded = NEIGHBOURS.map(|n| (n, (0, Instant::now()))).into();

    // Times come from the camera's sender reports, over TCP and UDP alike.
    let nodes = |answer: &Value| answer["items"][0]["birth"]["clock_sources"].clone();
    let begun = Instant::now();
    loop {
        let sources = nodes(&watch.operator.get("/api/v1/nodes?controller=traffic-police").await.unwrap_or_default());
        if ["bad", "square-1", "square-2"].iter().all(|c| sources[*c] == "rtcp_sender_report") {
            break;
        }
        assert!(begun.elapsed() < PATIENCE, "times do not come from sender reports: {sources}");
        watch.look().await;
    }

    watch.tell("bad stall");
    let look = watch.until("a stalled camera is offline", BACK_WITHIN, |l| l.state("bad") == "offline").await;
    assert!(!look.reason("bad").contains("rtsp://"), "{}", look.reason("bad"));
    watch.back("a stall").await;

    for turn in 1..=3 {
        let before = watch.look().await.figure("bad", "reconnects");
        watch.tell("bad drop");
        watch.until("the connection is opened again", PATIENCE, |l| l.figure("bad", "reconnects") > before).await;
        watch.back(&format!("drop {turn}")).await;
    }

    // It refuses again and again: pauses grow to their longest, and it is still back in time.
    let before = watch.look().await.figure("bad", "reconnects");
    watch.tell("bad refuse");
    watch.until("it was tried three times", PATIENCE, |l| l.figure("bad", "reconnects") >= before + 3).await;
    watch.back("refusing for long").await;

    // The same with connections that stay and are silent: the attempt under way at its return is lost, the next is in time.
    let before = watch.look().await.figure("bad", "reconnects");
    watch.tell("bad stall");
    watch.until("it was silent in three connections", PATIENCE, |l| l.figure("bad", "reconnects") >= before + 2).await;
    watch.back("a long stall").await;

    watch.tell("bad garble");
    watch.until("rubbish is no picture", PATIENCE, |l| l.state("bad") == "offline").await;
    watch.back("rubbish").await;

    // Another size in the middle of the stream is another size, and no trouble.
    // The summary is up to a second old: only pictures made since then show that it knows of the last reconnection.
    let decoded = watch.look().await.figure("bad", "frames_decoded");
    let look = watch.until("it runs again", PATIENCE, |l| l.figure("bad", "frames_decoded") > decoded + 30).await;
    let (before, decoded) = (look.figure("bad", "reconnects"), look.figure("bad", "frames_decoded"));
    watch.tell("bad size 320x240");
    let look = watch
        .until("pictures of another size go on", PATIENCE, |l| l.figure("bad", "frames_decoded") > decoded + 60)
        .await;
    assert_eq!((look.state("bad"), look.figure("bad", "reconnects")), ("online", before));
    watch.back("another size").await;

    watch.tell("bad timejump 3600");
    watch
        .until("its clock is told to be wrong", PATIENCE, |l| {
            l.state("bad") == "online" && l.reason("bad").to_lowercase().contains("đồng hồ")
        })
        .await;
    watch.back("a jump in time").await;

    for (command, trouble) in [("bad dark", "dark"), ("bad freeze", "frozen"), ("bad shift", "moved")] {
        watch.tell(command);
        let what = format!("its view is {trouble}");
        watch.until(&what, PATIENCE, |l| l.view("bad").contains(&trouble)).await;
        if trouble == "moved" {
            break;
        }
        watch.back(trouble).await;
    }
    // It stays moved into a new minute: what walks there now crosses no line. The node's end closes the last bucket.
    let clock = SystemClock::new();
    let minute = clock.now().floor_to(MINUTE_US).plus_us(MINUTE_US);
    let patience = Duration::from_secs(70);
    let begun = watch.until("a new minute begins", patience, |_| clock.now() >= minute).await;
    let walked = begun.figure("bad", "frames_decoded") + 15 * 15;
    watch.until("the figure has walked to and fro", PATIENCE, |l| l.figure("bad", "frames_decoded") > walked).await;

    let Watch { mut stage, operator, .. } = watch;
    stage.node.stop().unwrap();
    let minutes = minutes(&operator, minute).await;
    let (last, earlier) = minutes["bad"].split_last().unwrap();
    assert_eq!((last.crossings, last.coverage), (0, 0.0), "a moved view counts: {minutes:#?}");
    assert!(earlier.iter().any(|m| m.crossings > 0), "the line never worked: {minutes:#?}");
    for name in NEIGHBOURS {
        // The first and the last minute are not whole.
        let whole = &minutes[name][1..minutes[name].len() - 1];
        assert!(!whole.is_empty() && whole.iter().all(|m| m.coverage > 0.9), "{name}: {minutes:#?}");
    }
    stage.take_down().unwrap();
}

#[derive(Debug)]
struct Counted {
    crossings: u64,
    coverage: f64,
}

/// What was counted, minute by minute up to the one that begins at `last`, by camera.
async fn minutes(person: &Person, last: UtcMicros) -> BTreeMap<String, Vec<Counted>> {
    let (from, to) = (last.plus_us(-30 * MINUTE_US).to_rfc3339(), last.plus_us(MINUTE_US).to_rfc3339());
    let path = format!("/api/v1/counts?controller=tourism&site=chi-lang&from={from}&to={to}&step=minute");
    let answer = person.get(&path).await.unwrap();
    let mut all = BTreeMap::new();
    for line in answer["lines"].as_array().unwrap() {
        let buckets = line["buckets"].as_array().unwrap().iter().filter(|b| !b["in"].is_null());
        let counted = |b: &Value| Counted {
            crossings: ["in", "out", "doubtful"].iter().filter_map(|way| b[*way].as_u64()).sum(),
            coverage: b["coverage"].as_f64().unwrap_or(-1.0),
        };
        all.insert(line["camera"].as_str().unwrap().to_owned(), buckets.map(counted).collect());
    }
    all
}
