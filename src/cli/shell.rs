//! `concord completions` and `concord man`: what a shell and a manual reader
//! need, made from the same arguments that the program parses.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Arguments, Outcome};

#[derive(Debug, Args)]
pub(crate) struct CompletionsArguments {
    /// Which shell.
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArguments {
    /// Write one page per command into this folder; without it the page of the
    /// program goes to stdout.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(crate) fn completions(arguments: &CompletionsArguments) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "concord", &mut script);
    // Nobody listening (a closed pipe) is no failure of ours.
    let _ = std::io::stdout().write_all(&script);
    Ok(Outcome::Done)
}

pub(crate) fn man(arguments: &ManArguments) -> anyhow::Result<Outcome> {
    let command = Arguments::command();
    let Some(folder) = &arguments.folder else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        let _ = std::io::stdout().write_all(&page);
        return Ok(Outcome::Done);
    };
    std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(command, folder))
        .with_context(|| format!("cannot write the manual to {}", folder.display()))?;
    writeln!(anstream::stdout(), "written to {}", folder.display())?;
    Ok(Outcome::Done)
}
