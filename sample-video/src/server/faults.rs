//! What a mount has been told to do wrong, and the probes on its packets that do it: silence, rubbish, clocks that
//! jump, connections that end. Pictures are not touched here; the misbehaving camera draws its own.

use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use gstreamer as gst;
use gstreamer::glib;
use gstreamer::prelude::*;
use gstreamer_rtsp as gst_rtsp;
use gstreamer_rtsp_server as gst_rtsp_server;
use gstreamer_rtsp_server::prelude::*;

use super::control::{CameraCommand, CommandError};

/// How the misbehaving camera's picture looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Normal,
    Frozen,
    Dark,
    Shifted,
}

/// One mount and its faults.
#[derive(Debug)]
pub(super) struct Mount {
    /// `/` and the camera's name.
    pub(super) path: String,
    stalled: AtomicBool,
    garbled: AtomicBool,
    refused: AtomicBool,
    jump_s: AtomicI64,
    look: AtomicU32,
    /// Width and height in one number, so that both change at once.
    size: AtomicU64,
    packets: AtomicU64,
    clients: Mutex<Vec<glib::WeakRef<gst_rtsp_server::RTSPClient>>>,
}

impl Mount {
    fn new(camera: &str) -> Self {
        Self {
            path: format!("/{camera}"),
            stalled: AtomicBool::new(false),
            garbled: AtomicBool::new(false),
            refused: AtomicBool::new(false),
            jump_s: AtomicI64::new(0),
            look: AtomicU32::new(0),
            size: AtomicU64::new((640 << 32) | 360),
            packets: AtomicU64::new(0),
            clients: Mutex::new(Vec::new()),
        }
    }

    pub(super) fn look(&self) -> Look {
        match self.look.load(Ordering::Relaxed) {
            1 => Look::Frozen,
            2 => Look::Dark,
            3 => Look::Shifted,
            _ => Look::Normal,
        }
    }

    /// Width and height.
    pub(super) fn size(&self) -> (u32, u32) {
        let both = self.size.load(Ordering::Relaxed);
        ((both >> 32) as u32, both as u32)
    }

    /// Clients that are connected to it.
    pub(super) fn clients(&self) -> usize {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        clients.retain(|c| c.upgrade().is_some());
        clients.len()
    }

    fn drop_clients(&self) {
        let clients = std::mem::take(&mut *self.clients.lock().unwrap_or_else(PoisonError::into_inner));
        for client in clients.iter().filter_map(glib::WeakRef::upgrade) {
            client.close();
        }
    }

    fn command(&self, command: CameraCommand) {
        use CameraCommand as C;
        let look = |l: u32| self.look.store(l, Ordering::Relaxed);
        match command {
            C::Drop => self.drop_clients(),
            C::Refuse => {
                self.refused.store(true, Ordering::Relaxed);
                self.drop_clients();
            }
            C::Stall => self.stalled.store(true, Ordering::Relaxed),
            C::Garble => self.garbled.store(true, Ordering::Relaxed),
            C::TimeJump(seconds) => drop(self.jump_s.fetch_add(seconds, Ordering::Relaxed)),
            C::Size(w, h) => self.size.store(u64::from(w) << 32 | u64::from(h), Ordering::Relaxed),
            C::Freeze => look(1),
            C::Dark => look(2),
            C::Shift => look(3),
            C::Normal => {
                look(0);
                for flag in [&self.stalled, &self.garbled, &self.refused] {
                    flag.store(false, Ordering::Relaxed);
                }
                self.jump_s.store(0, Ordering::Relaxed);
                self.size.store((640 << 32) | 360, Ordering::Relaxed);
            }
        }
    }

    /// Changes one RTP packet.
    fn spoil(&self, packet: &mut gst::BufferRef) {
        let jump = self.jump_s.load(Ordering::Relaxed);
        let garbled = self.garbled.load(Ordering::Relaxed);
        if jump == 0 && !garbled {
            return;
        }
        let Ok(mut map) = packet.map_writable() else { return };
        let bytes = map.as_mut_slice();
        if bytes.len() < 13 {
            return;
        }
        let stamp = u32::from_be_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]).wrapping_add((jump * 90_000) as u32);
        bytes[4..8].copy_from_slice(&stamp.to_be_bytes());
        if garbled {
            let mut state = self.packets.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
            for byte in &mut bytes[12..] {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                *byte = state as u8;
            }
        }
    }
}

/// All mounts.
#[derive(Debug, Default)]
pub(super) struct Mounts(Vec<Arc<Mount>>);

impl Mounts {
    pub(super) fn add(&mut self, camera: &str) -> Arc<Mount> {
        let mount = Arc::new(Mount::new(camera));
        self.0.push(Arc::clone(&mount));
        mount
    }

    pub(super) fn find(&self, camera: &str) -> Option<&Arc<Mount>> {
        self.0.iter().find(|m| m.path.trim_start_matches('/') == camera.trim_start_matches('/'))
    }

    pub(super) fn command(&self, camera: &str, command: CameraCommand) -> Result<(), CommandError> {
        let mount = self.find(camera).ok_or_else(|| CommandError::NoCamera { camera: camera.to_owned() })?;
        if command.needs_own_picture() && mount.path != "/bad" {
            return Err(CommandError::NotThisCamera { camera: camera.to_owned() });
        }
        mount.command(command);
        Ok(())
    }

    /// Remembers which client asks for which mount, and turns it away where told to.
    pub(super) fn watch(self: &Arc<Self>, client: &gst_rtsp_server::RTSPClient) {
        let mounts = Arc::clone(self);
        client.connect_pre_describe_request(move |client, context| {
            let Some(mount) = context.uri().and_then(|uri| mounts.find(camera_of(uri.request_uri().as_str()))) else {
                return gst_rtsp::RTSPStatusCode::Ok;
            };
            if mount.refused.load(Ordering::Relaxed) {
                return gst_rtsp::RTSPStatusCode::ServiceUnavailable;
            }
            let mut clients = mount.clients.lock().unwrap_or_else(PoisonError::into_inner);
            clients.retain(|c| c.upgrade().is_some_and(|c| c != *client));
            clients.push(client.downgrade());
            gst_rtsp::RTSPStatusCode::Ok
        });
    }
}

/// Spoils the packets of one client's stream as the mount says.
pub(super) fn install(element: &gst::Element, mount: &Arc<Mount>) {
    let pad =
        element.downcast_ref::<gst::Bin>().and_then(|bin| bin.by_name("pay0")).and_then(|pay| pay.static_pad("src"));
    let Some(pad) = pad else { return };
    let mount = Arc::clone(mount);
    pad.add_probe(gst::PadProbeType::BUFFER | gst::PadProbeType::BUFFER_LIST, move |_, info| {
        if mount.stalled.load(Ordering::Relaxed) {
            return gst::PadProbeReturn::Drop;
        }
        match &mut info.data {
            Some(gst::PadProbeData::Buffer(buffer)) => mount.spoil(buffer.make_mut()),
            Some(gst::PadProbeData::BufferList(list)) => {
                let list = list.make_mut();
                for i in 0..list.len() {
                    if let Some(buffer) = list.get_mut(i) {
                        mount.spoil(buffer);
                    }
                }
            }
            _ => {}
        }
        gst::PadProbeReturn::Ok
    });
}

/// Moves the wall clock in sender reports together with the packets' time stamps.
pub(super) fn install_clock(media: &gst_rtsp_server::RTSPMedia, mount: &Arc<Mount>) {
    let Some(rtpbin) = media
        .element()
        .parent()
        .and_then(|p| p.downcast::<gst::Bin>().ok())
        .and_then(|bin| bin.children().into_iter().find(|e| e.factory().is_some_and(|f| f.name() == "rtpbin")))
    else {
        return;
    };
    for pad in rtpbin.pads().into_iter().filter(|p| p.name().starts_with("send_rtcp_src")) {
        let mount = Arc::clone(mount);
        pad.add_probe(gst::PadProbeType::BUFFER, move |_, info| {
            let jump = mount.jump_s.load(Ordering::Relaxed);
            if let (true, Some(gst::PadProbeData::Buffer(buffer))) = (jump != 0, &mut info.data)
                && let Ok(mut map) = buffer.make_mut().map_writable()
            {
                let bytes = map.as_mut_slice();
                // A sender report (200) carries NTP seconds in bytes 8 to 11.
                if bytes.len() >= 12 && bytes[1] == 200 {
                    let seconds =
                        u32::from_be_bytes([bytes[8], bytes[9], bytes[10], bytes[11]]).wrapping_add(jump as u32);
                    bytes[8..12].copy_from_slice(&seconds.to_be_bytes());
                }
            }
            gst::PadProbeReturn::Ok
        });
    }
}

/// The camera's name out of a request's address.
fn camera_of(uri: &str) -> &str {
    let path = uri.rsplit('/').next().unwrap_or(uri);
    path.split(['?', ';']).next().unwrap_or(path)
}
