//! Reports on bills as one self-contained page: the bill's diagnostics, its
//! effect on the law, all text escaped by the template engine.

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};

use super::diagnostic::{BillReport, Comparable};

/// Why a page could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the page cannot be made: {0}")]
pub struct HtmlError(#[from] minijinja::Error);

/// All reports as one page.
///
/// # Errors
/// When the built-in template is faulty; a test shows that it is not.
pub fn to_html(reports: &[BillReport]) -> Result<String, HtmlError> {
    let mut environment = Environment::new();
    environment.add_template("check.html", include_str!("check.html"))?;
    let template = environment.get_template("check.html")?;
    Ok(template.render(context! {
        bills => Value::from(Serde(reports)),
        style => include_str!("../report/templates/style.css"),
    })?)
}

/// How jurisdictions word one requirement, two by two.
///
/// # Errors
/// As for [`to_html`].
pub fn exemplars_html(
    requirement: &str,
    title: &str,
    comparables: &[Comparable],
) -> Result<String, HtmlError> {
    let mut environment = Environment::new();
    environment.add_template("exemplars.html", include_str!("exemplars.html"))?;
    let template = environment.get_template("exemplars.html")?;
    Ok(template.render(context! {
        requirement, title,
        comparables => Value::from(Serde(comparables)),
        style => include_str!("../report/templates/style.css"),
    })?)
}
