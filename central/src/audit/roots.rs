//! Signed day roots: the hash a controller's audit chain ended a day with, signed by the centre's key. Pure. A root says
//! that at the day's end the chain was this one; kept on another machine it still says so when this machine's database
//! and its triggers are in the wrong hands. It does not protect against whoever holds the signing key as well.

use std::collections::BTreeMap;

use contract::clock::UtcMicros;
use contract::signature::{Sha256, Signature, SigningKey};
use serde::{Deserialize, Serialize};

/// Schema of a root. It stands in what is signed, so that no other signed document of the centre passes for a root.
pub const ROOT_SCHEMA: &str = "chilang.audit-root/1";

/// What is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// [`ROOT_SCHEMA`].
    pub schema: String,
    /// Whose chain.
    pub controller: String,
    /// The Vietnamese civil day, `yyyy-mm-dd`.
    pub day: String,
    /// How many records the day has.
    pub records: i64,
    /// The hash of the last of them.
    pub hash: Sha256,
    /// When the root was made.
    pub made_at: UtcMicros,
}

/// A root as kept and shipped: the exact text that was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedRoot {
    /// [`Root`] as JSON.
    pub document: String,
    /// Over the text of `document`.
    pub signature: String,
}

/// What does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RootFault {
    /// Not signed by the centre.
    #[error("the signature is not the centre's")]
    Signature,
    /// Signed, but something else.
    #[error("it is no root")]
    NoRoot,
    /// The store has no such day.
    #[error("{controller} {day}: a root was made, and the store has no such day")]
    DayGone {
        /// Whose.
        controller: String,
        /// Which.
        day: String,
    },
    /// The store's chain ends otherwise.
    #[error("{controller} {day}: the chain was changed after its root was made")]
    Rewritten {
        /// Whose.
        controller: String,
        /// Which.
        day: String,
    },
    /// A day that is over has no root.
    #[error("{controller} {day}: no root is kept of this day")]
    Missing {
        /// Whose.
        controller: String,
        /// Which.
        day: String,
    },
}

impl SignedRoot {
    /// Signs.
    #[must_use]
    pub fn sign(root: &Root, key: &SigningKey) -> Self {
        let document = serde_json::to_string(root).expect("a root has string keys only");
        let signature = key.sign(document.as_bytes()).to_string();
        Self { document, signature }
    }

    /// Checks the signature and reads.
    pub fn open(&self, public_key: &[u8]) -> Result<Root, RootFault> {
        let signature: Signature = self.signature.parse().map_err(|_| RootFault::Signature)?;
        signature.verify(public_key, self.document.as_bytes()).map_err(|_| RootFault::Signature)?;
        let root: Root = serde_json::from_str(&self.document).map_err(|_| RootFault::NoRoot)?;
        if root.schema == ROOT_SCHEMA { Ok(root) } else { Err(RootFault::NoRoot) }
    }
}

/// A day of a chain as the store has it: controller, day, records, last hash.
pub type Head = (String, String, i64, Sha256);

/// Compares roots kept elsewhere with the days the store has. Days from `open_from` on are not over and want no root.
#[must_use]
pub fn compare_roots(roots: &[Root], heads: &[Head], open_from: &str) -> Vec<RootFault> {
    let heads: BTreeMap<(&str, &str), (i64, Sha256)> =
        heads.iter().map(|(c, d, n, hash)| ((c.as_str(), d.as_str()), (*n, *hash))).collect();
    let mut rooted = Vec::new();
    let mut faults = Vec::new();
    for root in roots {
        let (controller, day) = (root.controller.clone(), root.day.clone());
        rooted.push((root.controller.as_str(), root.day.as_str()));
        match heads.get(&(root.controller.as_str(), root.day.as_str())) {
            None => faults.push(RootFault::DayGone { controller, day }),
            Some(head) if *head != (root.records, root.hash) => faults.push(RootFault::Rewritten { controller, day }),
            Some(_) => {}
        }
    }
    for (controller, day) in heads.keys() {
        if *day < open_from && !rooted.contains(&(*controller, *day)) {
            faults.push(RootFault::Missing { controller: (*controller).to_owned(), day: (*day).to_owned() });
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root(day: &str, hash: u8) -> Root {
        Root {
            schema: ROOT_SCHEMA.to_owned(),
            controller: "police".to_owned(),
            day: day.to_owned(),
            records: 3,
            hash: Sha256([hash; 32]),
            made_at: UtcMicros(1),
        }
    }

    #[test]
    fn only_what_the_centre_signed_as_a_root_is_one() {
        let key = SigningKey::from_seed([1; 32]);
        let signed = SignedRoot::sign(&root("2026-11-23", 1), &key);
        assert_eq!(signed.open(key.public_key()), Ok(root("2026-11-23", 1)));
        let other = SigningKey::from_seed([2; 32]);
        assert_eq!(signed.open(other.public_key()), Err(RootFault::Signature));
        let changed = SignedRoot { document: signed.document.replace("police", "tourism"), ..signed };
        assert_eq!(changed.open(key.public_key()), Err(RootFault::Signature));
        let bundle = Root { schema: "chilang.bundle/1".to_owned(), ..root("2026-11-23", 1) };
        assert_eq!(SignedRoot::sign(&bundle, &key).open(key.public_key()), Err(RootFault::NoRoot));
    }

    #[test]
    fn a_rewritten_a_vanished_and_an_unsigned_day_are_found() {
        let head = |day: &str, n: i64, hash: u8| ("police".to_owned(), day.to_owned(), n, Sha256([hash; 32]));
        let roots = [root("2026-11-20", 1), root("2026-11-21", 2), root("2026-11-22", 3)];
        let whole =
            [head("2026-11-20", 3, 1), head("2026-11-21", 3, 2), head("2026-11-22", 3, 3), head("2026-11-23", 1, 9)];
        assert_eq!(compare_roots(&roots, &whole, "2026-11-23"), []);
        let (controller, day) = ("police".to_owned(), "2026-11-21".to_owned());
        let mut rewritten = whole.clone();
        rewritten[1].3 = Sha256([8; 32]);
        let fault = RootFault::Rewritten { controller: controller.clone(), day: day.clone() };
        assert_eq!(compare_roots(&roots, &rewritten, "2026-11-23"), [fault]);
        let mut shorter = whole.clone();
        shorter[1].2 = 2;
        let fault = RootFault::Rewritten { controller: controller.clone(), day: day.clone() };
        assert_eq!(compare_roots(&roots, &shorter, "2026-11-23"), [fault]);
        let without = [whole[0].clone(), whole[2].clone()];
        let fault = RootFault::DayGone { controller: controller.clone(), day: day.clone() };
        assert_eq!(compare_roots(&roots, &without, "2026-11-23"), [fault]);
        let fault = RootFault::Missing { controller, day };
        assert_eq!(compare_roots(&[roots[0].clone(), roots[2].clone()], &whole, "2026-11-23"), [fault]);
    }
}
