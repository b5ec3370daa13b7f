//! A clip in memory as access units, and the factory that plays it to each client from its first frame. It does not
//! decode or encode anything.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use gstreamer as gst;
use gstreamer::prelude::*;
use gstreamer_app as gst_app;
use gstreamer_rtsp as gst_rtsp;
use gstreamer_rtsp_server as gst_rtsp_server;
use gstreamer_rtsp_server::prelude::*;

use super::faults::Mount;
use super::{Play, ServerError};
use crate::scenes::{Codec, Scene};

/// The access units of a clip.
#[derive(Debug)]
pub(super) struct Clip {
    codec: Codec,
    fps: u32,
    caps: gst::Caps,
    units: Vec<gst::Buffer>,
}

impl Clip {
    /// Reads a whole file.
    pub(super) fn read(path: &Path, scene: Scene) -> Result<Self, ServerError> {
        let codec = scene.codec();
        let trouble = |message: String| ServerError::Clip { path: path.to_owned(), message };
        let (parser, media) = match codec {
            Codec::H264 => ("h264parse", "video/x-h264"),
            Codec::H265 => ("h265parse", "video/x-h265"),
        };
        let line = format!(
            "filesrc name=file ! matroskademux ! {parser} config-interval=-1 ! {media},stream-format=byte-stream,alignment=au ! appsink name=sink sync=false max-buffers=16"
        );
        let pipeline = gst::parse::launch(&line)
            .map_err(|e| trouble(e.to_string()))?
            .downcast::<gst::Pipeline>()
            .expect("a launch line with several elements is a pipeline");
        pipeline.by_name("file").expect("named above").set_property("location", path.to_string_lossy().as_ref());
        let sink =
            pipeline.by_name("sink").expect("named above").downcast::<gst_app::AppSink>().expect("it is an appsink");
        pipeline.set_state(gst::State::Playing).map_err(|e| trouble(e.to_string()))?;
        let (mut units, mut caps) = (Vec::new(), None);
        while let Ok(sample) = sink.pull_sample() {
            caps = caps.or_else(|| sample.caps_owned());
            units.extend(sample.buffer_owned());
        }
        let failed = pipeline.bus().and_then(|bus| bus.pop_filtered(&[gst::MessageType::Error]));
        pipeline.set_state(gst::State::Null).map_err(|e| trouble(e.to_string()))?;
        if let Some(gst::MessageView::Error(e)) = failed.as_ref().map(|m| m.view()) {
            return Err(trouble(e.error().to_string()));
        }
        match caps {
            Some(caps) if !units.is_empty() => Ok(Self { codec, fps: scene.fps(), caps, units }),
            _ => Err(trouble("it holds no frames".to_owned())),
        }
    }

    /// The next unit with its place in a stream that never jumps back, or nothing at the end.
    fn unit(&self, number: u64, play: Play) -> Option<gst::Buffer> {
        let count = self.units.len() as u64;
        if play == Play::Once && number >= count {
            return None;
        }
        let mut buffer = self.units[(number % count) as usize].copy();
        let step = 1_000_000_000 / u64::from(self.fps);
        let at = gst::ClockTime::from_nseconds(number * step);
        let writable = buffer.get_mut().expect("a copy is not shared");
        writable.set_pts(at);
        writable.set_dts(at);
        writable.set_duration(gst::ClockTime::from_nseconds(step));
        Some(buffer)
    }
}

/// A mount that plays a clip.
pub(super) fn factory(
    clip: Arc<Clip>,
    play: Play,
    protocols: gst_rtsp::RTSPLowerTrans,
    mount: &Arc<Mount>,
) -> gst_rtsp_server::RTSPMediaFactory {
    let factory = gst_rtsp_server::RTSPMediaFactory::new();
    let (parser, payloader) = match clip.codec {
        Codec::H264 => ("h264parse", "rtph264pay"),
        Codec::H265 => ("h265parse", "rtph265pay"),
    };
    factory.set_launch(&format!("( appsrc name=src format=time block=false max-buffers=8 max-bytes=0 ! {parser} ! {payloader} name=pay0 pt=96 config-interval=-1 )"));
    let (played, path) = (Arc::new(AtomicBool::new(false)), mount.path.clone());
    super::prepare(&factory, protocols, mount, move |element, _| {
        let Some(source) = element
            .downcast_ref::<gst::Bin>()
            .and_then(|bin| bin.by_name("src"))
            .and_then(|e| e.downcast::<gst_app::AppSrc>().ok())
        else {
            return;
        };
        source.set_caps(Some(&clip.caps));
        // A clip that plays once plays for its first client only: one that comes again finds the end.
        let start = if played.load(Ordering::SeqCst) { u64::MAX / 2 } else { 0 };
        let (clip, next, played) = (Arc::clone(&clip), AtomicU64::new(start), Arc::clone(&played));
        let (path, fps) = (path.clone(), u64::from(clip.fps));
        let feed = move |source: &gst_app::AppSrc, _: u32| {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number == CLOCK_KNOWN_S * fps {
                tell_beginning(&path, source);
            }
            match clip.unit(number, play) {
                // A refused buffer means that the client has gone; the media goes with it.
                Some(buffer) => {
                    let _ = source.push_buffer(buffer);
                }
                None => {
                    played.store(true, Ordering::SeqCst);
                    let _ = source.end_of_stream();
                }
            }
        };
        source.set_callbacks(gst_app::AppSrcCallbacks::builder().need_data(feed).build());
    });
    factory
}

/// By then a stream has its clock.
const CLOCK_KNOWN_S: u64 = 2;

/// Says on standard error when the first frame of this stream left, for whoever measures how long anything takes. Frame
/// *n* leaves *n* steps later: the stream's sink keeps to its clock.
fn tell_beginning(path: &str, source: &gst_app::AppSrc) {
    let Some(running) = source.current_running_time() else { return };
    eprintln!("{path} began at {}", gst::glib::real_time().saturating_sub_unsigned(running.useconds()));
}
