//! How far a long run has come, on stderr: a bar on a terminal, a plain line
//! per quarter elsewhere, nothing with `--quiet`.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use crate::corpus::{Progress, Stage};

/// Most characters of a file's name that the bar shows.
const MOST_OF_A_NAME: usize = 48;

/// Progress of one piece of work.
pub(crate) struct ProgressLine {
    form: Form,
}

enum Form {
    Quiet,
    /// Plain lines, with the last quarter that was printed, per stage.
    Lines([AtomicUsize; 3]),
    Bar(ProgressBar),
}

impl ProgressLine {
    /// Progress for this process's stderr.
    pub fn new(quiet: bool) -> Self {
        let form = if quiet {
            Form::Quiet
        } else if std::io::stderr().is_terminal() {
            let bar = ProgressBar::new(0);
            // A template that fails to parse leaves the plain style: still a bar.
            let template = "{prefix:>9} {bar:24} {pos}/{len} files  {msg}";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            Form::Bar(bar)
        } else {
            Form::Lines(Default::default())
        };
        Self { form }
    }

    /// Shows a new state; called from several threads.
    pub fn show(&self, progress: Progress<'_>) {
        let Progress { done, total, .. } = progress;
        let name = progress.stage.name();
        match &self.form {
            Form::Quiet => {}
            Form::Lines([reading, assessing, indexing]) => {
                let printed = match progress.stage {
                    Stage::Reading => reading,
                    Stage::Assessing => assessing,
                    Stage::Indexing => indexing,
                };
                let quarter = done * 4 / total.max(1);
                if printed.fetch_max(quarter, Ordering::Relaxed) < quarter {
                    anstream::eprintln!("{name}: {done} of {total} files, {}", progress.file);
                }
            }
            Form::Bar(bar) => {
                bar.set_prefix(name);
                bar.set_length(total as u64);
                bar.set_position(done as u64);
                bar.set_message(end_of(progress.file));
            }
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Form::Bar(bar) = &self.form {
            bar.finish_and_clear();
        }
    }
}

/// The end of a long name, which tells more than its beginning.
fn end_of(name: &str) -> String {
    let cut = name.chars().count().saturating_sub(MOST_OF_A_NAME);
    if cut == 0 {
        return name.to_owned();
    }
    let end: String = name.chars().skip(cut + 1).collect();
    format!("…{end}")
}
