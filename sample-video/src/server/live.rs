//! Mounts that are drawn and encoded live for each client: the camera that misbehaves, whose picture can freeze, go dark,
//! move or change size while somebody looks, and the crossing at rush hour. Packet faults are the probes' work.

use std::sync::{Arc, Mutex, PoisonError};

use gstreamer as gst;
use gstreamer::prelude::*;
use gstreamer_app as gst_app;
use gstreamer_rtsp as gst_rtsp;
use gstreamer_rtsp_server as gst_rtsp_server;
use gstreamer_rtsp_server::prelude::*;

use super::faults::{Look, Mount};
use crate::draw::sensor::Frame;
use crate::scenes::{Codec, Rush, Yard};

/// What a live mount shows.
#[derive(Debug, Clone, Copy)]
pub(super) enum Show {
    /// One figure in a yard.
    Yard,
    /// Many vehicles from above.
    Rush,
}

impl Show {
    /// Frames a second.
    const fn fps(self) -> u32 {
        match self {
            Self::Yard => 15,
            Self::Rush => 20,
        }
    }

    /// Enough for the yard's noise: a frozen picture must come out as the same picture.
    const fn kbit_s(self) -> u32 {
        match self {
            Self::Yard => 5000,
            Self::Rush => 800,
        }
    }

    fn scene(self, (width, height): (u32, u32)) -> Scene {
        match self {
            Self::Yard => Scene::Yard(Box::new(Yard::new(width as usize, height as usize))),
            Self::Rush => Scene::Rush(Box::new(Rush::new(width as usize, height as usize))),
        }
    }
}

#[derive(Debug)]
enum Scene {
    Yard(Box<Yard>),
    Rush(Box<Rush>),
}

impl Scene {
    fn size(&self) -> (usize, usize) {
        match self {
            Self::Yard(yard) => yard.size(),
            Self::Rush(rush) => rush.size(),
        }
    }

    fn frame(&mut self, number: u32, fps: u32, look: Look) -> Frame {
        match self {
            Self::Yard(yard) => yard.frame(number, fps, look == Look::Dark, look == Look::Shifted),
            Self::Rush(rush) => rush.frame(number, fps),
        }
    }
}

/// What one client's stream remembers.
struct Live {
    scene: Scene,
    number: u32,
    last: Option<Frame>,
}

/// The mount.
pub(super) fn factory(mount: &Arc<Mount>, show: Show) -> gst_rtsp_server::RTSPMediaFactory {
    let factory = gst_rtsp_server::RTSPMediaFactory::new();
    let encoder = crate::encode::encoder(Codec::H264, show.kbit_s(), show.fps()).replace("threads=2", "threads=1");
    factory.set_launch(&format!("( appsrc name=src format=time block=false max-buffers=2 max-bytes=0 ! {encoder} ! h264parse ! rtph264pay name=pay0 pt=96 config-interval=-1 )"));
    let protocols = gst_rtsp::RTSPLowerTrans::UDP | gst_rtsp::RTSPLowerTrans::TCP;
    super::prepare(&factory, protocols, mount, move |element, mount| {
        let Some(source) = element
            .downcast_ref::<gst::Bin>()
            .and_then(|bin| bin.by_name("src"))
            .and_then(|e| e.downcast::<gst_app::AppSrc>().ok())
        else {
            return;
        };
        source.set_caps(Some(&caps(mount.size(), show.fps())));
        let live = Mutex::new(Live { scene: show.scene(mount.size()), number: 0, last: None });
        let mount = Arc::clone(mount);
        let feed = move |source: &gst_app::AppSrc, _: u32| {
            let mut live = live.lock().unwrap_or_else(PoisonError::into_inner);
            feed(source, &mut live, &mount, show);
        };
        source.set_callbacks(gst_app::AppSrcCallbacks::builder().need_data(feed).build());
    });
    factory
}

fn caps((width, height): (u32, u32), fps: u32) -> gst::Caps {
    gst::Caps::builder("video/x-raw")
        .field("format", "I420")
        .field("width", width as i32)
        .field("height", height as i32)
        .field("framerate", gst::Fraction::new(fps as i32, 1))
        .field("colorimetry", "bt709")
        .build()
}

/// Pushes the next picture.
fn feed(source: &gst_app::AppSrc, live: &mut Live, mount: &Mount, show: Show) {
    let (w, h) = mount.size();
    if live.scene.size() != (w as usize, h as usize) {
        live.scene = show.scene((w, h));
        live.last = None;
        source.set_caps(Some(&caps((w, h), show.fps())));
    }
    let look = mount.look();
    let frame = match (&live.last, look) {
        (Some(last), Look::Frozen) => last.clone(),
        _ => live.scene.frame(live.number, show.fps(), look),
    };
    live.last = Some(frame.clone());
    let step = 1_000_000_000 / u64::from(show.fps());
    let mut buffer = gst::Buffer::from_mut_slice(frame.i420);
    let writable = buffer.get_mut().expect("made just now, so not shared");
    writable.set_pts(gst::ClockTime::from_nseconds(u64::from(live.number) * step));
    writable.set_duration(gst::ClockTime::from_nseconds(step));
    live.number += 1;
    // A refused buffer means that the client has gone; the media goes with it.
    let _ = source.push_buffer(buffer);
}
