"""Makes test/golden/pytorch.json: what networks of torchvision and facenet-pytorch answer to made-up
weights and images, as make_golden.py does for timm.

    pip install torch torchvision tqdm requests && pip install --no-deps facenet-pytorch
    python test/golden/make_pytorch_golden.py > test/golden/pytorch.json
"""

import json
import sys
from importlib.metadata import version

import torch
import torchvision
from facenet_pytorch.models.inception_resnet_v1 import InceptionResnetV1
from golden_case import golden_case
from hash_fill import fill, image

SEED = 1
HEIGHT, WIDTH = 160, 192


def answer(model):
    """What comes before facenet's normalization to length 1; for the others, the logits."""
    seen = []
    if hasattr(model, "last_bn"):
        model.last_bn.register_forward_hook(lambda _layer, _input, output: seen.append(output))
    output = model(image(HEIGHT, WIDTH, SEED))
    return (seen or [output])[0][0]


def main():
    models = {
        "googlenet": torchvision.models.googlenet(aux_logits=False, init_weights=False),
        "inception_v3": torchvision.models.inception_v3(aux_logits=False, init_weights=False),
        "inception_resnet_v1": InceptionResnetV1(),
    }
    cases = []
    for name, model in models.items():
        model.eval()
        with torch.no_grad():
            fill(model, SEED)
            cases.append(golden_case(name, SEED, HEIGHT, WIDTH, answer(model)))
    packages = ["torch", "torchvision", "facenet-pytorch"]
    json.dump({**{name: version(name) for name in packages}, "cases": cases}, sys.stdout)
    print()


main()
