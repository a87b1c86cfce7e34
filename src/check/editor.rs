//! A language server for bills: diagnostics while one types, the requirement
//! on hover, from a citation to the clause and from a term to its definition,
//! the clauses as an outline. Messages in, messages out; no input or output.

use std::collections::BTreeMap;
use std::ops::Range;

use lsp_server::{Message, Notification, Request, Response};
use serde_json::{Value, json};

use super::bill::Bill;
use super::diagnostic::{BillReport, Diagnostic, Severity};
use super::drafting::defined_terms;
use super::judge::{Standard, check};
use super::place::SourceMap;
use crate::amend::Forms;
use crate::annotate::Annotator;
use crate::law::{Jurisdiction, Number, Span};
use crate::mappings::Mappings;
use crate::report::select;

/// Rule data for one language.
#[derive(Debug)]
pub struct Rules {
    /// Rule data.
    pub mappings: Mappings,
    /// Its language pack, compiled.
    pub annotator: Annotator,
    /// How bills word their amendments.
    pub forms: Forms,
}

/// How the rule data of a language is loaded.
type Load<'l> = &'l dyn Fn(&str) -> anyhow::Result<Rules>;

/// The documents an editor has open.
pub struct Editor<'l> {
    load: Load<'l>,
    profile: String,
    jurisdiction: Jurisdiction,
    rules: BTreeMap<String, Rules>,
    open: BTreeMap<String, Document>,
}

struct Document {
    bill: Bill,
    report: BillReport,
}

impl<'l> Editor<'l> {
    /// An editor without documents. `load` is called once for each language.
    pub fn new(load: Load<'l>, profile: &str, jurisdiction: Jurisdiction) -> Self {
        Self {
            load,
            profile: profile.to_owned(),
            jurisdiction,
            rules: BTreeMap::new(),
            open: BTreeMap::new(),
        }
    }

    /// What the server can do, as the protocol's `ServerCapabilities`.
    pub fn capabilities() -> Value {
        json!({
            "positionEncoding": "utf-16",
            "textDocumentSync": { "openClose": true, "change": 1, "save": true },
            "hoverProvider": true,
            "definitionProvider": true,
            "documentSymbolProvider": true,
        })
    }

    /// Answers one message of the editor.
    pub fn handle(&mut self, message: Message) -> Vec<Message> {
        match message {
            Message::Notification(notification) => self.notified(&notification),
            Message::Request(request) => vec![Message::Response(self.asked(request))],
            Message::Response(_) => Vec::new(),
        }
    }

    fn notified(&mut self, notification: &Notification) -> Vec<Message> {
        let document = &notification.params["textDocument"];
        let Some(uri) = document["uri"].as_str() else {
            return Vec::new();
        };
        let text = match notification.method.as_str() {
            "textDocument/didOpen" => document["text"].as_str(),
            "textDocument/didChange" => {
                let changes = notification.params["contentChanges"].as_array();
                // The whole text is sent at every change.
                changes
                    .and_then(|all| all.last())
                    .and_then(|change| change["text"].as_str())
            }
            "textDocument/didClose" => {
                self.open.remove(uri);
                return vec![published(uri, Vec::new())];
            }
            _ => return Vec::new(),
        };
        text.map_or_else(Vec::new, |text| vec![self.checked(uri, text)])
    }

    /// Reads and checks a text; what cannot be read gives one diagnostic.
    fn checked(&mut self, uri: &str, text: &str) -> Message {
        match self.check(uri, text) {
            Ok(document) => {
                let found = diagnostics(uri, &document);
                self.open.insert(uri.to_owned(), document);
                published(uri, found)
            }
            Err(error) => {
                self.open.remove(uri);
                let start = json!({ "line": 0, "character": 0 });
                published(
                    uri,
                    vec![json!({
                        "range": { "start": start, "end": start },
                        "severity": 3,
                        "source": "concord",
                        "message": error.to_string(),
                    })],
                )
            }
        }
    }

    fn check(&mut self, uri: &str, text: &str) -> anyhow::Result<Document> {
        let bill = Bill::read(uri, text.as_bytes(), &self.jurisdiction, "")?;
        let language = bill.act.language.primary().to_owned();
        if !self.rules.contains_key(&language) {
            let loaded = (self.load)(&language)?;
            self.rules.insert(language.clone(), loaded);
        }
        let Some(rules) = self.rules.get(&language) else {
            anyhow::bail!("no rules for `{language}`");
        };
        let (profile, requirements, _) = select(&rules.mappings, &self.profile)?;
        let standard = Standard {
            mappings: &rules.mappings,
            annotator: &rules.annotator,
            forms: &rules.forms,
            profile,
            requirements,
        };
        let report = check(&bill, &standard);
        Ok(Document { bill, report })
    }

    fn asked(&self, request: Request) -> Response {
        let uri = request.params["textDocument"]["uri"]
            .as_str()
            .unwrap_or_default();
        let Some(document) = self.open.get(uri) else {
            return Response::new_ok(request.id, Value::Null);
        };
        let position = || {
            let position = &request.params["position"];
            let line = position["line"].as_u64()?;
            let character = position["character"].as_u64()?;
            document.offset(line as usize, character as usize)
        };
        let answer = match request.method.as_str() {
            "textDocument/hover" => position().and_then(|at| document.hover(at)),
            "textDocument/definition" => {
                let rules = self.rules.get(document.bill.act.language.primary());
                rules.and_then(|rules| document.definition(uri, position()?, rules))
            }
            "textDocument/documentSymbol" => Some(document.symbols()),
            _ => {
                let code = lsp_server::ErrorCode::MethodNotFound as i32;
                let message = format!("unknown request {}", request.method);
                return Response::new_err(request.id, code, message);
            }
        };
        Response::new_ok(request.id, answer.unwrap_or(Value::Null))
    }
}

fn published(uri: &str, diagnostics: Vec<Value>) -> Message {
    let params = json!({ "uri": uri, "diagnostics": diagnostics });
    Message::Notification(Notification::new(
        "textDocument/publishDiagnostics".to_owned(),
        params,
    ))
}

fn diagnostics(uri: &str, document: &Document) -> Vec<Value> {
    let nowhere =
        || json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    document
        .report
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let bytes = |index: usize| {
                let label = diagnostic.labels.get(index)?;
                Some(label.place.as_ref()?.bytes.clone())
            };
            let severity = match diagnostic.severity {
                Severity::Error => 1,
                Severity::Warning => 2,
                Severity::Note => 3,
            };
            let related: Vec<Value> = (1..diagnostic.labels.len())
                .filter_map(|index| {
                    let range = document.range(&bytes(index)?);
                    let text = diagnostic.labels.get(index)?.text.clone();
                    let location = json!({ "uri": uri, "range": range });
                    Some(json!({ "location": location, "message": text }))
                })
                .collect();
            json!({
                "range": bytes(0).map_or_else(nowhere, |bytes| document.range(&bytes)),
                "severity": severity,
                "code": diagnostic.code,
                "source": "concord",
                "message": format!("{}: {}", diagnostic.title, diagnostic.message),
                "relatedInformation": related,
            })
        })
        .collect()
}

impl Document {
    fn text(&self) -> &str {
        self.bill.source.as_ref().map_or("", |source| &source.text)
    }

    /// A byte range of the source as the protocol's range.
    fn range(&self, bytes: &Range<usize>) -> Value {
        json!({ "start": self.position(bytes.start), "end": self.position(bytes.end) })
    }

    /// Lines and UTF-16 units, from 0.
    fn position(&self, offset: usize) -> Value {
        let before = self.text().get(..offset).unwrap_or_default();
        let line = before.matches('\n').count();
        let last = before.rsplit('\n').next().unwrap_or_default();
        json!({ "line": line, "character": last.encode_utf16().count() })
    }

    /// The byte offset of a line and a UTF-16 unit, both from 0.
    fn offset(&self, line: usize, character: usize) -> Option<usize> {
        let text = self.text();
        let start = match line {
            0 => 0,
            n => text.match_indices('\n').nth(n - 1)?.0 + 1,
        };
        let mut units = 0;
        for (at, letter) in text.get(start..)?.char_indices() {
            if units >= character || letter == '\n' {
                return Some(start + at);
            }
            units += letter.len_utf16();
        }
        Some(text.len())
    }

    fn map(&self) -> Option<SourceMap<'_>> {
        let source = self.bill.source.as_ref()?;
        Some(SourceMap::new(self.bill.act.text.as_str(), source))
    }

    /// Every diagnostic whose words are under the pointer, as Markdown.
    fn hover(&self, offset: usize) -> Option<Value> {
        let under = |d: &&Diagnostic| {
            d.labels.iter().any(|label| {
                label
                    .place
                    .as_ref()
                    .is_some_and(|p| p.bytes.contains(&offset))
            })
        };
        let all = self.report.diagnostics.iter().chain(&self.report.met);
        let told: Vec<String> = all.filter(under).map(markdown).collect();
        if told.is_empty() {
            return None;
        }
        Some(json!({ "contents": { "kind": "markdown", "value": told.join("\n\n---\n\n") } }))
    }

    /// From a citation to the clause, from a term to its definition.
    fn definition(&self, uri: &str, offset: usize, rules: &Rules) -> Option<Value> {
        let map = self.map()?;
        let at = map.canonical_at(offset)?;
        let act = &self.bill.act;
        let covers = |span: &Span| span.start <= at && at < span.end;
        let cited = rules
            .forms
            .citations(act)
            .into_iter()
            .find(|(span, _)| covers(span))
            .and_then(|(_, number)| self.clause(&number));
        let target = cited.or_else(|| {
            let text = act.text.as_str();
            let mut terms = defined_terms(act, &rules.mappings);
            // The longest term that the word is part of.
            terms.sort_by_key(|(term, _)| std::cmp::Reverse(term.len()));
            terms.into_iter().find_map(|(term, place)| {
                let mut uses = text.match_indices(term.as_str());
                uses.any(|(start, words)| covers(&Span::new(start, start + words.len())))
                    .then_some(place)
            })
        })?;
        let place = map.range(target)?;
        Some(json!({ "uri": uri, "range": self.range(&place.bytes) }))
    }

    /// The first words of the clause with a number.
    fn clause(&self, number: &Number) -> Option<Span> {
        let act = &self.bill.act;
        let mut articles = act.articles();
        let id = articles.find(|id| act.provision(*id).number.as_ref() == Some(number))?;
        let unit = act.provision(id);
        Some(
            unit.heading
                .unwrap_or(Span::new(unit.body_start, unit.span.end)),
        )
    }

    fn symbols(&self) -> Value {
        let act = &self.bill.act;
        let Some(map) = self.map() else {
            return json!([]);
        };
        let symbols: Vec<Value> = act
            .articles()
            .filter_map(|id| {
                let unit = act.provision(id);
                let range = self.range(&map.range(unit.span)?.bytes);
                let name = act.locator(id).to_string();
                let heading = unit.heading.map_or("", |heading| act.quote(heading));
                let name = if name.is_empty() {
                    heading.to_owned()
                } else {
                    name
                };
                (!name.is_empty()).then(|| {
                    json!({
                        "name": name,
                        "detail": heading,
                        // "Method" is what outlines show for a numbered unit.
                        "kind": 6,
                        "range": range,
                        "selectionRange": { "start": range["start"], "end": range["start"] },
                    })
                })
            })
            .collect();
        Value::Array(symbols)
    }
}

fn markdown(diagnostic: &Diagnostic) -> String {
    let mut text = format!(
        "**{}** `{}`\n\n{}",
        diagnostic.title, diagnostic.code, diagnostic.message
    );
    if !diagnostic.sources.is_empty() {
        let cited: Vec<String> = diagnostic
            .sources
            .iter()
            .map(|source| {
                if source.reservation.is_empty() {
                    source.citation.clone()
                } else {
                    format!("{} ({})", source.citation, source.reservation)
                }
            })
            .collect();
        text.push_str(&format!("\n\nAsked by {}.", cited.join("; ")));
    }
    if !diagnostic.help.is_empty() {
        text.push_str(&format!("\n\n{}", diagnostic.help));
    }
    text
}
