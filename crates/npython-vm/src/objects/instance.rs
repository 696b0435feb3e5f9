//! Instances and their shapes (hidden classes).

use hashbrown::HashMap;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::heap::HeapSize;
use crate::value::{Id, Value};

use super::{Dict, Str, TypeObject};

/// The shape of an instance whose attributes are in a dict.
pub(crate) const NO_SHAPE: u32 = u32::MAX;

/// An instance of a class (of the guest's, or of a built-in exception type).
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Instance {
    pub class: Id<TypeObject>,
    pub shape: u32,
    /// The attribute dict once the instance has one of its own; then `shape` is `NO_SHAPE`.
    pub dict: Option<Id<Dict>>,
    /// The built-in value an instance of a class derived from a built-in type carries, else `Undef`.
    pub payload: Value,
    pub slots: SmallVec<[Value; 4]>,
}

impl Default for Instance {
    fn default() -> Self {
        Self { class: Id::new(0), shape: NO_SHAPE, dict: None, payload: Value::Undef, slots: SmallVec::new() }
    }
}

impl HeapSize for Instance {
    fn extra_bytes(&self) -> usize {
        if self.slots.spilled() { self.slots.capacity() * size_of::<Value>() } else { 0 }
    }
}

/// An ordered list of attribute names, shared by the instances that got the same attributes in the same order.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Shape {
    /// The class whose instances have it.
    pub class: Id<TypeObject>,
    pub names: Vec<Id<Str>>,
    /// Shapes with one more attribute.
    next: Vec<(Id<Str>, u32)>,
    /// Position of each name, for shapes with many.
    #[serde(skip)]
    positions: Option<HashMap<Id<Str>, u32>>,
}

/// Shapes with more attributes than this become dicts.
const MOST_NAMES: usize = 128;
/// So do instances of classes whose instances take ever new shapes.
const MOST_BRANCHES: usize = 64;
/// Above this many names a shape has a position map.
const SCAN_NAMES: usize = 8;

impl Shape {
    /// The slot of attribute `name`.
    #[inline]
    pub(crate) fn position(&self, name: Id<Str>) -> Option<usize> {
        match &self.positions {
            Some(positions) => positions.get(&name).map(|position| *position as usize),
            None => self.names.iter().position(|other| *other == name),
        }
    }
}

fn positions_of(names: &[Id<Str>]) -> Option<HashMap<Id<Str>, u32>> {
    (names.len() > SCAN_NAMES).then(|| names.iter().enumerate().map(|(at, name)| (*name, at as u32)).collect())
}

/// All shapes of a machine.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct ShapeTable {
    shapes: Vec<Shape>,
}

impl ShapeTable {
    #[inline(always)]
    pub(crate) fn get(&self, shape: u32) -> Option<&Shape> {
        self.shapes.get(shape as usize)
    }

    /// Makes the root shape of a class.
    pub(crate) fn add_root(&mut self, class: Id<TypeObject>) -> u32 {
        self.shapes.push(Shape { class, names: Vec::new(), next: Vec::new(), positions: None });
        (self.shapes.len() - 1) as u32
    }

    /// The shape with `name` added to `shape`, and whether it had to be made; `None` where a dict serves better.
    pub(crate) fn add_name(&mut self, shape: u32, name: Id<Str>) -> Option<(u32, bool)> {
        let from = self.shapes.get(shape as usize)?;
        if let Some((_, next)) = from.next.iter().find(|(other, _)| *other == name) {
            return Some((*next, false));
        }
        if from.names.len() >= MOST_NAMES || from.next.len() >= MOST_BRANCHES || self.shapes.len() >= 1 << 20 {
            return None;
        }
        let mut names = from.names.clone();
        names.push(name);
        let positions = positions_of(&names);
        let made = Shape { class: from.class, names, next: Vec::new(), positions };
        let number = self.shapes.len() as u32;
        self.shapes.push(made);
        self.shapes.get_mut(shape as usize)?.next.push((name, number));
        Some((number, true))
    }

    /// Makes the position maps, which are not stored; false if a step from shape to shape does not add its one name.
    pub(crate) fn restore_positions(&mut self) -> bool {
        for shape in &mut self.shapes {
            shape.positions = positions_of(&shape.names);
        }
        self.shapes.iter().all(|shape| {
            shape.next.iter().all(|(name, next)| {
                self.get(*next).is_some_and(|next| {
                    next.names.split_last() == Some((name, &*shape.names)) && next.class == shape.class
                })
            })
        })
    }

    /// Bytes one more shape with `names` attributes takes.
    pub(crate) fn bytes_of(names: usize) -> usize {
        size_of::<Shape>() + names * 8 + if names > SCAN_NAMES { names * 24 } else { 0 } + 16
    }

    /// Names of all shapes, to keep them alive.
    pub(crate) fn all_names(&self) -> impl Iterator<Item = Id<Str>> + '_ {
        self.shapes.iter().flat_map(|shape| shape.names.iter().copied())
    }
}
