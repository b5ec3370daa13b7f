//! Verdicts and rules → contract events: new, update, exactly one final.
