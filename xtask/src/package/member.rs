//! What the package of a member's program holds: the program, a hardened unit that waits for keys, a user of its own.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::tree::Tree;
use super::{Facts, Package, deb, licences};
use crate::env::root;

/// Where the unit is below the root.
pub(super) const UNIT: &str = "usr/lib/systemd/system/salus-node.service";

/// Files of `ledger/node/linux`, and where they go.
const FILES: [(&str, &str); 4] = [
    ("salus-node.service", UNIT),
    ("sysusers.conf", "usr/lib/sysusers.d/salus-node.conf"),
    ("tmpfiles.conf", "usr/lib/tmpfiles.d/salus-node.conf"),
    ("config.toml.example", "etc/salus-node/config.toml.example"),
];

/// Make and keep the user and the directory, and never start anything that was not started.
const SCRIPTS: [(&str, &str); 3] = [
    ("postinst", include_str!("../../../ledger/node/linux/postinst")),
    ("prerm", include_str!("../../../ledger/node/linux/prerm")),
    ("postrm", include_str!("../../../ledger/node/linux/postrm")),
];

const DESCRIPTION: &str = "The program of an organisation that is a member of a Salus chain, such as a
hospital, a clinic or an association of patients. It orders what is recorded,
keeps a part of each permission's key and hands it out only while the
permission holds, and stores sealed data that it cannot read.

The service is neither enabled nor started by this package: salus-node(1)
says how a member gets its keys and joins. Purging it leaves those keys.";

/// Lays it out in `folder`, with `program`.
pub(super) fn lay_out(program: &Path, facts: &Facts, folder: &Path) -> Result<Package> {
    let tree = Tree::fresh(folder.join("salus-node"))?;
    let own = |name: &str| {
        let file = root().join("ledger/node/linux").join(name);
        fs::read_to_string(&file).with_context(|| file.display().to_string())
    };
    tree.put_program("usr/bin/salus-node", &fs::read(program)?)?;
    for (file, path) in FILES {
        tree.put(path, own(file)?.as_bytes())?;
    }
    let page = facts.fill(&own("salus-node.1")?)?;
    tree.put_compressed("usr/share/man/man1/salus-node.1", page.as_bytes())?;
    super::papers(&tree, "salus-node", &licences::of("salus-node", false)?, facts)?;
    // What makes the user and the directory; systemd itself, or on a system without it the tools alone.
    let tools = "systemd | systemd-standalone-sysusers, systemd | systemd-standalone-tmpfiles";
    Ok(Package {
        name: "salus-node",
        summary: "member of a Salus chain",
        description: DESCRIPTION,
        section: "net",
        depends: format!("{}, {tools}", deb::libraries(program, folder)?),
        recommends: "systemd-timesyncd | time-daemon",
        scripts: &SCRIPTS,
        tree,
    })
}
