//! Streams through GStreamer: `rtsp://` over TCP or UDP, `file:`, and `test:`. One pipeline a stream, no main loop: whoever
//! pulls frames also reads the bus. Everything live is bounded and drops; no GStreamer type leaves this file.
//!
//! Frames not to be analysed are dropped right behind the decoder, before any conversion. A live frame's arrival is told from
//! its running time, so that waiting in the decoder does not shift it; sender reports, when the camera sends them, are
//! better (RFC 3550 6.4.1).

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use contract::bundle::{CameraSpec, Transport};
use contract::clock::{CaptureTime, Clock, ClockSource, UtcMicros};
use contract::ids::CameraName;
use gstreamer as gst;
use gstreamer::prelude::*;
use gstreamer_app as gst_app;
use gstreamer_video::{self as gst_video, VideoFrameExt as _};

use super::address::reach;
use super::decoder::{self, Candidate};
use super::pace::{LiveDating, Pace};
use super::trouble::{CameraError, ErrorDomain, Said, Trouble, sort_words};
use super::{CameraOpener, Credential, Next, Stream};
use crate::frame::{Frame, Picture, Planes};

/// Opens cameras through GStreamer.
pub struct GstreamerOpener {
    clock: Arc<dyn Clock>,
}

impl GstreamerOpener {
    /// An opener that dates frames by this clock.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock }
    }
}

/// GStreamer's own limits on a silent connection; the supervisor's watchdog is as long.
const SILENCE_US: u64 = 5_000_000;

impl CameraOpener for GstreamerOpener {
    fn open(&self, spec: &CameraSpec, credential: Option<&Credential>) -> Result<Box<dyn Stream>, CameraError> {
        let dating =
            Dating::Live { clock: Arc::clone(&self.clock), latency_ms: spec.latency_ms, frames: LiveDating::default() };
        let stream = if spec.uri.starts_with("rtsp://") {
            reach(spec)?;
            GstreamerStream::rtsp(spec, credential, dating)?
        } else if let Some(path) = spec.uri.strip_prefix("file:") {
            GstreamerStream::file(spec, path, dating, true)?
        } else if let Some(pattern) = spec.uri.strip_prefix("test:") {
            GstreamerStream::test(spec, pattern, dating)?
        } else {
            return Err(CameraError::plain(&spec.name, Trouble::BadAddress));
        };
        Ok(Box::new(stream))
    }
}

/// What dates the frames of a stream.
pub(super) enum Dating {
    /// By arrival or sender reports.
    Live { clock: Arc<dyn Clock>, latency_ms: u32, frames: LiveDating },
    /// By the file's own timestamps, from a start; nothing of this run goes in.
    File { start: UtcMicros },
}

/// What the pipeline's threads write and the puller reads.
struct Shared {
    decoder: Mutex<String>,
    decoded: AtomicU64,
    data_seen: AtomicBool,
    trouble: Mutex<Option<(Trouble, String)>>,
    pace: Mutex<Pace>,
}

impl Shared {
    fn new(fps: u32) -> Arc<Self> {
        Arc::new(Self {
            decoder: Mutex::default(),
            decoded: AtomicU64::new(0),
            data_seen: AtomicBool::new(false),
            trouble: Mutex::default(),
            pace: Mutex::new(Pace::new(fps)),
        })
    }

    fn fail(&self, trouble: Trouble, said: &str) {
        lock(&self.trouble).get_or_insert_with(|| (trouble, said.to_owned()));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A running pipeline. Dropping it stops the pipeline and closes the connection.
pub(super) struct GstreamerStream {
    camera: CameraName,
    pipeline: gst::Pipeline,
    bus: gst::Bus,
    sink: gst_app::AppSink,
    shared: Arc<Shared>,
    dating: Dating,
    secrets: Vec<String>,
    layout: Option<(gst::Caps, gst_video::VideoInfo)>,
    number: u64,
    clock_off_ms: Option<i64>,
}

/// A mapped decoder buffer.
struct Mapped(gst_video::VideoFrame<gst_video::video_frame::Readable>);

impl Planes for Mapped {
    fn plane(&self, index: usize) -> &[u8] {
        self.0.plane_data(index as u32).unwrap_or(&[])
    }
    fn stride(&self, index: usize) -> usize {
        self.0.plane_stride().get(index).map_or(0, |s| usize::try_from(*s).unwrap_or(0))
    }
}

/// Starts GStreamer once a process.
fn start_gstreamer(camera: &CameraName) -> Result<(), CameraError> {
    gst::init().map_err(|e| internal(camera, &e.to_string()))
}

fn internal(camera: &CameraName, said: &str) -> CameraError {
    CameraError { camera: camera.clone(), trouble: Trouble::Internal, said: Some(Said::cleaned(said, &[])) }
}

/// Makes an element, or says which one is missing.
fn element(camera: &CameraName, name: &str) -> Result<gst::Element, CameraError> {
    gst::ElementFactory::make(name).build().map_err(|_| CameraError {
        camera: camera.clone(),
        trouble: Trouble::NoDecoder,
        said: Some(Said::cleaned(&format!("the GStreamer element {name} is not installed"), &[])),
    })
}

/// Behind the decoder: conversion to I420 (does nothing where it is I420 already) and the sink that frames are pulled from.
struct Tail {
    convert: gst::Element,
    sink: gst_app::AppSink,
}

impl Tail {
    fn new(camera: &CameraName, pipeline: &gst::Pipeline, live: bool, sync: bool) -> Result<Self, CameraError> {
        let convert = element(camera, "videoconvert")?;
        let sink = gst_app::AppSink::builder()
            .caps(&gst_video::VideoCapsBuilder::new().format(gst_video::VideoFormat::I420).build())
            .sync(sync)
            .max_buffers(if live { 1 } else { 2 })
            .drop(live)
            .build();
        sink.set_property("enable-last-sample", false);
        pipeline.add_many([&convert, sink.upcast_ref()]).map_err(|e| internal(camera, &e.to_string()))?;
        convert.link(&sink).map_err(|e| internal(camera, &e.to_string()))?;
        Ok(Self { convert, sink })
    }

    fn entry(&self) -> Option<gst::Pad> {
        self.convert.static_pad("sink")
    }
}

/// Counts what the decoder delivers and lets through what is to be analysed.
fn thin(pad: &gst::Pad, shared: &Arc<Shared>) {
    let shared = Arc::clone(shared);
    pad.add_probe(gst::PadProbeType::BUFFER, move |_, info| {
        shared.decoded.fetch_add(1, Ordering::Relaxed);
        let pts = info.buffer().and_then(|b| b.pts());
        // A frame without a time is taken: it is rare, and dropping all of them would starve the camera.
        let takes = pts.is_none_or(|pts| lock(&shared.pace).takes(i64::try_from(pts.nseconds()).unwrap_or(i64::MAX)));
        if takes { gst::PadProbeReturn::Ok } else { gst::PadProbeReturn::Drop }
    });
}

/// One thread a decoder: frame threads delay by as many frames. Frames with missing references are not shown: they would
/// look like movement.
fn tame_decoder(decoder: &gst::Element) {
    if decoder.has_property("max-threads") {
        decoder.set_property("max-threads", 1i32);
    }
    if decoder.has_property("output-corrupt") {
        decoder.set_property("output-corrupt", false);
    }
}

/// The decoders of this machine for a codec.
fn candidates(caps: &gst::Caps) -> Vec<Candidate> {
    use gst::ElementFactoryType as Kind;
    gst::ElementFactory::factories_with_type(Kind::DECODER | Kind::MEDIA_VIDEO, gst::Rank::NONE)
        .iter()
        .filter(|f| f.can_sink_any_caps(caps) && !f.has_type(Kind::PARSER))
        // A bin that would choose for itself is no decoder.
        .filter(|f| !f.klass().contains("Generic/Bin"))
        .map(|f| Candidate {
            element: f.name().to_string(),
            rank: f.rank().into(),
            hardware: f.klass().contains("Hardware"),
        })
        .collect()
}

/// The decoders of this machine for each codec that cameras send.
pub(super) fn installed_decoders() -> Result<Vec<(&'static str, Vec<Candidate>)>, CameraError> {
    start_gstreamer(&"local".parse().expect("a slug"))?;
    let of = |caps: &str| candidates(&gst::Caps::new_empty_simple(caps));
    Ok(vec![("H.264", of("video/x-h264")), ("H.265", of("video/x-h265"))])
}

/// The elements for one RTP payload, or why there are none.
fn decode_chain(camera: &CameraName, wish: &str, encoding: &str) -> Result<[gst::Element; 3], CameraError> {
    let (depay, parse, caps, codec) = match encoding {
        "H264" => ("rtph264depay", "h264parse", "video/x-h264", "H.264"),
        "H265" => ("rtph265depay", "h265parse", "video/x-h265", "H.265"),
        _ => return Err(CameraError::plain(camera, Trouble::UnsupportedCodec)),
    };
    let chosen =
        decoder::choose(wish, codec, &candidates(&gst::Caps::new_empty_simple(caps))).map_err(|e| CameraError {
            camera: camera.clone(),
            trouble: Trouble::NoDecoder,
            said: Some(Said::cleaned(&e.to_string(), &[])),
        })?;
    let decoder = element(camera, &chosen)?;
    tame_decoder(&decoder);
    Ok([element(camera, depay)?, element(camera, parse)?, decoder])
}

impl GstreamerStream {
    fn assemble(
        spec: &CameraSpec,
        pipeline: gst::Pipeline,
        sink: gst_app::AppSink,
        shared: Arc<Shared>,
        dating: Dating,
    ) -> Result<Self, CameraError> {
        let bus = pipeline.bus().ok_or_else(|| internal(&spec.name, "a pipeline without a bus"))?;
        Ok(Self {
            camera: spec.name.clone(),
            pipeline,
            bus,
            sink,
            shared,
            dating,
            secrets: Vec::new(),
            layout: None,
            number: 0,
            clock_off_ms: None,
        })
    }

    fn started(self) -> Result<Self, CameraError> {
        match self.pipeline.set_state(gst::State::Playing) {
            Ok(_) => Ok(self),
            // The bus knows why.
            Err(e) => Err(self.bus_error().unwrap_or_else(|| internal(&self.camera, &e.to_string()))),
        }
    }

    fn rtsp(spec: &CameraSpec, credential: Option<&Credential>, dating: Dating) -> Result<Self, CameraError> {
        start_gstreamer(&spec.name)?;
        let pipeline = gst::Pipeline::new();
        let shared = Shared::new(spec.analysed_fps);
        let tail = Tail::new(&spec.name, &pipeline, true, false)?;
        let source = element(&spec.name, "rtspsrc")?;
        source.set_property("location", &spec.uri);
        source.set_property("latency", spec.latency_ms);
        source.set_property("drop-on-latency", true);
        source.set_property("tcp-timeout", SILENCE_US);
        source.set_property("timeout", SILENCE_US);
        source.set_property("do-retransmission", false);
        source.set_property("add-reference-timestamp-meta", true);
        source.set_property("user-agent", "chi-lang");
        // Only what is configured: a silent change from UDP to TCP would hide a firewall from the operator.
        source.set_property_from_str(
            "protocols",
            match spec.transport {
                Transport::Tcp => "tcp",
                Transport::Udp => "udp",
            },
        );
        if let Some(credential) = credential {
            source.set_property("user-id", &credential.user);
            source.set_property("user-pw", &credential.password);
        }
        // The first video stream; sound and metadata are never even set up.
        let selected = AtomicBool::new(false);
        source.connect("select-stream", false, move |values| {
            let caps = values.get(2).and_then(|v| v.get::<gst::Caps>().ok());
            let video = caps.is_some_and(|c| c.structure(0).is_some_and(|s| s.get::<&str>("media") == Ok("video")));
            Some((video && !selected.swap(true, Ordering::SeqCst)).to_value())
        });
        let entry = tail.entry().ok_or_else(|| internal(&spec.name, "a converter without a pad"))?;
        let (weak, camera, wish, on_pad) =
            (pipeline.downgrade(), spec.name.clone(), spec.decoder.clone(), Arc::clone(&shared));
        source.connect_pad_added(move |_, pad| {
            let Some(pipeline) = weak.upgrade() else { return };
            if let Err(error) = link_rtp(&pipeline, pad, &entry, &camera, &wish, &on_pad) {
                on_pad.fail(error.trouble, &error.said.map_or_else(String::new, |s| s.to_string()));
            }
        });
        pipeline.add(&source).map_err(|e| internal(&spec.name, &e.to_string()))?;
        let mut stream = Self::assemble(spec, pipeline, tail.sink, shared, dating)?;
        stream.secrets = credential.map(|c| vec![c.password.clone(), c.user.clone()]).unwrap_or_default();
        stream.started()
    }

    /// A file; `real_time` plays it at its own speed and drops, otherwise as fast as it is pulled and nothing is dropped.
    pub(super) fn file(spec: &CameraSpec, path: &str, dating: Dating, real_time: bool) -> Result<Self, CameraError> {
        if !std::path::Path::new(path).is_file() {
            return Err(CameraError::plain(&spec.name, Trouble::NotFound));
        }
        start_gstreamer(&spec.name)?;
        let pipeline = gst::Pipeline::new();
        let shared = Shared::new(spec.analysed_fps);
        let tail = Tail::new(&spec.name, &pipeline, real_time, real_time)?;
        let source = element(&spec.name, "filesrc")?;
        source.set_property("location", path);
        let decode = element(&spec.name, "decodebin")?;
        decode.set_property("force-sw-decoders", spec.decoder == "software");
        let found = Arc::clone(&shared);
        pipeline.connect_deep_element_added(move |_, _, element| {
            tame_decoder(element);
            if let Some(factory) = element.factory()
                && factory.has_type(gst::ElementFactoryType::DECODER)
                && !factory.klass().contains("Bin")
            {
                *lock(&found.decoder) = factory.name().to_string();
            }
        });
        let entry = tail.entry().ok_or_else(|| internal(&spec.name, "a converter without a pad"))?;
        let on_pad = Arc::clone(&shared);
        decode.connect_pad_added(move |_, pad| {
            let caps = pad.current_caps().unwrap_or_else(|| pad.query_caps(None));
            let video = caps.structure(0).is_some_and(|s| s.name().starts_with("video/"));
            if video && !entry.is_linked() {
                thin(pad, &on_pad);
                if pad.link(&entry).is_err() {
                    on_pad.fail(Trouble::UnsupportedCodec, "the file's pictures have no known form");
                }
            }
        });
        pipeline.add_many([&source, &decode]).map_err(|e| internal(&spec.name, &e.to_string()))?;
        source.link(&decode).map_err(|e| internal(&spec.name, &e.to_string()))?;
        Self::assemble(spec, pipeline, tail.sink, shared, dating)?.started()
    }

    fn test(spec: &CameraSpec, pattern: &str, dating: Dating) -> Result<Self, CameraError> {
        start_gstreamer(&spec.name)?;
        let pipeline = gst::Pipeline::new();
        let shared = Shared::new(spec.analysed_fps);
        let tail = Tail::new(&spec.name, &pipeline, true, false)?;
        let pattern = if pattern.is_empty() { "ball" } else { pattern };
        let source = gst::ElementFactory::make("videotestsrc")
            .property("is-live", true)
            .property_from_str("pattern", pattern)
            .build()
            .map_err(|e| internal(&spec.name, &e.to_string()))?;
        let size = gst_video::VideoCapsBuilder::new()
            .format(gst_video::VideoFormat::I420)
            .width(640)
            .height(360)
            .framerate(gst::Fraction::new(25, 1))
            .build();
        pipeline.add(&source).map_err(|e| internal(&spec.name, &e.to_string()))?;
        source.link_filtered(&tail.convert, &size).map_err(|e| internal(&spec.name, &e.to_string()))?;
        if let Some(pad) = source.static_pad("src") {
            thin(&pad, &shared);
        }
        *lock(&shared.decoder) = "none".to_owned();
        Self::assemble(spec, pipeline, tail.sink, shared, dating)?.started()
    }

    /// The camera this stream belongs to.
    pub(super) fn camera(&self) -> &CameraName {
        &self.camera
    }

    /// Reads everything the pipeline said; the first error or end counts.
    fn bus_error(&self) -> Option<CameraError> {
        let mut found = None;
        // All of it: a bus nobody empties grows for ever.
        while let Some(message) = self.bus.pop() {
            if let gst::MessageView::Error(error) = message.view()
                && found.is_none()
            {
                let text = format!("{}\n{}", error.error().message(), error.debug().unwrap_or_default());
                let trouble = sort_words(domain(&error.error()), &text);
                found = Some(self.error(trouble, &text));
            }
        }
        found
    }

    fn error(&self, trouble: Trouble, text: &str) -> CameraError {
        let secrets: Vec<&str> = self.secrets.iter().map(String::as_str).collect();
        let said = (!text.trim().is_empty()).then(|| Said::cleaned(text, &secrets));
        CameraError { camera: self.camera.clone(), trouble, said }
    }

    fn frame(&mut self, sample: &gst::Sample) -> Result<Frame, CameraError> {
        let camera = self.camera.clone();
        let broken = |what: &str| CameraError {
            camera: camera.clone(),
            trouble: Trouble::Garbage,
            said: Some(Said::cleaned(what, &[])),
        };
        let caps = sample.caps_owned().ok_or_else(|| broken("a frame without a format"))?;
        // The size may change in the middle of a stream: the format is read again whenever it is another one.
        let info = match &self.layout {
            Some((known, info)) if *known == caps => info.clone(),
            _ => {
                let info =
                    gst_video::VideoInfo::from_caps(&caps).map_err(|_| broken("a frame in an unknown format"))?;
                self.layout = Some((caps, info.clone()));
                info
            }
        };
        let buffer = sample.buffer_owned().ok_or_else(|| broken("a sample without a frame"))?;
        let (time, clock_off_ms) = self.date(sample, &buffer);
        self.clock_off_ms = clock_off_ms;
        let mapped = gst_video::VideoFrame::from_buffer_readable(buffer, &info)
            .map_err(|_| broken("a frame that cannot be read"))?;
        let picture =
            Picture::over(info.width(), info.height(), Arc::new(Mapped(mapped))).map_err(|e| broken(&e.to_string()))?;
        let number = self.number;
        self.number += 1;
        Ok(Frame { camera: self.camera.clone(), number, time, picture })
    }

    fn date(&mut self, sample: &gst::Sample, buffer: &gst::BufferRef) -> (CaptureTime, Option<i64>) {
        match &mut self.dating {
            Dating::File { start } => {
                let us = buffer.pts().map_or(0, |p| i64::try_from(p.useconds()).unwrap_or(i64::MAX));
                let captured_at = start.plus_us(us);
                (
                    CaptureTime { captured_at, clock_error_ms: 0, clock_source: ClockSource::File, monotonic_us: us },
                    None,
                )
            }
            Dating::Live { clock, latency_ms, frames } => {
                let monotonic_us = clock.monotonic_us();
                let running = |t: Option<gst::ClockTime>| t.map_or(0, |t| i64::try_from(t.useconds()).unwrap_or(0));
                let entered = sample
                    .segment()
                    .and_then(|s| s.downcast_ref::<gst::ClockTime>())
                    .and_then(|s| s.to_running_time(buffer.pts()?));
                // Time spent between the jitter buffer's entry and here; more than some seconds is a clock that jumped.
                let waited_us = entered
                    .map_or(0, |e| running(self.pipeline.current_running_time()) - running(Some(e)))
                    .clamp(0, 10_000_000);
                let arrived = clock.now().plus_us(-waited_us);
                let dated = frames.date(arrived, monotonic_us - waited_us, camera_time(buffer), *latency_ms);
                let time = CaptureTime {
                    captured_at: dated.at,
                    clock_error_ms: dated.error_ms,
                    clock_source: dated.source,
                    monotonic_us,
                };
                (time, dated.clock_off_ms)
            }
        }
    }
}

/// The camera's own time of a frame, nanoseconds since 1900, where sender reports gave it one.
fn camera_time(buffer: &gst::BufferRef) -> Option<u64> {
    buffer
        .iter_meta::<gst::ReferenceTimestampMeta>()
        .find(|m| m.reference().structure(0).is_some_and(|s| s.name() == "timestamp/x-ntp"))
        .map(|m| m.timestamp().nseconds())
}

/// Puts depayloader, parser and decoder behind a new RTP pad.
fn link_rtp(
    pipeline: &gst::Pipeline,
    pad: &gst::Pad,
    entry: &gst::Pad,
    camera: &CameraName,
    wish: &str,
    shared: &Arc<Shared>,
) -> Result<(), CameraError> {
    let caps = pad.current_caps().unwrap_or_else(|| pad.query_caps(None));
    let encoding = caps.structure(0).and_then(|s| s.get::<String>("encoding-name").ok()).unwrap_or_default();
    if entry.is_linked() {
        return Ok(());
    }
    let chain = decode_chain(camera, wish, &encoding.to_ascii_uppercase())?;
    let wrong = |e: &dyn std::fmt::Display| internal(camera, &e.to_string());
    pipeline.add_many(&chain).map_err(|e| wrong(&e))?;
    gst::Element::link_many(&chain).map_err(|e| wrong(&e))?;
    let [depay, _, decoder] = &chain;
    let (first, last) = (depay.static_pad("sink"), decoder.static_pad("src"));
    let (Some(first), Some(last)) = (first, last) else { return Err(internal(camera, "an element without pads")) };
    let seen = Arc::clone(shared);
    first.add_probe(gst::PadProbeType::BUFFER | gst::PadProbeType::BUFFER_LIST, move |_, _| {
        seen.data_seen.store(true, Ordering::Relaxed);
        // Once is enough to tell silence from garbage.
        gst::PadProbeReturn::Remove
    });
    thin(&last, shared);
    last.link(entry).map_err(|e| wrong(&e))?;
    for element in &chain {
        element.sync_state_with_parent().map_err(|e| wrong(&e))?;
    }
    pad.link(&first).map_err(|e| wrong(&e))?;
    *lock(&shared.decoder) = decoder.factory().map(|f| f.name().to_string()).unwrap_or_default();
    Ok(())
}

/// GStreamer's error classes, as far as they tell something.
fn domain(error: &gst::glib::Error) -> ErrorDomain {
    use gst::{CoreError, ResourceError, StreamError};
    if error.matches(ResourceError::NotAuthorized) {
        ErrorDomain::NotAuthorized
    } else if error.matches(ResourceError::NotFound) {
        ErrorDomain::NotFound
    } else if error.matches(ResourceError::OpenRead)
        || error.matches(ResourceError::OpenReadWrite)
        || error.matches(ResourceError::Read)
    {
        ErrorDomain::Read
    } else if error.matches(StreamError::CodecNotFound)
        || error.matches(CoreError::MissingPlugin)
        || error.matches(StreamError::WrongType)
        || error.matches(StreamError::TypeNotFound)
    {
        ErrorDomain::Codec
    } else if error.matches(StreamError::Decode)
        || error.matches(StreamError::Format)
        || error.matches(StreamError::Demux)
    {
        ErrorDomain::Decode
    } else {
        ErrorDomain::Other
    }
}

impl Stream for GstreamerStream {
    fn next(&mut self, wait: Duration) -> Result<Next, CameraError> {
        let started = Instant::now();
        loop {
            if let Some((trouble, said)) = lock(&self.shared.trouble).take() {
                return Err(self.error(trouble, &said));
            }
            if let Some(error) = self.bus_error() {
                return Err(error);
            }
            // Short pulls: a pipeline that failed delivers no sample and would be waited for in vain.
            let left = wait.saturating_sub(started.elapsed()).min(Duration::from_millis(50));
            let pull = gst::ClockTime::from_nseconds(u64::try_from(left.as_nanos()).unwrap_or(u64::MAX));
            match self.sink.try_pull_sample(pull) {
                Some(sample) => return self.frame(&sample).map(Next::Frame),
                None if self.sink.is_eos() => {
                    // An error and an end may come together; the error says more.
                    return match self.bus_error() {
                        Some(error) => Err(error),
                        None => Ok(Next::Ended),
                    };
                }
                None if started.elapsed() >= wait => return Ok(Next::Nothing),
                None => {}
            }
        }
    }

    fn decoder(&self) -> String {
        lock(&self.shared.decoder).clone()
    }

    fn frames_decoded(&self) -> u64 {
        self.shared.decoded.load(Ordering::Relaxed)
    }

    fn why_silent(&self) -> Trouble {
        if self.shared.data_seen.load(Ordering::Relaxed) && self.frames_decoded() == 0 {
            Trouble::Garbage
        } else {
            Trouble::NoData
        }
    }

    fn clock_off_ms(&self) -> Option<i64> {
        self.clock_off_ms
    }
}

impl Drop for GstreamerStream {
    fn drop(&mut self) {
        // Only a pipeline at rest gives its threads, sockets and buffers back.
        if self.pipeline.set_state(gst::State::Null).is_err() {
            tracing::warn!(camera.id = %self.camera, "the pipeline of camera {} did not stop cleanly", self.camera);
        }
        self.bus.set_flushing(true);
    }
}

#[cfg(test)]
#[path = "gstreamer_tests.rs"]
pub(super) mod tests;
