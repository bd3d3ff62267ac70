"""Networks of PyTorch and their images, filled from hashes."""

import math

import numpy as np
import torch
from hash_numbers import hash_numbers


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
