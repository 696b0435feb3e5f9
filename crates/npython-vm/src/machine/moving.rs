//! Moving the items of lists and the bytes of bytearrays within their place, however many there are.

use crate::fault::Fault;
use crate::objects::{ByteArray, List};
use crate::pace;
use crate::value::{Id, Value};

use super::Machine;
use super::meter::question;

impl Machine {
    /// Puts an item into a list that has room for it.
    pub(crate) fn insert_item(&mut self, list: Id<List>, at: usize, item: Value) -> Result<(), Fault> {
        let items = &mut self.heap.lists.slot(list).items;
        let moved = pace::insert(items, at, item, &question(&self.watch));
        self.unless_interrupted(moved)
    }

    /// Takes an item out of a list.
    pub(crate) fn remove_item(&mut self, list: Id<List>, at: usize) -> Result<Value, Fault> {
        let items = &mut self.heap.lists.slot(list).items;
        let removed = pace::remove(items, at, &question(&self.watch));
        Ok(self.unless_interrupted(removed)?.unwrap_or(Value::None))
    }

    /// Turns a list round.
    pub(crate) fn reverse_items(&mut self, list: Id<List>) -> Result<(), Fault> {
        let items = &mut self.heap.lists.slot(list).items;
        let reversed = pace::reverse(items, &question(&self.watch));
        self.unless_interrupted(reversed)
    }

    /// Puts a byte into a bytearray that has room for it.
    pub(crate) fn insert_byte(&mut self, array: Id<ByteArray>, at: usize, byte: u8) -> Result<(), Fault> {
        let data = &mut self.heap.byte_arrays.slot(array).data;
        let moved = pace::insert(data, at, byte, &question(&self.watch));
        self.unless_interrupted(moved)
    }

    /// Takes a byte out of a bytearray.
    pub(crate) fn remove_byte(&mut self, array: Id<ByteArray>, at: usize) -> Result<u8, Fault> {
        let data = &mut self.heap.byte_arrays.slot(array).data;
        let removed = pace::remove(data, at, &question(&self.watch));
        Ok(self.unless_interrupted(removed)?.unwrap_or(0))
    }

    /// Turns a bytearray round.
    pub(crate) fn reverse_bytes(&mut self, array: Id<ByteArray>) -> Result<(), Fault> {
        let data = &mut self.heap.byte_arrays.slot(array).data;
        let reversed = pace::reverse(data, &question(&self.watch));
        self.unless_interrupted(reversed)
    }
}
