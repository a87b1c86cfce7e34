//! Language codes of two and of three letters.

use super::Language;

/// Codes of ISO 639-2 and 639-3 that BCP 47 writes with two letters. Of
/// several codes for a language the first is written.
const CODES: &[(&str, &str)] = &[
    ("afr", "af"),
    ("amh", "am"),
    ("ara", "ar"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cym", "cy"),
    ("dan", "da"),
    ("deu", "de"),
    ("ger", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("est", "et"),
    ("eus", "eu"),
    ("fas", "fa"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("gle", "ga"),
    ("heb", "he"),
    ("hebrew", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("ind", "id"),
    ("isl", "is"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("kat", "ka"),
    ("kaz", "kk"),
    ("khm", "km"),
    ("kin", "rw"),
    ("kor", "ko"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mlt", "mt"),
    ("msa", "ms"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nor", "no"),
    ("nob", "nb"),
    ("nno", "nn"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("spa", "es"),
    ("sqi", "sq"),
    ("srp", "sr"),
    ("swa", "sw"),
    ("swe", "sv"),
    ("tha", "th"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("vie", "vi"),
    ("zho", "zh"),
];

impl Language {
    /// The language with this code of three letters; a code that has no
    /// shorter form is kept.
    pub fn from_three_letters(code: &str) -> Self {
        let short = CODES.iter().find(|(long, _)| *long == code);
        Self::new(short.map_or(code, |(_, short)| short))
    }

    /// The code of three letters, `und` where none is known.
    pub fn three_letters(&self) -> String {
        let primary = self.primary();
        match CODES.iter().find(|(_, short)| *short == primary) {
            Some((long, _)) => (*long).to_owned(),
            None if primary.len() == 3 => primary.to_owned(),
            None => "und".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn codes_go_both_ways() {
        assert_eq!(Language::from_three_letters("fre").as_str(), "fr");
        assert_eq!(Language::new("fr-CA").three_letters(), "fra");
        assert_eq!(Language::new("").three_letters(), "und");
        assert_eq!(Language::from_three_letters("tlh").three_letters(), "tlh");
    }
}
