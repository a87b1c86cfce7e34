//! The first paragraph of an article where only the following ones print a
//! number: words, then `②` or `２`. It is cited as paragraph 1, so it gets a
//! unit of its own.

use crate::law::{Number, Provision, ProvisionId, Span, Standing, UnitKind, Validity};

/// How the second paragraph is printed, and the first would be.
const SERIES: &[(&str, &str)] = &[("②", "①"), ("２", "１")];

/// Gives first paragraphs that print no number a unit, with everything that
/// stands in them. The canonical text stays as it is.
pub(super) fn name(provisions: Vec<Provision>, text: &str) -> Vec<Provision> {
    let firsts: Vec<First> = (0..provisions.len())
        .filter_map(|index| First::of(index, &provisions, text))
        .collect();
    if firsts.is_empty() {
        return provisions;
    }
    // A unit moves by as many places as paragraphs are put in before it.
    let moved = |id: ProvisionId| {
        let before = firsts.partition_point(|first| first.article < id);
        ProvisionId(id.0 + before as u32)
    };
    let mut named = Vec::with_capacity(provisions.len() + firsts.len());
    let mut ahead = firsts.iter().peekable();
    let mut open: Option<&First> = None;
    for (index, mut provision) in provisions.into_iter().enumerate() {
        let holder = open.filter(|first| {
            provision.parent == Some(first.article) && provision.span.end <= first.span.end
        });
        provision.parent = match holder {
            Some(first) => Some(ProvisionId(moved(first.article).0 + 1)),
            None => provision.parent.map(moved),
        };
        named.push(provision);
        if let Some(first) = ahead.next_if(|first| first.article.index() == index) {
            open = Some(first);
            named.push(first.unit(moved(first.article)));
        }
    }
    named
}

/// The first paragraph of an article.
struct First {
    article: ProvisionId,
    number: &'static str,
    span: Span,
}

impl First {
    fn of(index: usize, provisions: &[Provision], text: &str) -> Option<Self> {
        let article = provisions.get(index)?;
        if article.kind != UnitKind::Article {
            return None;
        }
        let id = ProvisionId(index as u32);
        let second = provisions
            .get(index + 1..)?
            .iter()
            .take_while(|unit| unit.span.start < article.span.end)
            .find(|unit| unit.parent == Some(id) && unit.kind == UnitKind::Subsection)?;
        let printed = second.number.as_ref()?.as_str();
        let (_, number) = SERIES.iter().find(|(second, _)| *second == printed)?;
        let words = text.get(article.body_start..second.span.start)?.trim_end();
        (!words.is_empty()).then(|| Self {
            article: id,
            number,
            span: Span::new(article.body_start, article.body_start + words.len()),
        })
    }

    fn unit(&self, article: ProvisionId) -> Provision {
        Provision {
            parent: Some(article),
            kind: UnitKind::Subsection,
            number: Some(Number::new(self.number)),
            heading: None,
            span: self.span,
            body_start: self.span.start,
            standing: Standing::InForce,
            validity: Validity::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ingest::{ActBuilder, Unit};
    use crate::law::{ActSource, Jurisdiction, UnitKind};

    #[test]
    fn a_first_paragraph_without_number_is_cited_as_one() {
        let mut builder = ActBuilder::new();
        for (number, second) in [("第一条", "②"), ("第二条", "２"), ("第三条", "(2)")] {
            let unit = |number| Unit {
                number,
                ..Unit::default()
            };
            builder.close_to(UnitKind::Article);
            builder.open(UnitKind::Article, unit(number));
            builder.paragraph("山羊は、次に掲げるものとする。");
            builder.open(UnitKind::Point, unit("一"));
            builder.paragraph("白い山羊");
            builder.close_to(UnitKind::Subsection);
            builder.open(UnitKind::Subsection, unit(second));
            builder.paragraph("羊は、この限りでない。");
            builder.open(UnitKind::Point, unit("一"));
            builder.paragraph("黒い羊");
            builder.close_to(UnitKind::Article);
        }
        let act = builder.finish(Jurisdiction::new("va"), ActSource::default());
        let locators: Vec<String> = act.ids().map(|id| act.locator(id).to_string()).collect();
        assert_eq!(
            locators[1..],
            [
                "第一条",
                "第一条(①)",
                "第一条(①)(一)",
                "第一条(②)",
                "第一条(②)(一)",
                "第二条",
                "第二条(1)",
                "第二条(1)(一)",
                "第二条(2)",
                "第二条(2)(一)",
                "第三条",
                "第三条(一)",
                "第三条(2)",
                "第三条(2)(一)",
            ]
        );
        let words = act.text.as_str().find("白い").unwrap();
        let unit = act.innermost_at(words);
        assert_eq!(act.locator(unit).to_string(), "第一条(①)(一)");
    }
}
