//! Two laptops of one person get to know each other: the new one shows a code, the old one reads it, both show six digits.

use rand::Rng;
use salus_chain::codec::Record;
use salus_light::LightClient;
use salus_sharing::laptop::certificate::name_commitment;
use salus_sharing::laptop::code::What;
use salus_sharing::laptop::handover::HandoverError;
use salus_sharing::laptop::pair::Offer;
use salus_sharing::laptop::post::{find, leave};
use salus_sharing::laptop::{Answering, Asking, Certificate, Handover, MAX_LAPTOPS, Meeting, News};
use salus_vault::{Epoch, Vault};
use salus_wire::command::{CancelLaptop, ConfirmLaptop, JoinLaptop, ReadLaptopCode, ShowLaptopCode};
use salus_wire::event::Event;
use salus_wire::view::LaptopsView;
use salus_wire::{Category, ErrorCode, Failure, UnixMillis};
use tokio::sync::Mutex;

use super::kept::{self, FIRST, Joined, Own, Peer, SELF};
use super::say::unsent;
use super::{marks, name, view};
use crate::app::rng;
use crate::asked::Asked;
use crate::failure::{OrFail, bug};
use crate::lock::Open;
use crate::namespace::LAPTOPS;
use crate::tongue::{Tongue, apart};
use crate::{App, Run};

/// A code is good for ten minutes.
const CODE_MS: i64 = 10 * 60_000;
/// What lies at a meeting is kept a little longer, so that a slow clock finds it.
const KEEP_MS: i64 = 60 * 60_000;
/// Codes that may be read within a day: each is one chance in a million for somebody in between.
const TRIES: usize = 5;
const DAY_MS: i64 = 86_400_000;
/// Longest code text looked at.
const MAX_TEXT: usize = 1024;

/// Two laptops that get to know each other right now; in memory only, so that locking ends it.
#[derive(Default)]
pub(crate) struct Pairing(pub(super) Mutex<Option<Meet>>);

/// Where it stands.
pub(super) struct Meet {
    pub(super) meeting: Meeting,
    pub(super) until: UnixMillis,
    pub(super) broken: bool,
    pub(super) side: Side,
}

/// Which of the two this is.
pub(super) enum Side {
    /// The new one: it shows the code.
    New {
        asking: Asking,
        /// A person said that the digits are the same.
        agreed: bool,
    },
    /// The old one: it read the code.
    Old { answering: Answering },
}

impl Meet {
    /// Whether it is still going on.
    fn live(&self, now: UnixMillis) -> bool {
        !self.broken && now < self.until
    }

    /// Takes the person's word that the digits are the same, for the pairing whose digits they were asked about; false for one that
    /// began while the question was open, whose digits nobody compared.
    fn agree(&mut self, compared: &Offer) -> bool {
        match &mut self.side {
            Side::New { asking, agreed } if asking.offer == *compared => {
                *agreed = true;
                true
            }
            Side::New { .. } | Side::Old { .. } => false,
        }
    }
}

/// True while nothing is in this record that another one's keys would not open, and it is on one laptop.
pub(super) async fn can_join(open: &Open, own: &Own) -> Result<bool, Failure> {
    if !own.is_first() || !own.peers.is_empty() {
        return Ok(false);
    }
    let everything = Epoch::at(0).unwrap_or(Epoch::LAST)..=Epoch::LAST;
    for category in Category::ALL {
        if !open.vault.epochs(*category, everything.clone()).await.or_fail()?.is_empty() {
            return Ok(false);
        }
    }
    Ok(crate::share::kept::all(&open.vault).await?.is_empty())
}

/// True on a laptop that was taken out of the record, also because the first laptop's keys retired: it keeps what it has, and belongs to
/// the record again once both people, or one with two screens, compared the digits anew.
pub(super) fn can_join_again(own: &Own) -> bool {
    own.removed().is_some()
}

impl Run for ShowLaptopCode {
    async fn run(self, app: &App) -> Result<LaptopsView, Failure> {
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let own = Own::load(&open.vault).await?;
        if !can_join_again(&own) && !can_join(&open, &own).await? {
            let why = if own.is_first() { ErrorCode::HoldsReadings } else { ErrorCode::LaptopTaken };
            return Err(why.into());
        }
        let now = app.now();
        let meeting = Meeting::random(&mut rng());
        let keys = kept::keys(&open.vault);
        let asking = Asking::begin(&keys, open.vault.writer(), &client.chain_id(), &mut rng());
        let (octets, at) = (asking.offer.encode(), (now.saturating_add(KEEP_MS), now));
        leave(&client, (&meeting, What::Offer), &octets, None, at, &mut rng()).await.or_fail()?;
        let side = Side::New { asking, agreed: false };
        let until = now.saturating_add(CODE_MS);
        *open.laptops.0.lock().await = Some(Meet { meeting, until, broken: false, side });
        view::of(app, &open).await
    }
}

impl Run for ReadLaptopCode {
    async fn run(self, app: &App) -> Result<LaptopsView, Failure> {
        if self.code.len() > MAX_TEXT {
            return Err(ErrorCode::TooLarge.into());
        }
        let meeting = Meeting::from_text(&self.code).map_err(|_| ErrorCode::BadLaptopCode)?;
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let turn = open.sharing.take().await;
        let mut own = Own::load(&open.vault).await?;
        if !own.is_first() {
            return Err(ErrorCode::OtherLaptopOnly.into());
        }
        if own.next >= MAX_LAPTOPS {
            return Err(ErrorCode::LaptopTaken.into());
        }
        let (chain, now) = (client.chain_id(), app.now());
        let found = find(&client, (&meeting, What::Offer), None).await.or_fail()?;
        let mut offers = found.iter().filter_map(|octets| Offer::read_signed(octets, &chain).ok());
        let offer = match (offers.next(), offers.next()) {
            (Some(offer), None) => offer,
            // Nobody can say which of them is the one that shows the code.
            (Some(_), Some(_)) => return Err(ErrorCode::PairingBroken.into()),
            (None, _) => return Err(ErrorCode::NothingYet.into()),
        };
        // On disk before the answer leaves: each answer is one try.
        own.tries.retain(|at| now.saturating_sub(*at) < DAY_MS && *at <= now);
        if own.tries.len() >= TRIES {
            return Err(ErrorCode::TooMany.into());
        }
        own.tries.push(now);
        own.save(&open.vault).await?;
        // Joining waits for the turn with the pairing in hand: nobody waits the other way round.
        drop(turn);
        let person = app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default();
        let (keys, identity) = (kept::keys(&open.vault), kept::identity(&open.vault).verifying_key());
        let answering = Answering::answer(offer, &keys, identity, &person, &chain, &mut rng());
        let answering = answering.map_err(|_| Failure::with(ErrorCode::BadRequest, "name"))?;
        let (octets, to) = (answering.hello.encode(), answering.offer.laptop);
        let at = (now.saturating_add(KEEP_MS), now);
        leave(&client, (&meeting, What::Hello), &octets, Some(&to), at, &mut rng()).await.or_fail()?;
        let until = now.saturating_add(CODE_MS);
        let side = Side::Old { answering };
        *open.laptops.0.lock().await = Some(Meet { meeting, until, broken: false, side });
        view::of(app, &open).await
    }
}

impl Run for CancelLaptop {
    async fn run(self, app: &App) -> Result<LaptopsView, Failure> {
        let open = app.open().await?;
        *open.laptops.0.lock().await = None;
        view::of(app, &open).await
    }
}

impl Run for ConfirmLaptop {
    async fn run(self, app: &App) -> Result<LaptopsView, Failure> {
        let laptop_name = name::checked(&self.name)?;
        let open = app.open().await?;
        let client = app.0.network.client()?;
        open.vault.check_passphrase(&self.passphrase).await.or_fail()?;
        let chain = client.chain_id();
        let (meeting, offer, digits) = {
            let meet = open.laptops.0.lock().await;
            let meet = meet.as_ref().filter(|meet| meet.live(app.now())).ok_or(ErrorCode::NotCompared)?;
            let Side::Old { answering } = &meet.side else { return Err(ErrorCode::NotCompared.into()) };
            let digits = answering.digits(&chain).ok_or(ErrorCode::NotCompared)?;
            (meet.meeting.clone(), answering.offer.clone(), digits)
        };
        let sentence = adding(app.tongue(), &laptop_name, &digits);
        app.ask(Asked::LaptopAdded, &sentence).await?;
        let _turn = open.sharing.take().await;
        let mut own = Own::load(&open.vault).await?;
        let (now, person) = (app.now(), app.profile().as_ref().map(|p| p.name.clone()).unwrap_or_default());
        // Confirmed before, and not handed over because no member answered: the same laptop is not two.
        let again = own.peers.iter().position(|peer| peer.laptop == offer.laptop && peer.removed.is_none());
        let (number, salt, line) = match again.and_then(|at| own.peers.get(at)) {
            Some(peer) => (peer.number, peer.salt, *peer.line()),
            None if own.next >= MAX_LAPTOPS => return Err(ErrorCode::LaptopTaken.into()),
            None => {
                let (mut salt, mut line) = ([0; 16], [0; 32]);
                rng().fill_bytes(&mut salt);
                rng().fill_bytes(&mut line);
                (own.next, salt, line)
            }
        };
        let commitment = name_commitment(&chain, &salt, &laptop_name);
        let (to, identity) = ((offer.laptop, offer.writer), kept::identity(&open.vault));
        let certificate = Certificate::sign(number, to, commitment, now, &chain, &identity);
        let certificate = certificate.map_err(|_| bug("the next laptop has a number"))?;
        let handover = Handover {
            certificate,
            line,
            person,
            name: laptop_name.clone(),
            salt,
            series: open.vault.series_keys().await.or_fail()?,
            writers: open.vault.writers().to_vec(),
        };
        // Known of before it is sent: nobody holds keys that are not shown here.
        if again.is_none() {
            let named = (number, String::new(), salt);
            own.peers.push(Peer::new(named, offer.laptop, offer.writer, line, now));
        }
        let peer = own.peer(number)?;
        peer.name = laptop_name;
        peer.identity = open.vault.identity().0;
        peer.generation = newest(&open);
        own.next = own.next.max(number.saturating_add(1));
        own.save(&open.vault).await?;
        marks::begin_anew(&open.vault).await?;
        let octets = zeroize::Zeroizing::new(handover.encode());
        // Kept for a month: it is sealed to the new laptop's own key, which may be switched off before it has read it.
        let at = (now.saturating_add(30 * DAY_MS), now);
        let (what, to) = ((&meeting, What::Handover), Some(&offer.laptop));
        leave(&client, what, &octets, to, at, &mut rng()).await.or_fail()?;
        *open.laptops.0.lock().await = None;
        app.tell(Event::MembersChanged);
        view::of(app, &open).await
    }
}

/// What the person confirms on the old laptop, outside the page.
fn adding(tongue: Tongue, name: &str, digits: &str) -> String {
    match tongue {
        Tongue::English => format!(
            "Add “{name}” as another laptop of your record? It shows the digits {digits}: only say yes if you see them on \
             it now. It will read everything in this record, store readings of its own, give permissions and stop them, until \
             you remove it. What it has read by then cannot be taken back."
        ),
        Tongue::Arabic => format!(
            "هل تضيف {name} ليكون حاسوبًا آخر لسجلك؟ يعرض ذلك الحاسوب الأرقام {digits}: لا توافق إلا إذا كنت تراها عليه الآن. سيقرأ كل ما \
             في هذا السجل، ويخزّن قراءات خاصة به، ويمنح الأذونات ويوقفها، إلى أن تزيله. أما ما قرأه حتى ذلك الحين فلا يمكن استرجاعه.",
            name = apart(name),
            digits = apart(digits),
        ),
    }
}

/// The same on the new one.
fn joining(tongue: Tongue, person: &str, digits: &str) -> String {
    match tongue {
        Tongue::English => format!(
            "Make this another laptop of the record of {person}? The other laptop shows the digits {digits}: only say yes if you \
             see them on it now. What is measured here from then on goes into that record."
        ),
        Tongue::Arabic => format!(
            "هل تجعل هذا الحاسوب حاسوبًا آخر لسجل {person}؟ يعرض الحاسوب الآخر الأرقام {digits}: لا توافق إلا إذا كنت تراها عليه الآن. وما \
             يُقاس هنا من ذلك الحين يدخل في ذلك السجل.",
            person = apart(person),
            digits = apart(digits),
        ),
    }
}

/// The newest generation of any series' keys.
pub(super) fn newest(open: &Open) -> u32 {
    Category::ALL.iter().map(|category| open.vault.series(*category).generation).max().unwrap_or_default()
}

impl Run for JoinLaptop {
    async fn run(self, app: &App) -> Result<LaptopsView, Failure> {
        let open = app.open().await?;
        let client = app.0.network.client()?;
        let (person, digits, offer) = {
            let meet = open.laptops.0.lock().await;
            let meet = meet.as_ref().filter(|meet| meet.live(app.now())).ok_or(ErrorCode::NotCompared)?;
            let Side::New { asking, .. } = &meet.side else { return Err(ErrorCode::NotCompared.into()) };
            let digits = asking.digits(&client.chain_id()).ok_or(ErrorCode::NotCompared)?;
            let person = asking.hello().map(|hello| hello.person.clone()).unwrap_or_default();
            (person, digits, asking.offer.clone())
        };
        let sentence = joining(app.tongue(), &person, &digits);
        app.ask(Asked::LaptopJoined, &sentence).await?;
        // An offer takes one answer, so the digits of the same one are the same.
        if !open.laptops.0.lock().await.as_mut().is_some_and(|meet| meet.agree(&offer)) {
            return Err(ErrorCode::NotCompared.into());
        }
        go_on(app, &open, &client).await?;
        view::of(app, &open).await
    }
}

/// Takes the next message, if it came; true when something that screens show has changed.
pub(super) async fn go_on(app: &App, open: &Open, client: &LightClient) -> Result<bool, Failure> {
    let mut held = open.laptops.0.lock().await;
    let Some(meet) = held.as_mut().filter(|meet| meet.live(app.now())) else { return Ok(false) };
    let (chain, keys) = (client.chain_id(), kept::keys(&open.vault));
    match &mut meet.side {
        Side::Old { answering } => {
            if answering.digits(&chain).is_some() {
                return Ok(false);
            }
            let found = find(client, (&meet.meeting, What::Reveal), None).await.or_fail()?;
            Ok(found.iter().any(|octets| answering.take(octets, &chain).is_ok()))
        }
        Side::New { asking, agreed } => {
            let (known, mut said) = (asking.hello().is_some(), None);
            // Looked for again also when one came: a second, other one says that somebody else is there.
            for octets in find(client, (&meet.meeting, What::Hello), Some(&keys)).await.or_fail()? {
                match asking.take(&octets, &keys, &chain) {
                    Ok(reveal) => said = Some(reveal),
                    Err(salus_sharing::laptop::PairError::Two) => {
                        meet.broken = true;
                        return Ok(true);
                    }
                    // Anybody can leave something there.
                    Err(_) => {}
                }
            }
            if let Some(reveal) = said.filter(|_| !known) {
                let now = app.now();
                let at = (now.saturating_add(KEEP_MS), now);
                let what = (&meet.meeting, What::Reveal);
                leave(client, what, &reveal.encode(), None, at, &mut rng()).await.or_fail()?;
                return Ok(true);
            }
            if !*agreed {
                return Ok(false);
            }
            let Some(hello) = asking.hello().cloned() else { return Ok(false) };
            let (writer, now) = (open.vault.writer(), app.now());
            for octets in find(client, (&meet.meeting, What::Handover), Some(&keys)).await.or_fail()? {
                match Handover::accept(&octets, &keys, &writer, &hello.identity, now, &chain) {
                    Ok(handover) => {
                        match join(app, open, handover, &hello.laptop).await {
                            // Nothing of it changes by trying again.
                            Err(failure) if failure.code == ErrorCode::HoldsReadings => meet.broken = true,
                            joined => {
                                joined?;
                                *held = None;
                            }
                        }
                        return Ok(true);
                    }
                    Err(error @ (HandoverError::Signature(_) | HandoverError::OtherLaptop)) => {
                        tracing::warn!(%error, "what came is no handover to this laptop");
                        meet.broken = true;
                        return Ok(true);
                    }
                    Err(HandoverError::Codec(_)) => {}
                }
            }
            Ok(false)
        }
    }
}

/// Takes the record's keys, and from then on is one of its laptops: both in one transaction.
async fn join(
    app: &App,
    open: &Open,
    handover: Handover,
    first: &salus_chain::ids::ReaderKey,
) -> Result<(), Failure> {
    let _turn = open.sharing.take().await;
    let before = Own::load(&open.vault).await?;
    let again = can_join_again(&before);
    if !again && !can_join(open, &before).await? {
        return Err(ErrorCode::HoldsReadings.into());
    }
    let Some(writer) = handover.writers.first().copied() else { return Err(ErrorCode::PairingBroken.into()) };
    let now = app.now();
    let certificate = &handover.certificate;
    let mut peer = Peer::new((FIRST, String::new(), [0; 16]), *first, writer, handover.line, now);
    peer.seen = Some(now);
    // Keys for mandates are used once, also those of before.
    let next = before.joined.as_ref().map_or(0, |joined| joined.hand);
    let joined = Joined {
        identity: certificate.identity,
        certificate: certificate.encode(),
        person: handover.person.clone(),
        hand: next,
        base: next,
        removed: None,
        paused: false,
        laptops: Vec::new(),
        told_withdrawal: false,
    };
    let own = Own {
        number: certificate.number,
        name: handover.name.clone(),
        peers: vec![peer],
        joined: Some(joined),
        ..Own::default()
    };
    if again {
        come_back(&open.vault, &handover, &own).await?;
        app.tell(Event::MembersChanged);
        return Ok(());
    }
    let writers: Vec<u8> = handover.writers.iter().flat_map(|w| [&w.id.0[..], &w.key[..]].concat()).collect();
    let about =
        [(LAPTOPS, SELF.to_vec(), own.encode()?.to_vec()), (LAPTOPS, kept::WRITERS.to_vec(), writers)];
    open.vault.adopt(&handover.series, &about).await.or_fail()?;
    app.tell(Event::MembersChanged);
    Ok(())
}

/// Takes up with the record again: the newer keys, and nothing that a line of before said. Killed before its end, the laptop is out of
/// the record as before.
async fn come_back(vault: &Vault, handover: &Handover, own: &Own) -> Result<(), Failure> {
    vault.follow_generations(&handover.series, &[]).await.or_fail()?;
    // Whoever had the first laptop may have given this one other keys: what it seals under those must not go on.
    if !vault.agrees(&handover.series).or_fail()? {
        return Err(ErrorCode::HoldsReadings.into());
    }
    kept::save_powers(vault, &News::default()).await?;
    vault.cabinet().remove(LAPTOPS, &unsent(FIRST)).await.or_fail()?;
    kept::save_writers(vault, &handover.writers).await?;
    // What was measured meanwhile, and what the first laptop may not have read, is told anew.
    marks::begin_anew(vault).await?;
    own.save(vault).await
}

#[cfg(test)]
mod tests {
    use salus_chain::ids::ChainId;
    use salus_sharing::invitation::ReaderSecret;
    use salus_vault::{Writer, WriterId};

    use super::*;

    #[test]
    fn the_word_on_some_digits_is_none_on_a_pairing_that_began_meanwhile() {
        let own = ReaderSecret::from_bytes(&[7; 64]);
        let writer = Writer { id: WriterId([1; 16]), key: [2; 32] };
        let begin = || {
            let asking = Asking::begin(&own, writer, &ChainId([3; 32]), &mut rng());
            let side = Side::New { asking, agreed: false };
            Meet { meeting: Meeting::random(&mut rng()), until: CODE_MS, broken: false, side }
        };
        let agreed = |meet: &Meet| matches!(meet.side, Side::New { agreed: true, .. });
        let (mut asked, mut other) = (begin(), begin());
        let Side::New { asking, .. } = &asked.side else { panic!() };
        let compared = asking.offer.clone();
        assert!(!other.agree(&compared) && !agreed(&other));
        assert!(!agreed(&asked) && asked.agree(&compared) && agreed(&asked));
    }

    #[test]
    fn both_laptops_are_asked_with_names_and_digits_in_each_language() {
        let [text, arabic] = Tongue::ALL.map(|tongue| adding(tongue, "Kitchen", "123 456"));
        assert!(text.contains("Kitchen") && text.contains("cannot be taken back"), "{text}");
        assert!(
            arabic.contains("\u{2068}Kitchen\u{2069}") && arabic.contains("فلا يمكن استرجاعه"),
            "{arabic}"
        );
        assert!([text, arabic].iter().all(|text| text.contains("123 456")));
        for text in Tongue::ALL.map(|tongue| joining(tongue, "Maria K.", "123 456")) {
            assert!(text.contains("Maria K.") && text.contains("123 456"), "{text}");
        }
    }
}
