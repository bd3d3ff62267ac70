"""Makes test/golden/timm.json: what timm's networks answer to made-up weights and images.

    pip install torch timm
    python test/golden/make_golden.py > test/golden/timm.json

No weights are stored. Every tensor is filled from a hash of its name, an index and a seed (hash_numbers),
and test/support/hash-weights.ts does the same on the other side.
"""

import json
import math
import sys

import numpy as np
import timm
import torch
from hash_numbers import hash_numbers

MODELS = ["inception_v3", "inception_v4", "inception_resnet_v2"]
SEEDS = [1, 2]
SIZES = [(299, 299), (160, 224)]  # height, width
CLASSES = 1000


def weight_values(name, shape, seed):
    u = hash_numbers(math.prod(shape), name, seed).reshape(shape)
    if len(shape) == 4:
        return u * math.sqrt(6 / math.prod(shape[1:]))
    if len(shape) == 2:
        return u * math.sqrt(3 / shape[1])
    if name.endswith("running_var") or name.endswith("weight"):
        return 1 + 0.1 * u
    return 0.1 * u


def fill(model, seed):
    state = model.state_dict()
    for name, tensor in state.items():
        if tensor.dtype == torch.float32:
            values = weight_values(name, tuple(tensor.shape), seed)
            tensor.copy_(torch.from_numpy(values.astype(np.float32)))


def image(height, width, seed):
    pixels = hash_numbers(height * width * 3, "input", seed).reshape(1, height, width, 3)
    return torch.from_numpy(pixels.astype(np.float32)).permute(0, 3, 1, 2).contiguous()


def main():
    cases = []
    for name in MODELS:
        model = timm.create_model(name, pretrained=False, num_classes=CLASSES, aux_logits=False) \
            if name == "inception_v3" else timm.create_model(name, pretrained=False, num_classes=CLASSES)
        model.eval()
        for seed in SEEDS:
            with torch.no_grad():
                fill(model, seed)
                for height, width in SIZES:
                    logits = model(image(height, width, seed))[0]
                    cases.append(
                        {
                            "model": name,
                            "seed": seed,
                            "height": height,
                            "width": width,
                            "logits": [float(f"{value:.7g}") for value in logits.tolist()],
                        }
                    )
    json.dump({"timm": timm.__version__, "torch": torch.__version__, "cases": cases}, sys.stdout)
    print()


main()
