//! `concord lsp`: the language server over standard input and output.

use clap::Args;
use lsp_server::{Connection, Message};

use super::{Outcome, SharedArguments};
use crate::amend::Forms;
use crate::check::{Editor, Rules};
use crate::law::Jurisdiction;
use crate::report::select;

#[derive(Debug, Args)]
pub(crate) struct LspArguments {
    /// Profile to measure against, or one requirement.
    #[arg(long, short, default_value = "core")]
    profile: String,
    /// Whose bills they are, for the instruments that bind.
    #[arg(long, value_name = "CODE", default_value = "-")]
    jurisdiction: String,
    /// Talk over standard input and output (the only way, and the default).
    #[arg(long)]
    stdio: bool,
}

pub(crate) fn run(arguments: &LspArguments, shared: &SharedArguments) -> anyhow::Result<Outcome> {
    // A mistyped profile is told before an editor waits for answers.
    let (mappings, _) = shared.load_for(&["en"])?;
    select(&mappings, &arguments.profile)?;
    let load = |language: &str| -> anyhow::Result<Rules> {
        let (mappings, annotator) = shared.load_for(&[language])?;
        let forms = Forms::new(&mappings)?;
        Ok(Rules {
            mappings,
            annotator,
            forms,
        })
    };
    let jurisdiction = Jurisdiction::new(&arguments.jurisdiction);
    let mut editor = Editor::new(&load, &arguments.profile, jurisdiction);
    let (connection, threads) = Connection::stdio();
    connection.initialize(Editor::capabilities())?;
    for message in &connection.receiver {
        if let Message::Request(request) = &message
            && connection.handle_shutdown(request)?
        {
            break;
        }
        for answer in editor.handle(message) {
            connection.sender.send(answer)?;
        }
    }
    drop(connection);
    threads.join()?;
    Ok(Outcome::Done)
}
