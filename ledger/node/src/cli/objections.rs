//! `objections`: what people object to of what this member's clinicians did in emergencies.

use clap::Args;
use salus_chain::block;
use salus_chain::time::UnixMillis;

use super::status::{Whom, get};
use crate::http::{Objection, Objections};

#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    whom: Whom,
    /// Only those before this place of the list, as printed at the beginning of each line; without it the newest.
    #[arg(long, value_name = "PLACE")]
    before: Option<u32>,
    /// Print the whole answer as JSON.
    #[arg(long)]
    json: bool,
}

impl List {
    pub(super) fn execute(self) -> anyhow::Result<()> {
        let path = match self.before {
            Some(place) => format!("/objections?before={place}"),
            None => "/objections".to_owned(),
        };
        let list: Objections = serde_json::from_str(&get(self.whom, &path)?)?;
        if self.json {
            println!("{}", serde_json::to_string_pretty(&list)?);
            return Ok(());
        }
        println!("{} objections in all", list.total);
        list.objections.iter().for_each(|one| println!("{}", line(one)));
        Ok(())
    }
}

fn line(one: &Objection) -> String {
    let did = if one.opened { "an opening" } else { "an announcement" };
    let stopped = if one.stopped { ", and the permission was stopped" } else { "" };
    format!(
        "{}  {}  clinician {}: to {did} of {}, reason {}{stopped}",
        one.place,
        instant(one.at_ms),
        one.clinician,
        instant(one.act_at_ms),
        one.reason
    )
}

fn instant(at: UnixMillis) -> String {
    block::time(at).map_or_else(|_| format!("{at} ms"), |time| time.to_rfc3339())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_the_clinician_the_act_and_what_was_done() {
        let one = Objection {
            place: 7,
            at_ms: 1_795_000_000_000,
            clinician: "ab".repeat(32),
            opened: true,
            act_at_ms: 1_794_999_000_000,
            reason: 2,
            stopped: true,
            permission: String::new(),
            act: String::new(),
            tx: String::new(),
        };
        let said = line(&one);
        assert!(said.starts_with("7  2026-11-18T"), "{said}");
        assert!(said.contains(&one.clinician) && said.contains("to an opening of 2026-11-18T"), "{said}");
        assert!(said.ends_with("reason 2, and the permission was stopped"), "{said}");
        let other = line(&Objection { opened: false, stopped: false, ..one });
        assert!(other.contains("to an announcement of") && other.ends_with("reason 2"), "{other}");
    }
}
