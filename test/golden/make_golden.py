"""Makes test/golden/timm.json: what timm's networks answer to made-up weights and images.

    pip install torch timm
    python test/golden/make_golden.py > test/golden/timm.json

No weights are stored. Every tensor is filled from a hash of its name, an index and a seed (hash_numbers),
and test/support/hash-weights.ts does the same on the other side.
"""

import json
import sys

import timm
import torch
from golden_case import golden_case
from hash_fill import fill, image

MODELS = ["inception_v3", "inception_v4", "inception_resnet_v2"]
SEEDS = [1, 2]
SIZES = [(299, 299), (160, 224)]  # height, width
CLASSES = 1000


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
                    cases.append(golden_case(name, seed, height, width, logits))
    json.dump({"timm": timm.__version__, "torch": torch.__version__, "cases": cases}, sys.stdout)
    print()


main()
