//! What is kept, sealed in the record: who this laptop is, and the others.

use salus_chain::codec::Record;
use salus_chain::ids::{ReaderKey, VerifyingKey};
use salus_chain::sign::SigningKey;
use salus_sharing::invitation::ReaderSecret;
use salus_sharing::laptop::News;
use salus_sharing::laptop::post::Line;
use salus_vault::{Identity, Vault, Writer, WriterId};
use salus_wire::{ErrorCode, Failure, GrantId, UnixMillis};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::veto::Drawn;
use crate::failure::{OrFail, bug};
use crate::namespace::LAPTOPS;

pub(super) const SELF: &[u8] = b"self";
const POWER: &[u8] = b"power";
/// The number of the laptop with the identity key.
pub(super) const FIRST: u8 = 0;

/// Another laptop.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Peer {
    pub(super) number: u8,
    pub(super) name: String,
    /// What opens the name's commitment in its certificate.
    pub(super) salt: [u8; 16],
    pub(super) laptop: ReaderKey,
    pub(super) writer: [u8; 16],
    pub(super) writer_key: [u8; 32],
    line: [u8; 32],
    pub(super) added: UnixMillis,
    /// When something was last heard from it.
    pub(super) seen: Option<UnixMillis>,
    pub(super) removed: Option<UnixMillis>,
    /// What it gave and is given again from here once it is removed: what the person saw and chose.
    #[serde(default)]
    pub(super) keep: Vec<GrantId>,
    /// Removed, and every one of its mandates is proven to be taken back.
    pub(super) gone: bool,
    /// The number of the last letter that was written, and of the last one that was read.
    pub(super) said: u64,
    pub(super) heard: u64,
    /// Since when the letter that is read next waits, because not all that it tells of is in the depots that answer.
    pub(super) short: Option<UnixMillis>,
    /// A signed withdrawal of its enrolment as a gateway.
    #[serde(default)]
    pub(super) withdrawal: Vec<u8>,
    /// Keys of its own for mandates, not used yet.
    #[serde(default)]
    pub(super) hands: Vec<(u32, VerifyingKey)>,
    /// For which of its keys a mandate to give was drawn.
    #[serde(default)]
    pub(super) blanks: Vec<u32>,
    /// For which permissions it was let stop: by the context of the permission's stop mandates.
    #[serde(default)]
    pub(super) stops: Vec<Vec<u8>>,
    /// How many mandates to give it asked for.
    #[serde(default)]
    pub(super) wanted: u8,
    /// When the last ones were drawn, and how many since that day began.
    #[serde(default)]
    pub(super) drawn: (UnixMillis, u8),
    /// What was told last of permissions and of laptops, as a hash; of keys, their generation.
    #[serde(default)]
    pub(super) told: [u8; 32],
    #[serde(default)]
    pub(super) listed: [u8; 32],
    /// The same of the person's circle; none before anything was told of one.
    #[serde(default)]
    pub(super) circle: Option<[u8; 32]>,
    /// The words that were drawn for it to object in the circle.
    #[serde(default)]
    pub(super) vetoes: Vec<Drawn>,
    #[serde(default)]
    pub(super) generation: u32,
    /// Mandates that are to be told.
    #[serde(default)]
    pub(super) owed: Vec<u8>,
    /// Which of the first laptop's identities certified it and draws its mandates.
    #[serde(default)]
    pub(super) identity: u32,
    /// Removed because the first laptop's keys retired, and not for itself: it belongs to the record again once it was compared.
    #[serde(default)]
    pub(super) again: bool,
    /// Epochs that were taken from it, and those that it said are still to come.
    #[serde(default)]
    pub(super) taken: u32,
    #[serde(default)]
    pub(super) left: u32,
}

/// What a laptop that was added knows of that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Joined {
    pub(super) identity: VerifyingKey,
    /// The certificate, encoded.
    pub(super) certificate: Vec<u8>,
    /// The name of the person whose record it is.
    pub(super) person: String,
    /// The number of this laptop's next key for a mandate.
    pub(super) hand: u32,
    /// The number of the first one of now: those before were for an identity that gave way to another.
    #[serde(default)]
    pub(super) base: u32,
    /// When the members proved that it was removed.
    pub(super) removed: Option<UnixMillis>,
    /// The history is not taken further until the person says so.
    pub(super) paused: bool,
    /// The person's laptops, as the first one told them.
    #[serde(default)]
    pub(super) laptops: Vec<Listed>,
    /// Its gateway's withdrawal was told.
    #[serde(default)]
    pub(super) told_withdrawal: bool,
}

/// A laptop as the first one tells the others of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listed {
    pub(super) number: u8,
    pub(super) name: String,
    pub(super) added: UnixMillis,
    pub(super) seen: Option<UnixMillis>,
    pub(super) removed: Option<UnixMillis>,
}

/// This laptop among the person's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Own {
    pub(super) number: u8,
    pub(super) name: String,
    /// On the first laptop all others, on every other one the first.
    pub(super) peers: Vec<Peer>,
    /// The number of the next laptop that is added.
    pub(super) next: u8,
    pub(super) joined: Option<Joined>,
    /// When codes of other laptops were read lately.
    pub(super) tries: Vec<UnixMillis>,
}

impl Default for Own {
    fn default() -> Self {
        let (name, peers, tries) = (String::new(), Vec::new(), Vec::new());
        Self { number: FIRST, name, peers, next: 1, joined: None, tries }
    }
}

impl Own {
    /// As kept; a record that nothing was kept in is on one laptop.
    pub(super) async fn load(vault: &Vault) -> Result<Self, Failure> {
        let stored = vault.cabinet().get(LAPTOPS, SELF).await.or_fail()?;
        let read = |octets: &[u8]| serde_json::from_slice(octets).map_err(|_| ErrorCode::Damaged.into());
        stored.map_or_else(|| Ok(Self::default()), |octets| read(&octets))
    }

    pub(super) fn encode(&self) -> Result<Zeroizing<Vec<u8>>, Failure> {
        serde_json::to_vec(self).map(Zeroizing::new).map_err(|_| bug("laptops have no JSON form"))
    }

    pub(super) async fn save(&self, vault: &Vault) -> Result<(), Failure> {
        vault.cabinet().put(LAPTOPS, SELF, &self.encode()?).await.or_fail()
    }

    /// True on the laptop with the identity key.
    pub(super) const fn is_first(&self) -> bool {
        self.joined.is_none()
    }

    /// The laptop of a number, as long as it was not removed.
    pub(super) fn peer(&mut self, number: u8) -> Result<&mut Peer, Failure> {
        let found = self.peers.iter_mut().find(|peer| peer.number == number && peer.removed.is_none());
        found.ok_or_else(|| ErrorCode::BadRequest.into())
    }

    /// When this laptop was removed, as far as it knows.
    pub(super) fn removed(&self) -> Option<UnixMillis> {
        self.joined.as_ref().and_then(|joined| joined.removed)
    }

    /// The numbers of the laptops that are still the person's.
    pub(super) fn present(&self) -> Vec<u8> {
        self.peers.iter().filter(|peer| peer.removed.is_none()).map(|peer| peer.number).collect()
    }
}

impl Peer {
    pub(super) fn new(
        (number, name, salt): (u8, String, [u8; 16]),
        laptop: ReaderKey,
        writer: Writer,
        line: [u8; 32],
        added: UnixMillis,
    ) -> Self {
        Self {
            number,
            name,
            salt,
            laptop,
            writer: writer.id.0,
            writer_key: writer.key,
            line,
            added,
            seen: None,
            removed: None,
            keep: Vec::new(),
            gone: false,
            said: 0,
            heard: 0,
            short: None,
            withdrawal: Vec::new(),
            hands: Vec::new(),
            blanks: Vec::new(),
            stops: Vec::new(),
            wanted: 0,
            drawn: (0, 0),
            told: [0; 32],
            listed: [0; 32],
            circle: None,
            vetoes: Vec::new(),
            generation: 0,
            owed: Vec::new(),
            identity: 0,
            again: false,
            taken: 0,
            left: 0,
        }
    }

    /// Which of the first laptop's identities is behind what it may do.
    pub(super) const fn identity(&self) -> Identity {
        Identity(self.identity)
    }

    /// The secret of the line to it.
    pub(super) const fn line(&self) -> &[u8; 32] {
        &self.line
    }

    /// From the laptop `own` to this one.
    pub(super) const fn to(&self, own: u8) -> Line<'_> {
        Line { secret: &self.line, from: own, to: self.number }
    }

    /// From this laptop to `own`.
    pub(super) const fn from(&self, own: u8) -> Line<'_> {
        Line { secret: &self.line, from: self.number, to: own }
    }

    pub(super) const fn computer(&self) -> Writer {
        Writer { id: WriterId(self.writer), key: self.writer_key }
    }

    /// The mandates that it is to be told of.
    pub(super) fn owes(&self) -> Result<News, Failure> {
        if self.owed.is_empty() {
            return Ok(News::default());
        }
        News::decode(&self.owed).map_err(|_| ErrorCode::Damaged.into())
    }

    pub(super) fn owe(&mut self, news: &News) {
        self.owed = if news.is_empty() { Vec::new() } else { news.encode() };
    }
}

/// The keys that this laptop signs with and is written to.
pub(super) fn keys(vault: &Vault) -> ReaderSecret {
    let derived = |label| vault.derive(vault.identity(), label, b"");
    let mut octets = Zeroizing::new([0; 64]);
    octets[..32].copy_from_slice(&*derived("salus/laptop-sign"));
    octets[32..].copy_from_slice(&*derived("salus/laptop-open"));
    ReaderSecret::from_bytes(&octets)
}

/// The identity key: only a record that was made or restored here has the one that certifies the others.
pub(super) fn identity(vault: &Vault) -> SigningKey {
    SigningKey::from_bytes(&vault.derive(vault.identity(), "salus/laptop-identity", b""))
}

/// The mandates that this laptop has: blanks, stops and vetoes of a [`News`].
pub(super) async fn powers(vault: &Vault) -> Result<News, Failure> {
    let stored = vault.cabinet().get(LAPTOPS, POWER).await.or_fail()?;
    let read = |octets: &[u8]| News::decode(octets).map_err(|_| ErrorCode::Damaged.into());
    stored.map_or_else(|| Ok(News::default()), |octets| read(&octets))
}

pub(super) async fn save_powers(vault: &Vault, powers: &News) -> Result<(), Failure> {
    vault.cabinet().put(LAPTOPS, POWER, &powers.encode()).await.or_fail()
}

/// The computers whose manifests count besides those of the peers: the first laptop's earlier ones.
pub(super) const WRITERS: &[u8] = b"writers";

/// Everybody whose sealed epochs count on this laptop.
pub(super) async fn writers(vault: &Vault, own: &Own) -> Result<Vec<Writer>, Failure> {
    let stored = vault.cabinet().get(LAPTOPS, WRITERS).await.or_fail()?;
    let (told, rest) = stored.as_deref().map(Vec::as_slice).unwrap_or_default().as_chunks::<48>();
    if !rest.is_empty() {
        return Err(ErrorCode::Damaged.into());
    }
    let one = |octets: &[u8; 48]| {
        let (mut id, mut key) = ([0; 16], [0; 32]);
        id.copy_from_slice(&octets[..16]);
        key.copy_from_slice(&octets[16..]);
        Writer { id: WriterId(id), key }
    };
    let mut all: Vec<Writer> = told.iter().map(one).collect();
    all.extend(own.peers.iter().map(Peer::computer));
    all.sort_by_key(|writer| writer.id);
    all.dedup();
    Ok(all)
}

/// Keeps the writers that the first laptop told.
pub(super) async fn save_writers(vault: &Vault, writers: &[Writer]) -> Result<(), Failure> {
    let octets: Vec<u8> = writers.iter().flat_map(|w| [&w.id.0[..], &w.key[..]].concat()).collect();
    vault.cabinet().put(LAPTOPS, WRITERS, &octets).await.or_fail()
}
