//! Akoma Ntoso 3.
