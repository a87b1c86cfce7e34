//! How far a run has come, on stderr.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use crate::corpus::Progress;

/// Shows progress: a bar on a terminal, a line per quarter elsewhere, nothing
/// when the user asked for quiet.
#[derive(Debug)]
pub(crate) enum Reporter {
    /// Nothing.
    Quiet,
    /// Lines, with the last quarter that was printed.
    Lines(AtomicUsize),
    /// A bar.
    Bar(ProgressBar),
}

impl Reporter {
    /// The reporter for this process's stderr.
    pub(crate) fn new(quiet: bool) -> Self {
        if quiet {
            return Reporter::Quiet;
        }
        if !std::io::stderr().is_terminal() {
            return Reporter::Lines(AtomicUsize::new(0));
        }
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:32}] {pos}/{len}") {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message("reading");
        Reporter::Bar(bar)
    }

    /// Takes note of progress; called from several threads.
    pub(crate) fn update(&self, progress: Progress) {
        match self {
            Reporter::Quiet => {}
            Reporter::Bar(bar) => {
                bar.set_length(progress.total as u64);
                bar.set_position(progress.done as u64);
                if progress.done == progress.total {
                    bar.set_message("assessing");
                }
            }
            Reporter::Lines(printed) => {
                let quarter = progress.done * 4 / progress.total.max(1);
                if printed.fetch_max(quarter, Ordering::Relaxed) < quarter {
                    anstream::eprintln!("read {} of {} files", progress.done, progress.total);
                }
            }
        }
    }

    /// Clears the bar.
    pub(crate) fn finish(&self) {
        if let Reporter::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}
