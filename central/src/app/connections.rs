//! Connections are counted and slow ones are ended: whoever holds a line and says nothing would otherwise hold it for ever, and
//! enough of them would shut everybody else out.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum_server::Server;
use axum_server::accept::Accept;
use futures_util::future::BoxFuture;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A request's head must have come this long after the line is open, or after the answer before.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// HTTP/2 lines are asked this often whether somebody is still there.
const STILL_THERE: Duration = Duration::from_secs(20);

/// Ends slow connections of a server.
pub(super) fn impatient<A>(mut server: Server<SocketAddr, A>) -> Server<SocketAddr, A> {
    let builder = server.http_builder();
    builder.http1().header_read_timeout(HEAD_WITHIN);
    builder.http2().keep_alive_interval(STILL_THERE).keep_alive_timeout(HEAD_WITHIN);
    server.first_request_timeout(HEAD_WITHIN)
}

/// Accepts as another acceptor does, so many connections at once; one more is hung up on.
#[derive(Debug, Clone)]
pub(super) struct Limited<A> {
    inner: A,
    free: Arc<Semaphore>,
}

impl<A> Limited<A> {
    /// At most `most` at once.
    pub(super) fn new(inner: A, most: usize) -> Self {
        Self { inner, free: Arc::new(Semaphore::new(most)) }
    }
}

impl<I, S, A> Accept<I, S> for Limited<A>
where
    A: Accept<I, S>,
    A::Future: Send + 'static,
    A::Stream: 'static,
    A::Service: 'static,
{
    type Stream = Counted<A::Stream>;
    type Service = A::Service;
    type Future = BoxFuture<'static, io::Result<(Self::Stream, Self::Service)>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        let Ok(permit) = Arc::clone(&self.free).try_acquire_owned() else {
            tracing::warn!("too many connections at once, one is hung up on");
            return Box::pin(async { Err(io::Error::other("too many connections at once")) });
        };
        let accepting = self.inner.accept(stream, service);
        Box::pin(async move {
            let (stream, service) = accepting.await?;
            Ok((Counted { stream, _permit: permit }, service))
        })
    }
}

/// A connection that is counted until it is closed.
#[derive(Debug)]
pub(super) struct Counted<T> {
    stream: T,
    _permit: OwnedSemaphorePermit,
}

impl<T: AsyncRead + Unpin> AsyncRead for Counted<T> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Counted<T> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::routing::get;
    use axum_server::Handle;
    use axum_server::accept::DefaultAcceptor;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;

    async fn served(most: usize) -> (SocketAddr, Handle<SocketAddr>) {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        port.set_nonblocking(true).unwrap();
        let address = port.local_addr().unwrap();
        let handle = Handle::new();
        let server = axum_server::from_tcp(port).unwrap().handle(handle.clone());
        let server = impatient(server.acceptor(Limited::new(DefaultAcceptor::new(), most)));
        let router = Router::new().route("/", get(|| async { "good" }));
        tokio::spawn(server.serve(router.into_make_service()));
        (address, handle)
    }

    #[tokio::test]
    async fn a_line_that_is_held_and_says_nothing_is_ended() {
        let (address, handle) = served(8).await;
        let mut slow = TcpStream::connect(address).await.unwrap();
        slow.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ").await.unwrap();
        let mut said = Vec::new();
        let ended = tokio::time::timeout(3 * HEAD_WITHIN, slow.read_to_end(&mut said)).await;
        assert!(ended.is_ok(), "the line is still held");
        handle.shutdown();
    }

    #[tokio::test]
    async fn above_the_limit_a_connection_is_hung_up_on_and_room_comes_back() {
        let (address, handle) = served(1).await;
        let ask = async |stream: &mut TcpStream| {
            let mut first = [0; 12];
            stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.ok()?;
            stream.read_exact(&mut first).await.ok()?;
            Some(String::from_utf8_lossy(&first).into_owned())
        };
        let mut one = TcpStream::connect(address).await.unwrap();
        assert_eq!(ask(&mut one).await.as_deref(), Some("HTTP/1.1 200"));
        let mut more = TcpStream::connect(address).await.unwrap();
        assert_eq!(ask(&mut more).await, None);
        drop(one);
        let again = async {
            loop {
                let mut stream = TcpStream::connect(address).await.unwrap();
                if ask(&mut stream).await.is_some() {
                    break;
                }
            }
        };
        tokio::time::timeout(HEAD_WITHIN, again).await.expect("there is room again");
        handle.shutdown();
    }
}
