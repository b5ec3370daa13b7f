"""`python -m convert CONVERSION OUT IN…`: one conversion. Run by the pull script inside its own environment."""

import sys
from pathlib import Path

from convert import dlib_face, prelu_as_choice, tfjs_graph

CONVERSIONS = {
    "tfjs_graph": tfjs_graph.convert,
    "dlib_face": dlib_face.convert,
    "prelu_as_choice": prelu_as_choice.convert,
}


def main(arguments):
    """Runs the named conversion on the files' contents, in the order given."""
    name, out, *inputs = arguments
    CONVERSIONS[name](*(Path(path).read_bytes() for path in inputs), out)


if __name__ == "__main__":
    main(sys.argv[1:])
