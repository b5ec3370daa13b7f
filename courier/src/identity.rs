//! Who speaks upwards, a node to its centre or a site to its province: its key, its certificate, how it joins and how it stays
//! joined. The private key is made here and never leaves; the same key signs events and stands in the certificate, so that the certificate tells whose
//! signature it is. Trust comes from the token's authority alone, never from the machine's list of authorities.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD as BASE64, URL_SAFE_NO_PAD};
use contract::clock::{DAY_US, SECOND_US, UtcMicros};
use contract::ids::{ControllerName, NodeAddress};
use contract::signature::{SignatureError, SigningKey};
use rcgen::{CertificateParams, DnType, KeyPair, PKCS_ED25519};
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use serde::{Deserialize, Serialize};

/// What a token's text begins with.
const TOKEN_PREFIX: &str = "chilang-enrol-1.";
/// A certificate with less time left is renewed.
const RENEW_BELOW_US: i64 = 30 * DAY_US;
/// How long the centre may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

pub(crate) const KEY_FILE: &str = "node.key";
pub(crate) const CERTIFICATE_FILE: &str = "node.crt";
pub(crate) const AUTHORITY_FILE: &str = "ca.crt";
pub(crate) const BUNDLE_KEY_FILE: &str = "bundle.pub";
pub(crate) const CARD_FILE: &str = "node.json";

/// Why a node has no identity, or could not get or keep one.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// Nothing there.
    #[error("{0} holds no identity: join a centre with a token: `edge-node enrol` (a node), `central join` (a site)")]
    None(PathBuf),
    /// There is one already.
    #[error("{0} holds an identity already: it is not overwritten; move it away to join again")]
    Exists(PathBuf),
    /// The token's text is not one.
    #[error("the token cannot be read: copy it whole, it begins with {TOKEN_PREFIX}")]
    Token,
    /// A file is missing or cannot be written.
    #[error("{doing} {path} failed")]
    File {
        /// What was being done.
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file holds something else than it should.
    #[error("{path} is damaged: {what}")]
    Damaged {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// The private key cannot be used.
    #[error("the private key cannot be used")]
    Key(#[source] SignatureError),
    /// A certificate or request could not be made.
    #[error("the certificate request could not be made")]
    Request(#[source] rcgen::Error),
    /// TLS refuses what is there.
    #[error("TLS does not accept this identity")]
    Tls(#[source] rustls::Error),
    /// The centre was not reached, or is not the one of the token.
    #[error("the centre was not reached at {url}")]
    Unreachable {
        /// Where.
        url: String,
        /// Why.
        #[source]
        source: reqwest::Error,
    },
    /// The centre said no.
    #[error("the centre refused ({status}, {code}): {message}")]
    Refused {
        /// HTTP status.
        status: u16,
        /// Its code.
        code: String,
        /// Its words.
        message: String,
    },
    /// The centre's answer does not fit what was asked.
    #[error("the centre's answer is not accepted: {0}")]
    Answer(String),
}

impl IdentityError {
    /// May the same call succeed later?
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable { .. } => true,
            Self::Refused { status, .. } => *status >= 500 || *status == 429,
            _ => false,
        }
    }
}

/// The one-time token `central node add` prints. Its `Debug` and errors never show the secret.
#[derive(Deserialize)]
pub struct EnrolToken {
    /// The centre's listener for nodes.
    pub url: String,
    ca_pem: String,
    secret: String,
}

impl std::fmt::Debug for EnrolToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EnrolToken").field("url", &self.url).finish_non_exhaustive()
    }
}

impl std::str::FromStr for EnrolToken {
    type Err = IdentityError;
    fn from_str(text: &str) -> Result<Self, IdentityError> {
        let encoded = text.trim().strip_prefix(TOKEN_PREFIX).ok_or(IdentityError::Token)?;
        let bytes = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| IdentityError::Token)?;
        let token: Self = serde_json::from_slice(&bytes).map_err(|_| IdentityError::Token)?;
        if token.url.starts_with("https://") { Ok(token) } else { Err(IdentityError::Token) }
    }
}

#[derive(Serialize)]
struct EnrolRequest<'a> {
    secret: &'a str,
    csr_pem: &'a str,
}

#[derive(Serialize)]
struct RenewRequest<'a> {
    csr_pem: &'a str,
}

/// What the centre answers to both.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct EnrolAnswer {
    /// The node's certificate (and what lies between it and the authority).
    pub certificate_pem: String,
    /// The authority.
    pub ca_pem: String,
    /// 32 raw bytes of the key that signs bundles, base64.
    pub bundle_public_key: String,
    /// Who the node is.
    pub node: NodeAddress,
    /// The body answerable for it.
    pub controller: ControllerName,
    /// The broker.
    pub mqtt_host: String,
    /// Its port.
    pub mqtt_port: u16,
    /// When the certificate ends.
    pub not_after: UtcMicros,
}

#[derive(Deserialize)]
struct RefusalEnvelope {
    error: Refusal,
}

#[derive(Deserialize)]
struct Refusal {
    code: String,
    message: String,
}

/// `node.json`: what stands in no certificate.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Card {
    pub(crate) node: NodeAddress,
    pub(crate) controller: ControllerName,
    pub(crate) centre_url: String,
    pub(crate) mqtt_host: String,
    pub(crate) mqtt_port: u16,
}

/// A node's identity, loaded.
pub struct NodeIdentity {
    /// Who it is.
    pub node: NodeAddress,
    /// The body answerable for it.
    pub controller: ControllerName,
    /// The centre's listener for nodes.
    pub centre_url: String,
    /// The broker.
    pub mqtt_host: String,
    /// Its port.
    pub mqtt_port: u16,
    /// The key that signs bundles, 32 raw bytes.
    pub bundle_public_key: Vec<u8>,
    /// When the certificate ends.
    pub not_after: UtcMicros,
    dir: PathBuf,
    key: PrivateKeyDer<'static>,
    chain: Vec<CertificateDer<'static>>,
    authority: Vec<CertificateDer<'static>>,
}

impl std::fmt::Debug for NodeIdentity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NodeIdentity").field("node", &self.node).finish_non_exhaustive()
    }
}

/// Makes ring the TLS provider of the process. Call first in `main`; harmless when called again.
pub fn install_tls_provider() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// Where the identity lies in a data folder.
#[must_use]
pub fn identity_dir(data_dir: &Path) -> PathBuf {
    data_dir.join("identity")
}

/// Joins a centre: makes a key, has it certified, writes the identity folder whole or not at all.
pub async fn enrol(token: &EnrolToken, data_dir: &Path) -> Result<NodeIdentity, IdentityError> {
    let dir = identity_dir(data_dir);
    if dir.exists() {
        return Err(IdentityError::Exists(dir));
    }
    let authority =
        certificates(token.ca_pem.as_bytes()).filter(|found| !found.is_empty()).ok_or(IdentityError::Token)?;
    let key = KeyPair::generate_for(&PKCS_ED25519).map_err(IdentityError::Request)?;
    let csr_pem = request(&key)?;
    let client = client(tls(&authority, None)?)?;
    let url = format!("{}/node/v1/enrol", token.url.trim_end_matches('/'));
    let ask = EnrolRequest { secret: &token.secret, csr_pem: &csr_pem };
    let answer = post(&client, &url, &ask).await?;
    check_answer(&answer, &authority, &key)?;
    let bundle_key = BASE64
        .decode(&answer.bundle_public_key)
        .ok()
        .filter(|key| key.len() == 32)
        .ok_or_else(|| IdentityError::Answer("its bundle key is not 32 bytes".to_owned()))?;
    let card = Card {
        node: answer.node.clone(),
        controller: answer.controller.clone(),
        centre_url: token.url.trim_end_matches('/').to_owned(),
        mqtt_host: answer.mqtt_host.clone(),
        mqtt_port: answer.mqtt_port,
    };
    let card = serde_json::to_vec_pretty(&card).expect("a card has string keys only");
    write_folder(
        &dir,
        &[
            (KEY_FILE, key.serialize_pem().as_bytes()),
            (CERTIFICATE_FILE, answer.certificate_pem.as_bytes()),
            (AUTHORITY_FILE, token.ca_pem.as_bytes()),
            (BUNDLE_KEY_FILE, &bundle_key),
            (CARD_FILE, &card),
        ],
    )?;
    NodeIdentity::load(data_dir)
}

impl NodeIdentity {
    /// Reads the identity of a data folder.
    pub fn load(data_dir: &Path) -> Result<Self, IdentityError> {
        let dir = identity_dir(data_dir);
        if !dir.exists() {
            return Err(IdentityError::None(dir));
        }
        let damaged = |file: &str, what: &str| IdentityError::Damaged { path: dir.join(file), what: what.to_owned() };
        let card: Card =
            serde_json::from_slice(&read(&dir, CARD_FILE)?).map_err(|e| damaged(CARD_FILE, &e.to_string()))?;
        let key = PrivateKeyDer::from_pem_slice(&read(&dir, KEY_FILE)?)
            .map_err(|_| damaged(KEY_FILE, "it holds no private key"))?;
        let chain = certificates(&read(&dir, CERTIFICATE_FILE)?)
            .filter(|found| !found.is_empty())
            .ok_or_else(|| damaged(CERTIFICATE_FILE, "it holds no certificate"))?;
        let authority = certificates(&read(&dir, AUTHORITY_FILE)?)
            .filter(|found| !found.is_empty())
            .ok_or_else(|| damaged(AUTHORITY_FILE, "it holds no certificate"))?;
        let bundle_public_key = read(&dir, BUNDLE_KEY_FILE)?;
        if bundle_public_key.len() != 32 {
            return Err(damaged(BUNDLE_KEY_FILE, "it is not a key of 32 bytes"));
        }
        let (not_after, public_key, _) =
            look_into(&chain[0]).ok_or_else(|| damaged(CERTIFICATE_FILE, "it holds no X.509 certificate"))?;
        let identity = Self {
            node: card.node,
            controller: card.controller,
            centre_url: card.centre_url,
            mqtt_host: card.mqtt_host,
            mqtt_port: card.mqtt_port,
            bundle_public_key,
            not_after,
            dir: dir.clone(),
            key,
            chain,
            authority,
        };
        if identity.signing_key()?.public_key() != public_key {
            return Err(damaged(CERTIFICATE_FILE, "it is for another key than node.key"));
        }
        Ok(identity)
    }

    /// The key events are signed with.
    pub fn signing_key(&self) -> Result<SigningKey, IdentityError> {
        SigningKey::from_pkcs8(self.key.secret_der()).map_err(IdentityError::Key)
    }

    /// TLS as this node, trusting its authority only: for MQTT and HTTPS.
    pub fn tls(&self) -> Result<Arc<ClientConfig>, IdentityError> {
        tls(&self.authority, Some((self.chain.clone(), self.key.clone_key()))).map(Arc::new)
    }

    /// Is it time to renew the certificate?
    #[must_use]
    pub fn needs_renewal(&self, now: UtcMicros) -> bool {
        self.not_after.since_us(now) < RENEW_BELOW_US
    }

    /// How long the certificate still holds, for the operator (Vietnamese).
    #[must_use]
    pub fn expiry_words(&self, now: UtcMicros) -> String {
        let left = self.not_after.since_us(now);
        if left <= 0 {
            format!("chứng thư đã hết hạn từ {}", self.not_after.to_vietnamese())
        } else {
            let days = left / DAY_US;
            format!("chứng thư còn {days} ngày, đến {}", self.not_after.to_vietnamese())
        }
    }

    /// Gets a new certificate for the same key and puts it in place of the old one.
    pub async fn renew(&self, data_dir: &Path) -> Result<Self, IdentityError> {
        let key = self.pair()?;
        let csr_pem = request(&key)?;
        let own = tls(&self.authority, Some((self.chain.clone(), self.key.clone_key())))?;
        let client = client(own)?;
        let url = format!("{}/node/v1/renew", self.centre_url);
        let answer = post(&client, &url, &RenewRequest { csr_pem: &csr_pem }).await?;
        check_answer(&answer, &self.authority, &key)?;
        if answer.node != self.node {
            return Err(IdentityError::Answer(format!("it names node {}", answer.node)));
        }
        let path = self.dir.join(CERTIFICATE_FILE);
        let temporary = self.dir.join("node.crt.new");
        write_file(&temporary, answer.certificate_pem.as_bytes())?;
        fs::rename(&temporary, &path)
            .and_then(|()| File::open(&self.dir)?.sync_all())
            .map_err(|source| IdentityError::File { doing: "replacing", path, source })?;
        Self::load(data_dir)
    }

    fn pair(&self) -> Result<KeyPair, IdentityError> {
        let PrivateKeyDer::Pkcs8(pkcs8) = &self.key else {
            return Err(IdentityError::Key(SignatureError::BadPrivateKey));
        };
        KeyPair::from_pkcs8_der_and_sign_algo(pkcs8, &PKCS_ED25519).map_err(IdentityError::Request)
    }
}

fn request(key: &KeyPair) -> Result<String, IdentityError> {
    let mut params = CertificateParams::default();
    // The centre decides the name: it knows for whom the token was made.
    params.distinguished_name.push(DnType::CommonName, "chilang");
    params.serialize_request(key).and_then(|csr| csr.pem()).map_err(IdentityError::Request)
}

fn check_answer(
    answer: &EnrolAnswer,
    authority: &[CertificateDer<'static>],
    key: &KeyPair,
) -> Result<(), IdentityError> {
    let refuse = |what: &str| Err(IdentityError::Answer(what.to_owned()));
    if certificates(answer.ca_pem.as_bytes()).as_deref() != Some(authority) {
        return refuse("its authority is not the one of the token");
    }
    let chain = certificates(answer.certificate_pem.as_bytes()).unwrap_or_default();
    let Some((_, public_key, name)) = chain.first().and_then(look_into) else {
        return refuse("it holds no certificate");
    };
    if public_key != rcgen::PublicKeyData::der_bytes(key) {
        return refuse("its certificate is for another key");
    }
    if name != answer.node.to_string() {
        return refuse("its certificate has another name");
    }
    Ok(())
}

/// End, raw public key and common name of a certificate.
fn look_into(certificate: &CertificateDer<'_>) -> Option<(UtcMicros, Vec<u8>, String)> {
    let (_, parsed) = x509_parser::parse_x509_certificate(certificate).ok()?;
    let not_after = UtcMicros(parsed.validity().not_after.timestamp() * SECOND_US);
    let key = parsed.public_key().subject_public_key.data.to_vec();
    let name = parsed.subject().iter_common_name().next()?.as_str().ok()?.to_owned();
    Some((not_after, key, name))
}

pub(crate) fn certificates(pem: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().ok()
}

fn tls(
    authority: &[CertificateDer<'static>],
    own: Option<(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>)>,
) -> Result<ClientConfig, IdentityError> {
    let mut roots = RootCertStore::empty();
    for certificate in authority {
        roots.add(certificate.clone()).map_err(IdentityError::Tls)?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(IdentityError::Tls)?
        .with_root_certificates(roots);
    match own {
        Some((chain, key)) => builder.with_client_auth_cert(chain, key).map_err(IdentityError::Tls),
        None => Ok(builder.with_no_client_auth()),
    }
}

fn client(tls: ClientConfig) -> Result<reqwest::Client, IdentityError> {
    reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .https_only(true)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(ANSWER_WITHIN)
        .build()
        .map_err(|source| IdentityError::Unreachable { url: String::new(), source })
}

async fn post(client: &reqwest::Client, url: &str, body: &impl Serialize) -> Result<EnrolAnswer, IdentityError> {
    let unreachable = |source| IdentityError::Unreachable { url: url.to_owned(), source };
    let answer = client.post(url).json(body).send().await.map_err(unreachable)?;
    let status = answer.status();
    let bytes = answer.bytes().await.map_err(unreachable)?;
    if !status.is_success() {
        let refusal = serde_json::from_slice(&bytes)
            .map_or(Refusal { code: "unknown".to_owned(), message: String::new() }, |envelope: RefusalEnvelope| {
                envelope.error
            });
        return Err(IdentityError::Refused { status: status.as_u16(), code: refusal.code, message: refusal.message });
    }
    serde_json::from_slice(&bytes).map_err(|e| IdentityError::Answer(e.to_string()))
}

fn read(dir: &Path, name: &str) -> Result<Vec<u8>, IdentityError> {
    let path = dir.join(name);
    fs::read(&path).map_err(|source| IdentityError::File { doing: "reading", path, source })
}

/// Writes all files beside the place and moves the folder there: whoever looks sees all of it or nothing.
pub(crate) fn write_folder(dir: &Path, files: &[(&str, &[u8])]) -> Result<(), IdentityError> {
    let parent = dir.parent().unwrap_or(Path::new("."));
    let temporary = parent.join("identity.new");
    let failed = |doing, path: &Path| {
        let path = path.to_owned();
        move |source| IdentityError::File { doing, path, source }
    };
    if temporary.exists() {
        // Left by an enrolment that was interrupted before it was complete.
        fs::remove_dir_all(&temporary).map_err(failed("removing", &temporary))?;
    }
    fs::DirBuilder::new().recursive(true).mode(0o700).create(parent).map_err(failed("making", parent))?;
    fs::DirBuilder::new().mode(0o700).create(&temporary).map_err(failed("making", &temporary))?;
    for (name, bytes) in files {
        write_file(&temporary.join(name), bytes)?;
    }
    File::open(&temporary)
        .and_then(|f| f.sync_all())
        .and_then(|()| fs::rename(&temporary, dir))
        .and_then(|()| File::open(parent)?.sync_all())
        .map_err(failed("putting in place", dir))
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), IdentityError> {
    let write = || {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().map_err(|source| IdentityError::File { doing: "writing", path: path.to_owned(), source })
}

#[cfg(test)]
#[path = "identity_tests.rs"]
mod tests;
