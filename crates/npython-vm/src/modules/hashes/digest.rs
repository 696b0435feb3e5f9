//! The digests by their names, each with a state that is bytes.

use md5::Md5;
use sha1::Sha1;
use sha2::digest::common::hazmat::{SerializableState, SerializedState};
use sha2::digest::{ExtendableOutput, FixedOutput, Update, XofReader};
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};
use sha3::{Sha3_224, Sha3_256, Sha3_384, Sha3_512, Shake128, Shake256};

use super::blake2::{Blake2b, Blake2s};

/// A digest under way.
pub(super) trait Running {
    /// Adds data.
    fn update(&mut self, data: &[u8]);
    /// The state, which [`resume`] takes.
    fn state(&self) -> Vec<u8>;
    /// The digest; `length` is for those that can be of any length.
    fn finish(&self, length: usize) -> Vec<u8>;
}

struct Fixed<D>(D);
struct Extendable<D>(D);

impl<D: Update + FixedOutput + SerializableState + Clone> Running for Fixed<D> {
    fn update(&mut self, data: &[u8]) {
        self.0.update(data);
    }
    fn state(&self) -> Vec<u8> {
        self.0.serialize().to_vec()
    }
    fn finish(&self, _: usize) -> Vec<u8> {
        self.0.clone().finalize_fixed().to_vec()
    }
}

impl<D: Update + ExtendableOutput + SerializableState + Clone> Running for Extendable<D> {
    fn update(&mut self, data: &[u8]) {
        self.0.update(data);
    }
    fn state(&self) -> Vec<u8> {
        self.0.serialize().to_vec()
    }
    fn finish(&self, length: usize) -> Vec<u8> {
        let mut output = vec![0; length];
        self.0.clone().finalize_xof().read(&mut output);
        output
    }
}

macro_rules! blake2_running {
    ($($name:ident),+) => {
        $(impl Running for $name {
            fn update(&mut self, data: &[u8]) {
                self.update(data);
            }
            fn state(&self) -> Vec<u8> {
                self.state()
            }
            fn finish(&self, length: usize) -> Vec<u8> {
                let mut output = self.clone().finish();
                if length > 0 {
                    output.truncate(length);
                }
                output
            }
        })+
    };
}
blake2_running!(Blake2b, Blake2s);

fn restored<D: SerializableState>(state: &[u8]) -> Option<D> {
    let state = SerializedState::<D>::try_from(state).ok()?;
    D::deserialize(&state).ok()
}

fn fixed<D>(state: Option<&[u8]>) -> Option<Box<dyn Running>>
where
    D: Update + FixedOutput + SerializableState + Clone + Default + 'static,
{
    let digest: D = match state {
        Some(state) => restored(state)?,
        None => D::default(),
    };
    Some(Box::new(Fixed(digest)))
}

fn extendable<D>(state: Option<&[u8]>) -> Option<Box<dyn Running>>
where
    D: Update + ExtendableOutput + SerializableState + Clone + Default + 'static,
{
    let digest: D = match state {
        Some(state) => restored(state)?,
        None => D::default(),
    };
    Some(Box::new(Extendable(digest)))
}

/// The digest with this name: at its start, or with this state; `None` for other names and states.
pub(super) fn resume(name: &str, state: Option<&[u8]>) -> Option<Box<dyn Running>> {
    match name {
        "md5" => fixed::<Md5>(state),
        "sha1" => fixed::<Sha1>(state),
        "sha224" => fixed::<Sha224>(state),
        "sha256" => fixed::<Sha256>(state),
        "sha384" => fixed::<Sha384>(state),
        "sha512" => fixed::<Sha512>(state),
        "sha512_224" => fixed::<Sha512_224>(state),
        "sha512_256" => fixed::<Sha512_256>(state),
        "sha3_224" => fixed::<Sha3_224>(state),
        "sha3_256" => fixed::<Sha3_256>(state),
        "sha3_384" => fixed::<Sha3_384>(state),
        "sha3_512" => fixed::<Sha3_512>(state),
        "shake_128" => extendable::<Shake128>(state),
        "shake_256" => extendable::<Shake256>(state),
        "blake2b" => Some(Box::new(Blake2b::from_state(state?)?)),
        "blake2s" => Some(Box::new(Blake2s::from_state(state?)?)),
        _ => None,
    }
}
