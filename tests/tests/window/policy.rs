//! An address elsewhere, asked for from inside the page in every way that a page has: the policy refuses each, says so, and nobody who
//! listens there is called.

use std::io::ErrorKind;
use std::net::TcpListener;

use anyhow::{Context, Result, ensure};
use salus_tests::stage::Stage;
use serde_json::json;

/// The ways, and the directive that each is refused by; a script's has had another name since there were two.
const WAYS: [(&str, &[&str]); 4] = [
    ("fetch", &["connect-src"]),
    ("image", &["img-src"]),
    ("script", &["script-src", "script-src-elem"]),
    ("frame", &["frame-src", "child-src", "default-src"]),
];

/// Asks in one way, and gives what came of it, and the directives by which this address was refused.
const ASK: &str = "
    const [way, address, done] = arguments;
    const told = [];
    const hear = (e) => {
        const blocked = e.blockedURI;
        // Some tell the origin alone.
        if (blocked.startsWith('http:') && address.startsWith(blocked)) told.push(e.effectiveDirective || e.violatedDirective);
    };
    document.addEventListener('securitypolicyviolation', hear);
    const heard = new Promise((then) => {
        const look = setInterval(() => { if (told.length > 0) { clearInterval(look); then('told'); } }, 10);
        setTimeout(() => { clearInterval(look); then('not told'); }, 5000);
    });
    const made = [];
    const put = (name) => new Promise((then) => {
        const one = document.createElement(name);
        one.onload = () => then('loaded');
        one.onerror = () => then('refused');
        one.src = address;
        document.body.append(one);
        made.push(one);
    });
    const ways = {
        fetch: () => fetch(address, { mode: 'no-cors' }).then(() => 'loaded', () => 'refused'),
        image: () => put('img'),
        script: () => put('script'),
        // Nothing tells the page for certain what became of it.
        frame: () => Promise.race([put('iframe'), heard]),
    };
    const over = new Promise((then) => setTimeout(() => then('nothing'), 5000));
    Promise.all([Promise.race([ways[way](), over]), heard]).then(([how]) => {
        document.removeEventListener('securitypolicyviolation', hear);
        made.forEach((one) => one.remove());
        done([how, ...new Set(told)]);
    });";

pub(super) async fn refuses_what_is_elsewhere(stage: &Stage) -> Result<()> {
    let elsewhere = TcpListener::bind("127.0.0.1:0")?;
    elsewhere.set_nonblocking(true)?;
    for (way, directives) in WAYS {
        let address = format!("http://{}/{way}", elsewhere.local_addr()?);
        let answer = stage.window.execute_async(ASK, vec![json!(way), json!(address)]).await?;
        let answer: Vec<String> = answer.convert()?;
        let (how, told) = answer.split_first().context("no answer")?;
        ensure!(way == "frame" || how == "refused", "{way}: {how}, {told:?}");
        ensure!(told.iter().any(|by| directives.contains(&by.as_str())), "{way}: {how}, refused by {told:?}");
    }
    match elsewhere.accept() {
        Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(()),
        Err(error) => Err(error.into()),
        Ok((_, who)) => anyhow::bail!("somebody called from {who}"),
    }
}
