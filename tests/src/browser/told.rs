//! What the walk is told, as one JSON object on its standard input: tokens are on no command line and in no file.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::people::People;
use super::shared::Shared;
use super::walk::Arguments;
use crate::story::app::{Host, PASSPHRASE};

/// A host, and the token of its start.
#[derive(Serialize)]
pub(super) struct Door {
    url: String,
    token: String,
}

impl Door {
    fn of(host: &Host) -> Self {
        let (url, token) = host.door();
        Self { url, token: token.to_owned() }
    }
}

/// Everything.
#[derive(Serialize)]
pub(super) struct Told<'a> {
    hosts: BTreeMap<&'static str, Door>,
    /// What stands for a name in braces in the list of screens.
    facts: BTreeMap<&'static str, String>,
    chromium: &'a Path,
    out: &'a Path,
    update: bool,
    only: Option<&'a str>,
    passphrase: &'static str,
    /// The file by which every clock goes.
    clock: String,
}

impl<'a> Told<'a> {
    pub(super) fn of(arguments: &'a Arguments, people: &People, shared: &Shared, circle: &str) -> Self {
        let hosts = [
            ("maria", &people.maria),
            ("leila", &people.leila),
            ("clinician", &people.clinician),
            ("nadia", &people.nadia),
            ("doctor", &people.doctor),
            ("omar", &people.omar),
            ("kitchen", &people.kitchen),
            ("first", &people.first),
            ("design", &people.design),
        ];
        let facts = [
            ("opened", shared.opened.to_string()),
            ("two", shared.two.to_string()),
            ("code", shared.code.clone()),
            ("card", shared.card.clone()),
            ("circle", circle.to_owned()),
        ];
        Self {
            hosts: hosts.map(|(name, host)| (name, Door::of(host))).into(),
            facts: facts.into(),
            chromium: &arguments.chromium,
            out: &arguments.out,
            update: arguments.update,
            only: arguments.only.as_deref(),
            passphrase: PASSPHRASE,
            clock: people.network.clock_path().display().to_string(),
        }
    }
}
