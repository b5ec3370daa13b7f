//! The network between two programs, as a TCP proxy of our own: it can cut, refuse, hold everything back (half-open) and
//! delay. It never changes a byte.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What the network does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    /// Bytes pass.
    Fair,
    /// Connections are broken and new ones refused.
    Cut,
    /// Connections stay open, nothing passes: a cable pulled behind a switch.
    Silent,
}

/// A proxy on a port of its own.
#[derive(Debug)]
pub struct Network {
    port: u16,
    weather: Arc<watch::Sender<Weather>>,
    delay_ms: Arc<AtomicU64>,
    accepted: Arc<AtomicU64>,
    task: tokio::task::JoinHandle<()>,
}

impl Network {
    /// Listens on a free port and passes everything to `target` on loopback.
    pub async fn to(target: u16) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.context("opening the proxy's port")?;
        let port = listener.local_addr()?.port();
        let weather = Arc::new(watch::Sender::new(Weather::Fair));
        let delay_ms = Arc::new(AtomicU64::new(0));
        let accepted = Arc::new(AtomicU64::new(0));
        let (seen, delay, count) = (Arc::clone(&weather), Arc::clone(&delay_ms), Arc::clone(&accepted));
        let task = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                if *seen.borrow() == Weather::Cut {
                    continue;
                }
                count.fetch_add(1, Ordering::Relaxed);
                let (watch, delay) = (seen.subscribe(), Arc::clone(&delay));
                tokio::spawn(async move {
                    let target: SocketAddr = ([127, 0, 0, 1], target).into();
                    if let Ok(far) = TcpStream::connect(target).await {
                        join(near, far, watch, delay).await;
                    }
                });
            }
        });
        Ok(Self { port, weather, delay_ms, accepted, task })
    }

    /// Where to connect.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Changes the weather; existing connections feel it at once.
    pub fn set(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }

    /// Holds every piece back for so long, each way.
    pub fn delay(&self, delay: Duration) {
        self.delay_ms.store(u64::try_from(delay.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Connections made so far.
    #[must_use]
    pub fn connections(&self) -> u64 {
        self.accepted.load(Ordering::Relaxed)
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.set(Weather::Cut);
        self.task.abort();
    }
}

async fn join(near: TcpStream, far: TcpStream, weather: watch::Receiver<Weather>, delay: Arc<AtomicU64>) {
    let (near_read, near_write) = near.into_split();
    let (far_read, far_write) = far.into_split();
    let mut cut = weather.clone();
    tokio::select! {
        () = pour(near_read, far_write, weather.clone(), Arc::clone(&delay)) => {}
        () = pour(far_read, near_write, weather, delay) => {}
        _ = cut.wait_for(|w| *w == Weather::Cut) => {}
    }
}

async fn pour(
    mut from: tokio::net::tcp::OwnedReadHalf,
    mut to: tokio::net::tcp::OwnedWriteHalf,
    mut weather: watch::Receiver<Weather>,
    delay: Arc<AtomicU64>,
) {
    let mut buffer = vec![0u8; 16 * 1024];
    loop {
        let Ok(count @ 1..) = from.read(&mut buffer).await else { return };
        if weather.wait_for(|w| *w != Weather::Silent).await.is_err() {
            return;
        }
        let wait = delay.load(Ordering::Relaxed);
        if wait > 0 {
            // Not synchronisation: the delay is the very thing this proxy makes.
            tokio::time::sleep(Duration::from_millis(wait)).await;
        }
        if to.write_all(&buffer[..count]).await.is_err() {
            return;
        }
    }
}
