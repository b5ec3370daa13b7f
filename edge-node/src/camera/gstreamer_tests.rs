//! Streams through GStreamer: the test source, files, and addresses that lead nowhere. Nothing here needs a real camera.

use super::super::address::host_and_port;
use super::*;
use contract::clock::SystemClock;

pub(in crate::camera) fn spec(uri: &str) -> CameraSpec {
    serde_json::from_value(serde_json::json!({
        "name": "c1", "title": "Máy quay 1", "controller": "office", "purpose": "traffic", "uri": uri, "decoder": "auto"
    }))
    .unwrap()
}

fn opener() -> GstreamerOpener {
    GstreamerOpener::new(Arc::new(SystemClock::new()))
}

/// Pulls until something other than silence comes, or the patience ends.
pub(in crate::camera) fn pull(stream: &mut dyn Stream) -> Result<Next, CameraError> {
    let started = Instant::now();
    loop {
        match stream.next(Duration::from_millis(200)) {
            Ok(Next::Nothing) if started.elapsed() < Duration::from_secs(20) => {}
            other => return other,
        }
    }
}

/// Writes a clip with GStreamer's own encoders: sizes in the order given, each for so many frames at 25 a second.
pub(in crate::camera) fn write_clip(path: &std::path::Path, frames: u32) {
    gst::init().unwrap();
    let text = format!(
        "videotestsrc num-buffers={frames} pattern=ball ! video/x-raw,format=I420,width=320,height=180,framerate=25/1 ! x264enc speed-preset=ultrafast ! h264parse ! mp4mux ! filesink location={}",
        path.display()
    );
    let pipeline = gst::parse::launch(&text).unwrap();
    pipeline.set_state(gst::State::Playing).unwrap();
    let bus = pipeline.bus().unwrap();
    let end =
        bus.timed_pop_filtered(gst::ClockTime::from_seconds(60), &[gst::MessageType::Eos, gst::MessageType::Error]);
    pipeline.set_state(gst::State::Null).unwrap();
    assert!(matches!(end.as_ref().map(|m| m.view()), Some(gst::MessageView::Eos(_))), "{end:?}");
}

#[test]
fn the_test_source_delivers_frames_at_the_analysed_rate() {
    let mut stream = opener().open(&spec("test:"), None).unwrap();
    let mut times = Vec::new();
    for expected in 0..5 {
        let Ok(Next::Frame(frame)) = pull(stream.as_mut()) else { panic!("no frame") };
        assert_eq!(frame.number, expected);
        assert_eq!(frame.picture.size(), (640, 360));
        assert_eq!(frame.time.clock_source, ClockSource::Arrival);
        times.push(frame.time.captured_at);
    }
    assert!(times.windows(2).all(|w| (150_000..260_000).contains(&w[1].since_us(w[0]))), "{times:?}");
    assert!(stream.frames_decoded() >= 20);
}

#[test]
fn a_file_that_is_not_there_and_an_address_that_is_none() {
    let trouble = |uri: &str| opener().open(&spec(uri), None).err().map(|e| e.trouble);
    assert_eq!(trouble("file:/nowhere/clip.mp4"), Some(Trouble::NotFound));
    assert_eq!(trouble("http://host/x"), Some(Trouble::BadAddress));
    assert_eq!(trouble("rtsp://user:secret@host/x"), Some(Trouble::BadAddress), "passwords have their own place");
}

#[test]
fn a_closed_port_is_refused() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let error = opener().open(&spec(&format!("rtsp://127.0.0.1:{port}/x")), None).err().unwrap();
    assert_eq!(error.trouble, Trouble::Refused);
}

#[test]
fn a_server_that_talks_rubbish_or_wants_a_password_is_told_apart() {
    use std::io::{Read, Write};
    let answer_with = |answer: &'static str| {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let mut connection = connection;
                let mut heard = [0; 2048];
                while let Ok(n) = connection.read(&mut heard) {
                    let text = String::from_utf8_lossy(&heard[..n]).to_string();
                    let cseq = text.lines().find_map(|l| l.strip_prefix("CSeq: ")).unwrap_or("1").trim().to_owned();
                    if n == 0 || connection.write_all(answer.replace("CSEQ", &cseq).as_bytes()).is_err() {
                        break;
                    }
                }
            }
        });
        port
    };
    let trouble = |port: u16| {
        let credential = Credential { user: "admin".to_owned(), password: "hunter-2".to_owned() };
        let mut stream = opener().open(&spec(&format!("rtsp://127.0.0.1:{port}/x")), Some(&credential)).unwrap();
        let error = pull(stream.as_mut()).unwrap_err();
        assert!(!format!("{error:?}").contains("hunter-2"));
        error.trouble
    };
    let locked = answer_with("RTSP/1.0 401 Unauthorized\r\nCSeq: CSEQ\r\nWWW-Authenticate: Basic realm=\"x\"\r\n\r\n");
    assert_eq!(trouble(locked), Trouble::WrongPassword);
    let missing = answer_with("RTSP/1.0 404 Not Found\r\nCSeq: CSEQ\r\n\r\n");
    assert_eq!(trouble(missing), Trouble::NotFound);
}

#[test]
fn host_and_port_are_read_from_an_address() {
    assert_eq!(host_and_port("rtsp://cam.local/live"), Some(("cam.local".to_owned(), 554)));
    assert_eq!(host_and_port("rtsp://10.0.0.7:8554/live?x=1"), Some(("10.0.0.7".to_owned(), 8554)));
    assert_eq!(host_and_port("rtsp://[fe80::1]:8554/live"), Some(("fe80::1".to_owned(), 8554)));
    assert_eq!(host_and_port("rtsp://u:p@host/live"), None);
    assert_eq!(host_and_port("rtsp://host:port/live"), None);
}
