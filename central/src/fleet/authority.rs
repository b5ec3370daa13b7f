//! The centre's own certificate authority, in a folder that `central init` makes once. It signs certificates for nodes,
//! for the centre and for the broker, and the list of revoked ones. It never hands out a private key of its own.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use contract::clock::{DAY_US, UtcMicros};
use contract::ids::NodeAddress;
use contract::signature::{KeyId, SigningKey};
use rcgen::{
    BasicConstraints, CertificateParams, CertificateRevocationListParams, CertificateSigningRequestParams,
    DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyIdMethod, KeyPair, KeyUsagePurpose,
    PKCS_ECDSA_P256_SHA256, PKCS_ED25519, PublicKeyData as _, RevokedCertParams, SanType, SerialNumber,
};
use ring::rand::{SecureRandom as _, SystemRandom};
use time::OffsetDateTime;

/// How long a certificate is valid.
const CERTIFICATE_US: i64 = 90 * DAY_US;
/// A certificate with less than this left is renewed.
pub const RENEW_BEFORE_US: i64 = 30 * DAY_US;
/// How long the authority itself is valid.
const AUTHORITY_US: i64 = 3650 * DAY_US;
/// Machines' clocks differ a little.
const CLOCK_SLACK_US: i64 = DAY_US;

/// Folder of the authority below the data folder.
const AUTHORITY: &str = "authority";
/// Folder of what the broker needs below the data folder.
const BROKER: &str = "broker";

/// The broker's access list: a certificate's name is the only prefix its node may publish below.
const ACCESS_LIST: &str = "\
# Written by `central init`. The user is the common name of the client's certificate.
user central
topic readwrite chilang/v1/#

# Everybody else is a node named site/node: it speaks below its own prefix and hears only the centre.
pattern write chilang/v1/%u/status
pattern write chilang/v1/%u/birth
pattern write chilang/v1/%u/cam/+/+
# A site with a centre of its own speaks for the nodes behind it, below its own prefix too.
pattern write chilang/v1/%u/node/+/cam/+/+
pattern write chilang/v1/%u/node/+/status
pattern write chilang/v1/%u/node/+/birth
pattern read chilang/v1/%u/cmd
pattern read chilang/v1/%u/bundle
pattern read chilang/v1/%u/ack
pattern read chilang/v1/central/status
";

/// What can go wrong with the authority.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// It is there already.
    #[error("an authority exists already in {0}: it is never overwritten, since every node trusts it")]
    Exists(PathBuf),
    /// It is not there.
    #[error("there is no authority in {0}: run `central init` first")]
    Missing(PathBuf),
    /// A file could not be read or written.
    #[error("{doing} {path}")]
    File {
        /// What we were doing.
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// A key or certificate could not be made or read.
    #[error("{doing}")]
    Certificate {
        /// What we were doing.
        doing: &'static str,
        /// Why not.
        #[source]
        source: rcgen::Error,
    },
    /// The signing request is not by an Ed25519 key.
    #[error("the signing request must be made with an Ed25519 key")]
    NotEd25519,
    /// The bundle key cannot be read.
    #[error("reading the bundle key")]
    BundleKey(#[source] contract::signature::SignatureError),
}

fn certificate(doing: &'static str) -> impl FnOnce(rcgen::Error) -> AuthorityError {
    move |source| AuthorityError::Certificate { doing, source }
}

/// A certificate made for a node.
#[derive(Debug, Clone)]
pub struct Issued {
    /// The certificate, PEM.
    pub certificate_pem: String,
    /// Its serial number, hex.
    pub serial: String,
    /// The node's raw public key.
    pub public_key: Vec<u8>,
    /// The key's id.
    pub key_id: KeyId,
    /// End of validity.
    pub not_after: UtcMicros,
}

/// The authority, opened.
pub struct Authority {
    data_dir: PathBuf,
    issuer: Issuer<'static, KeyPair>,
    ca_pem: String,
    bundle_key: Arc<SigningKey>,
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authority").field("data_dir", &self.data_dir).finish_non_exhaustive()
    }
}

impl Authority {
    /// Makes the authority and every certificate the centre and its broker need. `server_names` are host names and
    /// addresses nodes reach the centre by, `broker_names` those they reach the broker by.
    pub fn create(
        data_dir: &Path,
        server_names: &[String],
        broker_names: &[String],
        now: UtcMicros,
    ) -> Result<Self, AuthorityError> {
        let folder = data_dir.join(AUTHORITY);
        if folder.join("ca.crt").exists() {
            return Err(AuthorityError::Exists(folder));
        }
        make_folder(&folder)?;
        make_folder(&data_dir.join(BROKER))?;

        let key = new_key()?;
        let mut params = base_params("Chi Lang authority", now, AUTHORITY_US);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let ca = params.self_signed(&key).map_err(certificate("signing the authority's own certificate"))?;
        write_private(&folder.join("ca.key"), key.serialize_pem().as_bytes())?;
        write_private(&folder.join("bundle.key"), &SigningKey::generate_pkcs8())?;
        // Last, because its presence says that the authority exists.
        write_public(&folder.join("ca.crt"), ca.pem().as_bytes())?;

        let authority = Self::open(data_dir)?;
        write_public(&folder.join("bundle.pub"), authority.bundle_key.public_key())?;
        authority.renew_own(server_names, broker_names, now)?;
        authority.write_broker_files(&[], now)?;
        Ok(authority)
    }

    /// Opens an authority made earlier.
    pub fn open(data_dir: &Path) -> Result<Self, AuthorityError> {
        let folder = data_dir.join(AUTHORITY);
        if !folder.join("ca.crt").exists() {
            return Err(AuthorityError::Missing(folder));
        }
        let ca_pem = read_text(&folder.join("ca.crt"))?;
        let key = KeyPair::from_pem(&read_text(&folder.join("ca.key"))?)
            .map_err(certificate("reading the authority's key"))?;
        let issuer =
            Issuer::from_ca_cert_pem(&ca_pem, key).map_err(certificate("reading the authority's certificate"))?;
        let bundle_key =
            Arc::new(SigningKey::from_pkcs8(&read(&folder.join("bundle.key"))?).map_err(AuthorityError::BundleKey)?);
        Ok(Self { data_dir: data_dir.to_owned(), issuer, ca_pem, bundle_key })
    }

    /// The authority's certificate, PEM.
    #[must_use]
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// The key that signs bundles.
    #[must_use]
    pub fn bundle_key(&self) -> &SigningKey {
        &self.bundle_key
    }

    /// The same key, to be kept.
    #[must_use]
    pub fn shared_bundle_key(&self) -> Arc<SigningKey> {
        Arc::clone(&self.bundle_key)
    }

    /// A file of the authority's folder.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.data_dir.join(AUTHORITY).join(name)
    }

    /// The broker's folder.
    #[must_use]
    pub fn broker_folder(&self) -> PathBuf {
        self.data_dir.join(BROKER)
    }

    /// Renews the centre's and the broker's own certificates where less than 30 days are left. True if any was renewed.
    pub fn renew_own(
        &self,
        server_names: &[String],
        broker_names: &[String],
        now: UtcMicros,
    ) -> Result<bool, AuthorityError> {
        let none: &[String] = &[];
        let own = [
            (self.file("server"), "central server", server_names, ExtendedKeyUsagePurpose::ServerAuth),
            (self.file("central-mqtt"), "central", none, ExtendedKeyUsagePurpose::ClientAuth),
            (self.broker_folder().join("broker"), "broker", broker_names, ExtendedKeyUsagePurpose::ServerAuth),
        ];
        let mut renewed = false;
        for (path, name, alternative_names, usage) in own {
            let crt = path.with_extension("crt");
            if end_of_certificate(&crt).is_some_and(|end| end.since_us(now) > RENEW_BEFORE_US) {
                continue;
            }
            let key = new_key()?;
            let mut params = base_params(name, now, CERTIFICATE_US);
            params.subject_alt_names = alternative_names.iter().map(|n| subject_name(n)).collect::<Result<_, _>>()?;
            params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
            params.extended_key_usages = vec![usage];
            let signed = params
                .signed_by(&key, &self.issuer)
                .map_err(certificate("signing a certificate of the centre's own"))?;
            write_private(&path.with_extension("key"), key.serialize_pem().as_bytes())?;
            write_public(&crt, signed.pem().as_bytes())?;
            renewed = true;
        }
        Ok(renewed)
    }

    /// A certificate for a node's key. Only the key is taken from the request: name, use and time are ours. The
    /// request's own signature shows that the node holds the private key.
    pub fn issue(&self, csr_pem: &str, node: &NodeAddress, now: UtcMicros) -> Result<Issued, AuthorityError> {
        let mut request = CertificateSigningRequestParams::from_pem(csr_pem)
            .map_err(certificate("reading the node's signing request"))?;
        if request.public_key.algorithm() != &PKCS_ED25519 {
            return Err(AuthorityError::NotEd25519);
        }
        let public_key = request.public_key.der_bytes().to_vec();
        let mut serial = [0u8; 16];
        SystemRandom::new().fill(&mut serial).expect("the kernel's random generator does not fail once seeded");
        // Positive and without a leading zero byte, so that its text form is unique.
        serial[0] = (serial[0] & 0x7f) | 0x40;
        let mut params = base_params(&node.to_string(), now, CERTIFICATE_US);
        params.serial_number = Some(SerialNumber::from_slice(&serial));
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        request.params = params;
        let signed = request.signed_by(&self.issuer).map_err(certificate("signing the node's certificate"))?;
        Ok(Issued {
            certificate_pem: signed.pem(),
            serial: hex::encode(serial),
            key_id: KeyId::of(&public_key),
            public_key,
            not_after: now.plus_us(CERTIFICATE_US),
        })
    }

    /// Writes what the broker reads: authority, access list, and the list of revoked certificates (serial, since).
    pub fn write_broker_files(&self, revoked: &[(String, UtcMicros)], now: UtcMicros) -> Result<(), AuthorityError> {
        let folder = self.broker_folder();
        write_public(&folder.join("ca.crt"), self.ca_pem.as_bytes())?;
        write_public(&folder.join("acl"), ACCESS_LIST.as_bytes())?;
        let list = CertificateRevocationListParams {
            this_update: moment(now.plus_us(-CLOCK_SLACK_US)),
            // A broker with an expired list refuses everybody; the list is rewritten at every start of the centre.
            next_update: moment(now.plus_us(AUTHORITY_US)),
            crl_number: SerialNumber::from_slice(&now.0.to_be_bytes()),
            issuing_distribution_point: None,
            revoked_certs: revoked
                .iter()
                .filter_map(|(serial, since)| {
                    Some(RevokedCertParams {
                        serial_number: SerialNumber::from_slice(&hex::decode(serial).ok()?),
                        revocation_time: moment(*since),
                        reason_code: None,
                        invalidity_date: None,
                    })
                })
                .collect(),
            key_identifier_method: KeyIdMethod::Sha256,
        };
        let pem = list
            .signed_by(&self.issuer)
            .and_then(|l| l.pem())
            .map_err(certificate("signing the list of revoked certificates"))?;
        write_public(&folder.join("crl.pem"), pem.as_bytes())
    }
}

/// When a certificate in a file ends; `None` when there is none that can be read.
#[must_use]
pub(crate) fn end_of_certificate(path: &Path) -> Option<UtcMicros> {
    let text = fs::read(path).ok()?;
    let (_, pem) = x509_parser::pem::parse_x509_pem(&text).ok()?;
    let seconds = pem.parse_x509().ok()?.validity().not_after.timestamp();
    Some(UtcMicros(seconds.saturating_mul(1_000_000)))
}

fn new_key() -> Result<KeyPair, AuthorityError> {
    KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(certificate("making a key"))
}

fn base_params(name: &str, now: UtcMicros, valid_us: i64) -> CertificateParams {
    let mut params = CertificateParams::default();
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    params.distinguished_name = distinguished;
    params.not_before = moment(now.plus_us(-CLOCK_SLACK_US));
    params.not_after = moment(now.plus_us(valid_us));
    params.use_authority_key_identifier_extension = true;
    params
}

fn subject_name(text: &str) -> Result<SanType, AuthorityError> {
    if let Ok(address) = text.parse() {
        return Ok(SanType::IpAddress(address));
    }
    let name = text.try_into().map_err(certificate("taking a host name into a certificate"))?;
    Ok(SanType::DnsName(name))
}

fn moment(at: UtcMicros) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(at.0.div_euclid(1_000_000))
        .expect("certificates are made for moments within the calendar")
}

fn file(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> AuthorityError {
    let path = path.to_owned();
    move |source| AuthorityError::File { doing, path, source }
}

fn read(path: &Path) -> Result<Vec<u8>, AuthorityError> {
    fs::read(path).map_err(file("reading", path))
}

fn read_text(path: &Path) -> Result<String, AuthorityError> {
    fs::read_to_string(path).map_err(file("reading", path))
}

fn make_folder(path: &Path) -> Result<(), AuthorityError> {
    fs::create_dir_all(path).map_err(file("making the folder", path))
}

fn write_private(path: &Path, bytes: &[u8]) -> Result<(), AuthorityError> {
    write(path, bytes, 0o600)
}

fn write_public(path: &Path, bytes: &[u8]) -> Result<(), AuthorityError> {
    write(path, bytes, 0o644)
}

/// Whole or not at all: the broker may read while we write.
fn write(path: &Path, bytes: &[u8], mode: u32) -> Result<(), AuthorityError> {
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".new");
    let unfinished = PathBuf::from(unfinished);
    let written = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(&unfinished).and_then(
        |mut f| {
            f.write_all(bytes)?;
            f.sync_all()
        },
    );
    written.and_then(|()| fs::rename(&unfinished, path)).map_err(file("writing", path))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    pub(crate) const NOW: UtcMicros = UtcMicros(1_795_000_000_000_000);

    pub(crate) fn csr(key: &KeyPair) -> String {
        CertificateParams::default().serialize_request(key).unwrap().pem().unwrap()
    }

    pub(crate) fn node_key() -> KeyPair {
        KeyPair::generate_for(&PKCS_ED25519).unwrap()
    }

    #[test]
    fn keys_are_private_and_the_authority_is_never_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
        let authority = Authority::create(dir.path(), &names, &names, NOW).unwrap();
        for key in ["ca.key", "server.key", "central-mqtt.key", "bundle.key"] {
            let mode = fs::metadata(authority.file(key)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{key}");
        }
        for name in ["ca.crt", "acl", "crl.pem", "broker.crt", "broker.key"] {
            assert!(authority.broker_folder().join(name).exists(), "{name}");
        }
        assert!(matches!(Authority::create(dir.path(), &names, &names, NOW), Err(AuthorityError::Exists(_))));
        assert_eq!(fs::read(authority.file("bundle.pub")).unwrap(), authority.bundle_key().public_key());
    }

    #[test]
    fn own_certificates_are_renewed_only_when_their_end_is_near() {
        let dir = tempfile::tempdir().unwrap();
        let names = ["localhost".to_owned()];
        let authority = Authority::create(dir.path(), &names, &names, NOW).unwrap();
        assert!(!authority.renew_own(&names, &names, NOW.plus_us(59 * DAY_US)).unwrap());
        assert!(authority.renew_own(&names, &names, NOW.plus_us(61 * DAY_US)).unwrap());
    }

    #[test]
    fn a_node_certificate_carries_our_name_and_the_nodes_key_only() {
        let dir = tempfile::tempdir().unwrap();
        let authority = Authority::create(dir.path(), &[], &[], NOW).unwrap();
        let key = node_key();
        let node: NodeAddress = "square/node-1".parse().unwrap();
        let issued = authority.issue(&csr(&key), &node, NOW).unwrap();
        assert_eq!(issued.public_key, key.public_key_raw());
        let (_, pem) = x509_parser::pem::parse_x509_pem(issued.certificate_pem.as_bytes()).unwrap();
        let parsed = pem.parse_x509().unwrap();
        let name = parsed.subject().iter_common_name().next().unwrap();
        assert_eq!(name.as_str().unwrap(), "square/node-1");
        assert_eq!(hex::encode(parsed.raw_serial()), issued.serial);
        assert!(!parsed.is_ca());

        let other = new_key().unwrap();
        assert!(matches!(authority.issue(&csr(&other), &node, NOW), Err(AuthorityError::NotEd25519)));
        assert!(authority.issue("nonsense", &node, NOW).is_err());
    }
}
