"""Makes test/golden/keras.json: what Keras's networks answer to made-up weights and images.

    pip install keras h5py torch
    KERAS_BACKEND=torch python test/golden/make_keras_golden.py > test/golden/keras.json

No weights are stored. Every tensor is filled from a hash of its name in Keras (`conv2d_17/kernel`, counted
from a fresh session), an index and a seed, as in make_golden.py; test/support/hash-weights.ts does the same
on the other side. Kernels are [height, width, in, out], matrices [in, out].

"networks" lists every layer that has weights, in the order of model.layers, and their shapes: the test
builds its .h5 files from this list, which knows nothing of our names.

    KERAS_BACKEND=torch python test/golden/make_keras_golden.py FOLDER

also has Keras itself save the networks of the first seed there, as MODEL.h5, to compare such files with.
"""

import json
import math
import os
import sys

import keras
import numpy as np
from hash_numbers import hash_numbers

MODELS = {
    "inception_v3": keras.applications.InceptionV3,
    "inception_resnet_v2": keras.applications.InceptionResNetV2,
}
SEEDS = [1, 2]
SIZES = [(299, 299), (160, 224)]  # height, width


def weight_values(name, shape, seed):
    u = hash_numbers(math.prod(shape), name, seed).reshape(shape)
    if len(shape) == 4:
        return u * math.sqrt(6 / math.prod(shape[:-1]))
    if len(shape) == 2:
        return u * math.sqrt(3 / shape[0])
    if name.endswith("moving_variance"):
        return 1 + 0.1 * u
    return 0.1 * u


def fill(model, seed):
    for weight in model.weights:
        weight.assign(weight_values(weight.path, tuple(weight.shape), seed).astype(np.float32))


def image(height, width, seed):
    return hash_numbers(height * width * 3, "input", seed).reshape(1, height, width, 3).astype(np.float32)


def layers_of(model):
    layers = {}
    for layer in model.layers:
        for weight in layer.weights:
            assert weight.path == f"{layer.name}/{weight.name}"
            layers.setdefault(layer.name, {})[weight.name] = list(weight.shape)
    return layers


def main():
    networks, cases = {}, []
    for name, build in MODELS.items():
        for height, width in SIZES:
            keras.utils.clear_session()
            model = build(weights=None, classifier_activation=None, input_shape=(height, width, 3))
            layers = networks.setdefault(name, layers_of(model))
            assert layers == layers_of(model)
            for seed in SEEDS:
                fill(model, seed)
                if len(sys.argv) > 1 and seed == SEEDS[0]:
                    model.save(os.path.join(sys.argv[1], f"{name}.h5"))
                logits = keras.ops.convert_to_numpy(model(image(height, width, seed), training=False))[0]
                cases.append(
                    {
                        "model": name,
                        "seed": seed,
                        "height": height,
                        "width": width,
                        "logits": [float(f"{value:.7g}") for value in logits.tolist()],
                    }
                )
    versions = {"keras": keras.__version__, "backend": keras.backend.backend()}
    json.dump({**versions, "networks": networks, "cases": cases}, sys.stdout, separators=(",", ":"))
    print()


main()
