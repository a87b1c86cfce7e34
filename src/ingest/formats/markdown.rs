//! Markdown, with or without YAML front matter.
