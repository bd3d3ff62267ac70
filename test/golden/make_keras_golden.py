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
import os
import sys

import keras
import numpy as np
from golden_case import golden_case
from hash_numbers import image_values, weight_values

MODELS = {
    "inception_v3": keras.applications.InceptionV3,
    "inception_resnet_v2": keras.applications.InceptionResNetV2,
}
SEEDS = [1, 2]
SIZES = [(299, 299), (160, 224)]  # height, width


def fill(model, seed):
    for weight in model.weights:
        shape = tuple(weight.shape)
        values = weight_values(weight.path, shape, seed, inputs=shape[:-1])
        weight.assign(values.astype(np.float32))


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
                logits = keras.ops.convert_to_numpy(model(image_values(height, width, seed), training=False))[0]
                cases.append(golden_case(name, seed, height, width, logits))
    versions = {"keras": keras.__version__, "backend": keras.backend.backend()}
    json.dump({**versions, "networks": networks, "cases": cases}, sys.stdout, separators=(",", ":"))
    print()


main()
