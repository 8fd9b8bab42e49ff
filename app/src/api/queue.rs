//! The refresh queue.

mod mine;

pub use mine::MyQueue;
