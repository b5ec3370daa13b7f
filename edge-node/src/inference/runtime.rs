//! Opens the ONNX Runtime library and knows which models lie on this machine. Every file is hashed before it is used: a
//! model or a library that is not the manifest's is refused, not repaired.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use contract::signature::Sha256;
use ort::environment::Environment;

use super::InferenceError;
use super::manifest::{Candidate, Manifest, ModelChoice, Role};
use super::session::NetSession;

/// Names another library than the pulled one. Its hash is then the operator's business.
const LIBRARY_VARIABLE: &str = "CHILANG_ONNXRUNTIME";
/// Names the models folder.
const FOLDER_VARIABLE: &str = "CHILANG_MODELS";

/// The library is opened once in a process; a second store shares it.
static OPENED: Mutex<Option<Arc<Environment>>> = Mutex::new(None);

/// The models folder: the environment's, else `models/` here or in a folder above, else beside the program.
pub fn models_folder() -> Result<PathBuf, InferenceError> {
    if let Some(folder) = std::env::var_os(FOLDER_VARIABLE) {
        return Ok(PathBuf::from(folder));
    }
    let here = std::env::current_dir().ok();
    let program = std::env::current_exe().ok();
    [here, program]
        .iter()
        .flatten()
        .flat_map(|start| start.ancestors())
        .map(|folder| folder.join("models"))
        .find(|folder| folder.join("manifest.toml").is_file())
        .ok_or(InferenceError::NoModelsFolder)
}

/// The manifest, what of it is here, and the library.
#[derive(Debug, Clone)]
pub struct ModelStore {
    folder: PathBuf,
    manifest: Arc<Manifest>,
    /// Names of the candidates whose files are here and right, and of the methods without weights.
    usable: Arc<BTreeMap<String, Option<PathBuf>>>,
    environment: Arc<Environment>,
}

impl ModelStore {
    /// Opens the library and looks at every file the manifest names. Takes a fraction of a second for the hashes.
    pub fn open(folder: &Path) -> Result<Self, InferenceError> {
        let path = folder.join("manifest.toml");
        let text =
            std::fs::read_to_string(&path).map_err(|source| InferenceError::Read { path: path.clone(), source })?;
        let manifest =
            Manifest::parse(&text).map_err(|source| InferenceError::Manifest { path, source: Box::new(source) })?;
        let environment = open_library(folder, &manifest)?;
        let mut usable = BTreeMap::new();
        for candidate in &manifest.candidates {
            let (Some(file), Some(wanted)) = (&candidate.file, candidate.sha256) else {
                usable.insert(candidate.name.clone(), None);
                continue;
            };
            let path = if candidate.ours { folder.join(file) } else { folder.join("cache").join(file) };
            if !path.is_file() {
                continue;
            }
            let got = hash_of(&path)?;
            if got == wanted {
                usable.insert(candidate.name.clone(), Some(path));
            } else {
                tracing::error!(
                    model.name = candidate.name,
                    "the model {} is not what the manifest says and is not used",
                    candidate.name
                );
            }
        }
        Ok(Self { folder: folder.to_owned(), manifest: Arc::new(manifest), usable: Arc::new(usable), environment })
    }

    /// The store of this machine, see [`models_folder`].
    pub fn find() -> Result<Self, InferenceError> {
        Self::open(&models_folder()?)
    }

    /// The folder it was opened in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The manifest.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The best candidate of a role that can be used here.
    pub fn best(&self, role: Role) -> Result<&Candidate, InferenceError> {
        self.manifest
            .of_role(role)
            .find(|c| self.usable.contains_key(&c.name))
            .ok_or(InferenceError::NothingFor { role })
    }

    /// What is chosen for every role, for the node's birth message and its `doctor`.
    #[must_use]
    pub fn choices(&self) -> Vec<ModelChoice> {
        Role::ALL.into_iter().filter_map(|role| self.best(role).ok().map(Candidate::choice)).collect()
    }

    /// Are the weights of this candidate here?
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        matches!(self.usable.get(name), Some(Some(_)))
    }

    /// Opens the best candidate of a role. `None` where it is a method without weights.
    pub fn open_best(&self, role: Role) -> Result<Option<NetSession>, InferenceError> {
        let candidate = self.best(role)?;
        if candidate.file.is_none() {
            return Ok(None);
        }
        self.open_named(&candidate.name).map(Some)
    }

    /// Opens what the manifest names as belonging to the best candidate of a role, where it is at hand.
    pub fn open_companion(&self, role: Role) -> Result<Option<NetSession>, InferenceError> {
        match &self.best(role)?.companion {
            Some(name) if self.has(name) => self.open_named(name).map(Some),
            _ => Ok(None),
        }
    }

    /// Opens a candidate by name.
    pub fn open_named(&self, name: &str) -> Result<NetSession, InferenceError> {
        let missing = || InferenceError::NoSuchNet { name: name.to_owned() };
        let candidate = self.manifest.candidates.iter().find(|c| c.name == name).ok_or_else(missing)?;
        let path = match self.usable.get(name) {
            Some(Some(path)) => path,
            Some(None) => return Err(missing()),
            None => return Err(InferenceError::NothingFor { role: candidate.role }),
        };
        // Hashed again from the very bytes that are loaded: the file may have changed since the store was opened.
        let bytes = std::fs::read(path).map_err(|source| InferenceError::Read { path: path.clone(), source })?;
        let (got, wanted) = (Sha256::of(&bytes), candidate.sha256.ok_or_else(missing)?);
        if got != wanted {
            return Err(InferenceError::WrongHash { path: path.clone(), got, wanted });
        }
        NetSession::open(&self.environment, candidate, &bytes)
    }
}

fn hash_of(path: &Path) -> Result<Sha256, InferenceError> {
    let bytes = std::fs::read(path).map_err(|source| InferenceError::Read { path: path.to_owned(), source })?;
    Ok(Sha256::of(&bytes))
}

fn open_library(folder: &Path, manifest: &Manifest) -> Result<Arc<Environment>, InferenceError> {
    let mut opened = OPENED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(environment) = &*opened {
        return Ok(Arc::clone(environment));
    }
    let path = match std::env::var_os(LIBRARY_VARIABLE) {
        Some(path) => PathBuf::from(path),
        None => folder.join("runtime").join(&manifest.runtime.file),
    };
    if !path.is_file() {
        return Err(InferenceError::NoRuntime { path });
    }
    let got = hash_of(&path)?;
    let wanted = manifest.runtime.sha256;
    if std::env::var_os(LIBRARY_VARIABLE).is_some() {
        tracing::info!(library.sha256 = %got, "using the ONNX Runtime named by {LIBRARY_VARIABLE}");
    } else if got != wanted {
        return Err(InferenceError::WrongHash { path, got, wanted });
    }
    let failed = |source| InferenceError::Runtime { doing: "opening the library".to_owned(), source };
    let environment = ort::init_from(&path)
        .map_err(|e| failed(ort::Error::new(e.to_string())))?
        .with_name("chi-lang")
        .with_telemetry(false)
        .build()
        .map_err(failed)?;
    let environment = Arc::new(environment);
    *opened = Some(Arc::clone(&environment));
    Ok(environment)
}

/// For tests: the store, or a line that says that a test was not run because the weights are not at hand.
#[cfg(test)]
pub(crate) fn weights_or_note(test: &str, nets: &[&str]) -> Option<ModelStore> {
    use std::io::Write as _;
    let missing = |why: String| {
        let line = format!("{test}: {why} (run models/pull --all)\n");
        eprint!("NOT RUN: {line}");
        // cargo hides what a test that passes has printed; `./test` counts these lines as skipped.
        if let Some(path) = std::env::var_os("CHILANG_NOT_RUN") {
            let mut file = std::fs::File::options().append(true).create(true).open(path).unwrap();
            file.write_all(line.as_bytes()).unwrap();
        }
        None
    };
    match ModelStore::find() {
        Err(error) => missing(error.to_string()),
        Ok(store) => match nets.iter().find(|net| !store.has(net)) {
            Some(net) => missing(format!("the weights of {net} are not at hand")),
            None => Some(store),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_manifest_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let error = ModelStore::open(folder.path()).unwrap_err();
        assert!(matches!(error, InferenceError::Read { .. }), "{error}");
    }

    #[test]
    fn a_damaged_net_is_not_chosen() {
        let Some(store) = weights_or_note("a damaged net is not chosen", &["blazeface"]) else { return };
        let folder = tempfile::tempdir().unwrap();
        let cache = folder.path().join("cache");
        std::fs::create_dir(&cache).unwrap();
        std::fs::copy(store.folder().join("manifest.toml"), folder.path().join("manifest.toml")).unwrap();
        let mut bytes = std::fs::read(store.folder().join("cache/blazeface.onnx")).unwrap();
        std::fs::write(cache.join("blazeface.onnx"), &bytes).unwrap();
        assert_eq!(ModelStore::open(folder.path()).unwrap().best(Role::FaceDetector).unwrap().name, "blazeface");
        *bytes.last_mut().unwrap() ^= 1;
        std::fs::write(cache.join("blazeface.onnx"), &bytes).unwrap();
        let store = ModelStore::open(folder.path()).unwrap();
        assert!(matches!(store.best(Role::FaceDetector), Err(InferenceError::NothingFor { role: Role::FaceDetector })));
        // A method without weights is always there.
        assert_eq!(store.best(Role::Detector).unwrap().name, "motion");
        assert!(store.open_best(Role::Detector).unwrap().is_none());
    }
}
