//! Pages of a corpus for a browser on the same machine: search, matrix,
//! findings, provisions, review, and a desk for bills.
//!
//! [`Site`] holds one assessed corpus; every page is a plain function from a
//! [`Request`] to a [`Reply`], so that it can be tested without a network.
//! [`serve`] puts the site behind HTTP, and `guard` decides who may ask.

mod apparatus;
mod assets;
mod bills;
mod guard;
mod language;
mod link;
mod pages;
mod parameters;
mod reply;
mod server;
mod site;

pub use guard::Guard;
pub use reply::{Refusal, Reply};
pub use server::{Request, serve};
pub use site::{Options, Site, SiteError};
