"""Turns weights that lie in registry packages into ONNX files.

Needs numpy and onnx (the pull script's own environment has them). Never fetches anything and never decides which
model is used: it gets files that were already checked against the manifest, and writes one file.
"""
