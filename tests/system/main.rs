//! System tests: the whole chain with real processes, and the rules the source tree keeps. One binary, so that the
//! workspace links once.

mod architecture;
