//! Frames into a Matroska file by GStreamer's software encoders: no B frames, a key frame every second and a half, the
//! bit rate of a real camera. It knows no scene.

use std::path::{Path, PathBuf};

use gstreamer as gst;
use gstreamer::prelude::*;
use gstreamer_app as gst_app;

use crate::draw::sensor::Frame;
use crate::scenes::Codec;

/// Why a clip could not be written.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// GStreamer or one of its plugins is missing.
    #[error(
        "building the encoder pipeline (Debian packages gstreamer1.0-plugins-{{base,good,bad,ugly}} hold its parts)"
    )]
    Build(#[source] gst::glib::Error),
    /// GStreamer does not start.
    #[error("starting GStreamer")]
    Init(#[source] gst::glib::Error),
    /// The pipeline refuses to run.
    #[error("starting the encoder for {path}", path = path.display())]
    Start {
        /// The file.
        path: PathBuf,
        /// The cause.
        #[source]
        source: gst::StateChangeError,
    },
    /// The pipeline failed on the way.
    #[error("encoding {path}: {message}", path = path.display())]
    Run {
        /// The file.
        path: PathBuf,
        /// What GStreamer said.
        message: String,
    },
}

/// An open file.
#[derive(Debug)]
pub struct Encoder {
    pipeline: gst::Pipeline,
    source: gst_app::AppSrc,
    path: PathBuf,
    fps: u32,
    number: u64,
}

/// The encoder element with its settings; shared with the camera that misbehaves.
pub(crate) fn encoder(codec: Codec, kbit_s: u32, keyframe: u32) -> String {
    match codec {
        Codec::H264 => format!(
            "x264enc name=enc bitrate={kbit_s} key-int-max={keyframe} bframes=0 speed-preset=superfast threads=2 sliced-threads=false rc-lookahead=0 option-string=\"scenecut=0:keyint-min={keyframe}:sync-lookahead=0\""
        ),
        Codec::H265 => format!(
            "x265enc name=enc bitrate={kbit_s} key-int-max={keyframe} speed-preset=ultrafast log-level=error option-string=\"bframes=0:scenecut=0:rc-lookahead=0:pools=2:frame-threads=1:repeat-headers=1:info=0\""
        ),
    }
}

impl Encoder {
    /// Opens a file.
    ///
    /// # Errors
    /// GStreamer or an encoder is missing, or the file cannot be written.
    pub fn create(path: &Path, codec: Codec, width: usize, height: usize, fps: u32) -> Result<Self, EncodeError> {
        gst::init().map_err(EncodeError::Init)?;
        let parser = match codec {
            Codec::H264 => "h264parse",
            Codec::H265 => "h265parse",
        };
        let encoder = encoder(codec, 3000, fps * 3 / 2);
        let text = format!(
            "appsrc name=src format=time block=true max-buffers=4 ! {encoder} ! {parser} ! matroskamux ! filesink name=sink"
        );
        let pipeline = gst::parse::launch(&text)
            .map_err(EncodeError::Build)?
            .downcast::<gst::Pipeline>()
            .expect("a launch line with several elements is a pipeline");
        let source = pipeline
            .by_name("src")
            .expect("named in the line above")
            .downcast::<gst_app::AppSrc>()
            .expect("it is an appsrc");
        pipeline
            .by_name("sink")
            .expect("named in the line above")
            .set_property("location", path.to_string_lossy().as_ref());
        let caps = gst::Caps::builder("video/x-raw")
            .field("format", "I420")
            .field("width", width as i32)
            .field("height", height as i32)
            .field("framerate", gst::Fraction::new(fps as i32, 1))
            .field("colorimetry", "bt709")
            .build();
        source.set_caps(Some(&caps));
        pipeline
            .set_state(gst::State::Playing)
            .map_err(|source| EncodeError::Start { path: path.to_owned(), source })?;
        Ok(Self { pipeline, source, path: path.to_owned(), fps, number: 0 })
    }

    /// Adds one frame.
    ///
    /// # Errors
    /// The pipeline has failed; the message says why.
    pub fn push(&mut self, frame: Frame) -> Result<(), EncodeError> {
        let step = 1_000_000_000 / u64::from(self.fps);
        let mut buffer = gst::Buffer::from_mut_slice(frame.i420);
        {
            let buffer = buffer.get_mut().expect("made just now, so not shared");
            buffer.set_pts(gst::ClockTime::from_nseconds(self.number * step));
            buffer.set_duration(gst::ClockTime::from_nseconds(step));
        }
        self.number += 1;
        match self.source.push_buffer(buffer) {
            Ok(_) => Ok(()),
            Err(flow) => Err(self
                .trouble()
                .unwrap_or_else(|| EncodeError::Run { path: self.path.clone(), message: flow.to_string() })),
        }
    }

    fn trouble(&self) -> Option<EncodeError> {
        let message = self.pipeline.bus()?.pop_filtered(&[gst::MessageType::Error])?;
        match message.view() {
            gst::MessageView::Error(e) => Some(EncodeError::Run {
                path: self.path.clone(),
                message: format!("{} ({})", e.error(), e.debug().unwrap_or_default()),
            }),
            _ => None,
        }
    }

    /// Writes the rest and closes.
    ///
    /// # Errors
    /// The end could not be written.
    pub fn finish(self) -> Result<(), EncodeError> {
        let run = |message: String| EncodeError::Run { path: self.path.clone(), message };
        self.source.end_of_stream().map_err(|e| run(e.to_string()))?;
        let bus = self.pipeline.bus().expect("a pipeline has a bus");
        let message = bus
            .timed_pop_filtered(gst::ClockTime::from_seconds(120), &[gst::MessageType::Eos, gst::MessageType::Error]);
        match message.as_ref().map(|m| m.view()) {
            Some(gst::MessageView::Eos(_)) => Ok(()),
            Some(gst::MessageView::Error(e)) => Err(run(e.error().to_string())),
            _ => Err(run("no end within two minutes".to_owned())),
        }
    }
}

impl Drop for Encoder {
    fn drop(&mut self) {
        // The pipeline is going away whatever the answer.
        let _ = self.pipeline.set_state(gst::State::Null);
    }
}
