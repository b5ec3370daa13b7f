//! Picture files into pixels, with limits that hold before anything is decoded: files come from anywhere.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use edge_node::picture::BgrPicture;
use image::{ImageReader, Limits};

/// A file larger than this is not read.
const MOST_BYTES: u64 = 40 << 20;
/// A picture with a longer side than this is not decoded.
const LONGEST_SIDE: u32 = 12_000;
/// Decoding may take this much memory.
const MOST_MEMORY: u64 = 512 << 20;

/// The pixels of a JPEG or PNG file.
pub(crate) fn load(path: &Path) -> anyhow::Result<BgrPicture> {
    let mut bytes = Vec::new();
    let file = File::open(path).context("could not be opened")?;
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).context("could not be read")?;
    if bytes.len() as u64 > MOST_BYTES {
        bail!("is larger than {} MB", MOST_BYTES >> 20);
    }
    let reader = ImageReader::new(Cursor::new(&bytes)).with_guessed_format().context("could not be read")?;
    let (width, height) = reader.into_dimensions().context("is no picture that can be read")?;
    if width.max(height) > LONGEST_SIDE || width == 0 || height == 0 {
        bail!("has {width}x{height} pixels, more than {LONGEST_SIDE} on a side");
    }
    let mut reader = ImageReader::new(Cursor::new(&bytes)).with_guessed_format().context("could not be read")?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let rgb = reader.decode().context("is a damaged picture")?.to_rgb8();
    let (width, height) = rgb.dimensions();
    BgrPicture::from_rgb(width, height, rgb.into_raw()).context("could not be taken")
}

/// The paths of the arguments, then those of the list, one a line; empty lines are left out.
pub(crate) fn paths(list: Option<&Path>, arguments: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let mut paths = arguments.to_vec();
    if let Some(list) = list {
        let file = File::open(list).with_context(|| format!("the list {} could not be opened", list.display()))?;
        for line in BufReader::new(file).lines() {
            let line = line.with_context(|| format!("the list {} could not be read", list.display()))?;
            if !line.trim().is_empty() {
                paths.push(PathBuf::from(line.trim_end_matches(['\r', '\n'])));
            }
        }
    }
    if paths.is_empty() {
        bail!("no pictures were named: give FILE… or --files LIST");
    }
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damaged_and_missing_files_are_errors_with_words() {
        let folder = std::env::temp_dir().join(format!("measure-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let jpeg = BgrPicture::filled(64, 64, [1, 2, 3]).unwrap().to_jpeg(90).unwrap();
        let whole = folder.join("whole.jpg");
        std::fs::write(&whole, &jpeg).unwrap();
        assert_eq!(load(&whole).unwrap().width, 64);
        let text = folder.join("text.jpg");
        std::fs::write(&text, "not a picture").unwrap();
        assert!(load(&text).is_err());
        assert!(format!("{:#}", load(&folder.join("none.jpg")).unwrap_err()).contains("opened"));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
