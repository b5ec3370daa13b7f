//! One frame and the slot between camera and analysis: newest wins, drops are counted.
