//! The `concord` program: parses arguments and sets the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    concord::cli::run().into()
}
