//! The `newc` form of cpio, which the kernel unpacks into its first file system.
//!
//! ```text
//! entry = "070701", 13 fields of 8 hexadecimal digits, name, 00, padding to 4, content, padding to 4
//! fields = inode, mode, uid, gid, links, time, size, 4 device numbers, length of the name with its 00, checksum
//! ```
//!
//! Source: Linux, Documentation/driver-api/early-userspace/buffer-format.rst. Not compressed: an emulated processor
//! takes longer to unpack it than the host takes to copy it.

use std::io::Write;

use anyhow::{Context, Result};

/// What an entry is.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Folder,
    Program,
    Link,
}

impl Kind {
    const fn mode(self) -> u32 {
        match self {
            Self::Folder => 0o040_755,
            Self::Program => 0o100_755,
            Self::Link => 0o120_777,
        }
    }
}

/// An archive under construction.
pub(super) struct Archive {
    out: Vec<u8>,
    entries: u32,
}

impl Archive {
    pub(super) const fn new() -> Self {
        Self { out: Vec::new(), entries: 0 }
    }

    /// Adds an entry; the folder it is in comes first. A link's content is where it leads.
    pub(super) fn add(&mut self, name: &str, kind: Kind, content: &[u8]) -> Result<()> {
        self.entry(name, kind.mode(), content)
    }

    /// The archive with its last entry.
    pub(super) fn finish(mut self) -> Result<Vec<u8>> {
        self.entry("TRAILER!!!", 0, &[])?;
        Ok(self.out)
    }

    fn entry(&mut self, name: &str, mode: u32, content: &[u8]) -> Result<()> {
        self.entries += 1;
        let size = u32::try_from(content.len()).context("a file of more than 4 GB")?;
        let length = u32::try_from(name.len() + 1)?;
        write!(self.out, "070701")?;
        for field in [self.entries, mode, 0, 0, 1, 0, size, 0, 0, 0, 0, length, 0] {
            write!(self.out, "{field:08x}")?;
        }
        self.out.extend_from_slice(name.as_bytes());
        self.out.push(0);
        self.pad();
        self.out.extend_from_slice(content);
        self.pad();
        Ok(())
    }

    fn pad(&mut self) {
        self.out.resize(self.out.len().next_multiple_of(4), 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_laid_out_as_the_kernel_reads_it() {
        let mut archive = Archive::new();
        archive.add("a", Kind::Program, b"12345").unwrap();
        let bytes = archive.finish().unwrap();
        let header = "070701\
            00000001000081ed0000000000000000000000010000000000000005\
            00000000000000000000000000000000\
            0000000200000000";
        assert_eq!(&bytes[..110], header.as_bytes());
        assert_eq!(&bytes[110..120], b"a\x0012345\0\0\0");
        assert!(bytes[120..].starts_with(b"070701") && bytes.len().is_multiple_of(4));
    }
}
