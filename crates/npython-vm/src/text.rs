//! Text of numbers and strings, apart from the heap.
