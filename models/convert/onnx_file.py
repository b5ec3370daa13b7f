"""Writes ONNX files whose bytes depend on nothing but the net.

The manifest pins the hash of what a conversion makes, so the versions, names and order written here are fixed. This
module never computes on weights.
"""

import os

from onnx import TensorProto, checker, helper, numpy_helper

# Written into every file. Raising either changes every pinned hash.
IR_VERSION = 8
OPSET = 17


class Graph:
    """An ONNX graph that is being written, node by node."""

    def __init__(self, name):
        self.name = name
        self.nodes = []
        self.constants = []
        self.inputs = []
        self.outputs = []
        self._names = set()

    def constant(self, name, array):
        """Stores an array under a name and gives the name back."""
        if name in self._names:
            raise ValueError(f"the constant {name} is written twice")
        self._names.add(name)
        self.constants.append(numpy_helper.from_array(array, name))
        return name

    def node(self, op, inputs, output, **attributes):
        """Adds one operation with one output and gives the output's name back."""
        self.nodes.append(helper.make_node(op, inputs, [output], name=output, **attributes))
        return output

    def input(self, name, shape):
        """Declares a float input."""
        self.inputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))
        return name

    def output(self, name, shape):
        """Declares a float output."""
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def write(self, path):
        """Checks the graph and writes it, whole or not at all."""
        graph = helper.make_graph(self.nodes, self.name, self.inputs, self.outputs, initializer=self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="chi-lang")
        write_model(model, path)


def write_model(model, path):
    """Writes a model with fixed version fields, by a temporary file and a rename."""
    model.ir_version = IR_VERSION
    model.producer_name = "chi-lang"
    model.producer_version = "1"
    checker.check_model(model)
    temporary = f"{path}.part"
    with open(temporary, "wb") as file:
        file.write(model.SerializeToString(deterministic=True))
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
