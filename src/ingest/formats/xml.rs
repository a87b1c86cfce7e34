//! What the XML readers share.
