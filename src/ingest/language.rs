//! The language of a text: what was declared, else what the words look like.

use whatlang::{Lang, Script};

use crate::law::{Problem, ProblemKind};

/// Letters below which a guess is not worth making.
const ENOUGH: usize = 400;

/// Bytes of the text that the guess looks at.
const SAMPLE: usize = 12_000;

/// BCP 47 tag of the language a text seems to be in, if it is long enough and
/// the answer is clear.
pub(crate) fn guess(text: &str) -> Option<String> {
    let sample = middle(text);
    if sample.chars().filter(|c| c.is_alphabetic()).count() < ENOUGH {
        return None;
    }
    if let Some(tag) = unknown_to_trigrams(sample) {
        return Some(tag.to_owned());
    }
    let info = whatlang::detect(sample)?;
    if !info.is_reliable() && info.confidence() < 0.5 {
        return None;
    }
    // Japanese law is mostly Chinese characters; kana give it away.
    let kana = |c: &char| matches!(*c, 'ぁ'..='ゖ' | 'ァ'..='ヺ');
    if sample.chars().filter(kana).count() * 20 > sample.chars().count() {
        return Some("ja".to_owned());
    }
    if info.script() == Script::Mandarin {
        return Some(chinese(sample).to_owned());
    }
    if info.lang() == Lang::Ind {
        return Some(malay_or_indonesian(sample).to_owned());
    }
    tag(info.lang()).map(str::to_owned)
}

/// Languages that the trigram models lack and would take for another: Swahili
/// by its small words, Icelandic by its letters.
fn unknown_to_trigrams(sample: &str) -> Option<&'static str> {
    const SMALL_WORDS: &[&str] = &[
        "ya", "wa", "na", "kwa", "za", "katika", "cha", "vya", "la", "au", "ni", "yeyote",
    ];
    let (mut words, mut small) = (0usize, 0usize);
    for word in sample.split_whitespace() {
        words += 1;
        small += usize::from(SMALL_WORDS.contains(&word));
    }
    if small * 6 > words {
        return Some("sw");
    }
    let count = |letter: char| sample.chars().filter(|c| *c == letter).count();
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    let icelandic = count('ð').min(count('þ'));
    (icelandic * 250 > letters).then_some("is")
}

/// The language to record, and a problem when the declared one clearly does
/// not fit the text. A manifest's word stands; a file's own may be a page
/// template's, so that the text is believed instead.
pub(crate) fn settle(manifest: &str, file: &str, text: &str) -> (String, Option<Problem>) {
    let guessed = guess(text);
    let trusted = !manifest.trim().is_empty();
    let declared = normal_tag(if trusted { manifest } else { file });
    match guessed {
        None if declared.is_empty() => ("und".to_owned(), None),
        None => (declared, None),
        Some(guessed) if declared.is_empty() => (guessed, None),
        // "Chinese" does not tell the script, the letters do.
        Some(guessed) if declared == "zh" && primary(&guessed) == "zh" => (guessed, None),
        Some(guessed) if !known(&declared) || akin(&declared, &guessed) => (declared, None),
        Some(guessed) => {
            let problem = Problem::new(
                ProblemKind::MetadataMismatch,
                format!("declared language {declared}, but the words look like {guessed}"),
            );
            (if trusted { declared } else { guessed }, Some(problem))
        }
    }
}

/// A BCP 47 tag for the names and three-letter codes that files use.
fn normal_tag(tag: &str) -> String {
    let tag = tag.trim();
    let lower = tag.to_lowercase();
    let short = match lower.as_str() {
        "eng" | "english" => "en",
        "fra" | "fre" | "french" | "français" => "fr",
        "deu" | "ger" | "german" | "deutsch" => "de",
        "spa" | "spanish" | "español" => "es",
        "por" | "portuguese" => "pt",
        "ita" | "italian" => "it",
        "nld" | "dut" | "dutch" => "nl",
        "heb" | "hebrew" => "he",
        "ara" | "arabic" => "ar",
        "swa" | "swahili" => "sw",
        "fin" | "finnish" => "fi",
        "swe" | "swedish" => "sv",
        "nor" | "norwegian" => "no",
        "dan" | "danish" => "da",
        "isl" | "ice" | "icelandic" => "is",
        "jpn" | "japanese" => "ja",
        "kor" | "korean" => "ko",
        "zho" | "chi" | "chinese" => "zh",
        "zh-tw" | "zh-hk" | "zh-mo" | "zh-hant-tw" | "zh-hant-hk" | "zh-hant-mo" => "zh-Hant",
        "zh-cn" | "zh-sg" | "zh-my" | "zh-hans-cn" | "zh-hans-sg" => "zh-Hans",
        "vie" | "vietnamese" => "vi",
        "msa" | "may" | "zsm" | "malay" => "ms",
        "ind" | "indonesian" => "id",
        "rus" | "russian" => "ru",
        "ukr" | "ukrainian" => "uk",
        "pol" | "polish" => "pl",
        "ces" | "cze" | "czech" => "cs",
        "ell" | "gre" | "greek" => "el",
        "tur" | "turkish" => "tr",
        "tha" | "thai" => "th",
        "ron" | "rum" | "romanian" => "ro",
        "cym" | "wel" => "cy",
        "gle" | "irish" => "ga",
        _ => return tag.to_owned(),
    };
    short.to_owned()
}

/// A stretch from the middle of the text, where the law is, on character
/// boundaries.
fn middle(text: &str) -> &str {
    if text.len() <= SAMPLE {
        return text;
    }
    let mut start = (text.len() - SAMPLE) / 2;
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = start + SAMPLE;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[start..end]
}

/// Whether the guess could have found the declared language at all.
fn known(declared: &str) -> bool {
    let primary = primary(declared);
    Lang::all()
        .iter()
        .any(|lang| tag(*lang).is_some_and(|tag| self::primary(tag) == primary))
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Languages that trigrams confuse, or that are one language under two names.
fn akin(a: &str, b: &str) -> bool {
    const FAMILIES: &[&[&str]] = &[
        &["nb", "nn", "no", "da", "sv"],
        &["hr", "sr", "bs", "sl", "mk"],
        &["cs", "sk"],
        &["uk", "ru", "be", "bg"],
        &["es", "ca", "gl", "pt"],
        &["nl", "af"],
        &["id", "ms", "jv"],
        &["hi", "ne", "mr"],
        &["fa", "ur", "ar"],
        &["az", "tr", "tk"],
        &["he", "yi"],
        &["et", "fi"],
    ];
    let (a, b) = (primary(a), primary(b));
    a == b
        || FAMILIES
            .iter()
            .any(|family| family.contains(&a) && family.contains(&b))
}

/// Simplified or traditional script, by letters that exist in one only.
fn chinese(text: &str) -> &'static str {
    const SIMPLIFIED: &str = "们个国这为对时会发从规关应条单责处罚刑业务权严";
    const TRADITIONAL: &str = "們個國這為對時會發從規關應條單責處罰業務權嚴";
    let count = |set: &str| text.chars().filter(|c| set.contains(*c)).count();
    if count(TRADITIONAL) > count(SIMPLIFIED) {
        "zh-Hant"
    } else {
        "zh-Hans"
    }
}

/// Malay or Indonesian, by words of law that only one of them uses.
fn malay_or_indonesian(text: &str) -> &'static str {
    const MALAY: &[&str] = &[
        "seksyen",
        "akta",
        "hendaklah",
        "ialah",
        "mana-mana",
        "kerana",
        "subseksyen",
        "boleh",
        "kanun",
        "polis",
    ];
    const INDONESIAN: &[&str] = &[
        "pasal",
        "undang-undang",
        "karena",
        "adalah",
        "pidana",
        "dapat",
        "dipidana",
        "bahwa",
        "dimaksud",
        "polisi",
    ];
    let lower = text.to_lowercase();
    let count = |set: &[&str]| {
        lower
            .split(|c: char| !(c.is_alphabetic() || c == '-'))
            .filter(|word| set.contains(word))
            .count()
    };
    if count(MALAY) > count(INDONESIAN) {
        "ms"
    } else {
        "id"
    }
}

fn tag(lang: Lang) -> Option<&'static str> {
    let tag = match lang {
        Lang::Epo | Lang::Lat => return None,
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh-Hans",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    };
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::settle;

    #[test]
    fn the_words_speak_when_nothing_is_declared_and_object_when_it_is_wrong() {
        let german = "Wer eine Ziege ohne die Erlaubnis der zuständigen Behörde hält, wird mit \
             einer Geldbuße bis zu hundert Talern belegt. "
            .repeat(8);
        assert_eq!(settle("", "", &german), ("de".to_owned(), None));
        let (language, problem) = settle("fr", "de", &german);
        assert_eq!(language, "fr");
        assert!(problem.is_some_and(|p| p.detail.contains("look like de")));
        let (language, problem) = settle("", "en", &german);
        assert_eq!(language, "de");
        assert!(problem.is_some());
        let swahili =
            "Mtu yeyote atakayemiliki mbuzi bila ya kibali cha mamlaka ya wilaya atalipa \
             faini kwa mujibu wa kanuni za kijiji au ya wilaya. "
                .repeat(8);
        assert_eq!(settle("", "", &swahili), ("sw".to_owned(), None));
        let icelandic =
            "Hver sem heldur geit án leyfis þess yfirvalds sem með það fer skal greiða \
             sekt og það þótt hann hafi greitt áður. "
                .repeat(8);
        assert_eq!(settle("", "", &icelandic), ("is".to_owned(), None));
        assert_eq!(settle("", "hebrew", "Kurz."), ("he".to_owned(), None));
        assert_eq!(settle("", "", "Kurz."), ("und".to_owned(), None));
        let malay = "Mana-mana orang yang memelihara kambing tanpa kebenaran pihak berkuasa \
             melakukan suatu kesalahan di bawah seksyen ini dan hendaklah didenda. "
            .repeat(8);
        assert_eq!(settle("", "", &malay).0, "ms");
        let taiwan =
            "未經主管機關許可飼養山羊者，處一百元以下罰鍰；應報告而不為報告者，亦同。".repeat(20);
        assert_eq!(settle("zh", "", &taiwan).0, "zh-Hant");
        assert_eq!(settle("zh-TW", "", "短。").0, "zh-Hant");
    }
}
