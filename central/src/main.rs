//! The program `central`: hands the command line to the library and turns its outcome into an exit status. Nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    central::cli::main()
}
