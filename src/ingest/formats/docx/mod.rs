//! Office Open XML text documents.
