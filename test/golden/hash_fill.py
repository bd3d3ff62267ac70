"""Networks of PyTorch and their images, filled from hashes."""

import numpy as np
import torch
from hash_numbers import image_values, weight_values


def fill(model, seed):
    state = model.state_dict()
    for name, tensor in state.items():
        if tensor.dtype == torch.float32:
            shape = tuple(tensor.shape)
            values = weight_values(name, shape, seed, inputs=shape[1:])
            tensor.copy_(torch.from_numpy(values.astype(np.float32)))


def image(height, width, seed):
    return torch.from_numpy(image_values(height, width, seed)).permute(0, 3, 1, 2).contiguous()
