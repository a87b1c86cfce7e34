//! Zip containers: word-processor files and electronic books.

use std::io::{Cursor, Read};

use zip::ZipArchive;

/// More members than this are no document.
const MOST_MEMBERS: usize = 10_000;
/// A member larger than this, unpacked, is no text of a law.
const LARGEST_MEMBER: u64 = 128 << 20;
/// All members read together may be so large, unpacked.
const LARGEST_TOTAL: u64 = 256 << 20;

/// An open container.
pub(super) struct Container<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    read: u64,
}

impl<'b> Container<'b> {
    /// Opens a container.
    ///
    /// # Errors
    /// When the bytes are no zip file or it has too many members.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, String> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| format!("the container is damaged: {error}"))?;
        if archive.len() > MOST_MEMBERS {
            return Err(format!(
                "the container has {} members, more than {MOST_MEMBERS}",
                archive.len()
            ));
        }
        Ok(Self { archive, read: 0 })
    }

    /// The text of a member, decoded; none when there is no such member.
    ///
    /// # Errors
    /// When the member is damaged, or larger than any text of a law.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        let Some(index) = self.archive.index_for_name(name) else {
            return Ok(None);
        };
        let member = self
            .archive
            .by_index(index)
            .map_err(|error| format!("{name} is damaged: {error}"))?;
        let mut bytes = Vec::new();
        let limit = LARGEST_MEMBER.min(LARGEST_TOTAL.saturating_sub(self.read));
        // The size in the directory may lie: count what really comes out.
        member
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| format!("{name} is damaged: {error}"))?;
        self.read += bytes.len() as u64;
        if bytes.len() as u64 > limit {
            return Err(format!(
                "{name} unpacks to more than {} megabytes",
                limit >> 20
            ));
        }
        let (text, _, _) = encoding_rs::UTF_8.decode(&bytes);
        Ok(Some(text.into_owned()))
    }
}

#[cfg(test)]
pub(super) mod testing {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;

    /// A container with these members.
    pub(in crate::ingest::formats) fn pack(members: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in members {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::pack;
    use super::{Container, LARGEST_MEMBER};

    #[test]
    fn a_member_that_unpacks_without_end_is_refused() {
        let bomb = " ".repeat(LARGEST_MEMBER as usize + 10);
        let bytes = pack(&[("content.xml", &bomb), ("small.xml", "<a/>")]);
        assert!(bytes.len() < 1 << 20);
        let mut container = Container::open(&bytes).unwrap();
        assert_eq!(container.text("small.xml").unwrap().unwrap(), "<a/>");
        assert!(container.text("absent.xml").unwrap().is_none());
        let reason = container.text("content.xml").unwrap_err();
        assert!(reason.contains("128 megabytes"), "{reason}");
    }
}
