//! HTML, from headings, anchors and text.
