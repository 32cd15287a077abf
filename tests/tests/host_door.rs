//! The test host's door, as a process: token, host, origin, size, a second instance.

#![expect(clippy::unwrap_used, reason = "a test ends at the first failure")]

use std::path::Path;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

struct Host {
    _child: Child,
    address: String,
    token: String,
}

fn command(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_salus-host"));
    command.arg("--data-dir").arg(dir).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

async fn start(dir: &Path) -> Host {
    let mut child = command(dir).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).await.unwrap();
    let first: serde_json::Value = serde_json::from_str(&line).unwrap();
    let text = |key: &str| first[key].as_str().unwrap().to_owned();
    let address = text("url").trim_start_matches("http://").trim_end_matches('/').to_owned();
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    Host { _child: child, address, token: text("token") }
}

/// Sends a request; the status and everything that came back.
async fn ask(host: &Host, line: &str, headers: &[&str], body: &[u8]) -> (u16, String) {
    let mut stream = TcpStream::connect(&host.address).await.unwrap();
    let head = format!(
        "{line} HTTP/1.1\r\n{}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        headers.join("\r\n"),
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // A server that refuses early closes before everything is sent.
    let _ = stream.write_all(body).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
    (status, answer)
}

#[tokio::test]
async fn nothing_passes_without_the_token_the_host_and_the_origin() {
    let dir = tempfile::tempdir().unwrap();
    let host = start(dir.path()).await;
    let (own, json) = (format!("Host: {}", host.address), "Content-Type: application/json");
    let bearer = format!("Authorization: Bearer {}", host.token);
    let get_app = "POST /invoke/get_app";

    let (status, answer) = ask(&host, get_app, &[&own, &bearer, json], b"{}").await;
    assert_eq!(status, 200);
    assert!(answer.contains("\"locked\":true"), "{answer}");
    assert!(!answer.to_lowercase().contains("access-control"), "no CORS header, ever: {answer}");

    for (headers, expected) in [
        (vec![own.as_str(), json], 401),
        (vec![own.as_str(), "Authorization: Bearer 00", json], 401),
        (vec!["Host: evil.example", &bearer, json], 421),
        (vec![own.as_str(), "Origin: https://evil.example", &bearer, json], 403),
        (vec![own.as_str(), &bearer, "Content-Type: text/plain"], 415),
    ] {
        assert_eq!(ask(&host, get_app, &headers, b"{}").await.0, expected, "{headers:?}");
    }
    let all = [own.as_str(), &bearer, json];
    assert_eq!(ask(&host, "GET /events", &[&own], b"").await.0, 401);
    assert_eq!(ask(&host, get_app, &all, b"{").await.0, 400);
    assert_eq!(ask(&host, "POST /invoke/no_such", &all, b"{}").await.0, 403);
    let (status, answer) = ask(&host, get_app, &all, &vec![b' '; 65 * 1024]).await;
    assert_eq!(status, 413, "{answer}");
    assert_eq!(ask(&host, "GET /../../etc/passwd", &[&own], b"").await.0, 404);
}

#[tokio::test]
async fn a_second_host_on_one_directory_says_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let _first = start(dir.path()).await;
    let second = command(dir.path()).output().await.unwrap();
    assert!(!second.status.success() && second.stdout.is_empty());
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert!(said.contains("in_use") && said.contains("another Salus uses"), "{said}");
}

#[tokio::test]
async fn a_genesis_that_is_none_says_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let genesis = dir.path().join("genesis.json");
    std::fs::write(&genesis, "[]").unwrap();
    let out = command(&dir.path().join("profile")).arg("--genesis").arg(&genesis).output().await.unwrap();
    assert!(!out.status.success());
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(said.contains("not a members' list"), "{said}");
}
