//! Many people at once: a spreadsheet and a folder of pictures. Each row is a proposal like any other, with its own record and
//! its own judgement; a bad row is told by its line and stops nobody else. Rows are stored some at a time, and each is known
//! by a key of its own, so that an import that broke off goes on where it was. Nothing is approved here.

use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path, PathBuf};

use contract::clock::DAY_US;
use contract::ids::ControllerName;
use contract::signature::Sha256;
use uuid::Uuid;

use super::duplicates::KnownFaces;
use super::office::{Office, OfficeError};
use super::proposal::{Basis, GateAddress, Proposal, ProposalFault, day_start, parse_hours};
use super::spreadsheet::{self, SpreadsheetError};
use super::state::By;
use super::worker::{Judged, WorkerError};
use crate::audit::Entry;
use crate::store::{StoreError, people as table};

/// Most rows of one import.
pub const IMPORT_ROWS: usize = 50_000;
/// Rows of one transaction: a worker that dies costs no more than these.
const TOGETHER: usize = 50;

/// The columns, English and Vietnamese.
const COLUMNS: [(&str, &str); 10] = [
    ("name", "ho_ten"),
    ("unit", "don_vi"),
    ("basis", "can_cu"),
    ("consent_date", "ngay_dong_y"),
    ("valid_from", "tu_ngay"),
    ("valid_to", "den_ngay"),
    ("gates", "cong"),
    ("hours", "gio"),
    ("pictures", "anh"),
    ("key", "ma"),
];

/// Why an import is not done.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The spreadsheet is not read.
    #[error(transparent)]
    Spreadsheet(#[from] SpreadsheetError),
    /// Columns are missing.
    #[error("the first row must name the columns; missing: {0}")]
    Columns(String),
    /// Too many rows.
    #[error("{0} rows: at most {IMPORT_ROWS} are taken at once")]
    TooMany(usize),
    /// A step of the office failed.
    #[error("importing")]
    Office(#[from] OfficeError),
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Office(error.into())
    }
}

/// A row that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// Its line in the file, from 1; the first is that of the columns.
    pub line: usize,
    /// What is wrong, Vietnamese. Names nobody.
    pub words: String,
}

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Rows proposed now.
    pub proposed: usize,
    /// Rows that were there from an earlier run.
    pub skipped: usize,
    /// Rows that were not taken.
    pub faults: Vec<RowFault>,
}

struct Row {
    line: usize,
    cells: BTreeMap<&'static str, String>,
    key: [u8; 32],
}

/// Where the pictures a row names are.
enum Source {
    /// Below this folder.
    Folder(PathBuf),
    /// They came along, by name.
    Sent(BTreeMap<String, Vec<u8>>),
}

/// A spreadsheet that was read.
pub struct Import {
    rows: Vec<Row>,
    source: Source,
}

/// A row of it: where it stands, and which pictures it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// Its line in the file, from 1.
    pub line: usize,
    /// Names of picture files.
    pub pictures: Vec<String>,
}

impl std::fmt::Debug for Import {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Import({} rows)", self.rows.len())
    }
}

impl Import {
    /// Reads a spreadsheet whole.
    pub fn open(controller: &ControllerName, file: &Path, folder: &Path) -> Result<Self, ImportError> {
        Self::of(controller, spreadsheet::lines(file)?, Source::Folder(folder.to_owned()))
    }

    /// Reads a spreadsheet that was sent, by the kind its name says. Its pictures come with [`Import::only`].
    pub fn sent(controller: &ControllerName, name: &str, bytes: &[u8]) -> Result<Self, ImportError> {
        let lines = spreadsheet::lines_of(Path::new(name), bytes)?;
        Self::of(controller, lines, Source::Sent(BTreeMap::new()))
    }

    fn of(controller: &ControllerName, lines: spreadsheet::Lines, source: Source) -> Result<Self, ImportError> {
        let mut lines = lines.into_iter();
        let head = lines.next().map(|(_, cells)| cells).unwrap_or_default();
        let column = |cell: &str| {
            let cell = cell.trim().trim_start_matches('\u{feff}').to_lowercase();
            COLUMNS.iter().find(|(english, vietnamese)| cell == *english || cell == *vietnamese).map(|(name, _)| *name)
        };
        let columns: Vec<Option<&'static str>> = head.iter().map(|cell| column(cell)).collect();
        let missing: Vec<&str> = ["name", "basis", "valid_to", "gates", "pictures"]
            .into_iter()
            .filter(|needed| !columns.contains(&Some(needed)))
            .collect();
        if !missing.is_empty() {
            return Err(ImportError::Columns(missing.join(", ")));
        }
        let rows: Vec<Row> = lines
            .filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()))
            .map(|(line, cells)| {
                let cells: BTreeMap<&'static str, String> = columns
                    .iter()
                    .zip(cells)
                    .filter_map(|(column, cell)| Some(((*column)?, cell.trim().to_owned())))
                    .collect();
                let key = row_key(controller, &cells);
                Row { line, cells, key }
            })
            .collect();
        if rows.len() > IMPORT_ROWS {
            return Err(ImportError::TooMany(rows.len()));
        }
        Ok(Self { rows, source })
    }

    /// Only these lines, with these pictures.
    #[must_use]
    pub fn only(mut self, lines: &[usize], pictures: BTreeMap<String, Vec<u8>>) -> Self {
        self.rows.retain(|row| lines.contains(&row.line));
        self.source = Source::Sent(pictures);
        self
    }

    /// Its rows, with the pictures each of them names.
    #[must_use]
    pub fn list(&self) -> Vec<ImportRow> {
        let named = |row: &Row| several(row.cells.get("pictures").map(String::as_str).unwrap_or_default());
        self.rows.iter().map(|row| ImportRow { line: row.line, pictures: named(row) }).collect()
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Proposes every row that is not there yet. `progress` hears how many rows were looked at.
    pub async fn run(
        &self,
        office: &Office,
        controller: &ControllerName,
        by: By,
        entry: impl Fn() -> Entry,
        batch: Uuid,
        progress: impl Fn(usize),
    ) -> Result<ImportReport, ImportError> {
        let mut report = ImportReport::default();
        let there = table::row_keys(&mut *office.db.read().await?, controller.as_str()).await?;
        let mut there: HashSet<[u8; 32]> = there.into_iter().map(|key| key.0).collect();
        let mut known = office.known_faces(controller).await?;
        let mut gates: BTreeMap<GateAddress, bool> = BTreeMap::new();
        for (i, rows) in self.rows.chunks(TOGETHER).enumerate() {
            let mut proposals: Vec<(usize, Proposal)> = Vec::new();
            for row in rows {
                if !there.insert(row.key) {
                    report.skipped += 1;
                    continue;
                }
                match self.proposal(office, controller, row, batch, &mut gates).await? {
                    Ok(proposal) => proposals.push((row.line, proposal)),
                    Err(words) => report.faults.push(RowFault { line: row.line, words }),
                }
            }
            self.store(office, controller, (by, &entry), proposals, &mut known, &mut report).await?;
            progress((i * TOGETHER + rows.len()).min(self.rows.len()));
        }
        report.faults.sort_by_key(|fault| fault.line);
        Ok(report)
    }

    async fn store(
        &self,
        office: &Office,
        controller: &ControllerName,
        (by, entry): (By, &impl Fn() -> Entry),
        proposals: Vec<(usize, Proposal)>,
        known: &mut KnownFaces,
        report: &mut ImportReport,
    ) -> Result<(), ImportError> {
        let mut judged: Vec<Option<Vec<Judged>>> = Vec::with_capacity(proposals.len());
        for (line, proposal) in &proposals {
            match office.judge.judge(proposal.pictures.clone()).await {
                Ok(pictures) => judged.push(Some(pictures)),
                // The worker does not run at all: nobody's pictures are at fault.
                Err(error @ WorkerError::Start(..)) => return Err(OfficeError::from(error).into()),
                Err(error) => {
                    tracing::warn!(
                        error = crate::telemetry::chain(&error),
                        "the pictures of line {line} were not judged"
                    );
                    report
                        .faults
                        .push(RowFault {
                            line: *line, words: "không kiểm tra được ảnh; hãy nhập lại dòng này".into()
                        });
                    judged.push(None);
                }
            }
        }
        let mut tx = office.db.write().await?;
        for ((line, proposal), judged) in proposals.iter().zip(judged) {
            let Some(judged) = judged else { continue };
            match office.store_proposal(&mut tx, controller, (by, entry()), proposal, &judged, known).await {
                Ok(_) => report.proposed += 1,
                Err(OfficeError::Refused { pictures, .. }) => {
                    let words = pictures.iter().map(|p| format!("ảnh {}: {}", p.number, p.words.join(" ")));
                    report.faults.push(RowFault { line: *line, words: words.collect::<Vec<_>>().join("; ") });
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(tx.commit().await?)
    }

    /// A row as a proposal, or what is wrong with it.
    async fn proposal(
        &self,
        office: &Office,
        controller: &ControllerName,
        row: &Row,
        batch: Uuid,
        gates: &mut BTreeMap<GateAddress, bool>,
    ) -> Result<Result<Proposal, String>, ImportError> {
        let now = office.clock.now();
        let cell = |name: &str| row.cells.get(name).map(String::as_str).unwrap_or_default();
        let several = |name: &str| several(cell(name));
        let mut words: Vec<String> = Vec::new();
        let mut fault = |word: String| words.push(word);
        let day = |name: &str| match cell(name) {
            "" => Ok(None),
            text => {
                iso_day(text).as_deref().and_then(day_start).map(Some).ok_or(format!("ngày không đọc được ({name})"))
            }
        };
        let valid_from = day("valid_from").unwrap_or_else(|word| {
            fault(word);
            None
        });
        let valid_to = day("valid_to").unwrap_or_else(|word| {
            fault(word);
            None
        });
        let mut named: Vec<GateAddress> = Vec::new();
        for text in several("gates") {
            match text.parse() {
                Ok(gate) => named.push(gate),
                Err(bad) => fault(ProposalFault::to_string(&bad)),
            }
        }
        let hours = several("hours").iter().map(|text| parse_hours(text)).collect::<Option<Vec<_>>>();
        if hours.is_none() {
            fault(ProposalFault::Hours.to_string());
        }
        let mut pictures = Vec::new();
        for (i, name) in several("pictures").iter().enumerate() {
            match self.picture(name) {
                Some(bytes) => pictures.push(bytes),
                None => fault(format!("không đọc được tệp ảnh {}", i + 1)),
            }
        }
        let consent = cell("consent_date");
        let proposal = Proposal {
            name: cell("name").to_owned(),
            unit: cell("unit").to_owned(),
            basis: Basis {
                text: cell("basis").to_owned(),
                consent_on: (!consent.is_empty()).then(|| iso_day(consent).unwrap_or_else(|| consent.to_owned())),
            },
            valid_from: valid_from.unwrap_or(now),
            // The last day counts whole.
            valid_to: valid_to.map_or(now, |day| day.plus_us(DAY_US)),
            gates: named,
            hours: hours.unwrap_or_default(),
            pictures,
            batch: Some(batch),
            row_key: Some(row.key),
        };
        for gate in &proposal.gates {
            let there = match gates.get(gate) {
                Some(there) => *there,
                None => {
                    let there = office.unknown_gates(controller, std::slice::from_ref(gate)).await?.is_empty();
                    gates.insert(gate.clone(), there);
                    there
                }
            };
            if !there {
                fault(ProposalFault::UnknownGate(gate.to_string()).to_string());
            }
        }
        words.extend(proposal.faults(now).iter().map(ToString::to_string));
        Ok(if words.is_empty() { Ok(proposal) } else { Err(words.join("; ")) })
    }

    /// A picture below the folder, or one that was sent; nothing else is ever read.
    fn picture(&self, name: &str) -> Option<Vec<u8>> {
        let folder = match &self.source {
            Source::Folder(folder) => folder,
            Source::Sent(pictures) => return pictures.get(name).cloned(),
        };
        let below = Path::new(name).components().all(|part| matches!(part, Component::Normal(_)));
        let path = folder.join(name);
        let small = std::fs::metadata(&path).is_ok_and(|m| m.is_file() && m.len() <= 10 << 20);
        (below && small).then(|| std::fs::read(path).ok()).flatten()
    }
}

/// What a cell names, one after the other.
fn several(cell: &str) -> Vec<String> {
    cell.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// The same row of the same file has the same key: the column `key` if there is one, else what tells people apart.
fn row_key(controller: &ControllerName, cells: &BTreeMap<&'static str, String>) -> [u8; 32] {
    let cell = |name: &str| cells.get(name).map(String::as_str).unwrap_or_default();
    let text = match cell("key") {
        "" => format!("{controller}\n{}\n{}\n{}", cell("name"), cell("unit"), cell("pictures")),
        key => format!("{controller}\nkey {key}"),
    };
    Sha256::of(text.as_bytes()).0
}

/// `yyyy-mm-dd` or `dd/mm/yyyy` as `yyyy-mm-dd`.
fn iso_day(text: &str) -> Option<String> {
    if day_start(text).is_some() {
        return Some(text.to_owned());
    }
    let parts: Vec<u32> = text.split('/').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let [day, month, year] = parts[..] else { return None };
    let text = format!("{year:04}-{month:02}-{day:02}");
    day_start(&text).map(|_| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        assert_eq!(iso_day("2026-11-23").as_deref(), Some("2026-11-23"));
        assert_eq!(iso_day("23/11/2026").as_deref(), Some("2026-11-23"));
        assert_eq!(iso_day("1/2/2026").as_deref(), Some("2026-02-01"));
        for bad in ["31/02/2026", "11/23/2026", "2026", "a/b/c", ""] {
            assert_eq!(iso_day(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_file_without_its_columns_or_of_another_kind_is_told() {
        let dir = tempfile::tempdir().unwrap();
        let police: ControllerName = "police".parse().unwrap();
        let open = |name: &str, text: &str| {
            let file = dir.path().join(name);
            std::fs::write(&file, text).unwrap();
            Import::open(&police, &file, dir.path()).unwrap_err().to_string()
        };
        assert_eq!(
            open("a.csv", "ho_ten,don_vi\nA,B\n"),
            "the first row must name the columns; missing: basis, valid_to, gates, pictures"
        );
        assert!(open("a.txt", "").contains("neither"));
        assert!(open("a.xlsx", "no workbook").contains("as XLSX"));
    }
}
