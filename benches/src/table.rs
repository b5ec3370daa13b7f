//! CSV files by the names of their columns, and where the paths in them start. Reads only.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

/// The rows of a CSV file, these columns of each, and where its relative paths start: here, or beside the file.
pub(crate) struct Table {
    /// In the order of the columns asked for.
    pub(crate) rows: Vec<Vec<String>>,
    beside: PathBuf,
}

impl Table {
    /// Every row, or why not.
    pub(crate) fn read(path: &Path, columns: &[&str]) -> anyhow::Result<Self> {
        let reading = || format!("reading {}", path.display());
        let mut reader = csv::Reader::from_path(path).with_context(reading)?;
        let header = reader.headers().with_context(reading)?.clone();
        let places: Vec<usize> = columns
            .iter()
            .map(|column| header.iter().position(|name| name.trim() == *column).ok_or(column))
            .collect::<Result<_, _>>()
            .map_err(|missing| anyhow::anyhow!("{} has no column {missing:?}", path.display()))?;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.with_context(reading)?;
            rows.push(places.iter().map(|place| record.get(*place).unwrap_or_default().to_owned()).collect());
        }
        if rows.is_empty() {
            bail!("{} has no rows", path.display());
        }
        Ok(Self { rows, beside: path.parent().unwrap_or(Path::new("")).to_owned() })
    }

    /// A path as given, or beside the table where it is not here.
    pub(crate) fn place(&self, file: &str) -> PathBuf {
        let here = PathBuf::from(file);
        if here.is_absolute() || here.exists() { here } else { self.beside.join(file) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_read_by_the_names_of_their_columns() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pairs.csv");
        std::fs::write(&path, "same,file_b,file_a\n1,\"b, c.jpg\",a.jpg\n").unwrap();
        let table = Table::read(&path, &["file_a", "file_b"]).unwrap();
        assert_eq!(table.rows, [["a.jpg", "b, c.jpg"]]);
        assert_eq!(table.place("a.jpg"), folder.path().join("a.jpg"));
        assert_eq!(table.place("/x/a.jpg"), Path::new("/x/a.jpg"));
        let error = Table::read(&path, &["file"]).err().unwrap().to_string();
        assert!(error.contains("has no column \"file\""), "{error}");
        std::fs::write(&path, "file\n").unwrap();
        assert!(Table::read(&path, &["file"]).err().unwrap().to_string().contains("no rows"));
    }
}
