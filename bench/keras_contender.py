"""Keras loads Inception-ResNet-v2 from the file BENCH_FILE: `keras_contender.py RUNS`, answers as contender.ts does.

The file that is not there is written first, by a process of its own, whose memory does not count.
"""

import json
import os
import resource
import subprocess
import sys
import time

os.environ["KERAS_BACKEND"] = "torch"
import keras  # noqa: E402 (after the backend is chosen)

path = os.environ["BENCH_FILE"]
model = keras.applications.InceptionResNetV2(weights=None)
if sys.argv[1] == "write":
    model.save_weights(path)
    sys.exit()
if not os.path.exists(path):
    subprocess.run([sys.executable, __file__, "write"], check=True)
model.load_weights(path)
seconds = []
for _ in range(int(sys.argv[1])):
    start = time.perf_counter()
    model.load_weights(path)
    seconds.append(time.perf_counter() - start)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"device": "CPU", "seconds": seconds, "first": None, "peakMiB": peak}))
