"""Runs every NAME.onnx of a folder on NAME.input, raw float32, and prints what comes out as JSON."""

import json
import pathlib
import sys

import numpy as np
import onnxruntime

answers = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    (entry,) = session.get_inputs()
    shape = json.loads(path.with_suffix(".json").read_text())
    values = np.fromfile(path.with_suffix(".input"), np.float32).reshape(shape)
    outputs = session.run(None, {entry.name: values})
    answers[path.stem] = [
        {"name": output.name, "shape": array.shape, "values": array.ravel().tolist()}
        for output, array in zip(session.get_outputs(), outputs)
    ]
json.dump(answers, sys.stdout)
