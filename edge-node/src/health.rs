//! The state of each camera and of the machine, in words.
