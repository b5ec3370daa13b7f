//! Cameras: open, supervise, back off; frame time and its uncertainty. No GStreamer type leaves this folder.
