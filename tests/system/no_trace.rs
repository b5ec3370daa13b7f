//! Faces of people leave no trace: after strangers passed, and somebody whose enrolment was withdrawn, every file, table and
//! broker store of a run is decoded and searched for the faces that stood at its gates, as a picture or as a template. What
//! was planted is found, so the search can fail.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use edge_node::detection::ObjectDetector as _;
use edge_node::detection::net::NetDetector;
use edge_node::inference::{ModelStore, Role};
use edge_node::picture::BgrPicture;
use edge_node::picture::file::{FileLimits, decode};
use edge_node::recognition::enroller::Enroller;
use edge_node::recognition::face::FaceEmbedder;
use edge_node::recognition::face_landmarks::settled;
use edge_node::recognition::face_template::FaceTemplate;
use sample_video::scenes::Scene;
use sqlx::{AssertSqlSafe, Connection as _, Row as _, SqliteConnection};
use stage::checkout::models;

/// Large enough for every picture of a run; what is larger is no picture.
const LIMITS: FileLimits = FileLimits { longest_side: 8_192, memory_bytes: 512 << 20 };
/// Lengths of templates in numbers.
const LENGTHS: [usize; 2] = [128, 256];

/// Searches with the very nets that see faces at the gates, for everybody who stands at one: the person of the portrait and
/// the drawn heads. (A search for any face at all finds faces in number plates.)
pub(crate) struct Search {
    detector: NetDetector,
    embedders: Vec<(FaceEmbedder, f32)>,
    wanted: Vec<FaceTemplate>,
    found: Vec<String>,
    nearest: f32,
    pictures: usize,
    places: usize,
}

impl Search {
    /// `None` where the sample's portrait is not at hand.
    pub(crate) fn for_everybody_at_the_gates() -> Option<Self> {
        let portrait = std::fs::read(portrait()).ok()?;
        let store = ModelStore::open(&models()).unwrap();
        let detector = NetDetector::best(&store, Role::FaceDetector).unwrap().unwrap();
        let name = detector.model().name.clone();
        let embedders: Vec<(FaceEmbedder, f32)> = FaceEmbedder::all(&store)
            .unwrap()
            .into_iter()
            .map(|embedder| {
                let threshold = embedder.calibration(&name).unwrap().threshold;
                (embedder, threshold)
            })
            .collect();
        assert!(!embedders.is_empty());
        let mut search = Self {
            detector,
            embedders,
            wanted: Vec::new(),
            found: Vec::new(),
            nearest: f32::NEG_INFINITY,
            pictures: 0,
            places: 0,
        };
        search.wanted = search.faces(&decode(&portrait, LIMITS).unwrap());
        assert_eq!(search.wanted.len(), search.embedders.len(), "the portrait shows one face");
        for view in views() {
            let faces = search.faces(&view);
            search.wanted.extend(faces);
        }
        Some(search)
    }

    /// A template of every face on a picture, by every embedder.
    fn faces(&mut self, picture: &BgrPicture) -> Vec<FaceTemplate> {
        let mut templates = Vec::new();
        for face in self.detector.detect(picture).unwrap() {
            let landmarks = settled(&mut self.detector, picture, &face).unwrap();
            for (embedder, _) in &mut self.embedders {
                templates.extend(embedder.embed(picture, &landmarks));
            }
        }
        templates
    }

    /// Looks into everything below a folder; answers with what was found.
    pub(crate) async fn below(mut self, dir: &Path) -> Vec<String> {
        let mut databases = Vec::new();
        for path in files(dir) {
            let bytes = std::fs::read(&path).unwrap();
            self.bytes(&path.display().to_string(), &bytes);
            if bytes.starts_with(b"SQLite format 3\0") {
                databases.push(path);
            }
        }
        // Afterwards: whoever opens and closes a database takes its log away, which is searched as well.
        for path in databases {
            self.tables(&path).await;
        }
        eprintln!(
            "no trace: {} places and {} pictures searched for {} templates; the nearest is {:+.3} from its threshold",
            self.places,
            self.pictures,
            self.wanted.len(),
            self.nearest
        );
        assert!(self.places > 20 && self.pictures > 0, "too little was there to be searched");
        self.found
    }

    async fn tables(&mut self, path: &Path) {
        let mut db = SqliteConnection::connect(&format!("sqlite:{}", path.display())).await.unwrap();
        let tables: Vec<String> =
            sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table'").fetch_all(&mut db).await.unwrap();
        for table in tables {
            let rows =
                sqlx::query(AssertSqlSafe(format!("SELECT * FROM \"{table}\""))).fetch_all(&mut db).await.unwrap();
            for row in rows {
                for column in 0..row.len() {
                    let place = format!("{} {table}.{column}", path.display());
                    if let Ok(Some(bytes)) = row.try_get_unchecked::<Option<Vec<u8>>, _>(column) {
                        self.bytes(&place, &bytes);
                        self.template(&place, &bytes);
                    }
                }
            }
        }
    }

    /// Pictures in these bytes, plain or in base64.
    fn bytes(&mut self, place: &str, bytes: &[u8]) {
        self.places += 1;
        for start in starts(bytes, b"\xff\xd8\xff").chain(starts(bytes, b"\x89PNG\r\n\x1a\n")) {
            self.picture(place, &bytes[start..]);
        }
        for mark in [&b"/9j/"[..], b"iVBORw0KGgo"] {
            for start in starts(bytes, mark) {
                let text = &bytes[start..];
                let end = text.iter().position(|b| !is_base64(*b)).unwrap_or(text.len());
                let whole = &text[..end / 4 * 4];
                if let Ok(decoded) = STANDARD_NO_PAD.decode(whole) {
                    self.picture(place, &decoded);
                }
            }
        }
        self.base64_templates(place, bytes);
    }

    fn picture(&mut self, place: &str, bytes: &[u8]) {
        let Ok(picture) = decode(bytes, LIMITS) else { return };
        self.pictures += 1;
        if self.faces(&picture).iter().any(|face| self.is_wanted(face)) {
            self.found.push(format!("{place}: a picture of a face"));
        }
    }

    fn is_wanted(&mut self, face: &FaceTemplate) -> bool {
        let threshold =
            self.embedders.iter().find(|(e, _)| e.model().sha256 == Some(face.embedder())).map(|(_, t)| *t).unwrap();
        let likeness = self.wanted.iter().filter_map(|w| w.similarity(face)).fold(f32::NEG_INFINITY, f32::max);
        self.nearest = self.nearest.max(likeness - threshold);
        likeness >= threshold
    }

    fn base64_templates(&mut self, place: &str, bytes: &[u8]) {
        for run in bytes.split(|b| !is_base64(*b)).filter(|run| run.len() >= 600) {
            if let Ok(decoded) = STANDARD_NO_PAD.decode(run) {
                self.template(place, &decoded);
            }
        }
    }

    fn template(&mut self, place: &str, bytes: &[u8]) {
        for length in LENGTHS {
            if bytes.len() != length * 4 {
                continue;
            }
            let numbers: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect();
            let templates: Vec<FaceTemplate> = self
                .embedders
                .iter()
                .filter_map(|(e, _)| e.enrolled(e.model().sha256.unwrap(), numbers.clone()))
                .collect();
            if templates.iter().any(|template| self.is_wanted(template)) {
                self.found.push(format!("{place}: a template"));
            }
        }
    }
}

/// Everybody who comes to a gate of the sample, at the best moment.
fn views() -> Vec<BgrPicture> {
    let mut views = Vec::new();
    for scene in [Scene::Gate, Scene::Gate2] {
        let mut stage = scene.lay_out(None).unwrap();
        let moments: Vec<f64> = stage
            .truth()
            .gate
            .iter()
            .flat_map(|gate| &gate.visits)
            .map(|visit| visit.straight.or(visit.near).unwrap_or(visit.seen))
            .map(|span| (span.from_s + span.to_s) / 2.0)
            .collect();
        assert!(moments.len() > 2);
        for at in moments {
            let frame = stage.frame((at * f64::from(scene.fps())) as u32);
            views.push(BgrPicture::from_rgb(frame.width as u32, frame.height as u32, frame.to_rgb()).unwrap());
        }
    }
    views
}

fn portrait() -> PathBuf {
    models().join("cache/portrait.png")
}

fn is_base64(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'+' || b == b'/'
}

fn starts<'a>(bytes: &'a [u8], mark: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    bytes.windows(mark.len()).enumerate().filter(move |(_, window)| *window == mark).map(|(start, _)| start)
}

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap() {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            all.extend(files(&entry.path()));
        } else if kind.is_file() {
            all.push(entry.path());
        }
    }
    all
}

/// The search finds what it looks for, in each place where it might hide.
#[tokio::test]
async fn a_planted_face_is_found_as_a_picture_in_base64_in_a_table_and_as_a_template() {
    let Some(search) = Search::for_everybody_at_the_gates() else {
        eprintln!("not run: the search for faces: the portrait is not at hand (run models/pull)");
        return;
    };
    let face = std::fs::read(portrait()).unwrap();
    let judged =
        Enroller::open(&ModelStore::open(&models()).unwrap()).unwrap().judge("portrait".into(), &face).unwrap();
    let numbers = judged.templates[0].numbers().unwrap();
    let template = numbers.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for n in 0..20 {
        std::fs::write(at(&format!("harmless-{n}")), vec![n; 2000]).unwrap();
    }
    std::fs::write(at("plain"), [b"head".as_slice(), &face, b"tail"].concat()).unwrap();
    std::fs::write(at("text"), format!("{{\"x\":\"{}\"}}", STANDARD_NO_PAD.encode(&face))).unwrap();
    std::fs::write(at("template"), format!("{{\"x\":\"{}\"}}", STANDARD_NO_PAD.encode(&template))).unwrap();
    let path = at("table.sqlite");
    let mut db = SqliteConnection::connect(&format!("sqlite:{}?mode=rwc", path.display())).await.unwrap();
    sqlx::raw_sql("CREATE TABLE t (a BLOB, b TEXT)").execute(&mut db).await.unwrap();
    sqlx::query("INSERT INTO t VALUES ($1, 'x'), ($2, 'y')")
        .bind(&face)
        .bind(&template)
        .execute(&mut db)
        .await
        .unwrap();
    db.close().await.unwrap();
    let found = search.below(folder.path()).await.join("\n");
    for name in ["plain: a picture", "text: a picture", "template: a template", "t.0: a picture", "t.0: a template"] {
        assert!(found.contains(name), "{name} was not found: {found}");
    }
    assert!(!found.contains("harmless"), "{found}");
}
