//! Entity references in XML text.

use std::borrow::Cow;

/// The characters a reference stands for, given without `&` and `;`: the
/// predefined entities, character numbers and the names HTML knows. Nothing a
/// document declares itself is ever expanded.
pub(super) fn resolve(reference: &str) -> Option<Cow<'static, str>> {
    match reference.strip_prefix('#') {
        Some(number) => character(number).map(|c| Cow::Owned(c.to_string())),
        None => quick_xml::escape::resolve_html5_entity(reference).map(Cow::Borrowed),
    }
}

/// The character of a decimal or hexadecimal number. Numbers 128 to 159 are
/// read as windows-1252, as browsers do: they are never meant as controls.
fn character(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    match code {
        0 => None,
        128..=159 => {
            let byte = [u8::try_from(code).ok()?];
            let (decoded, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
            decoded.chars().next()
        }
        _ => char::from_u32(code),
    }
}

/// Attribute text with its references resolved; unknown ones stay as printed.
pub(super) fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let mut resolved = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        resolved.push_str(before);
        match after
            .split_once(';')
            .and_then(|(name, tail)| Some((resolve(name)?, tail)))
        {
            Some((text, tail)) => {
                resolved.push_str(&text);
                rest = tail;
            }
            None => {
                resolved.push('&');
                rest = after;
            }
        }
    }
    resolved.push_str(rest);
    Cow::Owned(resolved)
}

#[cfg(test)]
mod tests {
    use super::{resolve, unescape};

    #[test]
    fn names_numbers_and_windows_1252_numbers_resolve() {
        for (reference, text) in [
            ("amp", "&"),
            ("nbsp", "\u{a0}"),
            ("eacute", "é"),
            ("#233", "é"),
            ("#xE9", "é"),
            ("#146", "’"),
        ] {
            assert_eq!(resolve(reference).as_deref(), Some(text), "{reference}");
        }
        for unknown in ["lol9", "#0", "#xD800", "#99999999999", "#x", ""] {
            assert_eq!(resolve(unknown), None, "{unknown}");
        }
        assert_eq!(
            unescape("a &amp; b &unknown; &#x30; &"),
            "a & b &unknown; 0 &"
        );
    }
}
