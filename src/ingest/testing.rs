//! An act that the tests of several rooms read.

use super::{ActBuilder, Unit};
use crate::law::{Act, ActSource, Jurisdiction, Standing, UnitKind};

/// A part heading; article 12 with two subsections, the second repealed.
pub(crate) fn goat_act() -> Act {
    let unit = |number| Unit {
        number,
        ..Unit::default()
    };
    let mut builder = ActBuilder::new();
    builder.paragraph("The Assembly of Valoria enacts:");
    builder.open(
        UnitKind::Part,
        Unit {
            number: "Part I",
            heading: "Goats",
            ..Unit::default()
        },
    );
    builder.open(UnitKind::Article, unit("12"));
    builder.heading("Keeping of goats");
    builder.open(UnitKind::Subsection, unit("(1)"));
    builder.paragraph("No person may keep");
    builder.open(UnitKind::Point, unit("(a)"));
    builder.paragraph("a goat indoors;");
    builder.open(UnitKind::Subpoint, unit("(i)"));
    builder.paragraph("by day, or by night.");
    builder.close_to(UnitKind::Subsection);
    let second = builder.open(UnitKind::Subsection, unit("(2)"));
    builder.set_standing(second, Standing::Repealed);
    builder.paragraph("A sheep is a goat.");
    builder.alinea(1, "So is a horse.", Standing::InForce);
    builder.close_to(UnitKind::Article);
    builder.paragraph("Words after the article.");
    builder.finish(Jurisdiction::new("va"), ActSource::default())
}
