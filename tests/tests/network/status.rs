//! `salus-node status`: the program against the running member.

use salus_tests::network::{Network, Options};
use serde_json::Value;

fn json(text: &str) -> Value {
    let mut value: Value = serde_json::from_str(text).unwrap();
    // The only field that time changes while no block comes.
    assert!(value.as_object_mut().unwrap().remove("age_ms").is_some_and(|age| age.is_i64()));
    value
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_says_what_the_server_says_and_fails_when_nobody_answers() {
    let dir = tempfile::tempdir().unwrap();
    let quiet = Options { heartbeat_ms: 30_000, ..Options::default() };
    let mut network = Network::start_with(1, dir.path(), &quiet).await.unwrap();
    network.reach(1).await.unwrap();
    let by_url = |network: &Network| {
        let mut command = network.status_command(0);
        command = std::process::Command::new(command.get_program());
        command.args(["status", "--json", "--url", &format!("http://{}", network.http(0))]);
        command
    };
    let printed = |output: std::process::Output| {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let served = json(&network.status_text(0).await.unwrap());
    let asked = json(&printed(network.status_command(0).arg("--json").output().unwrap()));
    assert_eq!(asked, served);
    assert_eq!(json(&printed(by_url(&network).output().unwrap())), served);
    let genesis = network.genesis().unwrap();
    assert_eq!(asked["chain_id"], genesis.chain_id().to_string());
    assert_eq!((&asked["member"], &asked["members"]), (&Value::from("Member 1"), &Value::from(1)));
    assert_eq!((&asked["fresh"], &asked["test_clock"]), (&Value::from(true), &Value::from(true)));
    assert_eq!((&asked["clock_off_ms"], &asked["clock_warning"]), (&Value::Null, &Value::Null));

    let text = printed(network.status_command(0).output().unwrap());
    let height = format!("height     {}", asked["height"]);
    for line in ["member     Member 1 (1 of 1, 1 open anything)", &height, "clock      A TEST CLOCK"] {
        assert!(text.contains(line), "{line}: {text}");
    }

    network.stop_member(0).await.unwrap();
    for mut command in [network.status_command(0), by_url(&network)] {
        let failed = command.output().unwrap();
        assert_eq!(failed.status.code(), Some(1));
        assert!(failed.stdout.is_empty(), "nothing that a script could take for an answer");
        let said = String::from_utf8(failed.stderr).unwrap();
        assert!(said.starts_with("salus-node: no member answers at http://127.0.0.1:"), "{said}");
        assert!(said.contains("start it with `salus-node run`"), "{said}");
    }
}
