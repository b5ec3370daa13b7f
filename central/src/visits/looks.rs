//! The picture of whoever stands at a gate, on its way from the node's memory to the one person who asked for it. It is in
//! memory for as long as that takes and is written nowhere: its type can be neither copied, printed nor serialised, and whoever
//! waits no more has lost it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use contract::ids::{LookId, NodeAddress};
use contract::signature::Sha256;
use tokio::sync::oneshot;

/// The largest picture taken.
pub const LOOK_MAX_BYTES: usize = 1 << 20;
/// Looks waited for at once.
const WAITING: usize = 64;

/// A picture that is handed on and kept by nobody. No `Clone`, no `Debug`, no `Serialize`: a test sees to it.
pub struct LookPicture(Bytes);

impl LookPicture {
    /// Around a node's bytes.
    #[must_use]
    pub fn new(bytes: Bytes) -> Self {
        Self(bytes)
    }

    /// Its hash: what a decision quotes.
    #[must_use]
    pub fn sha256(&self) -> Sha256 {
        Sha256::of(&self.0)
    }

    /// The bytes, for the one answer they go into.
    #[must_use]
    pub fn into_answer(self) -> Bytes {
        self.0
    }
}

/// What a node said when it was asked for a picture.
pub enum Look {
    /// Here it is.
    Picture(LookPicture),
    /// It holds none, or none any more.
    NotHeld,
    /// Nothing, in the time it was given.
    Silent,
}

/// The picture; none where the node holds none.
type Brought = Option<LookPicture>;

type Waiting = Arc<Mutex<HashMap<LookId, (NodeAddress, oneshot::Sender<Brought>)>>>;

/// Who waits for which picture.
#[derive(Clone, Default)]
pub struct Looks(Waiting);

impl std::fmt::Debug for Looks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Looks")
    }
}

/// A place in the queue; given back when it is dropped.
pub(super) struct Expected {
    looks: Looks,
    look: LookId,
    picture: oneshot::Receiver<Brought>,
}

impl Drop for Expected {
    fn drop(&mut self) {
        self.looks.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.look);
    }
}

impl Expected {
    /// What the node says, once it does.
    pub(super) async fn answer(&mut self) -> Look {
        match (&mut self.picture).await {
            Ok(Some(picture)) => Look::Picture(picture),
            Ok(None) => Look::NotHeld,
            Err(_) => Look::Silent,
        }
    }
}

impl Looks {
    /// Waits for a look from this node; `None` when too many are waited for.
    pub(super) fn expect(&self, look: LookId, node: NodeAddress) -> Option<Expected> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= WAITING {
            return None;
        }
        let (tell, picture) = oneshot::channel();
        waiting.insert(look, (node, tell));
        Some(Expected { looks: self.clone(), look, picture })
    }

    /// A node brings a picture, or the word that it holds none. False when nobody waits for it from this node: then it is
    /// gone at once.
    #[must_use]
    pub fn bring(&self, look: LookId, node: &NodeAddress, picture: Option<LookPicture>) -> bool {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.get(&look).is_none_or(|(whose, _)| whose != node) {
            return false;
        }
        waiting.remove(&look).is_some_and(|(_, tell)| tell.send(picture).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// Fails to compile when the type has the trait: two ways to answer, and no way to choose.
    macro_rules! has_not {
        ($type:ty, $($name:ident: $bound:path),*) => {$(
            mod $name {
                use super::super::*;
                trait Ambiguous<A> { fn answer() {} }
                impl<T: ?Sized> Ambiguous<()> for T {}
                struct Other;
                impl<T: ?Sized + $bound> Ambiguous<Other> for T {}
                #[test]
                fn is_so() {
                    let _ = <$type as Ambiguous<_>>::answer;
                }
            }
        )*};
    }
    has_not!(LookPicture, not_clone: Clone, not_debug: std::fmt::Debug, not_serialize: serde::Serialize);

    #[tokio::test]
    async fn a_picture_goes_to_whoever_waits_for_it_and_to_nobody_else() {
        let (looks, look) = (Looks::default(), LookId(Uuid::from_u128(1)));
        let (gate, other): (NodeAddress, NodeAddress) = ("hq/gate".parse().unwrap(), "hq/other".parse().unwrap());
        let picture = || Some(LookPicture::new(Bytes::from_static(b"face")));
        assert!(!looks.bring(look, &gate, picture()), "nobody asked");
        let mut expected = looks.expect(look, gate.clone()).unwrap();
        assert!(!looks.bring(look, &other, picture()), "another node was asked");
        assert!(looks.bring(look, &gate, picture()));
        assert!(!looks.bring(look, &gate, picture()), "once");
        let Look::Picture(face) = expected.answer().await else { panic!("the picture was brought") };
        assert_eq!(face.into_answer(), "face");
        let mut expected = looks.expect(look, gate.clone()).unwrap();
        assert!(looks.bring(look, &gate, None));
        assert!(matches!(expected.answer().await, Look::NotHeld));
        drop(looks.expect(look, gate.clone()));
        assert!(!looks.bring(look, &gate, picture()), "whoever asked has left");
        let held: Vec<_> =
            (0..WAITING as u128).map(|n| looks.expect(LookId(Uuid::from_u128(n)), gate.clone())).collect();
        assert!(held.iter().all(Option::is_some) && looks.expect(LookId(Uuid::from_u128(999)), gate).is_none());
    }
}
