//! The ONNX Runtime sessions and the model manifest; knows tensors, not cameras.
