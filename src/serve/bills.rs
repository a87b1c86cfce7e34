//! The bills that were checked lately. They are kept in memory only, a few of
//! them, and gone with the program.

use std::sync::Arc;

use crate::check::{Bill, BillReport};

/// How many are kept.
const MOST: usize = 12;

/// A bill with what was said about it.
#[derive(Debug)]
pub struct Checked {
    /// Its address: the same bill, asked in the same way, has the same.
    pub id: String,
    /// The bill.
    pub bill: Bill,
    /// What was said.
    pub report: BillReport,
    /// Whose law it was applied to; empty for none.
    pub country: String,
}

/// The last bills, the newest last.
#[derive(Debug, Default)]
pub struct Desk {
    kept: Vec<Arc<Checked>>,
}

impl Desk {
    /// Keeps a bill; the oldest gives way.
    pub fn keep(&mut self, checked: Checked) {
        self.kept.retain(|known| known.id != checked.id);
        if self.kept.len() >= MOST {
            self.kept.remove(0);
        }
        self.kept.push(Arc::new(checked));
    }

    /// A bill by its address.
    pub fn get(&self, id: &str) -> Option<Arc<Checked>> {
        self.kept.iter().find(|known| known.id == id).cloned()
    }

    /// All of them, the newest first.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Checked>> {
        self.kept.iter().rev()
    }
}
