//! Who agreed to an opening besides the clinician, proven.

use salus_chain::ids::TxHash;
use salus_chain::tx::Purpose;
use salus_light::LightClient;
use salus_wire::Failure;
use salus_wire::view::SecondView;

use super::MOST_PROOFS;
use crate::App;
use crate::lock::Open;

/// What was stated with an opening does not change, so it is asked for once; the member is the one that attests the second clinician
/// at that time. `credential` is the clinician's whom the permission is for.
pub(super) async fn second(
    app: &App,
    open: &Open,
    client: &LightClient,
    credential: Option<[u8; 32]>,
    tx: &TxHash,
) -> Result<Option<SecondView>, Failure> {
    let seconds = || open.seconds.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(known) = seconds().get(tx) {
        return Ok(known.clone());
    }
    let stated = client.prove_statement(tx).await.map_err(|e| app.0.network.failure(&e))?.value;
    // With an emergency card the card's own screen says who opened, and who agreed.
    let treatment = stated.filter(|statement| statement.purpose == Purpose::Treatment);
    let people = treatment.and_then(|statement| statement.second_pk.zip(statement.opener_pk));
    let second = match people {
        None => None,
        Some((key, opener)) => {
            let proven = client.prove_credential(&key).await.map_err(|e| app.0.network.failure(&e))?;
            let member = proven.value.map(|credential| app.0.network.name_of(credential.body.member_index));
            // The two are two; that one of them is whom the permission is for, only the record knows.
            let by_another = credential.is_some_and(|own| own != opener.0);
            Some(SecondView { attested_by: member.unwrap_or_default(), by_another })
        }
    };
    let mut seconds = seconds();
    seconds.insert(*tx, second.clone());
    while seconds.len() > MOST_PROOFS {
        seconds.pop_first();
    }
    Ok(second)
}
