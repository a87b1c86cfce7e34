//! Concord reads national law, compares it with what international
//! child-protection instruments require, and shows for every requirement what
//! the law says, where, in which words, and what is missing.
//!
//! Data flows one way: [`ingest`] turns files into acts ([`law`]),
//! [`annotate`] finds concepts in them with the data of [`mappings`],
//! [`corpus`] keeps a folder of acts searchable, [`assess`] derives findings,
//! [`review`] keeps what reviewers say of them, [`report`] prints them, `serve`
//! shows them in a browser. `pull` fetches official publications when asked to.
//! `ARCHITECTURE.md` is the guided tour.

#![warn(missing_docs)]
#![forbid(unsafe_code)]

pub mod amend;
pub mod annotate;
pub mod assess;
pub mod check;
pub mod cli;
pub mod corpus;
pub mod diff;
pub mod ingest;
pub mod law;
pub mod mappings;
#[cfg(feature = "pull")]
pub mod pull;
pub mod report;
pub mod review;
#[cfg(feature = "serve")]
pub mod serve;
