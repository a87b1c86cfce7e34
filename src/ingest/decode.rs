//! Bytes to text: byte order marks, declared character sets checked against
//! the bytes, a guess when neither fits; line ends made uniform.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::law::{Problem, ProblemKind};

/// How much of a file may hold a declaration of its character set.
const DECLARATION_WINDOW: usize = 4096;

/// Invalid sequences per hundred non-ASCII bytes up to which a text still
/// counts as damaged UTF-8 rather than as another encoding.
const TOLERATED_PERCENT: usize = 2;

/// A decoded file.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    /// The text; line ends are `\n`. The bytes themselves where they are
    /// UTF-8 with such line ends, as most are.
    pub(crate) text: Cow<'a, str>,
    /// Name of the encoding the bytes were read with (WHATWG name).
    pub(crate) encoding: &'static str,
    /// What was wrong with the bytes.
    pub(crate) problems: Vec<Problem>,
}

/// Decodes a file that is text. The bytes decide: a declared character set is
/// used only if the bytes are not valid UTF-8 and fit the declaration.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let (text, encoding, problems) = letters(bytes);
    Decoded {
        text: uniform_line_ends(text),
        encoding: encoding.name(),
        problems,
    }
}

/// The text with the lines that an editor counts: form feeds and the line ends
/// of Unicode stay what they are.
pub(crate) fn decode_lines(bytes: &[u8]) -> String {
    let (text, ..) = letters(bytes);
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.into_owned()
    }
}

/// The text with the encoding it was read with and what was wrong with it.
fn letters(bytes: &[u8]) -> (Cow<'_, str>, &'static Encoding, Vec<Problem>) {
    let mut problems = Vec::new();
    let (text, encoding) = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if damaged {
            problems.push(invalid(encoding));
        }
        (text, encoding)
    } else if let Some(encoding) = unmarked_utf16(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(bytes);
        if damaged {
            problems.push(invalid(encoding));
        }
        (text, encoding)
    } else {
        without_mark(bytes, &mut problems)
    };
    (text, encoding, problems)
}

fn invalid(encoding: &'static Encoding) -> Problem {
    Problem::new(
        ProblemKind::InvalidEncoding,
        format!("some bytes are not valid {}", encoding.name()),
    )
}

fn without_mark<'a>(
    bytes: &'a [u8],
    problems: &mut Vec<Problem>,
) -> (Cow<'a, str>, &'static Encoding) {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return (Cow::Borrowed(text), UTF_8),
        Err(error) => error,
    };
    let declared = declared_charset(bytes);
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8)
        && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes)
    {
        return (text, encoding);
    }
    // A file that is UTF-8 but for a cut or a few wrong bytes stays UTF-8.
    let lossy = String::from_utf8_lossy(bytes);
    let wrong = lossy.chars().filter(|c| *c == '\u{fffd}').count();
    let foreign = bytes.iter().filter(|b| !b.is_ascii()).count();
    let cut_at_the_end = error.error_len().is_none();
    if cut_at_the_end || wrong * 100 <= foreign * TOLERATED_PERCENT {
        problems.push(Problem::new(
            ProblemKind::InvalidEncoding,
            format!(
                "{wrong} byte sequences are not valid UTF-8, the first at byte {}",
                error.valid_up_to()
            ),
        ));
        return (lossy, UTF_8);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let (text, damaged) = guess.decode_without_bom_handling(bytes);
    if damaged {
        problems.push(invalid(guess));
    }
    if declared == Some(UTF_8) {
        problems.push(Problem::new(
            ProblemKind::InvalidEncoding,
            format!("declared as UTF-8 but written in {}", guess.name()),
        ));
    }
    (text, guess)
}

/// The character set a `charset=` or `encoding=` near the start names.
fn declared_charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION_WINDOW)];
    let head = WINDOWS_1252
        .decode_without_bom_handling(head)
        .0
        .to_ascii_lowercase();
    ["charset", "encoding"].into_iter().find_map(|key| {
        head.match_indices(key).find_map(|(at, _)| {
            let rest = head[at + key.len()..].trim_start();
            let rest = rest.strip_prefix('=')?.trim_start();
            let label: String = rest
                .trim_start_matches(['"', '\''])
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
                .collect();
            Encoding::for_label(label.as_bytes())
        })
    })
}

/// UTF-16 without a mark: half of the bytes of Western markup are zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(DECLARATION_WINDOW)];
    if sample.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| {
        sample
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let half = sample.len() / 2;
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 > half * 3 && even * 10 < half {
        Some(UTF_16LE)
    } else if even * 10 > half * 3 && odd * 10 < half {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether any line ends otherwise than in `\n`; bytes are quicker than characters.
fn has_odd_line_ends(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b'\r' | 0x0b | 0x0c => true,
        // U+0085, U+2028, U+2029.
        0xc2 => bytes.get(at + 1) == Some(&0x85),
        0xe2 => matches!(bytes.get(at + 1..at + 3), Some([0x80, 0xa8 | 0xa9])),
        _ => false,
    })
}

/// CR, CR LF, form feeds and the Unicode line ends become `\n`.
fn uniform_line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    if !has_odd_line_ends(text.as_bytes()) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() == Some(&'\n') {
                    chars.next();
                }
                out.push('\n');
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::law::ProblemKind;
    use proptest::prelude::*;

    #[test]
    fn the_bytes_decide_and_the_declaration_helps() {
        let utf16: Vec<u8> = "\u{feff}Ärger\r\nÄpfel"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (bytes, encoding, text) in [
            (
                "\u{feff}Señal\r\nfin".as_bytes().to_vec(),
                "UTF-8",
                "Señal\nfin",
            ),
            (utf16, "UTF-16LE", "Ärger\nÄpfel"),
            // Declared Latin-1, but valid UTF-8.
            (
                "<meta charset=iso-8859-1>ação".as_bytes().to_vec(),
                "UTF-8",
                "<meta charset=iso-8859-1>ação",
            ),
            (
                b"<?xml encoding=\"ISO-8859-1\"?>a\xe7\xe3o\rfim".to_vec(),
                "windows-1252",
                "<?xml encoding=\"ISO-8859-1\"?>ação\nfim",
            ),
        ] {
            let decoded = decode(&bytes);
            assert_eq!((decoded.encoding, &*decoded.text), (encoding, text));
            assert!(decoded.problems.is_empty());
        }
    }

    #[test]
    fn lines_are_counted_as_an_editor_counts_them() {
        let bytes = "one\r\n\u{c}two\rthree\u{2028}".as_bytes();
        assert_eq!(super::decode_lines(bytes), "one\n\u{c}two\nthree\u{2028}");
        assert_eq!(decode(bytes).text, "one\n\ntwo\nthree\n");
    }

    #[test]
    fn a_text_cut_inside_a_letter_is_still_utf_8_and_reported() {
        let bytes = "quiconque aura enlevé".as_bytes();
        let decoded = decode(&bytes[..bytes.len() - 1]);
        assert_eq!(decoded.encoding, "UTF-8");
        assert_eq!(decoded.problems[0].kind, ProblemKind::InvalidEncoding);
    }

    proptest! {
        #[test]
        fn any_bytes_decode_without_carriage_returns(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(!decode(&bytes).text.contains('\r'));
        }
    }
}
