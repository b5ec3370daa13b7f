//! The vault: one key in a file that only the centre may read, which wraps a data key for each person and each node. What is
//! sealed is bound to whom it is about and to the column it stands in, so that no row can be moved to another. It knows no
//! store; what it hands out prints nothing and lives as long as it is needed.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom as _, SystemRandom};
use uuid::Uuid;

use crate::auth::Sealing;

/// The file below the data folder.
const FILE: &str = "vault.key";
/// First byte of whatever is sealed: how it was sealed.
const FORM: u8 = 1;

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The file cannot be made or read.
    #[error("{doing} {path}")]
    File {
        /// What we were doing.
        doing: &'static str,
        /// With which file.
        path: PathBuf,
        /// Why not.
        #[source]
        source: std::io::Error,
    },
    /// It is no key.
    #[error("{0} does not hold the 32 bytes of a vault key: put the right file back, a new one would open nothing")]
    NoKey(PathBuf),
    /// Others may read it.
    #[error("{0} may be read by other users of this machine: chmod 600 it, and think of its key as known")]
    OpenToOthers(PathBuf),
    /// Changed, moved to another row, or sealed with another key.
    #[error("what is sealed in {0} does not open")]
    DoesNotOpen(&'static str),
}

/// The vault's own key.
pub struct Vault {
    key: LessSafeKey,
    random: SystemRandom,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

impl Vault {
    /// Opens the vault of a data folder; makes it where there is none.
    pub fn open_or_create(data_dir: &Path) -> Result<Self, VaultError> {
        let path = data_dir.join(FILE);
        let failed = |doing| {
            let path = path.clone();
            move |source| VaultError::File { doing, path, source }
        };
        let random = SystemRandom::new();
        let mut fresh = [0u8; 32];
        random.fill(&mut fresh).expect("the kernel's random generator does not fail once seeded");
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Ok(mut file) => file
                .write_all(&fresh)
                .and_then(|()| file.sync_all())
                .and_then(|()| fs::File::open(data_dir)?.sync_all())
                .map_err(failed("writing"))?,
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed("making")(error)),
        }
        if fs::metadata(&path).map_err(failed("looking at"))?.mode() & 0o077 != 0 {
            return Err(VaultError::OpenToOthers(path));
        }
        let bytes = fs::read(&path).map_err(failed("reading"))?;
        let key: [u8; 32] = bytes.try_into().map_err(|_| VaultError::NoKey(path))?;
        Ok(Self { key: aead(&key), random })
    }

    /// A vault out of given bytes: for tests.
    #[cfg(test)]
    pub(crate) fn of(key: [u8; 32]) -> Self {
        Self { key: aead(&key), random: SystemRandom::new() }
    }

    /// A new data key for a subject, and its wrapped form to be stored.
    #[must_use]
    pub fn new_data_key(&self, subject: Uuid) -> (DataKey, Vec<u8>) {
        let bytes = self.random();
        let wrapped = seal(&self.key, &self.random, &aad(subject.as_bytes(), "data_key"), &bytes);
        (DataKey { key: aead(&bytes), subject, random: self.random.clone() }, wrapped)
    }

    /// The data key in its wrapped form.
    pub fn data_key(&self, subject: Uuid, wrapped: &[u8]) -> Result<DataKey, VaultError> {
        let plain = open(&self.key, &aad(subject.as_bytes(), "data_key"), wrapped)
            .ok_or(VaultError::DoesNotOpen("data_keys.wrapped"))?;
        let bytes: [u8; 32] = plain.try_into().map_err(|_| VaultError::DoesNotOpen("data_keys.wrapped"))?;
        Ok(DataKey { key: aead(&bytes), subject, random: self.random.clone() })
    }

    /// Random bytes.
    #[must_use]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0u8; N];
        self.random.fill(&mut bytes).expect("the kernel's random generator does not fail once seeded");
        bytes
    }

    /// 12 random bytes: good for one sealing.
    #[must_use]
    pub fn nonce(&self) -> [u8; NONCE_LEN] {
        self.random()
    }

    /// Wraps a node's secret.
    #[must_use]
    pub fn wrap(&self, whose: &str, secret: &[u8; 32]) -> Vec<u8> {
        seal(&self.key, &self.random, &aad(whose.as_bytes(), "node_gallery"), secret)
    }

    /// And unwraps it.
    pub fn unwrap_secret(&self, whose: &str, wrapped: &[u8]) -> Result<[u8; 32], VaultError> {
        let broken = || VaultError::DoesNotOpen("node_galleries.wrapped");
        let plain = open(&self.key, &aad(whose.as_bytes(), "node_gallery"), wrapped).ok_or_else(broken)?;
        plain.try_into().map_err(|_| broken())
    }
}

impl Sealing for Vault {
    fn seal_for(&self, account: Uuid, plain: &[u8]) -> Vec<u8> {
        seal(&self.key, &self.random, &aad(account.as_bytes(), "user_totp.secret"), plain)
    }

    fn open_for(&self, account: Uuid, sealed: &[u8]) -> Option<Vec<u8>> {
        open(&self.key, &aad(account.as_bytes(), "user_totp.secret"), sealed)
    }
}

/// The key of one person or watch entry.
pub struct DataKey {
    key: LessSafeKey,
    subject: Uuid,
    random: SystemRandom,
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(…)")
    }
}

impl DataKey {
    /// Seals a value of a column.
    #[must_use]
    pub fn seal(&self, column: &'static str, plain: &[u8]) -> Vec<u8> {
        seal(&self.key, &self.random, &aad(self.subject.as_bytes(), column), plain)
    }

    /// Opens it.
    pub fn open(&self, column: &'static str, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        open(&self.key, &aad(self.subject.as_bytes(), column), sealed).ok_or(VaultError::DoesNotOpen(column))
    }

    /// Opens a text.
    pub fn open_text(&self, column: &'static str, sealed: &[u8]) -> Result<String, VaultError> {
        String::from_utf8(self.open(column, sealed)?).map_err(|_| VaultError::DoesNotOpen(column))
    }
}

fn aead(key: &[u8; 32]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("a key of AES-256-GCM has 32 bytes"))
}

/// Whose and which column; the length keeps the two from running into each other.
fn aad(whose: &[u8], column: &str) -> Vec<u8> {
    let mut bytes = vec![u8::try_from(whose.len()).unwrap_or(u8::MAX)];
    bytes.extend_from_slice(whose);
    bytes.extend_from_slice(column.as_bytes());
    bytes
}

fn seal(key: &LessSafeKey, random: &SystemRandom, aad: &[u8], plain: &[u8]) -> Vec<u8> {
    let mut nonce = [0u8; NONCE_LEN];
    random.fill(&mut nonce).expect("the kernel's random generator does not fail once seeded");
    let mut data = plain.to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad), &mut data)
        .expect("what is sealed here is far smaller than what AES-GCM can seal");
    [&[FORM], nonce.as_slice(), &data].concat()
}

fn open(key: &LessSafeKey, aad: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (form, rest) = sealed.split_first()?;
    let (nonce, data) = rest.split_first_chunk::<NONCE_LEN>()?;
    if *form != FORM {
        return None;
    }
    let mut data = data.to_vec();
    let plain = key.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(aad), &mut data).ok()?;
    Some(plain.to_vec())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    const ONE: Uuid = Uuid::from_u128(1);

    #[test]
    fn what_is_sealed_opens_for_its_person_and_column_only() {
        let vault = Vault::of([7; 32]);
        let (key, wrapped) = vault.new_data_key(ONE);
        let sealed = key.seal("persons.name", "Mẫu 14".as_bytes());
        let again = vault.data_key(ONE, &wrapped).unwrap();
        assert_eq!(again.open_text("persons.name", &sealed).unwrap(), "Mẫu 14");
        assert!(again.open("persons.unit", &sealed).is_err());
        assert!(vault.data_key(Uuid::from_u128(2), &wrapped).is_err());
        assert!(Vault::of([8; 32]).data_key(ONE, &wrapped).is_err());
        let (other, _) = vault.new_data_key(ONE);
        assert!(other.open("persons.name", &sealed).is_err());
        assert_ne!(key.seal("persons.name", b"x"), key.seal("persons.name", b"x"), "never the same twice");
        let mut torn = sealed;
        torn.truncate(20);
        assert!(again.open("persons.name", &torn).is_err());
        assert_eq!(format!("{vault:?} {key:?}"), "Vault(…) DataKey(…)");
    }

    #[test]
    fn an_accounts_secret_opens_for_that_account_only() {
        let vault = Vault::of([7; 32]);
        let sealed = vault.seal_for(ONE, b"secret");
        assert_eq!(vault.open_for(ONE, &sealed).as_deref(), Some(b"secret".as_slice()));
        assert_eq!(vault.open_for(Uuid::from_u128(2), &sealed), None);
        assert_eq!(Vault::of([8; 32]).open_for(ONE, &sealed), None);
        assert!(vault.data_key(ONE, &sealed).is_err(), "it is no data key");
    }

    #[test]
    fn the_file_is_made_once_shut_to_others_and_never_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let (_, wrapped) = Vault::open_or_create(dir.path()).unwrap().new_data_key(ONE);
        assert!(Vault::open_or_create(dir.path()).unwrap().data_key(ONE, &wrapped).is_ok());
        let path = dir.path().join(FILE);
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(matches!(Vault::open_or_create(dir.path()), Err(VaultError::OpenToOthers(_))));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, b"short").unwrap();
        assert!(matches!(Vault::open_or_create(dir.path()), Err(VaultError::NoKey(_))));
    }
}
