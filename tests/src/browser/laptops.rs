//! A record on two laptops, two who can help its person to get back, and a recovery that nobody asked for, of which both laptops tell;
//! and a record whose keys began anew, because a laptop with it was lost.

use anyhow::{Context, Result, ensure};
use salus_wire::CircleId;
use salus_wire::command::{
    AgreeRecovery, ConfirmLaptop, GetFamily, GetLaptops, GetMembers, JoinLaptop, MakeFamilyCode,
    MakeRecoveryRequest, NameGuardians, ReadLaptopCode, RenewKeys, ShowLaptopCode,
};
use salus_wire::view::{LaptopStep, LaptopsView, WatchedView};

use super::family::helped;
use super::people::People;
use crate::network::{PATIENCE, eventually};
use crate::story::app::{Host, PASSPHRASE};

/// What a laptop says of itself and the other one, once it is as asked.
async fn laptops(who: &Host, what: &str, as_asked: impl Fn(&LaptopsView) -> bool) -> Result<()> {
    let found = eventually(PATIENCE, async || {
        let view = who.ok(GetLaptops {}).await.ok()?;
        as_asked(&view).then_some(())
    });
    found.await.with_context(|| what.to_owned())
}

/// By a code and six digits.
async fn join(first: &Host, second: &Host) -> Result<()> {
    for laptop in [first, second] {
        let known = eventually(PATIENCE, async || laptop.ok(GetMembers {}).await.ok()?.enrolled);
        known.await.context("the members do not know a laptop")?;
    }
    let pairing = second.ok(ShowLaptopCode {}).await?.pairing.context("no code is shown")?;
    let code = pairing.code.context("no code is shown")?;
    let read = eventually(PATIENCE, async || first.ok(ReadLaptopCode { code: code.clone() }).await.ok());
    read.await.context("the code is not read")?;
    let digits =
        |view: &LaptopsView| view.pairing.as_ref().is_some_and(|pairing| pairing.step == LaptopStep::Compare);
    laptops(second, "the new laptop shows no digits", digits).await?;
    laptops(first, "the first laptop shows no digits", digits).await?;
    first.ok(ConfirmLaptop { name: "Kitchen".into(), passphrase: PASSPHRASE.into() }).await?;
    second.ok(JoinLaptop {}).await?;
    laptops(second, "the record does not come", |view| !view.first && view.pairing.is_none()).await
}

/// What the added laptop knows of the circle, once it is as asked.
async fn watched(second: &Host, what: &str, as_asked: impl Fn(&WatchedView) -> bool) -> Result<()> {
    let found = eventually(PATIENCE, async || {
        let watched = second.ok(GetFamily {}).await.ok()?.watched?;
        as_asked(&watched).then_some(())
    });
    found.await.with_context(|| what.to_owned())
}

/// Two are named, and it takes both.
async fn name(first: &Host, guardians: [&Host; 2]) -> Result<CircleId> {
    let mut codes = Vec::new();
    for guardian in guardians {
        codes.push(guardian.ok(MakeFamilyCode {}).await?.code);
    }
    let name = || NameGuardians { codes: codes.clone(), needed: 2, passphrase: PASSPHRASE.into() };
    let named = eventually(PATIENCE, async || first.ok(name()).await.ok()?.own);
    let own = named.await.context("nobody could be named")?;
    ensure!(own.recovery.guardians.len() == 2, "{own:?}");
    for guardian in guardians {
        helped(guardian, "a guardian is not told", |helped| helped.guardian).await?;
    }
    Ok(own.circle)
}

/// Both laptops, the circle, and what waits in it; then the other record.
pub(super) async fn are_used(people: &People) -> Result<()> {
    let (omar, kitchen) = (&people.omar, &people.kitchen);
    let guardians = [&people.karim, &people.doctor];
    join(omar, kitchen).await?;
    let circle = name(omar, guardians).await?;
    watched(kitchen, "the word to object does not come", |watched| watched.may_object).await?;

    let request = people.nadia.ok(MakeRecoveryRequest {}).await?.recovery.context("there is no request")?;
    let agree = || AgreeRecovery { circle, code: request.code.clone(), passphrase: PASSPHRASE.into() };
    for (turn, guardian) in guardians.into_iter().enumerate() {
        // The second one agrees to what the first one began.
        helped(guardian, "a guardian does not see what waits", |helped| {
            helped.circle == circle && (turn == 0 || helped.waiting.is_some())
        })
        .await?;
        let agreed = eventually(PATIENCE, async || guardian.ok(agree()).await.ok());
        agreed.await.context("a guardian could not agree")?;
    }
    let waits =
        |watched: &WatchedView| watched.waiting.as_ref().is_some_and(|waiting| waiting.effective.is_some());
    watched(kitchen, "the added laptop is not told of the recovery", waits).await?;
    people.nadia.ok(RenewKeys { passphrase: PASSPHRASE.into() }).await.map(drop)
}
