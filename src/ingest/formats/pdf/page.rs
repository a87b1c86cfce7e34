//! What both PDF engines deliver: words with their places on the page.

/// A word of a page. Distances are in points from the page's top left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// Its characters.
    pub(super) text: String,
    /// Left edge.
    pub(super) left: f64,
    /// Right edge.
    pub(super) right: f64,
    /// Upper edge of its box.
    pub(super) top: f64,
    /// Lower edge of its box.
    pub(super) bottom: f64,
}

impl Word {
    /// Height of the box, which grows with the size of type.
    pub(super) fn height(&self) -> f64 {
        (self.bottom - self.top).max(0.1)
    }

    /// Height of its middle on the page.
    pub(super) fn middle(&self) -> f64 {
        (self.top + self.bottom) / 2.0
    }
}

/// A page and its words.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Page {
    /// Words in the order of the file.
    pub(super) words: Vec<Word>,
}

/// One line of type.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// Its words, joined.
    pub(super) text: String,
    /// Left edge.
    pub(super) left: f64,
    /// Right edge.
    pub(super) right: f64,
    /// Upper edge.
    pub(super) top: f64,
    /// Lower edge.
    pub(super) bottom: f64,
    /// Width of its first word, blank included: would it have fitted on the
    /// line before?
    pub(super) first_width: f64,
    /// Left edge of the words after a marker such as `(a)`.
    pub(super) hang: f64,
    /// Whether it begins with a small raised figure, as footnotes do.
    pub(super) note_mark: bool,
    /// Left and right edge of the column it stands in.
    pub(super) measure: (f64, f64),
}

impl Row {
    /// Height of the type.
    pub(super) fn height(&self) -> f64 {
        (self.bottom - self.top).max(0.1)
    }

    /// Width of the column.
    pub(super) fn measure_width(&self) -> f64 {
        (self.measure.1 - self.measure.0).max(1.0)
    }

    /// Room left at the right end of the line.
    pub(super) fn room(&self) -> f64 {
        self.measure.1 - self.right
    }
}

/// The rows of a page.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    /// Rows in reading order.
    pub(super) rows: Vec<Row>,
}
