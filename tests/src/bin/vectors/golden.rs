//! Golden vectors of the access scheme: every value is an input to, or the output of, the crates' public functions.

use std::convert::Infallible;

use anyhow::{Context, Result, ensure};
use curve25519_dalek::ristretto::CompressedRistretto;
use curve25519_dalek::{RistrettoPoint, Scalar};
use rand::rand_core::{TryCryptoRng, TryRng};
use salus_chain::ids::{ChainId, GrantId, sha256};
use salus_keeper::Slot;
use salus_keeper::deal::{Commitments, Dealing, Share};
use salus_keeper::prf::{combine, evaluate, finalize, hash_to_group, lagrange_at_zero, verify};
use salus_sharing::wrap::{GrantSecret, Place, WRAP, unwrap, wrap};
use salus_vault::{Epoch, Key, Node, seal};
use salus_wire::SeriesId;
use serde_json::Value;

use super::Report;

/// SHA-256 of the published file. The values are checked one by one; this is what makes every octet count, also the time
/// in `unix`, which 4096 seconds share an epoch with.
const PUBLISHED: &str = "fca7dbf8de0e118c109ab636f225750a837308ef0049defe367484bc5268e694";

/// Whether the text is the published file, octet for octet.
pub(super) fn published(report: &mut Report, text: &str) {
    report.check("the file is the published one", hex::encode(sha256(&[text.as_bytes()])) == PUBLISHED);
}

/// Every value of the file against the crates.
pub(super) fn check(file: &Value) -> Result<Report> {
    let mut report = Report::default();
    let epoch = number(&file["epoch"])?;
    let at = file["unix"].as_i64().context("unix")? * 1000;
    report.check("epoch of unix", Epoch::at(at).map(Epoch::number) == Some(epoch));
    let root = Node::root(Key::new(octets(&file["series_root"])?));
    tree(&mut report, file, &root, epoch)?;
    segment(&mut report, file, epoch)?;
    let dealing = dealing(&mut report, file)?;
    slots(&mut report, file, &root, &dealing)?;
    Ok(report)
}

fn tree(report: &mut Report, file: &Value, root: &Node, epoch: u32) -> Result<()> {
    let leaf = root.descend(0, epoch).context("leaf")?;
    report.check("leaf_key", leaf.key().expose() == &octets::<32>(&file["leaf_key"])?);
    let leaf = root.leaf(Epoch::new(epoch).context("epoch")?).context("leaf")?;
    let segment_key = octets::<32>(&file["segment_input_key"])?;
    report.check("segment_input_key", leaf.segment_key().expose() == &segment_key);
    Ok(())
}

/// "0x42 * 20000" sealed with the given salt, and opened again.
fn segment(report: &mut Report, file: &Value, epoch: u32) -> Result<()> {
    let v = &file["segment"];
    let key = Key::new(octets(&file["segment_input_key"])?);
    let context = bytes(&v["context"])?;
    // "hg/v1/seg" || series || generation || epoch || writer 16 || seq u64 || kind u8; the last three are given only here.
    let mut start = b"hg/v1/seg".to_vec();
    start.extend(octets::<16>(&file["series_id"])?);
    start.extend(number(&file["generation"])?.to_be_bytes());
    start.extend(epoch.to_be_bytes());
    report.check("segment.context", context.starts_with(&start) && context.len() == start.len() + 16 + 8 + 1);
    let (octet, count) =
        v["plaintext"].as_str().and_then(|t| t.strip_prefix("0x")?.split_once(" * ")).context("plaintext")?;
    let plain = vec![u8::from_str_radix(octet, 16)?; count.parse()?];
    let sealed = seal::seal(&key, &context, &plain, &mut Given(bytes(&v["salt"])?));
    report.check("segment.sha256", sha256(&[&sealed]) == octets(&v["sha256"])?);
    report.check("segment.first_80", sealed.get(..80) == Some(&octets::<80>(&v["first_80"])?));
    report.check("segment.len", Some(sealed.len() as u64) == v["len"].as_u64());
    report.check("segment opens", seal::open(&key, &context, &sealed).is_ok_and(|opened| *opened == plain));
    Ok(())
}

fn dealing(report: &mut Report, file: &Value) -> Result<Dealing> {
    let (n, t) = (number(&file["n"])?, number(&file["t"])?);
    let poly = list::<32>(&file["poly"])?;
    let coefficients = poly.iter().map(|a| Option::from(Scalar::from_canonical_bytes(*a)));
    let coefficients: Vec<Scalar> = coefficients.collect::<Option<_>>().context("poly: not a scalar")?;
    let dealing = Dealing::from_coefficients(coefficients)?;
    let commitments = list::<32>(&file["commitments"])?;
    report.check("t", commitments.len() == t as usize && poly.len() == t as usize);
    for (k, commitment) in commitments.iter().enumerate() {
        report.check(format!("commitments[{k}]"), dealing.commitments().octets().get(k) == Some(commitment));
    }
    let parsed = Commitments::parse(&commitments, u16::try_from(t)?);
    let shares = list::<32>(&file["shares"])?;
    report.check("n", shares.len() == n as usize);
    for (index, share) in (1u16..).zip(&shares) {
        report.check(format!("shares[{index}]"), *dealing.share(index)?.to_bytes() == *share);
        let verified = parsed
            .as_ref()
            .is_ok_and(|c| Share::from_bytes(share).is_ok_and(|share| c.verify_share(index, &share).is_ok()));
        report.check(format!("shares[{index}] against the commitments"), verified);
    }
    Ok(dealing)
}

fn slots(report: &mut Report, file: &Value, root: &Node, dealing: &Dealing) -> Result<()> {
    let chain = ChainId(octets(&file["chain_id"])?);
    let grant = GrantId(octets(&file["grant_id"])?);
    let series = SeriesId(octets(&file["series_id"])?);
    let generation = number(&file["generation"])?;
    let secret = GrantSecret::from_bytes(octets(&file["c_g"])?);
    let threshold = dealing.commitments().threshold();
    for v in file["slots"].as_array().context("slots")? {
        let (level, start) = (u8::try_from(number(&v["level"])?)?, number(&v["start_epoch"])?);
        let name = |what: &str| format!("slot {level}/{start}: {what}");
        let slot = Slot::new(level, start)?;
        let node = root.descend(level, start).context("node")?;
        report.check(name("node_key"), node.key().expose() == &octets::<32>(&v["node_key"])?);
        let input = bytes(&v["input"])?;
        report.check(name("input"), slot.input(&chain, &grant) == input);
        report.check(name("B"), hash_to_group(&input).compress().to_bytes() == octets(&v["B"])?);

        // The last t keepers answer, each answer is verified, and they are combined.
        let answers = answers(file, dealing, &input)?;
        let inputs = [input.clone()];
        let expected = octets::<64>(&v["prf"])?;
        let combined = combine(threshold, &inputs, &answers)?;
        report.check(name("prf"), combined.first().is_some_and(|prf| **prf == expected));
        let indices: Vec<u16> = answers.iter().map(|(index, _)| *index).collect();
        let z: RistrettoPoint = lagrange_at_zero(&indices)?
            .iter()
            .zip(&answers)
            .map(|(lambda, (_, points))| points[0] * lambda)
            .sum();
        let published = CompressedRistretto(octets(&v["Z"])?);
        report.check(name("Z"), z.compress() == published);
        let finalized = published.decompress().map(|z| finalize(&input, &z));
        report.check(name("prf of Z"), finalized.is_some_and(|prf| *prf == expected));

        let place = Place { grant, series, generation, slot };
        let wrapped = octets::<WRAP>(&v["wrap"])?;
        report.check(name("wrap"), wrap(&place, &secret, &expected, node.key().expose()) == wrapped);
        report.check(name("kek_commit"), wrapped[..32] == octets::<32>(&v["kek_commit"])?);
        let opened = unwrap(&place, &secret, &expected, &wrapped);
        report.check(name("wrap opens"), opened.is_ok_and(|key| &*key == node.key().expose()));
    }
    Ok(())
}

type Answer = (u16, Vec<RistrettoPoint>);

/// The verified values of the last t keepers, made with the published shares.
fn answers(file: &Value, dealing: &Dealing, input: &[u8]) -> Result<Vec<Answer>> {
    let shares = list::<32>(&file["shares"])?;
    let inputs = [input.to_vec()];
    let skip = shares.len().saturating_sub(dealing.commitments().threshold().into());
    let indexed = (1u16..).zip(&shares).skip(skip);
    indexed
        .map(|(index, share)| {
            let share: Option<Scalar> = Scalar::from_canonical_bytes(*share).into();
            let evaluation = evaluate(&share.context("share")?, &inputs, &mut Given(vec![0; 32]));
            let public = dealing.commitments().public_share(index)?;
            Ok((index, verify(&public, &inputs, &evaluation)?))
        })
        .collect()
}

/// A source that gives exactly these octets, over and over.
struct Given(Vec<u8>);

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut octets = [0; 4];
        self.try_fill_bytes(&mut octets).map(|()| u32::from_le_bytes(octets))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut octets = [0; 8];
        self.try_fill_bytes(&mut octets).map(|()| u64::from_le_bytes(octets))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        out.iter_mut().zip(self.0.iter().cycle()).for_each(|(to, from)| *to = *from);
        Ok(())
    }
}

impl TryCryptoRng for Given {}

fn number(v: &Value) -> Result<u32> {
    Ok(u32::try_from(v.as_u64().context("a number")?)?)
}

fn bytes(v: &Value) -> Result<Vec<u8>> {
    let text = v.as_str().context("hexadecimal text")?;
    ensure!(!text.is_empty(), "empty");
    Ok(hex::decode(text)?)
}

fn octets<const N: usize>(v: &Value) -> Result<[u8; N]> {
    bytes(v)?.try_into().map_err(|b: Vec<u8>| anyhow::anyhow!("{} octets instead of {N}", b.len()))
}

fn list<const N: usize>(v: &Value) -> Result<Vec<[u8; N]>> {
    v.as_array().context("a list")?.iter().map(octets).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("../../../vectors/golden-vectors.json");

    fn holds(text: &str) -> bool {
        serde_json::from_str(text).is_ok_and(|file| check(&file).is_ok_and(|r| r.differ.is_empty()))
    }

    #[test]
    fn the_published_values_hold() {
        let report = check(&serde_json::from_str(FILE).unwrap()).unwrap();
        assert_eq!(report.differ, Vec::<String>::new());
        assert_eq!(report.checked, 1 + 2 + 5 + 1 + 5 + 1 + 14 + 3 * 9);
    }

    #[test]
    fn any_other_octet_is_another_file() {
        let differs = |text: &str| {
            let mut report = Report::default();
            published(&mut report, text);
            !report.differ.is_empty()
        };
        assert!(!differs(FILE));
        assert!(differs(&FILE.replacen("1795000000", "1795000001", 1)), "a time in the same epoch");
        assert!(differs(&format!("{FILE} ")), "an octet more");
    }

    /// Every number in the file, one too many and one too few; the time is moved by an epoch, which is what its value says.
    #[test]
    fn no_number_can_change_unnoticed() {
        fn numbers(value: &Value, path: &str, found: &mut Vec<String>) {
            match value {
                Value::Number(_) => found.push(path.to_owned()),
                Value::Array(all) => {
                    all.iter().enumerate().for_each(|(i, v)| numbers(v, &format!("{path}/{i}"), found));
                }
                Value::Object(all) => all.iter().for_each(|(k, v)| numbers(v, &format!("{path}/{k}"), found)),
                _ => {}
            }
        }
        let file: Value = serde_json::from_str(FILE).unwrap();
        let mut found = Vec::new();
        numbers(&file, "", &mut found);
        assert_eq!(found.len(), 12, "{found:?}");
        for path in found {
            let by = if path == "/unix" { 4096 } else { 1 };
            for step in [-by, by] {
                let mut altered = file.clone();
                let number = altered.pointer_mut(&path).unwrap();
                *number = (number.as_i64().unwrap() + step).into();
                let noticed = check(&altered).map_or(true, |report| !report.differ.is_empty());
                assert!(noticed, "{path} changed by {step}");
            }
        }
    }

    /// One octet at a time, several in every value: the first digit of every fifth octet changes. Values have at least
    /// 16 octets; all of them take minutes.
    #[test]
    fn no_value_can_change_unnoticed() {
        assert!(holds(FILE));
        let text = FILE.as_bytes();
        let digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        let values: Vec<usize> = FILE
            .match_indices('"')
            .zip(FILE.match_indices('"').skip(1))
            .filter(|((from, _), (to, _))| to - from > 16 && text[from + 1..*to].iter().all(|b| digit(*b)))
            .flat_map(|((from, _), (to, _))| (from + 1..to).step_by(2 * 5))
            .collect();
        assert!(values.len() > 300, "{}", values.len());
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            for part in values.chunks(values.len().div_ceil(threads)) {
                scope.spawn(move || {
                    for at in part {
                        let mut altered = text.to_vec();
                        altered[*at] = if altered[*at] == b'0' { b'1' } else { b'0' };
                        assert!(!holds(std::str::from_utf8(&altered).unwrap()), "position {at}");
                    }
                });
            }
        });
    }
}
