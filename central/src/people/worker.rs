//! The enrolment worker: `edge-node embed-faces` as a child process, one JSON line a picture. It alone parses pictures that
//! come from outside; it gets no secret, its memory is limited, it dies with whoever started it, and a picture that takes
//! too long costs it its life. It keeps nothing, and nothing of a picture is logged here.

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use contract::enrolment::{EnrolmentAnswer, PictureToJudge};
use futures_util::future::BoxFuture;
use rustix::process::{Pid, Resource, Rlimit, prlimit};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Mutex;

pub use contract::enrolment::JudgedPicture as Judged;

/// The first picture: the nets are read before it.
const FIRST: Duration = Duration::from_secs(120);
/// Every other picture.
const EACH: Duration = Duration::from_secs(30);
/// Longest line of an answer: templates of a handful of nets.
const LINE_BYTES: u64 = 4 << 20;
/// Address space of the child: nets and one picture of a hundred megapixels.
const MEMORY_BYTES: u64 = 8 << 30;
/// Put after its address: what it makes of a picture is not for its own error output either.
const ARGUMENT: &str = "embed-faces";

/// Why pictures were not judged.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// It cannot be started.
    #[error("starting the enrolment worker {0}")]
    Start(PathBuf, #[source] std::io::Error),
    /// The lines broke off.
    #[error("talking to the enrolment worker")]
    Broken(#[source] std::io::Error),
    /// It said something that is no answer.
    #[error("the enrolment worker's answer is none: {0}")]
    Nonsense(&'static str),
    /// It could not work on a picture.
    #[error("the enrolment worker failed: {0}")]
    Failed(String),
    /// It took too long.
    #[error("the enrolment worker took too long and was ended")]
    TooLong,
}

/// Judges pictures: the worker, or what a test puts in its place.
pub trait JudgePictures: Send + Sync {
    /// One answer for each picture, in their order.
    fn judge(&self, pictures: Vec<Vec<u8>>) -> BoxFuture<'_, Result<Vec<Judged>, WorkerError>>;
}

struct Running {
    /// Killed when it is dropped.
    _child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
    asked: u64,
}

/// The worker.
pub struct Worker {
    program: PathBuf,
    /// Stays between calls (an import of thousands), or ends after each.
    stays: bool,
    running: Arc<Mutex<Option<Running>>>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker").field("program", &self.program).finish_non_exhaustive()
    }
}

impl Worker {
    /// A worker by its program; nothing is started yet.
    #[must_use]
    pub fn new(program: PathBuf, stays: bool) -> Self {
        Self { program, stays, running: Arc::new(Mutex::new(None)) }
    }

    /// `edge-node` beside this very program.
    #[must_use]
    pub fn beside_this_program() -> PathBuf {
        let own = std::env::current_exe().ok();
        own.and_then(|own| Some(own.parent()?.join("edge-node"))).unwrap_or_else(|| PathBuf::from("edge-node"))
    }

    fn start(&self) -> Result<Running, WorkerError> {
        let started = |source| WorkerError::Start(self.program.clone(), source);
        let mut child = Command::new(&self.program)
            .arg(ARGUMENT)
            // The store's address may hold a password.
            .env_remove("CHILANG_STORE_URL")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .kill_on_drop(true)
            .spawn()
            .map_err(started)?;
        if let Some(pid) = child.id().and_then(|id| Pid::from_raw(id.cast_signed())) {
            let most = |bytes| Rlimit { current: Some(bytes), maximum: Some(bytes) };
            for (what, limit) in [(Resource::As, most(MEMORY_BYTES)), (Resource::Core, most(0))] {
                prlimit(Some(pid), what, limit).map_err(|e| started(e.into()))?;
            }
        }
        let missing = || started(std::io::Error::other("it has no pipes"));
        let (stdin, stdout) = (child.stdin.take().ok_or_else(missing)?, child.stdout.take().ok_or_else(missing)?);
        Ok(Running { _child: child, stdin, stdout: BufReader::new(stdout), asked: 0 })
    }

    async fn all(&self, pictures: Vec<Vec<u8>>) -> Result<Vec<Judged>, WorkerError> {
        let mut place = self.running.lock().await;
        let mut running = match place.take() {
            Some(running) => running,
            None => self.start()?,
        };
        let mut judged = Vec::with_capacity(pictures.len());
        for picture in &pictures {
            let within = if running.asked == 0 { FIRST } else { EACH };
            // Whatever fails ends it: half a line would be taken for the next picture's.
            judged.push(tokio::time::timeout(within, running.one(picture)).await.map_err(|_| WorkerError::TooLong)??);
        }
        if self.stays {
            *place = Some(running);
        }
        Ok(judged)
    }
}

impl JudgePictures for Worker {
    fn judge(&self, pictures: Vec<Vec<u8>>) -> BoxFuture<'_, Result<Vec<Judged>, WorkerError>> {
        Box::pin(self.all(pictures))
    }
}

impl Running {
    async fn one(&mut self, picture: &[u8]) -> Result<Judged, WorkerError> {
        self.asked += 1;
        let id = self.asked.to_string();
        let mut line = serde_json::to_vec(&PictureToJudge::new(id.clone(), picture))
            .expect("a line to the worker has string fields only");
        line.push(b'\n');
        self.stdin.write_all(&line).await.map_err(WorkerError::Broken)?;
        self.stdin.flush().await.map_err(WorkerError::Broken)?;
        let mut answer = Vec::new();
        let mut limited = (&mut self.stdout).take(LINE_BYTES);
        limited.read_until(b'\n', &mut answer).await.map_err(WorkerError::Broken)?;
        if answer.pop() != Some(b'\n') {
            return Err(WorkerError::Nonsense("it ended, or said more than a line"));
        }
        match serde_json::from_slice(&answer) {
            Ok(EnrolmentAnswer::Judged(judged)) if judged.id == id => Ok(judged),
            Ok(EnrolmentAnswer::Judged(_)) => Err(WorkerError::Nonsense("it speaks of another picture")),
            Ok(EnrolmentAnswer::Failed(failed)) => Err(WorkerError::Failed(failed.error.chars().take(200).collect())),
            Err(_) => Err(WorkerError::Nonsense("it is no JSON of an answer")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn script(dir: &std::path::Path, text: &str) -> PathBuf {
        let path = dir.join("worker.sh");
        std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    #[tokio::test]
    async fn a_worker_answers_in_order_and_one_that_talks_nonsense_or_is_missing_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let good = script(
            dir.path(),
            "n=0\nwhile read -r line; do n=$((n+1)); \
             echo \"{\\\"id\\\":\\\"$n\\\",\\\"verdict\\\":{\\\"good\\\":false,\\\"faults\\\":[\\\"no_face\\\"]}}\"; done",
        );
        let worker = Worker::new(good, true);
        for expected in [["1", "2"], ["3", "4"]] {
            let judged = worker.judge(vec![vec![1], vec![2]]).await.unwrap();
            assert_eq!(judged.iter().map(|j| j.id.as_str()).collect::<Vec<_>>(), expected, "the same process");
        }
        drop(worker);
        let nonsense = Worker::new(script(dir.path(), "while read -r line; do echo hello; done"), false);
        assert!(matches!(nonsense.judge(vec![vec![1]]).await, Err(WorkerError::Nonsense(_))));
        let silent = Worker::new(script(dir.path(), "exit 3"), false);
        assert!(matches!(silent.judge(vec![vec![1]]).await, Err(WorkerError::Nonsense(_) | WorkerError::Broken(_))));
        let missing = Worker::new(dir.path().join("nothing"), false);
        assert!(matches!(missing.judge(vec![vec![1]]).await, Err(WorkerError::Start(..))));
    }
}
