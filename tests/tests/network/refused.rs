//! Homes that a member refuses to run on, each with a sentence that says what to do.

use std::net::TcpListener;

use salus_tests::network::{Network, Options};

use super::refusal;

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_a_lost_log_and_another_genesis_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut network = Network::start(1, dir.path()).await.unwrap();
    network.reach(2).await.unwrap();
    assert!(
        refusal(&network.run_command(0).output().unwrap())
            .contains("in use by another salus-node; stop that one first")
    );
    network.kill(0).unwrap();

    let log = network.home(0).join("data/wal/consensus.wal");
    let octets = std::fs::read(&log).unwrap();
    std::fs::remove_file(&log).unwrap();
    assert!(refusal(&network.run_command(0).output().unwrap()).contains("consensus log is missing"));
    std::fs::write(&log, &octets[..7]).unwrap();
    assert!(refusal(&network.run_command(0).output().unwrap()).contains("consensus log is damaged"));
    std::fs::write(&log, &octets).unwrap();

    let record = network.home(0).join("data/signed");
    std::fs::rename(&record, dir.path().join("signed")).unwrap();
    assert!(refusal(&network.run_command(0).output().unwrap()).contains("record of the last signature"));
    std::fs::rename(dir.path().join("signed"), &record).unwrap();

    let other = tempfile::tempdir().unwrap();
    let strangers = Network::make(1, other.path(), &Options::default()).unwrap();
    let genesis = network.home(0).join("genesis.json");
    std::fs::copy(strangers.genesis_path(), &genesis).unwrap();
    let said = refusal(&network.run_command(0).output().unwrap());
    assert!(said.contains("belong to no member of genesis.json: copy the genesis.json that"), "{said}");
    let mut changed = network.genesis().unwrap();
    changed.params.pow_bits += 1;
    std::fs::write(&genesis, changed.to_json()).unwrap();
    let said = refusal(&network.run_command(0).output().unwrap());
    assert!(
        said.contains("this home holds chain") && said.contains("restore the right genesis.json"),
        "{said}"
    );
    std::fs::write(&genesis, "{\"chain_name\":").unwrap();
    let said = refusal(&network.run_command(0).output().unwrap());
    assert!(said.contains("genesis.json: ") && said.contains("copy it again from the member"), "{said}");

    std::fs::copy(network.genesis_path(), &genesis).unwrap();
    network.restart(0).unwrap();
    network.reach(4).await.unwrap();
    network.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn files_and_addresses_that_cannot_be_had_are_refused_with_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let mut network = Network::start(1, dir.path()).await.unwrap();
    network.reach(2).await.unwrap();
    network.stop_member(0).await.unwrap();
    let refused = |network: &Network, expected: [&str; 2]| {
        let said = refusal(&network.run_command(0).output().unwrap());
        let last = said.lines().last().unwrap_or_default();
        assert!(last.starts_with("salus-node: "), "{said}");
        assert!(expected.iter().all(|part| last.contains(part)), "{expected:?}: {said}");
    };
    let held = TcpListener::bind(network.http(0)).unwrap();
    refused(&network, ["http.listen: ", "change http.listen in config.toml"]);
    drop(held);

    let data = network.home(0).join("data");
    let something_else = |name: &str, expected: [&str; 2]| {
        let (path, away) = (data.join(name), dir.path().join("away"));
        std::fs::rename(&path, &away).unwrap();
        let folder = away.is_file();
        if folder { std::fs::create_dir(&path) } else { std::fs::write(&path, "x") }.unwrap();
        refused(&network, expected);
        if folder { std::fs::remove_dir(&path) } else { std::fs::remove_file(&path) }.unwrap();
        std::fs::rename(&away, &path).unwrap();
    };
    something_else("releases.log", ["the keeper's files: ", "let this user write data/shares"]);
    something_else("shares", ["the keeper's files: ", "Never delete them"]);
    something_else("depot", ["the depot: ", "let this user write data/depot"]);
    something_else("signed", ["the record of the last signature", "let this user write it"]);
    something_else("lock", ["data/lock cannot be used", "let this user read and write it"]);
    network.restart(0).unwrap();
    network.reach(4).await.unwrap();
    network.stop().await.unwrap();
}
