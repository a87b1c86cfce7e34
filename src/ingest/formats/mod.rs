//! One file per source format. Each reads decoded text (or bytes, for
//! containers) into an [`super::ActBuilder`]; none knows a country.

pub(crate) mod akoma_ntoso;
pub(crate) mod althingi;
pub(crate) mod bcn;
mod brackets;
pub(crate) mod bwb;
pub(crate) mod clml;
mod container;
pub(crate) mod docx;
pub(crate) mod egov;
pub(crate) mod epub;
pub(crate) mod exdoc;
pub(crate) mod finlex;
pub(crate) mod gii;
pub(crate) mod html;
mod line;
pub(crate) mod lois;
pub(crate) mod markdown;
mod marker;
pub(crate) mod moj;
pub(crate) mod odt;
pub(crate) mod pdf;
pub(crate) mod plain;
pub(crate) mod tei;
pub(crate) mod uslm;
mod xml;
