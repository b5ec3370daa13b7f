//! Lines out of a CSV or XLSX file, as text; days as `yyyy-mm-dd`. Knows nothing of people.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader as _, Xlsx};

/// Largest spreadsheet.
const FILE_BYTES: u64 = 64 << 20;

/// Why a spreadsheet is not read.
#[derive(Debug, thiserror::Error)]
pub enum SpreadsheetError {
    /// It cannot be opened.
    #[error("reading {0}")]
    File(PathBuf, #[source] std::io::Error),
    /// It is larger than any list of people.
    #[error("{0} is larger than 64 MiB")]
    TooLarge(PathBuf),
    /// It is no CSV.
    #[error("reading {0} as CSV in UTF-8")]
    Csv(PathBuf, #[source] csv::Error),
    /// It is no XLSX.
    #[error("reading {0} as XLSX")]
    Xlsx(PathBuf, #[source] calamine::XlsxError),
    /// It is neither.
    #[error("{0} is neither .csv nor .xlsx")]
    Kind(PathBuf),
}

/// Lines with their numbers, from 1.
pub(super) type Lines = Vec<(usize, Vec<String>)>;

/// Every line of a file, by the kind its name says.
pub(super) fn lines(file: &Path) -> Result<Lines, SpreadsheetError> {
    let size = std::fs::metadata(file).map_err(|source| SpreadsheetError::File(file.to_owned(), source))?.len();
    if size > FILE_BYTES {
        return Err(SpreadsheetError::TooLarge(file.to_owned()));
    }
    let bytes = std::fs::read(file).map_err(|source| SpreadsheetError::File(file.to_owned(), source))?;
    lines_of(file, &bytes)
}

/// Every line of a file's content, by the kind its name says.
pub(super) fn lines_of(file: &Path, bytes: &[u8]) -> Result<Lines, SpreadsheetError> {
    let kind = file.extension().map(|e| e.to_string_lossy().to_lowercase());
    match kind.as_deref() {
        Some("csv") => csv_lines(file, bytes),
        Some("xlsx") => xlsx_lines(file, bytes),
        _ => Err(SpreadsheetError::Kind(file.to_owned())),
    }
}

fn csv_lines(file: &Path, bytes: &[u8]) -> Result<Lines, SpreadsheetError> {
    let bad = |source| SpreadsheetError::Csv(file.to_owned(), source);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut lines = Lines::new();
    for record in reader.records() {
        let record = record.map_err(bad)?;
        let line = record.position().map_or(lines.len() + 1, |at| usize::try_from(at.line()).unwrap_or(usize::MAX));
        lines.push((line, record.iter().map(str::to_owned).collect()));
    }
    Ok(lines)
}

fn xlsx_lines(file: &Path, bytes: &[u8]) -> Result<Lines, SpreadsheetError> {
    let bad = |source| SpreadsheetError::Xlsx(file.to_owned(), source);
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(bad)?;
    let Some(sheet) = book.worksheet_range_at(0) else { return Ok(Lines::new()) };
    let sheet = sheet.map_err(bad)?;
    let first = sheet.start().map_or(0, |(row, _)| usize::try_from(row).unwrap_or(0));
    let text = |cell: &Data| match cell {
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) => text.chars().take(10).collect(),
        other => other.to_string(),
    };
    Ok(sheet.rows().enumerate().map(|(i, row)| (first + i + 1, row.iter().map(text).collect())).collect())
}
