//! Plain text with article headings.
