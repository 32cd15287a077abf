//! A permission to the night staff of an organisation: chosen from what it offers, found and opened by who is on duty, named in
//! the patient's activity; off duty there is nothing to find and nothing opens.

use salus_chain::attestation::Attestation;
use salus_wire::view::{ActivityKind, GroupView};

use super::*;

async fn staff() -> (tempfile::TempDir, Network) {
    let dir = tempfile::tempdir().unwrap();
    let options = Options { roles: vec!["Night".into()], ..Options::default() };
    let network = Network::start_with(1, &dir.path().join("members"), &options).await.unwrap();
    (dir, network)
}

#[tokio::test(flavor = "multi_thread")]
async fn those_on_duty_find_it_open_it_and_are_named() {
    let (dir, network) = staff().await;
    let off = hands();
    let (clinician, _, attestation) = attested(&network, &dir.path().join("clinician"), &off).await;
    let key = Attestation::from_text(&attestation).unwrap().person.credential_pk;
    let patient = app(&dir.path().join("patient"), &network.genesis_path(), &off, true).await;
    profile(&patient, "Maria Example", Role::Patient).await;
    typed(&patient, &off).await;

    let offered = eventually(PATIENCE, async || {
        patient.run(c::ListGroups {}).await.ok().filter(|groups| !groups.is_empty())
    });
    let [GroupView { code: group, organisation, role }] =
        <[GroupView; 1]>::try_from(offered.await.unwrap()).unwrap();
    assert_eq!((organisation.as_str(), role.as_str()), ("Member 1", "Night"));
    let who = patient.run(c::CheckCode { code: group.clone() }).await.unwrap();
    assert_eq!((who.name.as_str(), who.on_duty), ("Night, Member 1", true));
    let unknown = salus_chain::duty::DutyGroup::new(1, "Nobody").unwrap().to_text().unwrap();
    assert_eq!(code(&patient, c::CheckCode { code: unknown }).await, Some(ErrorCode::BadCode));

    let now = off.now();
    let draft = PermissionDraft {
        code: group,
        categories: vec![Category::BloodPressure],
        data_from: now - HOUR,
        data_to: now + HOUR,
        starts: now,
        ends: now + HOUR,
        condition: Condition::Whenever,
    };
    let other = PermissionDraft { condition: Condition::TwoPersons, ..draft.clone() };
    let issue = |draft: PermissionDraft| c::IssuePermission { draft, passphrase: PASSPHRASE.into() };
    assert_eq!(code(&patient, issue(other)).await, Some(ErrorCode::BadRequest));
    let shown = patient.run(c::PreviewPermission { draft: draft.clone() }).await.unwrap();
    assert!(shown.sentence.starts_with("Whoever is then on duty for Night, Member 1"), "{}", shown.sentence);
    assert_eq!(shown.condition.unwrap().condition, Condition::OnDuty);
    let given = patient.run(issue(draft)).await.unwrap();
    assert_eq!((given.state, given.clinician.on_duty), (PermissionState::Active, true));

    // Attested and not on duty: nothing of it is to be found.
    let inbox = clinician.run(c::ListInbox {}).await.unwrap();
    assert!(inbox.shared.is_empty() && inbox.duty.is_none());
    let open = c::OpenRecord { id: given.id, width: 400, second: None };
    assert_eq!(code(&clinician, open.clone()).await, Some(ErrorCode::UnknownPermission));

    network.on_duty(0, &key, "Night").unwrap();
    assert!(network.on_duty(0, &key, "Day").is_err(), "nobody offers that");
    assert!(network.duties(0).unwrap().contains("on duty as Night"));
    let found = eventually(PATIENCE, async || {
        let inbox = clinician.run(c::ListInbox {}).await.unwrap();
        let until = inbox.duty.and_then(|duty| duty.until);
        until.and_then(|_| inbox.shared.into_iter().find(|s| s.id == given.id))
    });
    let found = found.await.unwrap();
    assert!(found.on_duty && found.patient == "Maria Example");
    let opened = clinician.run(open.clone()).await.unwrap();
    assert_eq!((opened.records.len(), opened.records[0].total), (1, 1));
    assert_eq!(opened.records[0].rows[0].values.iter().filter(|v| v.value == "128").count(), 1);

    // The patient reads who it was.
    let named = eventually(PATIENCE, async || {
        let activity = patient.run(c::ListActivity {}).await.ok()?;
        let openings = activity.entries.into_iter().filter(|e| e.kind == ActivityKind::Opened);
        let all: Vec<_> = openings.collect();
        let named = all.iter().all(|e| e.on_duty.as_ref().is_some_and(|by| by.known));
        (named && !all.is_empty()).then_some(all)
    });
    let openings = named.await.unwrap();
    assert_eq!(openings.len(), 1);
    assert_eq!(openings[0].clinician, "Dr Ana Example");
    assert_eq!(openings[0].on_duty.as_ref().unwrap().group, "Night, Member 1");

    network.off_duty(0, &key).unwrap();
    let refused = eventually(PATIENCE, async || code(&clinician, open.clone()).await);
    assert_eq!(refused.await, Some(ErrorCode::OffDuty));
    let stopped = patient.run(c::StopPermission { id: given.id }).await.unwrap();
    assert_eq!(stopped.state, PermissionState::Stopped);
}
