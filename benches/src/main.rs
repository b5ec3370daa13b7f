//! `measure`: accuracy on folders of pictures, one JSON line a picture. For people who build the system: it refuses to run
//! where a node identity exists, for it is no search tool for the field. Never part of a release package.

mod calibrate;
mod faces;
mod guard;
mod pictures;
mod plates;
mod roc;
mod roc_picture;
mod table;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Measures what the nets of this machine make of pictures.
#[derive(Debug, Parser)]
#[command(name = "measure", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Reads number plates; one JSON line a picture on standard output.
    Plates {
        /// Each picture is one plate, more or less tightly cut.
        #[arg(long)]
        crops: bool,
        /// A file with one path a line, read besides the arguments.
        #[arg(long, value_name = "LIST")]
        files: Option<PathBuf>,
        /// Which nets read.
        #[arg(long, value_enum, default_value_t)]
        readers: plates::Readers,
        /// Pictures, JPEG or PNG.
        #[arg(value_name = "FILE")]
        pictures: Vec<PathBuf>,
    },
    /// How alike the faces of pairs of pictures are; CSV on standard output.
    CompareFaces {
        /// `file_a,file_b`; other columns are ignored.
        #[arg(long, value_name = "CSV")]
        pairs: PathBuf,
        #[command(flatten)]
        nets: faces::Nets,
    },
    /// Who of those enrolled is most like each probe; CSV on standard output.
    IdentifyFaces {
        /// `file,label`; several rows of a label are several pictures of one person.
        #[arg(long, value_name = "CSV")]
        enrol: PathBuf,
        /// `file`.
        #[arg(long, value_name = "CSV")]
        probes: PathBuf,
        #[command(flatten)]
        nets: faces::Nets,
    },
    /// At which score two faces count as one person's: ROC as text and picture, and a block for models/manifest.toml.
    Calibrate(calibrate::Calibrate),
}

fn main() -> ExitCode {
    let outcome = guard::refuse_beside_a_node().and_then(|()| match Arguments::parse().command {
        Command::Plates { crops, files, readers, pictures } => plates::run(crops, readers, files.as_deref(), &pictures),
        Command::CompareFaces { pairs, nets } => faces::compare(&pairs, &nets),
        Command::IdentifyFaces { enrol, probes, nets } => faces::identify(&enrol, &probes, &nets),
        Command::Calibrate(options) => calibrate::run(&options),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads the results stopped reading: that is no fault.
        Err(error)
            if error.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe) =>
        {
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "measure: {error:#}");
            ExitCode::FAILURE
        }
    }
}
