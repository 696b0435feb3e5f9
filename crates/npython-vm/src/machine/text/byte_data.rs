//! Access to the data of bytes-like objects.

use crate::fault::Fault;
use crate::machine::Machine;
use crate::objects::Object;
use crate::pace;
use crate::value::Value;

impl Machine {
    /// The data of a bytes or bytearray object, or of an instance of a class derived from one; of a memoryview, if it is
    /// contiguous and was not released.
    #[inline]
    pub(crate) fn bytes_like(&self, value: Value) -> Option<&[u8]> {
        match value {
            Value::Bytes(id) => Some(&self.heap.bytes.get(id).data),
            Value::ByteArray(id) => Some(&self.heap.byte_arrays.get(id).data),
            Value::Object(id) => match self.heap.objects.get(id) {
                Object::MemoryView { source, layout, released: false, .. } if layout.is_c_contiguous() => {
                    let data = match source {
                        Value::Bytes(id) => &self.heap.bytes.get(*id).data[..],
                        Value::ByteArray(id) => &self.heap.byte_arrays.get(*id).data[..],
                        _ => return None,
                    };
                    data.get(layout.start..layout.start.saturating_add(layout.bytes()))
                }
                _ => None,
            },
            Value::Instance(_) => match self.unwrap(value) {
                payload @ (Value::Bytes(_) | Value::ByteArray(_)) => self.bytes_like(payload),
                _ => None,
            },
            _ => None,
        }
    }

    /// A copy of the data of any bytes-like object, charged for; `None` for other objects.
    pub(crate) fn byte_copy(&mut self, value: Value) -> Result<Option<Vec<u8>>, Fault> {
        if let Some(data) = self.bytes_like(value) {
            let length = data.len();
            self.prepare_text(length)?;
            let copied = pace::copy(self.bytes_like(value).unwrap_or_default(), &self.go_on());
            return self.unless_interrupted(copied).map(Some);
        }
        self.view_bytes(value, false)
    }

    /// Whether a value is a bytes-like object.
    pub(crate) fn is_bytes_like(&self, value: Value) -> bool {
        match self.unwrap(value) {
            Value::Bytes(_) | Value::ByteArray(_) => true,
            Value::Object(id) => matches!(self.heap.objects.get(id), Object::MemoryView { .. }),
            _ => false,
        }
    }
}
