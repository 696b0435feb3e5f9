//! Encoding and decoding.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::names;
use crate::objects::Str;
use crate::text::encoding::{
    CodecError, Decoded, Direction, UnicodeFault, decode, encode, encode_code_points, find_encoding, longest_encoding,
};
use crate::types;
use crate::value::{Id, Value};

use super::code_point;

/// How many times as many bytes as its data a decoded text has at most, the code points of texts with lone surrogates included.
const LONGEST_DECODING: usize = 8;

impl Machine {
    /// `text.encode(encoding, errors)` as plain bytes.
    pub(crate) fn encode_str(&mut self, id: Id<Str>, encoding: &str, errors: &str) -> Result<Vec<u8>, Fault> {
        let codec = find_encoding(encoding, Direction::Encode).map_err(|error| self.raise_guest_error(error))?;
        let surrogates = self.has_surrogates(id);
        let bytes = self.heap.str(id).len();
        self.charge_bytes(bytes)?;
        self.make_room(bytes.saturating_mul(longest_encoding(codec, errors)))?;
        let text = self.heap.str(id);
        let encoded = if surrogates {
            self.charge_items(bytes)?;
            let points: Vec<u32> = self.heap.str(id).chars().map(|character| code_point(character, true)).collect();
            encode_code_points(&points, codec, errors, &self.go_on())
        } else {
            encode(text, codec, errors, &self.go_on())
        };
        match encoded {
            Ok(data) => {
                self.charge_bytes(data.len())?;
                Ok(data)
            }
            Err(CodecError::Other(error)) => Err(self.raise_guest_error(error)),
            Err(CodecError::Unicode(fault)) => {
                Err(self.unicode_fault(types::UNICODE_ENCODE_ERROR, &fault, Value::Str(id)))
            }
        }
    }

    /// `data.decode(encoding, errors)`; `object` is what the data comes from.
    pub(crate) fn decode_bytes(
        &mut self,
        object: Value,
        data: &[u8],
        encoding: &str,
        errors: &str,
    ) -> Result<Value, Fault> {
        let codec = find_encoding(encoding, Direction::Decode).map_err(|error| self.raise_guest_error(error))?;
        self.charge_bytes(data.len())?;
        self.make_room(data.len().saturating_mul(if data.is_ascii() && codec.extends_ascii() {
            1
        } else {
            LONGEST_DECODING
        }))?;
        let decoded = decode(data, codec, errors, &self.go_on());
        match decoded {
            Ok(Decoded::Text(text)) => self.heap.new_string(text),
            Ok(Decoded::CodePoints(points)) => self.new_wide_str(&points),
            Err(CodecError::Other(error)) => Err(self.raise_guest_error(error)),
            Err(CodecError::Unicode(fault)) => {
                let object = match self.unwrap(object) {
                    Value::Bytes(id) => Value::Bytes(id),
                    _ => self.heap.new_bytes(data.to_vec())?,
                };
                Err(self.unicode_fault(types::UNICODE_DECODE_ERROR, &fault, object))
            }
        }
    }

    /// Raises UnicodeEncodeError or UnicodeDecodeError with all its attributes.
    #[cold]
    fn unicode_fault(&mut self, class: Id<crate::objects::TypeObject>, fault: &UnicodeFault, object: Value) -> Fault {
        match self.unicode_exception(class, fault, object) {
            Ok(exception) => self.raise_value(exception),
            Err(fault) => fault,
        }
    }

    fn unicode_exception(
        &mut self,
        class: Id<crate::objects::TypeObject>,
        fault: &UnicodeFault,
        object: Value,
    ) -> Result<Value, Fault> {
        let (encoding, reason) = (self.heap.new_str(fault.encoding)?, self.heap.new_str(fault.reason)?);
        let (start, end) = (Value::Int(fault.start as i64), Value::Int(fault.end as i64));
        let exception = self.new_exception(class, &[encoding, object, start, end, reason])?;
        for (name, value) in [
            (names::ENCODING, encoding),
            (names::OBJECT_FIELD, object),
            (names::START, start),
            (names::END, end),
            (names::REASON, reason),
        ] {
            self.set_exception_field(exception, name, value)?;
        }
        Ok(exception)
    }
}
