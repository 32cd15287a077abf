//! The archive's octets stay, and whatever is not one of ours is refused with bounded memory.

use super::*;

const MADE: u64 = 1_795_000_000;

fn archive() -> Vec<u8> {
    let mut database = &b"sealed rows"[..];
    let content = Content {
        keyslots: b"the slots",
        profile: Some(b"{}"),
        database_len: database.len() as u64,
        database: &mut database,
        made: MADE,
    };
    write(Vec::new(), content, &Watch::silent()).unwrap()
}

fn walked(archive: &[u8]) -> Result<Vec<(String, Vec<u8>)>, BackupError> {
    let mut all = Vec::new();
    read(archive, &Watch::silent(), |name, _, content| {
        all.push((name.to_owned(), bytes(content)?));
        Ok(())
    })?;
    Ok(all)
}

/// An archive of these names, with the sums that go with them.
fn of(entries: &[(&str, EntryType, &[u8])]) -> Vec<u8> {
    let mut tape = Builder::new(Vec::new());
    for (name, kind, content) in entries {
        let mut header = Header::new_ustar();
        // Past the library's own check: an adversary does not use it.
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_entry_type(*kind);
        header.set_size(content.len() as u64);
        header.set_cksum();
        tape.append(&header, *content).unwrap();
    }
    tape.into_inner().unwrap()
}

#[test]
fn what_is_written_is_read_and_the_octets_stay() {
    let archive = archive();
    let found = walked(&archive).unwrap();
    let expected: [(&str, &[u8]); 4] = [
        ("README.txt", README.as_bytes()),
        ("keyslots", b"the slots"),
        ("profile.json", b"{}"),
        ("vault.db", b"sealed rows"),
    ];
    assert_eq!(found.len(), 4);
    for ((name, content), (expected, octets)) in found.iter().zip(expected) {
        assert_eq!((name.as_str(), content.as_slice()), (expected, octets));
    }
    // Six entries of a head and one block, a README of two, two blocks of zeros; ustar, no extension.
    assert_eq!(archive.len(), 512 * (6 * 2 + 1 + 2));
    assert_eq!(&archive[257..265], b"ustar\x0000");
    assert_eq!(hex::encode(Sha256::digest(&archive)), GOLDEN);
}

const GOLDEN: &str = "4c8e8275a2d37c3b9c46cc126ec1e4403208a0a65dce4b2e0fa4545b196c21fe";

#[test]
fn other_orders_kinds_and_names_are_refused() {
    let version = ("format", EntryType::Regular, VERSION);
    let slots = ("keyslots", EntryType::Regular, &b"slots"[..]);
    let database = ("vault.db", EntryType::Regular, &b"rows"[..]);
    for bad in [
        vec![version, database, slots],
        vec![version, slots, slots],
        vec![version, ("keyslots", EntryType::Symlink, b"")],
        vec![version, ("keyslots", EntryType::XHeader, b"")],
        vec![version, ("../keyslots", EntryType::Regular, b"slots")],
        vec![version, ("/keyslots", EntryType::Regular, b"slots")],
        vec![version, slots, ("vault.db-wal", EntryType::Regular, b"rows")],
        vec![("format", EntryType::Regular, b"something else\n")],
    ] {
        assert_eq!(walked(&of(&bad)), Err(BackupError::NotABackup), "{bad:?}");
    }
    let long = vec![b'x'; 70_000];
    let large = [version, ("keyslots", EntryType::Regular, &long[..])];
    assert_eq!(walked(&of(&large)), Err(BackupError::NotABackup));
    assert_eq!(walked(&of(&[version, slots, database])), Err(BackupError::Altered), "no sums");
    assert_eq!(walked(&of(&[version])), Err(BackupError::Altered));
    assert_eq!(walked(&of(&[("format", EntryType::Regular, b"salus-backup 2\n")])), Err(BackupError::TooNew));
    let wrong = ("SHA256SUMS", EntryType::Regular, &b"0000  format\n"[..]);
    assert_eq!(walked(&of(&[version, slots, database, wrong])), Err(BackupError::Altered));
}

#[test]
fn a_changed_octet_or_a_cut_is_told() {
    let whole = archive();
    for cut in (0..whole.len() - 1024).step_by(97) {
        assert!(walked(&whole[..cut]).is_err(), "{cut}");
    }
    let start = whole.windows(11).position(|w| w == b"sealed rows").unwrap();
    let mut changed = whole.clone();
    changed[start] ^= 1;
    assert_eq!(walked(&changed), Err(BackupError::Altered));
    let endless = [&whole[..], &vec![0; 1 << 20]].concat();
    assert_eq!(walked(&endless), Err(BackupError::Altered));
}

#[test]
fn a_database_that_shrank_meanwhile_is_told() {
    let mut database = &b"short"[..];
    let content = Content {
        keyslots: b"the slots",
        profile: None,
        database: &mut database,
        database_len: 100,
        made: MADE,
    };
    assert_eq!(write(Vec::new(), content, &Watch::silent()).err(), Some(BackupError::Unreadable));
}
