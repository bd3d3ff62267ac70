"""ONNX Runtime at a network of ours: `onnx_contender.py FILE RUNS THREADS`, answers as contender.ts does."""

import sys

import numpy as np
import onnxruntime
from measure import measure

path, runs, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = threads
session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
(entry,) = session.get_inputs()
image = np.random.default_rng(1).random((1, 299, 299, 3), np.float32)


def run():
    session.run(None, {entry.name: image})


measure(run, runs, f"CPU, {threads} {'thread' if threads == 1 else 'threads'}")
