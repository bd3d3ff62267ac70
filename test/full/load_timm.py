"""What timm's network answers with the weights of a file, which has to have all of them and no other."""

import json
import sys

import numpy as np
import timm
import torch
from safetensors.torch import load_file

name, weights, image, classes, height, width = sys.argv[1:]
model = timm.create_model(name, pretrained=False, num_classes=int(classes)).eval()
model.load_state_dict(load_file(weights), strict=True)
pixels = np.fromfile(image, np.float32).reshape(-1, int(height), int(width), 3)
with torch.no_grad():
    logits = model(torch.from_numpy(pixels).permute(0, 3, 1, 2).contiguous())
json.dump(logits.flatten().tolist(), sys.stdout)
