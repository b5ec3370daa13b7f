//! Connections to devices: where an address leads is checked after the name was looked up and before anything is connected,
//! every time. Loopback and private ranges are open, anything else only by name in the settings; TLS trusts the one
//! authority of the settings. Nothing here speaks a protocol.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;

use super::error::Trouble;

/// Where a device is.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) host: String,
    pub(super) port: u16,
    /// `None`: without TLS.
    pub(super) tls: Option<Arc<ClientConfig>>,
    pub(super) allow: Vec<IpAddr>,
}

/// A connection, with TLS or without.
pub(super) trait Connection: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Connection for T {}

/// May a door lead there?
pub(super) fn is_allowed(address: IpAddr, allow: &[IpAddr]) -> bool {
    let address = address.to_canonical();
    let near = match address {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local(),
    };
    near || allow.iter().any(|listed| listed.to_canonical() == address)
}

impl Place {
    /// Host and port, for errors.
    pub(super) fn name(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }

    /// Looks the name up; every address it leads to must be allowed.
    pub(super) async fn addresses(&self) -> Result<Vec<SocketAddr>, Trouble> {
        let found = lookup_host((self.host.as_str(), self.port)).await;
        let found: Vec<SocketAddr> = found.map_err(|error| Trouble::unreachable(self.name(), error))?.collect();
        if let Some(other) = found.iter().find(|address| !is_allowed(address.ip(), &self.allow)) {
            return Err(Trouble::ForbiddenAddress { host: self.host.clone(), address: other.ip() });
        }
        if found.is_empty() {
            return Err(Trouble::unreachable(self.name(), "the name has no address"));
        }
        Ok(found)
    }

    /// A new connection; nothing has been said on it.
    pub(super) async fn connect(&self) -> Result<Box<dyn Connection>, Trouble> {
        let addresses = self.addresses().await?;
        let unreachable = |error: io::Error| Trouble::unreachable(self.name(), error);
        let stream = TcpStream::connect(addresses.as_slice()).await.map_err(unreachable)?;
        stream.set_nodelay(true).map_err(unreachable)?;
        let Some(tls) = &self.tls else {
            return Ok(Box::new(stream));
        };
        let name = ServerName::try_from(self.host.clone()).map_err(|error| Trouble::unreachable(self.name(), error))?;
        let stream = TlsConnector::from(tls.clone()).connect(name, stream).await.map_err(unreachable)?;
        Ok(Box::new(stream))
    }
}

/// TLS that trusts the certificates of a PEM file and nobody else.
pub(super) fn tls(ca: &Path) -> Result<Arc<ClientConfig>, io::Error> {
    let mut roots = RootCertStore::empty();
    let certificates = CertificateDer::pem_file_iter(ca).map_err(io::Error::other)?;
    for certificate in certificates {
        roots.add(certificate.map_err(io::Error::other)?).map_err(io::Error::other)?;
    }
    if roots.is_empty() {
        return Err(io::Error::other("it holds no certificate"));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    Ok(Arc::new(config.map_err(io::Error::other)?.with_root_certificates(roots).with_no_client_auth()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_private_and_listed_addresses_are_allowed() {
        let listed: Vec<IpAddr> = vec!["203.0.113.7".parse().unwrap()];
        let check = |address: &str, expected: bool| {
            assert_eq!(is_allowed(address.parse().unwrap(), &listed), expected, "{address}");
        };
        for good in ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.20", "::1", "fd00::1", "203.0.113.7"] {
            check(good, true);
        }
        for bad in
            ["203.0.113.8", "8.8.8.8", "169.254.169.254", "172.32.0.1", "100.64.0.1", "0.0.0.0", "2001:db8::1", "::"]
        {
            check(bad, false);
        }
        // An IPv4 address in IPv6 clothes is what it is underneath.
        check("::ffff:8.8.8.8", false);
        check("::ffff:10.0.0.1", true);
    }

    #[tokio::test]
    async fn a_name_that_leads_elsewhere_is_not_connected() {
        let place = Place { host: "203.0.113.8".to_owned(), port: 80, tls: None, allow: Vec::new() };
        let Err(trouble) = place.connect().await else { panic!("connected") };
        assert_eq!(trouble.code(), "forbidden_address");
    }
}
