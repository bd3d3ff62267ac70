"""Keras loads Inception-ResNet-v2 from the file BENCH_FILE: `keras_contender.py RUNS`, answers as contender.ts does.

The file that is not there is written first, by a process of its own, whose memory does not count.
"""

import os
import subprocess
import sys

from measure import measure

os.environ["KERAS_BACKEND"] = "torch"
import keras  # noqa: E402 (after the backend is chosen)

path = os.environ["BENCH_FILE"]
model = keras.applications.InceptionResNetV2(weights=None)
if sys.argv[1] == "write":
    model.save_weights(path)
    sys.exit()
if not os.path.exists(path):
    subprocess.run([sys.executable, __file__, "write"], check=True)
measure(lambda: model.load_weights(path), int(sys.argv[1]), "CPU")
