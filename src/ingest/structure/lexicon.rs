//! The heading words of drafting languages: what an article, a chapter, a
//! schedule is called. Words are folded: lower case, without accents.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::law::{Standing, UnitKind};

/// What a heading word announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The unit cited by number.
    Article(Word),
    /// A unit that groups articles; the rank orders nesting, smaller is outer.
    Group(UnitKind, u8),
    /// A schedule or annex.
    Schedule,
    /// A block of transitional or final rules that numbers anew.
    Tail(Standing),
    /// *Disposición adicional primera*: an article numbered in words.
    Provision,
}

/// Families of article words: only one family cites articles in one act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Word {
    /// Article, Artículo, Artikel, Pasal, Статья, المادة ...
    Article,
    /// Section, clause, seksyen, סעיף ...
    Section,
    /// The sign §.
    Sign,
    /// 第…条, 제…조.
    Tiao,
    /// A number alone.
    Bare,
    /// An ordinal alone: `PRIMERO.-`, in transitional rules.
    Ordinal,
}

/// Ranks of grouping units.
pub(super) mod rank {
    pub(in crate::ingest::structure) const BOOK_GERMAN: u8 = 5;
    pub(in crate::ingest::structure) const PART: u8 = 10;
    pub(in crate::ingest::structure) const BOOK: u8 = 20;
    pub(in crate::ingest::structure) const TITLE: u8 = 30;
    pub(in crate::ingest::structure) const CHAPTER: u8 = 40;
    pub(in crate::ingest::structure) const SECTION: u8 = 50;
    pub(in crate::ingest::structure) const SUBSECTION: u8 = 55;
    pub(in crate::ingest::structure) const PARAGRAPH: u8 = 60;
}

/// What a word can announce; some words mean different things by language.
#[derive(Debug, Clone, Copy)]
enum Sense {
    Article,
    /// English *section*; a division of chapters elsewhere.
    Section,
    /// A section in English only.
    EnglishSection,
    /// A section in any language.
    AnySection,
    /// Arabic *fasl*: an article in some traditions, a chapter in others.
    Fasl,
    /// *Titel*, outer in Dutch, inner in German.
    Titel,
    /// *Kapitel*, inner in German.
    Kapitel,
    /// *Раздел*, over the chapters in Russian, under them in Bulgarian.
    Razdel,
    /// *Gr.*, short for article in Icelandic.
    Icelandic,
    /// *Paragraphe*: a division in French and Dutch.
    Paragraph,
    Group(UnitKind, u8),
    Schedule,
    Tail,
    Provision,
}

/// Language tag for Arabic texts whose articles are called *fasl*.
pub(super) const ARABIC_FASL: &str = "ar-fasl";

const TABLE: &[(Sense, &[&str])] = &[
    (
        Sense::Article,
        &[
            "article",
            "art",
            "articulo",
            "artigo",
            "articolo",
            "articolul",
            "articol",
            "artikel",
            "artikkel",
            "artykul",
            "artikulu",
            "artikulua",
            "artikolu",
            "artikull",
            "neni",
            "clanek",
            "clanok",
            "clen",
            "clanak",
            "clan",
            "pasal",
            "madde",
            "maddə",
            "madda",
            "modda",
            "erthygl",
            "airteagal",
            "alt",
            "dieu",
            "artikul",
            "pants",
            "straipsnis",
            "статья",
            "ст",
            "стаття",
            "член",
            "чл",
            "члан",
            "берене",
            "моддаи",
            "модда",
            "артыкул",
            "бап",
            "αρθρο",
            "αρθ",
            "მუხლი",
            "հոդված",
            "المادة",
            "مادة",
            "الماده",
            "ماده",
            "املادة",
            "املاده",
            "مادہ",
            "دفعہ",
            "มาตรา",
            "មាត្រា",
            "ມາດຕາ",
            "ပုဒ်မ",
            "धारा",
            "अनुच्छेद",
            "दफा",
            "ধারা",
            "አንቀጽ",
            "arts",
            "articulos",
            "articles",
            "artigos",
            "articoli",
            "αρθρα",
        ],
    ),
    (Sense::Fasl, &["الفصل", "فصل"]),
    (Sense::Section, &["section"]),
    (Sense::EnglishSection, &["sec", "s", "sect", "clause", "cl"]),
    (
        Sense::AnySection,
        &["seksyen", "seksiwn", "adran", "kifungu", "סעיף"],
    ),
    (
        Sense::Group(UnitKind::Part, rank::PART),
        &[
            "part",
            "partie",
            "parte",
            "partea",
            "teil",
            "deel",
            "del",
            "cast",
            "czesc",
            "osa",
            "resz",
            "dio",
            "dalis",
            "часть",
            "частина",
            "част",
            "μερος",
            "kisim",
            "bagian",
            "phan",
            "חלק",
            "ภาค",
            "القسم",
            "قسم",
            "pars",
            "bahagian",
            "sehemu",
            "sadala",
            "þattur",
            "ნაწილი",
            "део",
            "deo",
        ],
    ),
    (Sense::Group(UnitKind::Part, rank::PART + 5), &["subpart"]),
    (
        Sense::Group(UnitKind::Book, rank::BOOK),
        &[
            "book",
            "livre",
            "libro",
            "livro",
            "cartea",
            "boek",
            "ksiega",
            "kitap",
            "buku",
            "konyv",
            "kniha",
            "книга",
            "βιβλιο",
            "الكتاب",
            "كتاب",
            "بخش",
            "บรรพ",
            "knjiga",
            "წიგნი",
        ],
    ),
    (Sense::Group(UnitKind::Book, rank::BOOK_GERMAN), &["buch"]),
    (Sense::Group(UnitKind::Title, rank::BOOK), &["hauptstuck"]),
    (
        Sense::Group(UnitKind::Title, rank::TITLE),
        &[
            "title",
            "titre",
            "titulo",
            "titolo",
            "titlul",
            "tytul",
            "τιτλος",
            "titlu",
            "titull",
            "ลักษณะ",
            "კარი",
        ],
    ),
    (Sense::Titel, &["titel"]),
    (
        Sense::Group(UnitKind::Title, rank::TITLE + 5),
        &["subtitle", "subtitulo", "untertitel", "sous-titre"],
    ),
    (
        Sense::Group(UnitKind::Chapter, rank::CHAPTER),
        &[
            "chapter",
            "chap",
            "chapitre",
            "capitulo",
            "capitol",
            "capitolul",
            "capo",
            "hoofdstuk",
            "kapittel",
            "kap",
            "rozdzial",
            "hlava",
            "luku",
            "fejezet",
            "glava",
            "bolum",
            "bab",
            "глава",
            "розділ",
            "κεφαλαιο",
            "الباب",
            "باب",
            "chuong",
            "פרק",
            "หมวด",
            "peatukk",
            "nodala",
            "skyrius",
            "kapitulli",
            "kreu",
            "poglavje",
            "poglavlje",
            "अध्याय",
            "परिच्छेद",
            "sura",
            "kafli",
            "თავი",
            "kapituli",
        ],
    ),
    (
        Sense::Group(UnitKind::Chapter, rank::CHAPTER - 5),
        &["dzial"],
    ),
    (Sense::Kapitel, &["kapitel"]),
    (Sense::Razdel, &["раздел"]),
    (Sense::Icelandic, &["gr", "grein"]),
    (
        Sense::Group(UnitKind::Division, rank::CHAPTER),
        &["abschnitt"],
    ),
    (
        Sense::Group(UnitKind::Division, rank::CHAPTER + 5),
        &["unterabschnitt"],
    ),
    (
        Sense::Group(UnitKind::Division, rank::SECTION),
        &[
            "sectiunea",
            "seccion",
            "secao",
            "sezione",
            "afdeling",
            "avdeling",
            "avsnitt",
            "dil",
            "oddil",
            "oddzial",
            "divisio",
            "division",
            "ayirim",
            "aksam",
            "sekce",
            "отдел",
            "параграф",
            "τμημα",
            "الفرع",
            "فرع",
            "ส่วน",
            "muc",
            "סימן",
            "jaotis",
            "hoofdafdeling",
            "seksion",
            "підрозділ",
            "odjeljak",
            "odeljak",
            "oddelek",
            "одељак",
            "diel",
            "oddiel",
            "jagu",
            "skirsnis",
            "razdelek",
            "المبحث",
            "المطلب",
        ],
    ),
    (
        Sense::Group(UnitKind::Division, rank::SUBSECTION),
        &[
            "subsection",
            "sous-section",
            "subseccion",
            "subsecao",
            "subdivision",
            "onderafdeling",
            "sousection",
        ],
    ),
    (
        Sense::Paragraph,
        &["paragraphe", "paragraf", "paragraaf", "jaos"],
    ),
    (
        Sense::Schedule,
        &[
            "schedule",
            "schedules",
            "annex",
            "annexe",
            "annexes",
            "anexo",
            "anexos",
            "allegato",
            "anexa",
            "anlage",
            "anhang",
            "bijlage",
            "bilaga",
            "vedlegg",
            "liite",
            "priloha",
            "zalacznik",
            "appendix",
            "приложение",
            "додаток",
            "παραρτημα",
            "melleklet",
            "lampiran",
            "jadual",
            "תוספת",
            "ملحق",
            "prilog",
            "jedwali",
            "прилог",
            "priloga",
            "priedas",
            "pielikums",
            "lisa",
            "viðauki",
            "დანართი",
            "अनुसूची",
        ],
    ),
    (
        Sense::Tail,
        &["transitorios", "transitorio", "transitorias"],
    ),
    (
        Sense::Provision,
        &["disposicion", "disposizione", "disposicao"],
    ),
];

static SENSES: LazyLock<HashMap<&'static str, Sense>> = LazyLock::new(|| {
    TABLE
        .iter()
        .flat_map(|(sense, words)| words.iter().map(|word| (*word, *sense)))
        .collect()
});

/// The role of a folded word in a language (primary subtag, may be empty).
pub(super) fn role(word: &str, language: &str) -> Option<Role> {
    let english = matches!(language, "en" | "" | "und");
    let role = match *SENSES.get(word)? {
        Sense::Article => Role::Article(Word::Article),
        Sense::Section if english => Role::Article(Word::Section),
        Sense::Section => Role::Group(UnitKind::Division, rank::SECTION),
        Sense::EnglishSection if english => Role::Article(Word::Section),
        Sense::EnglishSection => return None,
        Sense::AnySection => Role::Article(Word::Section),
        Sense::Fasl if language == ARABIC_FASL => Role::Article(Word::Article),
        Sense::Fasl => Role::Group(UnitKind::Chapter, rank::CHAPTER + 2),
        Sense::Titel if language == "de" => Role::Group(UnitKind::Title, rank::SECTION),
        Sense::Titel => Role::Group(UnitKind::Title, rank::TITLE),
        Sense::Kapitel if language == "de" => Role::Group(UnitKind::Chapter, rank::PARAGRAPH),
        Sense::Kapitel => Role::Group(UnitKind::Chapter, rank::CHAPTER),
        Sense::Razdel if language == "bg" => Role::Group(UnitKind::Division, rank::SECTION),
        Sense::Razdel => Role::Group(UnitKind::Chapter, rank::CHAPTER),
        Sense::Icelandic if language == "is" => Role::Article(Word::Article),
        Sense::Icelandic => return None,
        Sense::Paragraph if matches!(language, "fr" | "nl" | "") => {
            Role::Group(UnitKind::Division, rank::PARAGRAPH)
        }
        Sense::Paragraph => return None,
        Sense::Group(kind, rank) => Role::Group(kind, rank),
        Sense::Schedule => Role::Schedule,
        Sense::Tail => Role::Tail(Standing::Transitional),
        Sense::Provision => Role::Provision,
    };
    Some(role)
}

/// Headings, folded and whole, over rules that are not the act's lasting law.
/// Numbers under them may start anew.
pub(super) fn tail(heading: &str) -> Option<Standing> {
    match heading {
        "related provisions"
        | "dispositions connexes"
        | "transitional provisions"
        | "transitional and savings provisions"
        | "dispositions transitoires"
        | "dispositions transitoires et finales"
        | "disposiciones transitorias"
        | "disposiciones finales y transitorias"
        | "articulos transitorios"
        | "disposicoes transitorias"
        | "disposicoes finais e transitorias"
        | "disposizioni transitorie"
        | "ubergangsbestimmungen"
        | "overgangsbepalingen"
        | "prechodna ustanoveni"
        | "przepisy przejsciowe"
        | "прикінцеві та перехідні положення"
        | "переходные положения"
        | "overgangsbestemmelser"
        | "overgangsbestammelser"
        | "siirtymasaannokset"
        | "μεταβατικες διαταξεις"
        | "gecici maddeler" => Some(Standing::Transitional),
        "amendments not in force" | "modifications non en vigueur" => Some(Standing::NotInForce),
        _ => None,
    }
}

/// Whether a folded word is an ordinal (or stands where one does) in a
/// heading: "premier", "primera", "Erster", "BİRİNCİ", "الأول", "unique".
pub(super) fn is_ordinal(word: &str) -> bool {
    ORDINALS.contains(word)
}

static ORDINALS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    const EXACT: &[&str] = &[
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "premier",
        "premiere",
        "deuxieme",
        "seconde",
        "troisieme",
        "quatrieme",
        "cinquieme",
        "sixieme",
        "septieme",
        "huitieme",
        "neuvieme",
        "dixieme",
        "onzieme",
        "douzieme",
        "treizieme",
        "quatorzieme",
        "quinzieme",
        "seizieme",
        "unique",
        "preliminaire",
        "ier",
        "unico",
        "unica",
        "preliminar",
        "preliminare",
        "final",
        "primo",
        "prima",
        "secondo",
        "seconda",
        "terzo",
        "terza",
        "quarto",
        "quarta",
        "quinto",
        "quinta",
        "sesto",
        "sesta",
        "settimo",
        "settima",
        "ottavo",
        "ottava",
        "nono",
        "nona",
        "decimo",
        "decima",
        "primer",
        "primero",
        "primera",
        "segundo",
        "segunda",
        "tercero",
        "tercera",
        "tercer",
        "cuarto",
        "cuarta",
        "sexto",
        "sexta",
        "septimo",
        "septima",
        "setimo",
        "octavo",
        "octava",
        "noveno",
        "novena",
        "undecimo",
        "undecima",
        "duodecimo",
        "duodecima",
        "decimoprimero",
        "decimoprimera",
        "decimosegundo",
        "decimosegunda",
        "decimotercero",
        "decimotercera",
        "decimocuarto",
        "decimocuarta",
        "decimoquinto",
        "decimoquinta",
        "decimosexto",
        "decimosexta",
        "decimoseptimo",
        "decimoseptima",
        "decimoctavo",
        "decimoctava",
        "decimonoveno",
        "decimonovena",
        "vigesimo",
        "vigesima",
        "vigesimoprimera",
        "trigesimo",
        "trigesima",
        "primeiro",
        "primeira",
        "terceiro",
        "terceira",
        "setima",
        "oitavo",
        "oitava",
        "onceavo",
        "doceavo",
        "eerste",
        "tweede",
        "derde",
        "vierde",
        "vijfde",
        "zesde",
        "zevende",
        "achtste",
        "negende",
        "tiende",
        "prvni",
        "druha",
        "druhy",
        "treti",
        "ctvrta",
        "pata",
        "sesta",
        "sedma",
        "osma",
        "devata",
        "desata",
        "jedenacta",
        "dvanacta",
        "pierwszy",
        "pierwsza",
        "drugi",
        "druga",
        "trzeci",
        "trzecia",
        "czwarta",
        "piata",
        "intai",
        "intii",
        "birinci",
        "ikinci",
        "ucuncu",
        "dorduncu",
        "besinci",
        "altinci",
        "yedinci",
        "sekizinci",
        "dokuzuncu",
        "onuncu",
        "onbirinci",
        "onikinci",
        "gecici",
        "ek",
        "prva",
        "prvo",
        "tretia",
        "treca",
        "trece",
        "tretja",
        "stvrta",
        "cetvrta",
        "cetrta",
        "peta",
        "siesta",
        "siedma",
        "deviata",
        "desiata",
        "deveta",
        "deseta",
        "jedanaesta",
        "dvanaesta",
        "trinaesta",
        "cetrnaesta",
        "petnaesta",
        "sesnaesta",
        "sedamnaesta",
        "osamnaesta",
        "devetnaesta",
        "dvadeseta",
        "прва",
        "трећа",
        "четврта",
        "пета",
        "шеста",
        "седма",
        "осма",
        "девета",
        "десета",
        "једанаеста",
        "дванаеста",
        "тринаеста",
        "четрнаеста",
        "петнаеста",
        "шеснаеста",
        "седамнаеста",
        "осамнаеста",
        "деветнаеста",
        "двадесета",
        "първа",
        "втора",
        "трета",
        "четвърта",
        "единадесета",
        "дванадесета",
        "тринадесета",
        "четиринадесета",
        "первая",
        "вторая",
        "третья",
        "перша",
        "друга",
        "третя",
        "πρωτο",
        "δευτερο",
        "τριτο",
        "τεταρτο",
        "πεμπτο",
        "πρωτος",
        "δευτερος",
        "الاول",
        "الاولى",
        "أول",
        "الأول",
        "الأولى",
        "الثاني",
        "الثانية",
        "الثالث",
        "الثالثة",
        "الرابع",
        "الرابعة",
        "الخامس",
        "الخامسة",
        "السادس",
        "السادسة",
        "السابع",
        "السابعة",
        "الثامن",
        "الثامنة",
        "التاسع",
        "التاسعة",
        "العاشر",
        "العاشرة",
        "األول",
        "األولى",
        "الحادي",
        "الحادية",
        "التمهيدي",
        "الفريد",
        "ראשון",
        "שני",
        "שלישי",
        "רביעי",
        "חמישי",
        "pertama",
        "kedua",
        "ketiga",
        "keempat",
        "kelima",
    ];
    const GERMAN: &[&str] = &[
        "erst",
        "zweit",
        "dritt",
        "viert",
        "funft",
        "sechst",
        "siebent",
        "siebt",
        "acht",
        "neunt",
        "zehnt",
        "elft",
        "zwolft",
        "dreizehnt",
        "vierzehnt",
        "funfzehnt",
        "sechzehnt",
        "siebzehnt",
        "achtzehnt",
        "neunzehnt",
        "zwanzigst",
        "einundzwanzigst",
        "zweiundzwanzigst",
        "dreiundzwanzigst",
        "vierundzwanzigst",
        "funfundzwanzigst",
        "sechsundzwanzigst",
        "siebenundzwanzigst",
        "achtundzwanzigst",
        "neunundzwanzigst",
        "dreissigst",
        "allgemein",
        "besonder",
    ];
    let german = GERMAN
        .iter()
        .flat_map(|stem| ["er", "e", "es"].map(|ending| format!("{stem}{ending}")));
    EXACT
        .iter()
        .map(|word| (*word).to_owned())
        .chain(german)
        .collect()
});

/// Lower case without accents, Arabic hamza carriers and Turkish dots made plain.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_lowercase().filter_map(plain));
        }
    }
    out
}

/// What [`fold`] gives, letter by letter, for those who need only the first.
pub(super) fn folded(word: &str) -> impl Iterator<Item = char> + '_ {
    word.chars().flat_map(char::to_lowercase).filter_map(plain)
}

/// A small letter without its accent; marks that stand alone give none.
fn plain(c: char) -> Option<char> {
    let plain = match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ą' | 'ă' | 'ā' | 'ả' | 'ạ' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' | 'ē' | 'ế' | 'ề' | 'ể' | 'ệ' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ı' | 'ī' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ő' | 'ø' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ů' | 'ű' | 'ū' | 'ư' | 'ụ' | 'ầ' => {
            if c == 'ầ' {
                'a'
            } else {
                'u'
            }
        }
        'ç' | 'ć' | 'č' => 'c',
        'ñ' | 'ń' | 'ň' | 'ņ' => 'n',
        'ł' | 'ļ' => 'l',
        'ś' | 'š' | 'ș' | 'ş' => 's',
        'ź' | 'ż' | 'ž' => 'z',
        'ř' => 'r',
        'ť' | 'ț' | 'ţ' => 't',
        'ý' | 'ÿ' => 'y',
        'đ' | 'ď' => 'd',
        'ğ' | 'ģ' => 'g',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' => 'υ',
        'ώ' => 'ω',
        'ё' => 'е',
        'ơ' | 'ộ' | 'ồ' => 'o',
        '\u{300}'..='\u{36f}'
        | '\u{ad}'
        | '\u{640}'
        | '\u{64b}'..='\u{652}'
        | '\u{200b}'..='\u{200f}'
        | '\u{591}'..='\u{5c7}' => return None,
        other => other,
    };
    Some(plain)
}
