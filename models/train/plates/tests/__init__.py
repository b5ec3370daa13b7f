"""Tests of the training code. `./check` runs them."""
