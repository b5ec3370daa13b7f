//! Does anything move, and is the view the one that was set up? Decides what is worth detecting. Knows pictures, not cameras.
