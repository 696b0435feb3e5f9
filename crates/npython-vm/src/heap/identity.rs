//! What `id()` tells, and what objects that are equal only to themselves are hashed by.
//!
//! Slots of the arenas are used again when the collector has freed them, and addresses would tell about the host. So an
//! object gets a serial number the first time its identity is asked for: one after the other, never twice, whenever the
//! collector runs. Objects of the base heap and values without a place in the heap have fixed numbers.

use crate::fault::Fault;
use crate::value::Value;

use super::Heap;

/// Identities of objects with serial numbers are small; those of small ints, fixed objects, other ints and floats come far
/// behind, each far from the next.
const SERIAL: i128 = 0x1000;
const SMALL_INT: i128 = 1 << 56;
const FIXED: i128 = 1 << 57;
const INT: i128 = 1 << 72;
const FLOAT: i128 = 1 << 73;
/// More serial numbers than a machine can give out.
const SERIALS: u64 = 1 << 51;
/// Apart as objects in memory are.
const ALIGNMENT: i128 = 16;

/// The identity of object number `index` of those of one kind that always exist.
const fn fixed(kind: u8, index: usize) -> i128 {
    FIXED + (((kind as i128) << 32) | index as i128) * ALIGNMENT
}

/// Bits of a NaN that tell one from another.
const NAN_PAYLOAD: u64 = (1 << 48) - 1;

impl Heap {
    /// A number read from text. Each NaN is another object, as containers, which look at identity first, make plain; what a
    /// float is known by are its bits, so each has other ones.
    pub(crate) fn float_of_text(&mut self, number: f64) -> Value {
        if !number.is_nan() {
            return Value::float(number);
        }
        self.nans = self.nans.wrapping_add(1);
        Value::float(f64::from_bits(number.to_bits() & !NAN_PAYLOAD | self.nans & NAN_PAYLOAD))
    }

    /// `id(value)`: equal for two values exactly when they are the same object. It says nothing about the host.
    ///
    /// # Errors
    /// When there is no memory for one more serial number.
    pub(crate) fn identity(&mut self, value: Value) -> Result<i128, Fault> {
        const SMALL: std::ops::Range<i64> = -(1 << 40)..1 << 40;
        macro_rules! numbered {
            ($kind:literal, $arena:ident, $id:expr) => {{
                if self.$arena.is_base($id) {
                    return Ok(fixed($kind, $id.index()));
                }
                match self.$arena.serial($id) {
                    0 => {
                        self.reserve(self.$arena.serial_growth($id))?;
                        self.last_serial = self.last_serial.saturating_add(1);
                        self.$arena.set_serial($id, self.last_serial);
                        self.last_serial
                    }
                    known => known,
                }
            }};
        }
        let serial = match value {
            Value::Undef | Value::Missing => return Ok(fixed(0, 0)),
            Value::None => return Ok(fixed(0, 1)),
            Value::False => return Ok(fixed(0, 2)),
            Value::True => return Ok(fixed(0, 3)),
            Value::NotImplemented => return Ok(fixed(0, 4)),
            Value::Ellipsis => return Ok(fixed(0, 5)),
            Value::Int(number) if SMALL.contains(&number) => {
                return Ok(SMALL_INT + i128::from(number - SMALL.start) * ALIGNMENT);
            }
            Value::Int(number) => return Ok(INT + i128::from(number) * ALIGNMENT),
            Value::Float(number) => return Ok(FLOAT + i128::from(number.get().to_bits()) * ALIGNMENT),
            Value::Native(id) => return Ok(fixed(1, id.index())),
            Value::Host(id) => return Ok(fixed(2, id.number() as usize)),
            Value::Instance(id) => numbered!(3, instances, id),
            Value::Type(id) => numbered!(4, types, id),
            Value::Function(id) => numbered!(5, functions, id),
            Value::BoundMethod(id) => numbered!(6, bound_methods, id),
            Value::BigInt(id) => numbered!(7, big_ints, id),
            Value::Complex(id) => numbered!(8, complexes, id),
            Value::Str(id) => numbered!(9, strings, id),
            Value::Bytes(id) => numbered!(10, bytes, id),
            Value::ByteArray(id) => numbered!(11, byte_arrays, id),
            Value::List(id) => numbered!(12, lists, id),
            Value::Tuple(id) => numbered!(13, tuples, id),
            Value::Dict(id) => numbered!(14, dicts, id),
            Value::Set(id) | Value::FrozenSet(id) => numbered!(15, sets, id),
            Value::Range(id) => numbered!(16, ranges, id),
            Value::Slice(id) => numbered!(17, slices, id),
            Value::Module(id) => numbered!(18, modules, id),
            Value::Iter(id) => numbered!(19, iters, id),
            Value::Generator(id) => numbered!(20, generators, id),
            Value::Cell(id) => numbered!(21, cells, id),
            Value::Exception(id) => numbered!(22, exceptions, id),
            Value::Object(id) => numbered!(23, objects, id),
        };
        Ok(SERIAL + i128::from(serial) * ALIGNMENT)
    }

    /// The hash of an object that is equal to itself only.
    ///
    /// # Errors
    /// When there is no memory for one more serial number.
    #[inline]
    pub(crate) fn identity_hash(&mut self, value: Value) -> Result<i64, Fault> {
        // As CPython does with addresses: the lowest bits, which are the same for all objects, go to the top.
        self.identity(value).map(|identity| (identity as i64).rotate_right(4))
    }

    /// Whether no two objects have one serial number, and none a number that is still to be given out: always so but in a
    /// forged snapshot.
    pub(super) fn serials_are_sound(&self) -> bool {
        let mut serials: Vec<u64> = Vec::new();
        macro_rules! gather {
            ($($arena:ident)+) => {
                $(serials.extend(self.$arena.serials());)+
            };
        }
        gather!(big_ints complexes strings buffers bytes byte_arrays lists tuples dicts sets ranges slices functions);
        gather!(bound_methods types instances modules iters generators cells exceptions objects);
        serials.sort_unstable();
        self.last_serial < SERIALS
            && serials.last().is_none_or(|last| *last <= self.last_serial)
            && serials.windows(2).all(|pair| pair.first() != pair.last())
    }
}
