//! A passphrase for who does not want to think of one: six words of a kind that can be said on the phone, in the person's script.

/// Pairs of a consonant and a vowel, written without gaps between the letters of either.
struct Sounds {
    consonants: &'static str,
    vowels: &'static str,
}

const LATIN: Sounds = Sounds { consonants: "bdfklmnrstvw", vowels: "aeio" };
/// The vowels are the long ones, which are written.
const ARABIC: Sounds = Sounds { consonants: "بتجدرزسشفقكلمنهع", vowels: "اوي" };
/// Both scripts have so many pairs.
const PAIRS: u8 = 48;
/// Octets from here on are left out, so that no pair comes more often than another: 5 × 48.
const FAIR: u8 = 240;
const WORDS: usize = 6;
const PAIRS_IN_WORD: usize = 2;
/// Octets of randomness that are asked for: twelve are used, one of sixteen is left out.
pub(super) const OCTETS: usize = 48;

/// Six words, 48^12 of which there are (67 bits); nothing when the randomness does not suffice.
pub(super) fn passphrase(rtl: bool, random: &[u8]) -> Option<String> {
    let sounds = if rtl { ARABIC } else { LATIN };
    let (consonants, vowels): (Vec<char>, Vec<char>) =
        (sounds.consonants.chars().collect(), sounds.vowels.chars().collect());
    let mut fair = random.iter().filter(|octet| **octet < FAIR).map(|octet| usize::from(octet % PAIRS));
    let mut words = Vec::with_capacity(WORDS);
    for _ in 0..WORDS {
        let mut word = String::new();
        for _ in 0..PAIRS_IN_WORD {
            let pair = fair.next()?;
            word.push(*consonants.get(pair / vowels.len())?);
            word.push(*vowels.get(pair % vowels.len())?);
        }
        words.push(word);
    }
    Some(words.join(" "))
}

/// The same from the browser's own randomness.
pub(super) fn fresh(rtl: bool) -> Option<String> {
    let mut random = [0; OCTETS];
    web_sys::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut random).ok()?;
    passphrase(rtl, &random)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_pair_of_both_scripts_is_one_of_48_and_all_of_them_come() {
        for (rtl, sounds) in [(false, LATIN), (true, ARABIC)] {
            let (c, v) = (sounds.consonants.chars().count(), sounds.vowels.chars().count());
            assert_eq!(c * v, usize::from(PAIRS));
            let letters: BTreeSet<char> = sounds.consonants.chars().chain(sounds.vowels.chars()).collect();
            assert_eq!(letters.len(), c + v, "no letter is there twice");
            let mut seen = BTreeSet::new();
            for octet in 0..PAIRS {
                let text = passphrase(rtl, &[octet; OCTETS]).unwrap();
                assert_eq!(text.split(' ').count(), WORDS);
                assert!(text.split(' ').all(|word| word.chars().count() == 2 * PAIRS_IN_WORD));
                seen.insert(text);
            }
            assert_eq!(seen.len(), usize::from(PAIRS));
        }
    }

    #[test]
    fn no_pair_comes_more_often_and_too_little_randomness_gives_nothing() {
        let mixed: Vec<u8> = [FAIR, 0, u8::MAX, 1].repeat(OCTETS);
        let (first, second) = ("ba", "be");
        assert_eq!(
            passphrase(false, &mixed).unwrap(),
            [format!("{first}{second}").as_str(); WORDS].join(" ")
        );
        assert_eq!(passphrase(false, &[FAIR; OCTETS]), None);
        assert_eq!(passphrase(true, &[0; 11]), None);
        assert!(passphrase(true, &[0; 12]).is_some());
    }

    #[test]
    fn it_is_as_strong_as_the_field_asks_for() {
        let random: Vec<u8> = (0..48_u16).map(|n| u8::try_from(n * 37 % u16::from(FAIR)).unwrap()).collect();
        let text = passphrase(false, &random).unwrap();
        assert!(u8::from(zxcvbn::zxcvbn(&text, &["salus"]).score()) >= 4, "{text}");
        assert!(text.chars().count() >= 8);
    }
}
