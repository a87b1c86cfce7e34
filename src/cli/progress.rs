//! How far a long run has come, on stderr: a bar on a terminal, a plain line
//! per quarter elsewhere, nothing with `--quiet`.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use crate::corpus::Progress;

/// Progress of one piece of work.
pub(crate) struct ProgressLine {
    name: &'static str,
    form: Form,
}

enum Form {
    Quiet,
    /// Plain lines, with the last quarter that was printed.
    Lines(AtomicUsize),
    Bar(ProgressBar),
}

impl ProgressLine {
    /// Progress of what `name` says, for this process's stderr.
    pub fn new(name: &'static str, quiet: bool) -> Self {
        let form = if quiet {
            Form::Quiet
        } else if std::io::stderr().is_terminal() {
            let bar = ProgressBar::new(0).with_message(name);
            // A template that fails to parse leaves the plain style: still a bar.
            if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} files") {
                bar.set_style(style);
            }
            Form::Bar(bar)
        } else {
            Form::Lines(AtomicUsize::new(0))
        };
        Self { name, form }
    }

    /// Shows a new state; called from several threads.
    pub fn show(&self, progress: Progress) {
        match &self.form {
            Form::Quiet => {}
            Form::Lines(printed) => {
                let quarter = progress.done * 4 / progress.total.max(1);
                if printed.fetch_max(quarter, Ordering::Relaxed) < quarter {
                    let (done, total) = (progress.done, progress.total);
                    anstream::eprintln!("{}: {done} of {total} files", self.name);
                }
            }
            Form::Bar(bar) => {
                bar.set_length(progress.total as u64);
                bar.set_position(progress.done as u64);
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
