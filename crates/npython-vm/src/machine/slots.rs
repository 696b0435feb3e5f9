//! `__slots__`: where the values of an instance's members are. While it has no dict they are in its shape like attributes; with
//! a dict, which only holds what is no member, they are in the order of the class's list of members.

use crate::fault::Fault;
use crate::objects::{Instance, Str};
use crate::value::{Id, Value};

use super::Machine;

impl Machine {
    /// The value of a member, `None` when it is not set.
    pub(crate) fn member_value(&self, object: Value, member: Id<Str>) -> Option<Value> {
        let Value::Instance(id) = object else { return self.own_instance_attribute(object, member) };
        let instance = self.heap.instances.get(id);
        if instance.dict.is_none() {
            return self.instance_attribute(id, member);
        }
        let at = self.member_position(id, member)?;
        instance.slots.get(at).copied().and_then(Value::given)
    }

    /// Sets a member, or with `Undef` deletes it.
    pub(crate) fn store_member(&mut self, id: Id<Instance>, member: Id<Str>, value: Value) -> Result<(), Fault> {
        if self.heap.instances.get(id).dict.is_none() {
            if !value.is_undef() {
                return self.store_in_instance(id, member, value);
            }
            if self.instance_attribute(id, member).is_some() {
                self.instance_dict(id)?;
            }
        }
        let old = self.member_value(Value::Instance(id), member);
        if old.is_none() && value.is_undef() {
            let text = self.heap.str(member).to_owned();
            return Err(self.attribute_error(Value::Instance(id), member, &text));
        }
        let Some(at) = self.member_position(id, member) else { return Ok(()) };
        if self.heap.instances.get(id).slots.len() <= at {
            self.heap.reserve((at + 1) * size_of::<Value>())?;
            self.heap.instances.slot(id).slots.resize(at + 1, Value::Undef);
        }
        if let Some(slot) = self.heap.instances.slot(id).slots.get_mut(at) {
            *slot = value;
        }
        Ok(())
    }

    /// Where among the members of the class this one is.
    pub(crate) fn member_position(&self, id: Id<Instance>, member: Id<Str>) -> Option<usize> {
        let class = self.heap.instances.get(id).class;
        self.heap.types.get(class).slots.iter().position(|other| *other == Value::Str(member))
    }
}
