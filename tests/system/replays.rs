//! A replay is a function of its file: two of them give the same bytes, signatures and ids included.

use stage::checkout::{clips, models, program};
use stage::process::run;

#[test]
fn two_replays_of_one_clip_give_the_same_bytes() {
    // Two replays at full speed take the cores that a stage at real speed needs.
    let _turn = crate::ONE_STAGE.blocking_lock();
    let folder = tempfile::tempdir().unwrap();
    let clip = clips().join("road-1.mkv");
    let config = folder.path().join("edge-node.toml");
    let text = format!(
        "data_dir = {:?}\n[models]\ndir = {:?}\n[stand_alone]\nsite = \"chi-lang\"\nnode = \"node-1\"\n\
         [[cameras]]\nname = \"road-1\"\ntitle = \"Đường mẫu 1\"\ncontroller = \"traffic-police\"\n\
         purpose = \"traffic\"\nuri = \"file:{}\"\n\
         [[lines]]\nname = \"middle\"\ncamera = \"road-1\"\ntitle = \"Vạch mẫu\"\ncounts = \"vehicles\"\n\
         segment = {{ a = {{ x = 0.5, y = 0.1 }}, b = {{ x = 0.5, y = 0.95 }} }}\n",
        folder.path().join("data"),
        models(),
        clip.display(),
    );
    std::fs::write(&config, text).unwrap();
    let replay = |out: &str| {
        let out = folder.path().join(out);
        let (config, clip, events) = (config.to_string_lossy(), clip.to_string_lossy(), out.to_string_lossy());
        let args = ["replay", "--config", &config, "--camera", "road-1", "--file", &clip, "--events", &events];
        run(&program("edge-node").unwrap(), &args).unwrap();
        std::fs::read_to_string(out).unwrap()
    };
    let (one, other) = (replay("one.jsonl"), replay("other.jsonl"));
    let kinds = |kind: &str| one.lines().filter(|line| line.contains(&format!("\"kind\":\"{kind}\""))).count();
    assert!(kinds("pass") >= 20 && kinds("count") >= 1, "{} passes, {} counts", kinds("pass"), kinds("count"));
    assert!(one == other, "the two replays differ");
}
