//! How far a long run has come, on stderr: a bar on a terminal, nothing in a
//! pipe or with `--quiet`.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::corpus::Progress;

/// A bar that knows when to stay silent.
pub(crate) struct ProgressLine {
    bar: ProgressBar,
}

impl ProgressLine {
    /// A bar with the name of what is done; hidden when `quiet`.
    pub fn new(name: &'static str, quiet: bool) -> Self {
        let target = if quiet {
            ProgressDrawTarget::hidden()
        } else {
            ProgressDrawTarget::stderr()
        };
        let bar = ProgressBar::with_draw_target(Some(0), target).with_message(name);
        // A template that fails to parse leaves the plain style: still a bar.
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} files") {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// Shows a new state; called from several threads.
    pub fn show(&self, progress: Progress) {
        self.bar.set_length(progress.total as u64);
        self.bar.set_position(progress.done as u64);
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
