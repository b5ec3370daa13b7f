//! Pictures that belong to events: hashed when made, kept until the centre has them.
