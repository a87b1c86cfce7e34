//! Japanese e-Gov XML.
