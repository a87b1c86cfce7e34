//! A bill as a text of its own: the law it would make.

use crate::amend::{Forms, recognise};
use crate::annotate::fold_words;
use crate::ingest::{self, IngestError, Metadata, SourceFile, SourceText, source_text};
use crate::law::{Act, Jurisdiction, Provision, ProvisionId, Span, Standing, UnitKind};

/// A bill, read.
#[derive(Debug)]
pub struct Bill {
    /// The bill. Words that it puts into other acts count as its own; notes
    /// and explanations between the clauses do not.
    pub act: Act,
    /// The words of the file, to name lines, pages or paragraphs.
    pub source: Option<SourceText>,
}

/// Whose bill it is, when neither the command nor the file says.
pub const NO_JURISDICTION: &str = "-";

impl Bill {
    /// Reads a bill. Never panics on any input.
    ///
    /// # Errors
    /// When no text can be made of the bytes; see [`IngestError`].
    pub fn read(
        file: &str,
        bytes: &[u8],
        jurisdiction: &Jurisdiction,
        language: &str,
    ) -> Result<Self, IngestError> {
        let act = ingest::read(&SourceFile {
            jurisdiction: jurisdiction.clone(),
            file: file.to_owned(),
            bytes,
            declared: Metadata {
                language: language.to_owned(),
                ..Metadata::default()
            },
        })?;
        Ok(Self {
            act,
            source: source_text(bytes),
        })
    }

    /// The bill as law: quoted words count, notes do not.
    pub fn as_law(&self, forms: &Forms) -> Act {
        self.as_law_amending(forms).0
    }

    /// The same, and whether the bill changes other acts.
    pub(super) fn as_law_amending(&self, forms: &Forms) -> (Act, bool) {
        let mut act = self.act.clone();
        for provision in &mut act.provisions {
            if provision.standing == Standing::Quoted {
                provision.standing = Standing::InForce;
            }
        }
        set_notes_apart(&mut act, forms);
        let amending = set_directions_apart(&mut act, &self.act, forms);
        (act, amending)
    }
}

/// Words that direct an amendment are no law themselves; the words that they
/// put into another act are. `read` is the bill with its quoted units marked.
/// Answers whether the bill changes other acts.
fn set_directions_apart(act: &mut Act, read: &Act, forms: &Forms) -> bool {
    /// Fewer words that may amend are no amendment.
    const CERTAIN: usize = 3;
    if !forms.may_amend(read) {
        return false;
    }
    let quoted = |provision: &Provision| provision.standing == Standing::Quoted;
    let quotes = read.provisions.iter().any(quoted);
    let mut read = read.clone();
    set_notes_apart(&mut read, forms);
    let instructions = recognise(&read, forms);
    let amending =
        quotes || !instructions.found.is_empty() || instructions.unrecognised.len() >= CERTAIN;
    let recognised = instructions.found.iter().map(|found| found.span);
    let others = instructions.unrecognised.iter().map(|other| other.span);
    let spans: Vec<Span> = recognised.chain(others).collect();
    for span in spans {
        // A direction that opens its unit stands before the unit's children.
        let id = act.innermost_at(span.start);
        let opens = act.provision(id).span.start == span.start;
        if !opens {
            stand_apart(act, span, Standing::Note);
        }
    }
    amending
}

/// Makes each paragraph that opens as a note a unit of its own that does not
/// count: explanations stand between the clauses of bills.
pub fn set_notes_apart(act: &mut Act, forms: &Forms) {
    let notes = forms.notes(act.language.as_str());
    if notes.is_empty() {
        return;
    }
    // Folding every line takes longer than looking at its first letter.
    let letters: Vec<char> = notes
        .iter()
        .filter_map(|note| note.chars().next())
        .collect();
    let may_open = |line: &str| {
        let first = line.chars().find(|c| c.is_alphanumeric());
        first.is_some_and(|c| !c.is_ascii() || letters.contains(&c.to_ascii_lowercase()))
    };
    let mut found: Vec<Span> = Vec::new();
    let mut start = 0;
    for line in act.text.as_str().split_inclusive('\n') {
        let words = line.trim_end();
        if may_open(words) {
            let opening: String = words.chars().take(60).collect();
            let folded = fold_words(&opening).join(" ");
            if notes.iter().any(|note| folded.starts_with(note.as_str())) {
                found.push(Span::new(start, start + words.len()));
            }
        }
        start += line.len();
    }
    for span in found {
        stand_apart(act, span, Standing::Note);
    }
}

/// Puts a stretch of text into a unit of its own with this standing, unless it
/// is the heading or the beginning of a unit.
pub fn stand_apart(act: &mut Act, span: Span, standing: Standing) {
    let parent = act.innermost_at(span.start);
    if act.provision(parent).span.start == span.start && parent != ProvisionId::ROOT {
        if let Some(unit) = act.provisions.get_mut(parent.index())
            && unit.span.end <= span.end
        {
            unit.standing = standing;
        }
        return;
    }
    let place = act
        .provisions
        .partition_point(|provision| provision.span.start <= span.start);
    for provision in &mut act.provisions {
        if let Some(ProvisionId(id)) = &mut provision.parent
            && *id as usize >= place
        {
            *id += 1;
        }
    }
    act.provisions.insert(
        place,
        Provision {
            parent: Some(parent),
            kind: UnitKind::Alinea,
            number: None,
            heading: None,
            span,
            body_start: span.start,
            standing,
            validity: crate::law::Validity::default(),
        },
    );
}
