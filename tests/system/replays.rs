//! A replay is a function of its file: two of them give the same bytes, signatures and ids included.

use stage::checkout::{clips, models, program};
use stage::process::run;

#[test]
fn two_replays_of_one_clip_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let clip = clips().join("square-2.mkv");
    let config = folder.path().join("edge-node.toml");
    let text = format!(
        "data_dir = {:?}\n[models]\ndir = {:?}\n[stand_alone]\nsite = \"chi-lang\"\nnode = \"node-1\"\n\
         [[cameras]]\nname = \"square-2\"\ntitle = \"Quảng trường mẫu 2\"\ncontroller = \"tourism\"\n\
         purpose = \"people_counting\"\nuri = \"file:{}\"\n\
         [[lines]]\nname = \"middle\"\ncamera = \"square-2\"\ntitle = \"Vạch mẫu\"\ncounts = \"persons\"\n\
         segment = {{ a = {{ x = 0.5, y = 0.1 }}, b = {{ x = 0.5, y = 0.95 }} }}\n",
        folder.path().join("data"),
        models(),
        clip.display(),
    );
    std::fs::write(&config, text).unwrap();
    let replay = |out: &str| {
        let out = folder.path().join(out);
        let (config, clip, events) = (config.to_string_lossy(), clip.to_string_lossy(), out.to_string_lossy());
        let args = ["replay", "--config", &config, "--camera", "square-2", "--file", &clip, "--events", &events];
        run(&program("edge-node").unwrap(), &args).unwrap();
        std::fs::read_to_string(out).unwrap()
    };
    let (one, other) = (replay("one.jsonl"), replay("other.jsonl"));
    assert!(one.lines().count() >= 2 && one.contains("\"count\""), "{one}");
    assert!(one == other, "the two replays differ");
}
