//! The heading words of drafting languages: what an article, a chapter, a
//! schedule is called. Words are folded: lower case, without accents.

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
mod rank {
    pub(super) const BOOK_GERMAN: u8 = 5;
    pub(super) const PART: u8 = 10;
    pub(super) const BOOK: u8 = 20;
    pub(super) const TITLE: u8 = 30;
    pub(super) const CHAPTER: u8 = 40;
    pub(super) const SECTION: u8 = 50;
    pub(super) const SUBSECTION: u8 = 55;
    pub(super) const PARAGRAPH: u8 = 60;
}

/// The role of a folded word in a language (primary subtag, may be empty).
pub(super) fn role(word: &str, language: &str) -> Option<Role> {
    use UnitKind::{Book, Chapter, Division, Part, Title};
    use rank::*;
    let article = Some(Role::Article(Word::Article));
    let section = Some(Role::Article(Word::Section));
    let group = |kind, rank| Some(Role::Group(kind, rank));
    match word {
        // Article.
        "article" | "art" | "articulo" | "artigo" | "articolo" | "articolul" | "articol"
        | "artikel" | "artikkel" | "artykul" | "artikulu" | "artikulua" | "artikolu"
        | "artikull" | "neni" | "clanek" | "clanok" | "clen" | "clanak" | "članak" | "clan"
        | "pasal" | "madde" | "maddə" | "madda" | "modda" | "erthygl" | "airteagal" | "alt"
        | "dieu" | "artikul" | "pants" | "straipsnis" => article,
        "статья" | "ст" | "стаття" | "член" | "чл" | "члан" | "берене" | "моддаи" | "модда"
        | "артыкул" | "бап" => article,
        "αρθρο" | "αρθ" => article,
        "მუხლი" | "հոդված" | "المادة" | "مادة" | "الماده" | "ماده" | "الفصل" | "فصل" | "املادة"
        | "املاده" | "مادہ" | "دفعہ" => article,
        "มาตรา"
        | "មាត្រា"
        | "ມາດຕາ"
        | "ပုဒ်မ"
        | "धारा"
        | "अनुच्छेद"
        | "दफा"
        | "ধারা"
        | "அத்தியாயம்"
        | "አንቀጽ"
        | "кытыгъ" => article,
        "gr" | "grein" if language == "is" => article,
        "arts" | "articulos" | "articles" | "artigos" | "articoli" | "αρθρα" => article,
        // Section.
        "section" | "sec" | "s" if matches!(language, "en" | "" | "und") => section,
        "sect" | "clause" | "cl" if matches!(language, "en" | "" | "und") => section,
        "seksyen" | "seksiwn" | "adran" | "kifungu" | "סעיף" | "סימן" if word != "סימן" => {
            section
        }
        // Groups, outermost first.
        "part" | "partie" | "parte" | "partea" | "teil" | "deel" | "del" | "cast" | "czesc"
        | "osa" | "resz" | "dio" | "dalis" | "часть" | "частина" | "част" | "μερος" | "kisim"
        | "bagian" | "phan" | "sadala" | "þattur" | "ნაწილი" | "део" | "deo" | "חלק" | "ภาค"
        | "القسم" | "قسم" | "pars" | "bahagian" | "sehemu" => group(Part, PART),
        "subpart" => group(Part, PART + 5),
        "book" | "livre" | "libro" | "livro" | "cartea" | "boek" | "ksiega" | "kitap" | "buku"
        | "konyv" | "kniha" | "книга" | "knjiga" | "წიგნი" | "βιβλιο" | "الكتاب" | "كتاب"
        | "بخش" | "บรรพ" => group(Book, BOOK),
        "buch" => group(Book, BOOK_GERMAN),
        "hauptstuck" => group(Title, BOOK),
        "title" | "titre" | "titulo" | "titolo" | "titlul" | "tytul" | "titel" | "τιτλος"
        | "titlu" | "titull" | "اللقب" | "ลักษณะ" | "კარი" => {
            let outer = if word == "titel" && language == "de" {
                SECTION
            } else {
                TITLE
            };
            group(Title, outer)
        }
        "subtitle" | "subtitulo" | "untertitel" => group(Title, TITLE + 5),
        "chapter"
        | "chap"
        | "chapitre"
        | "capitulo"
        | "capitol"
        | "capitolul"
        | "capo"
        | "hoofdstuk"
        | "kapitel"
        | "kapittel"
        | "kap"
        | "rozdzial"
        | "hlava"
        | "luku"
        | "fejezet"
        | "glava"
        | "bolum"
        | "bab"
        | "глава"
        | "розділ"
        | "раздел"
        | "κεφαλαιο"
        | "الباب"
        | "باب"
        | "chuong"
        | "פרק"
        | "หมวด"
        | "peatukk"
        | "nodala"
        | "skyrius"
        | "dzial"
        | "kapitulli"
        | "kreu"
        | "poglavje"
        | "poglavlje"
        | "अध्याय"
        | "परिच्छेद"
        | "अनुसूची"
        | "sura"
        | "kafli"
        | "თავი"
        | "kapituli" => {
            let inner = match (word, language) {
                ("раздел", "bg") => SECTION,
                ("kapitel", "de") => rank::PARAGRAPH,
                ("dzial", _) => CHAPTER - 5,
                _ => CHAPTER,
            };
            group(Chapter, inner)
        }
        "abschnitt" => group(Division, CHAPTER),
        "unterabschnitt" => group(Division, CHAPTER + 5),
        "section" | "sectiunea" | "secțiunea" | "seccion" | "secao" | "sezione" | "afdeling"
        | "avdeling" | "avsnitt" | "dil" | "oddil" | "oddzial" | "divisio" | "division"
        | "ayirim" | "aksam" | "sekce" | "отдел" | "параграф" | "τμημα" | "الفرع" | "فرع"
        | "ส่วน" | "muc" | "סימן" | "jaotis" | "apaksnodala" | "hoofdafdeling" | "seksion"
        | "підрозділ" | "odjeljak" | "odeljak" | "oddelek" | "одељак" | "diel" | "oddiel"
        | "jagu" | "skirsnis" | "razdelek" | "المبحث" | "المطلب" => {
            group(Division, SECTION)
        }
        "subsection" | "sous-section" | "subseccion" | "subsecao" | "subdivision"
        | "onderafdeling" | "sousection" => group(Division, SUBSECTION),
        "sous-titre" => group(Title, TITLE + 5),
        "paragraphe" | "paragraf" | "paragraaf" | "jaos"
            if matches!(language, "fr" | "nl" | "") =>
        {
            group(Division, PARAGRAPH)
        }
        // Schedules and tails.
        "schedule"
        | "schedules"
        | "annex"
        | "annexe"
        | "annexes"
        | "anexo"
        | "anexos"
        | "allegato"
        | "anexa"
        | "anlage"
        | "anhang"
        | "bijlage"
        | "bilaga"
        | "vedlegg"
        | "liite"
        | "priloha"
        | "zalacznik"
        | "appendix"
        | "приложение"
        | "додаток"
        | "παραρτημα"
        | "melleklet"
        | "lampiran"
        | "jadual"
        | "תוספת"
        | "ملحق"
        | "prilog"
        | "прилог"
        | "priloga"
        | "priedas"
        | "pielikums"
        | "lisa"
        | "viðauki"
        | "დანართი"
        | "jedwali" => Some(Role::Schedule),
        "transitorios" | "transitorio" | "transitorias" => Some(Role::Tail(Standing::Transitional)),
        "disposicion" | "disposizione" | "disposicao" => Some(Role::Provision),
        _ => None,
    }
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
    if EXACT.contains(&word) {
        return true;
    }
    ["er", "e", "es"].iter().any(|ending| {
        word.strip_suffix(ending)
            .is_some_and(|stem| GERMAN.contains(&stem))
    })
}

/// Lower case without accents, Arabic hamza carriers and Turkish dots made plain.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        let plain =
            match c {
                'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ą' | 'ă' | 'ā' | 'ả' | 'ạ' => 'a',
                'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' | 'ē' | 'ế' | 'ề' | 'ể' | 'ệ' => {
                    'e'
                }
                'í' | 'ì' | 'î' | 'ï' | 'ı' | 'ī' => 'i',
                'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ő' | 'ø' => 'o',
                'ú' | 'ù' | 'û' | 'ü' | 'ů' | 'ű' | 'ū' | 'ư' | 'ụ' | 'ầ' => {
                    if c == 'ầ' { 'a' } else { 'u' }
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
                | '\u{591}'..='\u{5c7}' => continue,
                other => other,
            };
        out.push(plain);
    }
    out
}
