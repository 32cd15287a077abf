//! What the package of the desktop application holds.
//!
//! No script runs when it is installed or removed: the desktop's own caches are kept up by the packages that have them. It
//! handles the links of `salus:`, which come to the application as an argument, and no kind of file. For other systems' bundles the
//! same is configuration, which Tauri's bundler would read.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::tree::Tree;
use super::{Facts, Package, deb, licences};
use crate::env::root;

/// As `src-tauri/tauri.conf.json` names the application; a test compares them.
const IDENTIFIER: &str = "org.salus-health.salus";

/// Pictures of `icons/`, and the folder of the theme that is meant for their size.
const ICONS: [(&str, &str, &str); 6] = [
    ("32x32.png", "32x32", "png"),
    ("64x64.png", "64x64", "png"),
    ("128x128.png", "128x128", "png"),
    ("128x128@2x.png", "256x256", "png"),
    ("icon.png", "512x512", "png"),
    ("salus.svg", "scalable", "svg"),
];

const DESCRIPTION: &str = "Salus collects readings from your own Bluetooth devices, keeps them encrypted
on your computer, and lets you share them with a clinician until a day that
you choose. Every opening is shown to you, and you can stop a permission at
any time.

It is not a medical device: it shows what was measured and draws no
diagnosis.";

/// Lays it out in `folder`, with `program`.
pub(super) fn lay_out(program: &Path, facts: &Facts, folder: &Path) -> Result<Package> {
    let tree = Tree::fresh(folder.join("salus"))?;
    let own = |name: &str| {
        let file = root().join("src-tauri/linux").join(name);
        fs::read_to_string(&file).with_context(|| file.display().to_string())
    };
    tree.put_program("usr/bin/salus", &fs::read(program)?)?;
    let (entry, told) = (format!("{IDENTIFIER}.desktop"), format!("{IDENTIFIER}.metainfo.xml"));
    tree.put(&format!("usr/share/applications/{entry}"), own(&entry)?.as_bytes())?;
    tree.put(&format!("usr/share/metainfo/{told}"), facts.fill(&own(&told)?)?.as_bytes())?;
    for (picture, size, kind) in ICONS {
        let content = fs::read(root().join("icons").join(picture)).with_context(|| picture.to_owned())?;
        tree.put(&format!("usr/share/icons/hicolor/{size}/apps/{IDENTIFIER}.{kind}"), &content)?;
    }
    tree.put_compressed("usr/share/man/man1/salus.1", facts.fill(&own("salus.1")?)?.as_bytes())?;
    tree.put("usr/share/lintian/overrides/salus", own("salus.lintian-overrides")?.as_bytes())?;
    super::papers(&tree, "salus", &licences::of("salus", true)?, facts)?;
    Ok(Package {
        name: "salus",
        summary: "health records that the patient controls",
        description: DESCRIPTION,
        section: "misc",
        depends: deb::libraries(program, folder)?,
        // The daemon of Bluetooth, the place where a secret of this computer is kept, the tool that opens a backup by hand, and what
        // shows a symbol in the tray, which is loaded when it is there.
        recommends: "bluez, default-dbus-session-bus | dbus-session-bus, gnome-keyring | kwalletmanager | keepassxc, age, \
                     libayatana-appindicator3-1",
        scripts: &[],
        tree,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn tauri() -> Value {
        let text = fs::read_to_string(root().join("src-tauri/tauri.conf.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// The width in a PNG's first chunk, big-endian after 16 octets.
    fn width(png: &[u8]) -> u32 {
        u32::from_be_bytes(png[16..20].try_into().unwrap())
    }

    #[test]
    fn icons_are_of_the_size_that_their_folder_says() {
        for (picture, size, kind) in ICONS {
            let content = fs::read(root().join("icons").join(picture)).unwrap();
            match size.split_once('x') {
                Some((side, _)) => assert_eq!(width(&content).to_string(), side, "{picture}"),
                None => assert!(kind == "svg" && content.starts_with(b"<svg"), "{picture}"),
            }
        }
    }

    #[test]
    fn the_other_systems_bundles_name_files_that_are_there() {
        // Whether each key and value is one of Tauri's, tauri-build decides whenever the application is compiled.
        let (tauri, folder) = (tauri(), root().join("src-tauri"));
        let bundle = &tauri["bundle"];
        assert_eq!(tauri["identifier"], IDENTIFIER);
        assert_eq!(
            bundle["targets"],
            serde_json::json!(["appimage", "nsis", "dmg"]),
            "xtask makes .deb and .rpm"
        );
        let mut files: Vec<&str> =
            bundle["icon"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        for place in
            ["/licenseFile", "/linux/deb/desktopTemplate", "/windows/nsis/installerIcon", "/macOS/infoPlist"]
        {
            files.push(bundle.pointer(place).and_then(Value::as_str).unwrap_or_else(|| panic!("no {place}")));
        }
        for file in files {
            assert!(folder.join(file).is_file(), "{file}");
        }
        let told = fs::read_to_string(folder.join("macos/Info.plist")).unwrap();
        assert!(told.contains("NSBluetoothAlwaysUsageDescription"), "macOS ends it at the first scan");
    }

    #[test]
    fn the_links_that_the_application_knows_are_handled_and_no_others() {
        // Read by Tauri's bundler alone, which writes them into Windows' registry and an AppImage's entry; the plugin of this name is not
        // there: a link is an argument.
        let bundled = tauri()["plugins"].clone();
        assert_eq!(bundled, serde_json::json!({ "deep-link": { "desktop": { "schemes": ["salus"] } } }));
        let entry = root().join("src-tauri/linux").join(format!("{IDENTIFIER}.desktop"));
        let entry = fs::read_to_string(entry).unwrap();
        let handled: Vec<&str> = entry.lines().filter(|line| line.starts_with("MimeType=")).collect();
        assert_eq!(handled, ["MimeType=x-scheme-handler/salus;"]);
        assert!(
            entry.contains(&format!("Icon={IDENTIFIER}\n")) && entry.contains("\nExec=salus %u\n"),
            "{entry}"
        );
        // An AppImage's is the same, but for the names that the bundler gives.
        let filled = fs::read_to_string(root().join("src-tauri/linux/appimage.desktop")).unwrap();
        let filled = filled.replace("{{icon}}", IDENTIFIER).replace("{{exec}}", "salus");
        assert_eq!(filled.replace("{{mime_type}}", "x-scheme-handler/salus"), entry);
        let told = fs::read_to_string(root().join("src-tauri/macos/Info.plist")).unwrap();
        let (_, schemes) = told.split_once("<key>CFBundleURLSchemes</key>").expect("macOS hands links over");
        let schemes = schemes.split("</array>").next().unwrap_or_default();
        let handled: Vec<&str> =
            schemes.lines().map(str::trim).filter(|line| line.starts_with("<string>")).collect();
        assert_eq!(handled, ["<string>salus</string>"]);
    }
}
