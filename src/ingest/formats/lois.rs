//! Canadian LOIS XML.
