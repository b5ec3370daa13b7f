//! Who is at the other end of a TLS connection: the node named by its client certificate. The certificate is checked by
//! rustls against our own authority; whether it was revoked is asked of the store at each request.

use std::io;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use axum::Extension;
use axum::middleware::AddExtension;
use axum_server::accept::Accept;
use contract::ids::NodeAddress;
use contract::signature::KeyId;
use futures_util::future::BoxFuture;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use tower::Layer as _;

/// A node, by its client certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    /// Its name.
    pub node: NodeAddress,
    /// Its key.
    pub key: KeyId,
}

impl Peer {
    /// The node a certificate of ours names; `None` for the centre's and the broker's own certificates.
    #[must_use]
    pub fn from_certificate(der: &[u8]) -> Option<Self> {
        let (_, certificate) = x509_parser::parse_x509_certificate(der).ok()?;
        let name = certificate.subject().iter_common_name().next()?.as_str().ok()?;
        Some(Self { node: name.parse().ok()?, key: KeyId::of(&certificate.public_key().subject_public_key.data) })
    }
}

/// TLS settings of the nodes' listener: our own authority for both sides, a client certificate if there is one.
pub fn server_config(ca_pem: &[u8], certificate_pem: &[u8], key_pem: &[u8]) -> anyhow::Result<ServerConfig> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(ca_pem) {
        roots.add(certificate?)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&provider))
        .allow_unauthenticated()
        .build()?;
    let chain = CertificateDer::pem_slice_iter(certificate_pem).collect::<Result<Vec<_>, _>>()?;
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, PrivateKeyDer::from_pem_slice(key_pem)?)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// Accepts TLS and hands the peer to the handlers as an extension of type `Option<Peer>`.
#[derive(Clone)]
pub struct PeerAcceptor(Arc<RwLock<TlsAcceptor>>);

impl std::fmt::Debug for PeerAcceptor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PeerAcceptor")
    }
}

impl PeerAcceptor {
    /// An acceptor with these TLS settings.
    #[must_use]
    pub fn new(config: ServerConfig) -> Self {
        Self(Arc::new(RwLock::new(TlsAcceptor::from(Arc::new(config)))))
    }

    /// From now on connections begin with these settings; those that are open go on.
    pub fn replace(&self, config: ServerConfig) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = TlsAcceptor::from(Arc::new(config));
    }
}

const HANDSHAKE: Duration = Duration::from_secs(10);

impl<I, S> Accept<I, S> for PeerAcceptor
where
    I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    S: Send + 'static,
{
    type Stream = TlsStream<I>;
    type Service = AddExtension<S, Option<Peer>>;
    type Future = BoxFuture<'static, io::Result<(Self::Stream, Self::Service)>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        let acceptor = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move {
            let stream = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream))
                .await
                .map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
            let peer = stream
                .get_ref()
                .1
                .peer_certificates()
                .and_then(|chain| chain.first())
                .and_then(|certificate| Peer::from_certificate(certificate));
            Ok((stream, Extension(peer).layer(service)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fleet::Authority;
    use contract::clock::{Clock as _, SystemClock};
    use rustls::ClientConfig;
    use tokio_rustls::TlsConnector;

    /// The certificate a client is shown.
    async fn shown(acceptor: &PeerAcceptor, ca_pem: &[u8]) -> Vec<u8> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(ca_pem).unwrap()).unwrap();
        let client = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let (near, far) = tokio::io::duplex(64 * 1024);
        let connecting = TlsConnector::from(Arc::new(client)).connect("localhost".try_into().unwrap(), near);
        let (client, server) = tokio::join!(connecting, Accept::<_, ()>::accept(acceptor, far, ()));
        server.unwrap();
        client.unwrap().get_ref().1.peer_certificates().unwrap()[0].to_vec()
    }

    #[tokio::test]
    async fn a_renewed_certificate_is_shown_to_the_next_connection() {
        let dir = tempfile::tempdir().unwrap();
        let names = ["localhost".to_owned()];
        // The client judges by the machine's clock.
        let now = SystemClock::new().now();
        let authority = Authority::create(dir.path(), &names, &names, now).unwrap();
        let ca = authority.ca_pem().as_bytes().to_vec();
        let file = |name: &str| std::fs::read(authority.file(name)).unwrap();
        let settings = || server_config(&ca, &file("server.crt"), &file("server.key")).unwrap();
        let acceptor = PeerAcceptor::new(settings());
        let first = shown(&acceptor, &ca).await;
        std::fs::remove_file(authority.file("server.crt")).unwrap();
        assert!(authority.renew_own(&names, &names, now).unwrap());
        assert_eq!(shown(&acceptor, &ca).await, first);
        acceptor.replace(settings());
        assert_ne!(shown(&acceptor, &ca).await, first);
    }
}
