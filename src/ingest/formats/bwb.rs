//! Dutch BWB XML.
