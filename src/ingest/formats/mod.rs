//! One file per source format. Each reads decoded text (or bytes, for
//! containers) into an [`super::ActBuilder`]; none knows a country.

mod akoma_ntoso;
mod bwb;
mod docx;
mod egov;
mod gii;
mod html;
mod lois;
pub(crate) mod markdown;
mod pdf;
pub(crate) mod plain;
mod xml;
