//! One file per source format. Each reads decoded text (or bytes, for
//! containers) into an [`super::ActBuilder`]; none knows a country.

pub(crate) mod akoma_ntoso;
pub(crate) mod bwb;
mod docx;
pub(crate) mod egov;
pub(crate) mod gii;
pub(crate) mod html;
pub(crate) mod lois;
pub(crate) mod markdown;
mod marker;
pub(crate) mod pdf;
pub(crate) mod plain;
mod xml;
