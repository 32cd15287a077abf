//! `status`: one question to a running member's loopback server.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Args;

use crate::config::Config;
use crate::home::Home;
use crate::http::Status;

/// The status is below 1 KiB, a page of objections below this.
const MAX_ANSWER: u64 = 64 * 1024;
const TIMEOUT: Duration = Duration::from_secs(5);
const WHAT_TO_DO: &str =
    "start it with `salus-node run`, or read the end of its log, which says why it stopped";

/// Which running member.
#[derive(Debug, Args)]
#[group(required = true, multiple = false, id = "whom")]
pub(super) struct Whom {
    /// The member's home directory; its configuration says where the server is.
    #[arg(long, value_name = "DIR", group = "whom")]
    home: Option<PathBuf>,
    /// The server, as http://127.0.0.1:26660.
    #[arg(long, group = "whom")]
    url: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Ask {
    #[command(flatten)]
    whom: Whom,
    /// Print the whole answer as JSON.
    #[arg(long)]
    json: bool,
}

impl Ask {
    pub(super) fn execute(self) -> anyhow::Result<()> {
        let status: Status = serde_json::from_str(&get(self.whom, "/status")?)?;
        if self.json {
            println!("{}", serde_json::to_string_pretty(&status)?);
            return Ok(());
        }
        println!("chain      {} ({})", status.chain_name, status.chain_id);
        println!(
            "member     {} ({} of {}, {} open anything)",
            status.member, status.index, status.members, status.threshold
        );
        println!("height     {}  {}", status.height, status.hash);
        println!("age        {} ms{}", status.age_ms, if status.fresh { "" } else { "  OUT OF DATE" });
        println!("waiting    {}", status.waiting);
        if let Some(warning) = status.clock_warning {
            println!("clock      {warning}");
        }
        if status.test_clock {
            println!("clock      A TEST CLOCK: never with real patients");
        }
        Ok(())
    }
}

impl Whom {
    fn address(self) -> anyhow::Result<SocketAddr> {
        match (self.home, self.url) {
            (Some(home), _) => Ok(Config::load(&Home::at(&home).config())?.http.listen),
            (None, Some(url)) => {
                let address = url.strip_prefix("http://").unwrap_or(&url).trim_end_matches('/');
                address.parse().with_context(|| format!("{url}: expected http://ADDRESS:PORT"))
            }
            (None, None) => bail!("expected --home or --url"),
        }
    }
}

/// What a running member answers at a path.
pub(super) fn get(whom: Whom, path: &str) -> anyhow::Result<String> {
    let address = whom.address()?;
    body(address, path).with_context(|| format!("no member answers at http://{address}; {WHAT_TO_DO}"))
}

/// What the member at a loopback address says about itself.
pub(super) fn ask(address: SocketAddr) -> anyhow::Result<Status> {
    Ok(serde_json::from_str(&body(address, "/status")?)?)
}

fn body(address: SocketAddr, path: &str) -> anyhow::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.write_all(
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes(),
    )?;
    let mut answer = String::new();
    stream.take(MAX_ANSWER).read_to_string(&mut answer)?;
    let (head, body) = answer.split_once("\r\n\r\n").context("not an HTTP answer")?;
    if !head.starts_with("HTTP/1.1 200 ") {
        bail!("{}", head.lines().next().unwrap_or_default());
    }
    Ok(body.to_owned())
}
