//! What `chain` and `keeper` may have in their trees: everything, by name. A runtime, a network or a database cannot come in
//! under a name that nobody thought of forbidding.
//!
//! The trees are those of the crates alone, on every platform: in the workspace's own graph, what other crates switch on
//! would count too. `futures` is traits and combinators here, without its executor.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};

use crate::env::cargo;

/// Below `salus-chain`.
#[rustfmt::skip]
const CHAIN: &[&str] = &[
    "ahash", "anyhow", "block-buffer", "borsh", "borsh-derive", "byteorder", "bytes", "cfg-if",
    "const-oid", "cpufeatures", "crypto-common", "curve25519-dalek", "curve25519-dalek-derive",
    "curve25519-dalek-ng", "deranged", "digest", "ed25519", "ed25519-consensus", "ed25519-dalek",
    "either", "equivalent", "fiat-crypto", "flex-error", "futures", "futures-channel", "futures-core",
    "futures-io", "futures-sink", "futures-task", "futures-util", "generic-array", "hashbrown", "hex",
    "hybrid-array", "indexmap", "itertools", "itoa", "jmt", "libc", "memchr", "mirai-annotations",
    "num-conv", "num-derive", "num-traits", "once_cell", "opaque-debug", "paste", "pin-project-lite",
    "powerfmt", "proc-macro-crate", "proc-macro2", "prost", "prost-derive", "quote", "rand_core", "serde",
    "serde_bytes", "serde_core", "serde_derive", "serde_json", "serde_repr", "sha2", "signature",
    "subtle", "subtle-encoding", "subtle-ng", "syn", "tendermint", "tendermint-proto", "thiserror",
    "thiserror-impl", "time", "time-core", "time-macros", "toml_datetime", "toml_edit", "toml_parser",
    "tracing", "tracing-attributes", "tracing-core", "typenum", "unicode-ident", "winnow", "zerocopy",
    "zerocopy-derive", "zeroize", "zeroize_derive", "zmij",
];

/// Below `salus-chain` by cedar-policy, which evaluates consent contracts: its parser (lalrpop-util, logos, regex), its error
/// reports (miette, pretty, unicode-*), its derive macros, and stacker with psm, which allocates a stack and is what windows-sys
/// is for. chrono is without its clock: it only reads the dates that a contract writes.
#[rustfmt::skip]
const CEDAR: &[&str] = &[
    "aho-corasick", "arrayvec", "cedar-policy", "cedar-policy-core", "cedar-policy-formatter", "chrono",
    "darling", "darling_core", "darling_macro", "educe", "enum-ordinalize", "enum-ordinalize-derive", "fnv",
    "foldhash", "ident_case", "lalrpop-util", "linked-hash-map", "linked_hash_set", "logos",
    "logos-codegen", "logos-derive", "miette", "miette-derive", "nonempty", "pretty", "psm", "ref-cast",
    "ref-cast-impl", "regex", "regex-automata", "regex-syntax", "rustc-literal-escaper", "rustversion",
    "semver", "serde_with", "serde_with_macros", "smol_str", "stacker", "strsim", "tinyvec", "typed-arena",
    "unicode-normalization", "unicode-script", "unicode-security", "unicode-width", "windows-link",
    "windows-sys",
];

/// Below `salus-keeper`, besides [`CHAIN`] and [`CEDAR`].
#[rustfmt::skip]
const KEEPER: &[&str] = &[
    "aead", "chacha20", "chacha20poly1305", "cipher", "cmov", "ctutils", "hkdf", "hmac", "hpke", "inout",
    "poly1305", "salus-chain", "universal-hash", "x25519-dalek",
];

/// Every package that is in a tree and not allowed there, or allowed and not there.
pub(super) fn breaks() -> Result<Vec<String>> {
    let chain: BTreeSet<&str> = CHAIN.iter().chain(CEDAR).copied().collect();
    let keeper: BTreeSet<&str> = chain.iter().chain(KEEPER).copied().collect();
    let mut broken = compare("salus-chain", &tree("salus-chain")?, &chain);
    broken.extend(compare("salus-keeper", &tree("salus-keeper")?, &keeper));
    Ok(broken)
}

fn compare(package: &str, tree: &BTreeSet<String>, allowed: &BTreeSet<&str>) -> Vec<String> {
    let new = tree.iter().filter(|name| !allowed.contains(name.as_str()));
    let new =
        new.map(|name| format!("{package} has {name} in its tree, which is not in xtask/src/arrows/pure.rs"));
    let gone = allowed.iter().filter(|name| !tree.contains(**name));
    new.chain(gone.map(|name| format!("{package} may have {name} in its tree and does not: remove it")))
        .collect()
}

/// The names below a package, as cargo resolves it alone.
fn tree(package: &str) -> Result<BTreeSet<String>> {
    let mut command =
        cargo(&["tree", "--locked", "--edges", "normal", "--target", "all", "--prefix", "none"]);
    let out = command.args(["--package", package]).output().context("starting cargo tree")?;
    if !out.status.success() {
        bail!("cargo tree for {package}: {}", String::from_utf8_lossy(&out.stderr));
    }
    let text = String::from_utf8(out.stdout).context("its output is not text")?;
    let names: BTreeSet<String> =
        text.lines().filter_map(|l| l.split_whitespace().next()).map(str::to_owned).collect();
    Ok(names.into_iter().filter(|name| name != package).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_new_and_what_is_gone_are_breaks() {
        let tree = ["hex", "smol"].map(str::to_owned).into();
        let broken = compare("salus-chain", &tree, &["hex", "serde"].into());
        assert_eq!(broken.len(), 2, "{broken:?}");
        assert!(
            broken[0].contains("salus-chain has smol") && broken[1].contains("may have serde"),
            "{broken:?}"
        );
        assert_eq!(compare("salus-chain", &tree, &["hex", "smol"].into()), Vec::<String>::new());
    }

    #[test]
    fn nothing_allowed_is_a_runtime_a_network_or_a_database() {
        // A string that is kept in place when it is short has nothing to do with the runtime of that name.
        let all = || CHAIN.iter().chain(CEDAR).chain(KEEPER).filter(|name| **name != "smol_str");
        for known in [
            "tokio",
            "async-std",
            "smol",
            "libp2p",
            "quinn",
            "hyper",
            "mio",
            "socket2",
            "redb",
            "sqlx",
            "zbus",
        ] {
            assert!(all().all(|name| !name.starts_with(known)), "{known}");
        }
    }
}
