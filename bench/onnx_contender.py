"""ONNX Runtime at a network of ours: `onnx_contender.py FILE RUNS THREADS`, answers as contender.ts does."""

import json
import resource
import sys
import time

import numpy as np
import onnxruntime

path, runs, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = threads
session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
(entry,) = session.get_inputs()
image = np.random.default_rng(1).random((1, 299, 299, 3), np.float32)


def run():
    session.run(None, {entry.name: image})


# The second run still gets memory from the system.
run()
run()
seconds = []
for _ in range(runs):
    start = time.perf_counter()
    run()
    seconds.append(time.perf_counter() - start)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
words = f"CPU, {threads} {'thread' if threads == 1 else 'threads'}"
print(json.dumps({"device": words, "seconds": seconds, "first": None, "peakMiB": peak}))
