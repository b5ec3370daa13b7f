//! The camera that misbehaves: a small live scene, drawn and encoded for each client, so that its picture can freeze,
//! go dark, move or change size while somebody looks. Packet faults are the probes' work.

use std::sync::{Arc, Mutex, PoisonError};

use gstreamer as gst;
use gstreamer::prelude::*;
use gstreamer_app as gst_app;
use gstreamer_rtsp as gst_rtsp;
use gstreamer_rtsp_server as gst_rtsp_server;
use gstreamer_rtsp_server::prelude::*;

use super::faults::{Look, Mount};
use crate::draw::sensor::Frame;
use crate::scenes::{Codec, Yard};

/// Frames a second.
const FPS: u32 = 15;

/// What one client's stream remembers.
struct Live {
    yard: Yard,
    number: u32,
    last: Option<Frame>,
}

/// The mount.
pub(super) fn factory(mount: &Arc<Mount>) -> gst_rtsp_server::RTSPMediaFactory {
    let factory = gst_rtsp_server::RTSPMediaFactory::new();
    let encoder = crate::encode::encoder(Codec::H264, 800, FPS).replace("threads=2", "threads=1");
    factory.set_launch(&format!("( appsrc name=src format=time block=false max-buffers=2 max-bytes=0 ! {encoder} ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1 )"));
    super::prepare(&factory, gst_rtsp::RTSPLowerTrans::UDP | gst_rtsp::RTSPLowerTrans::TCP, mount, |element, mount| {
        let Some(source) = element
            .downcast_ref::<gst::Bin>()
            .and_then(|bin| bin.by_name("src"))
            .and_then(|e| e.downcast::<gst_app::AppSrc>().ok())
        else {
            return;
        };
        let (w, h) = mount.size();
        source.set_caps(Some(&caps(w, h)));
        let live = Mutex::new(Live { yard: Yard::new(w as usize, h as usize), number: 0, last: None });
        let mount = Arc::clone(mount);
        let feed = move |source: &gst_app::AppSrc, _: u32| {
            let mut live = live.lock().unwrap_or_else(PoisonError::into_inner);
            feed(source, &mut live, &mount);
        };
        source.set_callbacks(gst_app::AppSrcCallbacks::builder().need_data(feed).build());
    });
    factory
}

fn caps(w: u32, h: u32) -> gst::Caps {
    gst::Caps::builder("video/x-raw")
        .field("format", "I420")
        .field("width", w as i32)
        .field("height", h as i32)
        .field("framerate", gst::Fraction::new(FPS as i32, 1))
        .field("colorimetry", "bt709")
        .build()
}

/// Pushes the next picture.
fn feed(source: &gst_app::AppSrc, live: &mut Live, mount: &Mount) {
    let (w, h) = mount.size();
    if live.yard.size() != (w as usize, h as usize) {
        live.yard = Yard::new(w as usize, h as usize);
        live.last = None;
        source.set_caps(Some(&caps(w, h)));
    }
    let look = mount.look();
    let frame = match (&live.last, look) {
        (Some(last), Look::Frozen) => last.clone(),
        _ => live.yard.frame(live.number, FPS, look == Look::Dark, look == Look::Shifted),
    };
    live.last = Some(frame.clone());
    let step = 1_000_000_000 / u64::from(FPS);
    let mut buffer = gst::Buffer::from_mut_slice(frame.i420);
    let writable = buffer.get_mut().expect("made just now, so not shared");
    writable.set_pts(gst::ClockTime::from_nseconds(u64::from(live.number) * step));
    writable.set_duration(gst::ClockTime::from_nseconds(step));
    live.number += 1;
    // A refused buffer means that the client has gone; the media goes with it.
    let _ = source.push_buffer(buffer);
}
