//! The arrows of ARCHITECTURE.md, held by a check: who may depend on whom, and what must stay out of which tree.

mod pure;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::env::{cargo, root};
use crate::step::step;

/// Our crates and the ones of ours that each may name, tests and dev-dependencies apart.
const ALLOWED: &[(&str, &[&str])] = &[
    ("salus-wire", &[]),
    ("salus-devices", &["salus-wire"]),
    ("salus-vault", &["salus-wire"]),
    ("salus-insight", &["salus-wire"]),
    ("salus-picture", &[]),
    ("salus-report", &["salus-wire", "salus-insight"]),
    ("salus-chain", &[]),
    ("salus-keeper", &["salus-chain"]),
    ("salus-light", &["salus-chain", "salus-keeper"]),
    ("salus-node", &["salus-chain", "salus-keeper", "salus-light"]),
    ("salus-sharing", &["salus-wire", "salus-chain", "salus-keeper", "salus-light", "salus-vault"]),
    (
        "salus-api",
        &[
            "salus-wire",
            "salus-devices",
            "salus-vault",
            "salus-insight",
            "salus-picture",
            "salus-report",
            "salus-chain",
            "salus-keeper",
            "salus-light",
            "salus-sharing",
        ],
    ),
    // light only for its clock: the shell chooses between the system's and the controlled one.
    ("salus", &["salus-wire", "salus-api", "salus-light"]),
    ("salus-ui", &["salus-wire"]),
];

/// A crate, and packages (by prefix) that must not be anywhere in its tree. For chain and keeper see [`pure`].
const KEPT_OUT: &[(&str, &[&str])] = &[
    ("salus-wire", &["tokio", "tauri"]),
    ("salus-devices", &["tauri", "libp2p", "sqlx"]),
    ("salus-vault", &["tauri", "libp2p"]),
    ("salus-insight", &["tauri", "tokio", "libp2p", "sqlx"]),
    ("salus-picture", &["tauri", "tokio", "libp2p", "sqlx"]),
    ("salus-report", &["tauri", "tokio", "libp2p", "sqlx"]),
    ("salus-light", &["tauri", "sqlx", "arc-malachitebft"]),
    ("salus-node", &["tauri", "sqlx"]),
    ("salus-sharing", &["tauri", "arc-malachitebft"]),
    ("salus-api", &["tauri", "arc-malachitebft"]),
    ("salus", &["arc-malachitebft", "redb"]),
];

/// A package that only these crates of ours may name directly.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("libp2p", &["salus-light", "salus-node", "salus-tests"]),
    ("sqlx", &["salus-vault", "salus-tests"]),
    ("tauri", &["salus", "salus-empty-window"]),
    ("krilla", &["salus-report"]),
    ("rqrr", &["salus-picture"]),
    ("zune-jpeg", &["salus-picture"]),
];

/// Runs every check and lists every break.
pub(crate) fn run() -> Result<()> {
    step("arrows between crates", || {
        let mut graph = Graph::read("Cargo.toml")?;
        graph.merge(Graph::read("ui/Cargo.toml")?);
        let mut broken = breaks(&graph);
        broken.extend(pure::breaks()?);
        if broken.is_empty() {
            println!("   {} crates, all arrows hold", ALLOWED.len());
            return Ok(());
        }
        bail!("{}\nSee ARCHITECTURE.md for the arrows.", broken.join("\n"))
    })
}

/// Normal dependencies by package name.
#[derive(Default)]
struct Graph {
    edges: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    fn read(manifest: &str) -> Result<Self> {
        let path = root().join(manifest);
        let mut command = cargo(&["metadata", "--format-version", "1", "--locked", "--manifest-path"]);
        let out = command.arg(&path).output().context("starting cargo metadata")?;
        if !out.status.success() {
            bail!("cargo metadata for {manifest}: {}", String::from_utf8_lossy(&out.stderr));
        }
        Self::parse(&serde_json::from_slice(&out.stdout).context("reading cargo metadata")?)
    }

    fn parse(metadata: &Value) -> Result<Self> {
        let packages = metadata["packages"].as_array().context("no packages")?;
        let name_of: BTreeMap<&str, &str> =
            packages.iter().filter_map(|p| Some((p["id"].as_str()?, p["name"].as_str()?))).collect();
        let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for node in metadata["resolve"]["nodes"].as_array().context("no resolved graph")? {
            let Some(from) = node["id"].as_str().and_then(|id| name_of.get(id)) else { continue };
            let to = edges.entry((*from).to_owned()).or_default();
            for dep in node["deps"].as_array().into_iter().flatten() {
                // kind null is a normal dependency; dev and build dependencies are not in the shipped tree.
                let normal =
                    dep["dep_kinds"].as_array().is_some_and(|k| k.iter().any(|k| k["kind"].is_null()));
                if let (true, Some(name)) = (normal, dep["pkg"].as_str().and_then(|id| name_of.get(id))) {
                    to.insert((*name).to_owned());
                }
            }
        }
        Ok(Self { edges })
    }

    fn merge(&mut self, other: Self) {
        for (from, to) in other.edges {
            self.edges.entry(from).or_default().extend(to);
        }
    }

    fn direct(&self, package: &str) -> BTreeSet<&str> {
        self.edges.get(package).into_iter().flatten().map(String::as_str).collect()
    }

    fn tree(&self, package: &str) -> BTreeSet<&str> {
        let mut seen = BTreeSet::new();
        let mut next: Vec<&str> = self.direct(package).into_iter().collect();
        while let Some(name) = next.pop() {
            if seen.insert(name) {
                next.extend(self.direct(name));
            }
        }
        seen
    }
}

fn breaks(graph: &Graph) -> Vec<String> {
    let mut broken = Vec::new();
    for (package, allowed) in ALLOWED {
        if !graph.edges.contains_key(*package) {
            broken.push(format!("{package} is in the table but not in the workspace"));
        }
        for dep in graph.direct(package) {
            if dep.starts_with("salus") && !allowed.contains(&dep) {
                broken.push(format!("{package} -> {dep}: this arrow points the wrong way"));
            }
        }
    }
    for (package, kept_out) in KEPT_OUT {
        for dep in graph.tree(package) {
            if kept_out.iter().any(|k| dep == *k || dep.starts_with(&format!("{k}-"))) {
                broken.push(format!("{package} has {dep} in its tree"));
            }
        }
    }
    for (dep, owners) in ONLY_IN {
        for (package, deps) in &graph.edges {
            if package.starts_with("salus") && deps.contains(*dep) && !owners.contains(&package.as_str()) {
                broken.push(format!("{package} -> {dep}: only {} may name it", owners.join(" and ")));
            }
        }
    }
    broken
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(&str, &[&str])]) -> Graph {
        let mut g = Graph::default();
        for (package, _) in ALLOWED {
            g.edges.insert((*package).to_owned(), BTreeSet::new());
        }
        for (from, to) in edges {
            g.edges.insert((*from).to_owned(), to.iter().map(|t| (*t).to_owned()).collect());
        }
        g
    }

    #[test]
    fn a_clean_graph_has_no_breaks() {
        assert_eq!(breaks(&graph(&[("salus-vault", &["salus-wire", "sqlx"])])), Vec::<String>::new());
    }

    #[test]
    fn each_kind_of_break_is_named() {
        let wrong_way = breaks(&graph(&[("salus-chain", &["salus-light"])]));
        assert!(wrong_way.iter().any(|b| b.contains("salus-chain -> salus-light")), "{wrong_way:?}");
        let deep = breaks(&graph(&[
            ("salus", &["salus-api"]),
            ("salus-api", &["x"]),
            ("x", &["arc-malachitebft-engine"]),
        ]));
        assert!(deep.iter().any(|b| b.contains("salus has arc-malachitebft-engine")), "{deep:?}");
        let foreign = breaks(&graph(&[("salus-devices", &["sqlx"])]));
        assert!(foreign.iter().any(|b| b.contains("only salus-vault")), "{foreign:?}");
    }
}
