"""The parts of models/pull: what the manifest wants, where files come from, how they are converted, what was got.

Python's standard library only. Never trusts a file before its hash is checked, and never leaves half a file behind
under its final name.
"""
