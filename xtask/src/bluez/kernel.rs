//! The kernel and the modules that the guest loads, in the order in which they load.
//!
//! A package holds no `modules.dep` (that is made when it is installed), so each module's own `depends=` is read.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::shell::files;
use crate::env::command;

/// The virtual controller's device, the network card, entropy, and the ciphers of pairing. Without drbg, LE Secure
/// Connections fail; it asks for ctr and for jitterentropy_rng, and that one for sha3, by name and not by dependency.
const WANTED: &[&str] = &[
    "virtio_pci",
    "virtio_net",
    "virtio_rng",
    "hmac",
    "sha512_generic",
    "sha3_generic",
    "jitterentropy_rng",
    "ctr",
    "drbg",
    "ecb",
    "ccm",
    "cmac",
    "af_alg",
    "algif_hash",
    "algif_skcipher",
    "algif_aead",
    "ecdh_generic",
    "uhid",
    "hci_vhci",
];

/// Copies the kernel to `kernel`; the modules, and the file `order` that names one in each line, to `modules`.
pub(super) fn gather(root: &Path, kernel: &Path, modules: &Path) -> Result<()> {
    let images = files(&root.join("boot"))?;
    let named = |p: &&PathBuf| p.file_name().is_some_and(|n| n.to_string_lossy().starts_with("vmlinuz"));
    fs::copy(images.iter().find(named).context("no kernel")?, kernel)?;

    let lib = ["usr/lib/modules", "lib/modules"].map(|p| root.join(p));
    let lib = lib.iter().find(|p| p.exists()).context("no kernel modules")?;
    let release = files(lib)?.into_iter().next().context("no kernel modules")?;
    let builtin = fs::read_to_string(release.join("modules.builtin"))?;
    let mut found = Vec::new();
    walk(&release, &mut found)?;
    let mut order = Vec::new();
    for name in WANTED {
        let inside = builtin.lines().any(|l| plain(Path::new(l)) == *name);
        if !inside {
            load(name, &found, modules, &mut order)?;
        }
    }
    Ok(fs::write(modules.join("order"), order.join("\n") + "\n")?)
}

/// Puts a module after everything it depends on.
fn load(name: &str, found: &[PathBuf], into: &Path, order: &mut Vec<String>) -> Result<()> {
    let file = format!("{name}.ko");
    if order.contains(&file) {
        return Ok(());
    }
    let path = found.iter().find(|p| plain(p) == name);
    let bytes = read(path.with_context(|| format!("the kernel has no module {name}"))?)?;
    for needed in depends(&bytes) {
        load(&needed.replace('-', "_"), found, into, order)?;
    }
    fs::write(into.join(&file), bytes)?;
    order.push(file);
    Ok(())
}

/// The value of `depends=` in the module's strings, which end in zero octets.
fn depends(module: &[u8]) -> Vec<String> {
    let key = b"depends=";
    let found = module.split(|b| *b == 0).find_map(|s| s.strip_prefix(key));
    let text = String::from_utf8_lossy(found.unwrap_or_default()).into_owned();
    text.split(',').filter(|n| !n.is_empty()).map(str::to_owned).collect()
}

/// The name as the kernel says it: files use hyphens too, and some distributions compress them.
fn plain(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').next().unwrap_or_default().replace('-', "_")
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let tool = match path.extension().and_then(|e| e.to_str()) {
        Some("xz") => "xz",
        Some("zst") => "zstd",
        _ => return fs::read(path).with_context(|| format!("reading {}", path.display())),
    };
    let out = command(tool).arg("-dc").arg(path).output().with_context(|| format!("starting {tool}"))?;
    anyhow::ensure!(out.status.success(), "{tool} does not read {}", path.display());
    Ok(out.stdout)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) -> Result<()> {
    for path in files(folder)? {
        // Packages of headers leave links to folders outside.
        if path.is_dir() && !path.is_symlink() {
            walk(&path, found)?;
        } else if path.to_string_lossy().contains(".ko") {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dependencies_are_read_from_the_module_itself() {
        assert_eq!(
            depends(b"\x7fELF\0license=GPL\0depends=virtio,net-failover\0name=x\0"),
            ["virtio", "net-failover"]
        );
        assert!(depends(b"\x7fELF\0depends=\0").is_empty());
        assert!(depends(b"\x7fELF").is_empty());
    }

    #[test]
    fn a_module_has_one_name() {
        for file in ["kernel/crypto/sha512-generic.ko", "sha512_generic.ko.xz", "sha512_generic"] {
            assert_eq!(plain(Path::new(file)), "sha512_generic");
        }
    }
}
