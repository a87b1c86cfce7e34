//! `concord serve`: the corpus as pages for a browser on this machine.

use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::{Outcome, SharedArguments};
use crate::corpus::Cache;
use crate::law::{Date, Jurisdiction};
use crate::serve::{Options, Site, serve};

#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// Folder that holds one folder of law texts per jurisdiction, or a zip
    /// archive of one.
    #[arg(default_value = "corpora")]
    corpus: PathBuf,
    /// Port to listen on; 0 takes any that is free. The address is printed.
    #[arg(long, default_value_t = 7411, value_name = "N")]
    port: u16,
    /// Address to listen on. With any other than this machine's own, everybody
    /// who reaches the machine can read the law and change decisions: there is
    /// no account and no password.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), value_name = "IP")]
    bind: IpAddr,
    /// Only these jurisdictions, by code.
    #[arg(long, short = 'c', value_delimiter = ',', value_name = "CODES")]
    jurisdictions: Vec<String>,
    /// Only this profile, or one requirement, instead of every requirement
    /// that has rules; pages can be narrowed to a profile at any time.
    #[arg(long, short)]
    profile: Option<String>,
    /// Read the wordings in force on this day, instead of those of each text's
    /// own version.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// File of reviewers' decisions, instead of `reviews.csv` in the corpus
    /// folder.
    #[arg(long, value_name = "FILE")]
    reviews: Option<PathBuf>,
    /// Folder for the index; safe to delete.
    #[arg(long, env = "CONCORD_CACHE", value_name = "DIR")]
    cache: Option<PathBuf>,
}

pub(crate) fn run(arguments: &ServeArguments, shared: &SharedArguments) -> anyhow::Result<Outcome> {
    // The port is taken first: reading a corpus to find it gone is tiresome.
    let address = SocketAddr::new(arguments.bind, arguments.port);
    let listener = TcpListener::bind(address).map_err(|error| refused(address, error))?;
    if !arguments.bind.is_loopback() && !shared.quiet {
        anstream::eprintln!(
            "warning: {} is not this machine alone: everybody who reaches it can change decisions",
            arguments.bind
        );
    }
    let (mappings, annotator) = shared.load()?;
    // Both live as long as the program: pages are made on many threads until
    // it ends.
    let mappings = Box::leak(Box::new(mappings));
    let annotator = Box::leak(Box::new(annotator));
    let options = Options {
        corpus: arguments.corpus.clone(),
        jurisdictions: arguments
            .jurisdictions
            .iter()
            .map(|code| Jurisdiction::new(code))
            .collect(),
        profile: arguments.profile.clone(),
        day: arguments.date,
        reviews: arguments.reviews.clone(),
        cache: match &arguments.cache {
            Some(folder) => Cache::Folder(folder.clone()),
            None => Cache::Platform,
        },
    };
    let progress = shared.progress();
    let site = Site::open(&options, mappings, annotator, &|done| progress.show(done));
    progress.finish();
    let site = site?;
    let address = listener.local_addr().context("the address is not known")?;
    // Nobody listening (a closed pipe) is no failure of ours.
    let mut out = anstream::stdout();
    let _ = writeln!(out, "http://{address}/").and_then(|()| out.flush());
    if !shared.quiet {
        anstream::eprintln!("open this address in a browser; Ctrl-C ends");
    }
    serve(site, listener).context("the server stopped")?;
    Ok(Outcome::Done)
}

/// Why an address cannot be listened on, with what can be done about it.
fn refused(address: SocketAddr, error: std::io::Error) -> anyhow::Error {
    use std::io::ErrorKind;
    let port = address.port();
    match error.kind() {
        ErrorKind::AddrInUse => anyhow::anyhow!(
            "port {port} is taken by another program, perhaps by another `concord serve`; \
             choose another with --port, or --port 0 for any that is free"
        ),
        ErrorKind::PermissionDenied => anyhow::anyhow!(
            "port {port} may not be used by this account; choose one above 1023 with --port"
        ),
        ErrorKind::AddrNotAvailable => anyhow::anyhow!(
            "{} is no address of this machine; leave --bind out for this machine alone",
            address.ip()
        ),
        _ => anyhow::Error::new(error).context(format!("cannot listen on {address}")),
    }
}
