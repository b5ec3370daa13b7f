"""Writes an ONNX graph by hand: the few nodes our nets need, batch norm folded into the convolutions."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET, IR = 17, 8


class Graph:
    """Nodes and constants in the order they are asked for; every call gives the name of its output."""

    def __init__(self):
        self.nodes, self.constants, self.count = [], [], 0

    def constant(self, name, value, dtype=np.float32):
        """A constant's name."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value, dtype), name))
        return name

    def node(self, kind, inputs, output=None, **attributes):
        """One node with one output."""
        self.count += 1
        output = output or f"{kind.lower()}_{self.count}"
        self.nodes.append(helper.make_node(kind, list(inputs), [output], name=output, **attributes))
        return output

    def conv(self, x, kernel, bias, name, strides=(1, 1), relu=True, groups=1):
        """A convolution as Keras pads it ("same", also with strides on even sizes); `kernel` is height, width, in, out."""
        pads = [[(size - 1) // 2, size // 2] if stride == 1 else [max(0, size - stride) // 2, max(0, size - stride) - max(0, size - stride) // 2]
                for size, stride in zip(kernel.shape[:2], strides)]
        weights = self.constant(name + "_weights", kernel.transpose(3, 2, 0, 1))
        y = self.node("Conv", [x, weights, self.constant(name + "_bias", bias)], name, strides=list(strides), group=groups,
                      kernel_shape=list(kernel.shape[:2]), pads=[pads[0][0], pads[1][0], pads[0][1], pads[1][1]])
        return self.node("Relu", [y]) if relu else y

    def folded(self, model, x, name, strides=(1, 1), relu=True):
        """A Keras convolution and its batch norm as one convolution."""
        kernel = np.asarray(model.get_layer(name).get_weights()[0], np.float64)
        gamma, beta, mean, variance = (np.asarray(v, np.float64) for v in model.get_layer(name + "_bn").get_weights())
        scale = gamma / np.sqrt(variance + model.get_layer(name + "_bn").epsilon)
        return self.conv(x, kernel * scale, beta - mean * scale, name, strides, relu)

    def standardised(self, x, floor=4.0):
        """A picture by its own mean and deviation over all pixels and colours, as `reader_net.normalised`."""
        mean = self.node("ReduceMean", [x], axes=[1, 2, 3], keepdims=1)
        apart = self.node("Sub", [x, mean])
        square = self.node("ReduceMean", [self.node("Mul", [apart, apart])], axes=[1, 2, 3], keepdims=1)
        spread = self.node("Add", [self.node("Sqrt", [square]), self.constant("spread_floor", np.array(floor))])
        return self.node("Div", [apart, spread])

    def write(self, path, inputs, outputs, about):
        """Checks and writes the model; `inputs` and `outputs` are (name, shape); `about` goes into its metadata."""
        value = lambda pair: helper.make_tensor_value_info(pair[0], TensorProto.FLOAT, pair[1])  # noqa: E731
        graph = helper.make_graph(self.nodes, "chi-lang", [value(i) for i in inputs], [value(o) for o in outputs], self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="chi-lang models/train/plates")
        model.ir_version = IR
        for key, text in about.items():
            entry = model.metadata_props.add()
            entry.key, entry.value = key, text
        onnx.checker.check_model(model, full_check=True)
        with open(path, "wb") as out:
            out.write(model.SerializeToString(deterministic=True))
