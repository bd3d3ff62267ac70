"""Numbers that follow from a name, an index and a seed, so that every framework can make them."""

import math

import numpy as np


def fnv1a32(text):
    number = 0x811C9DC5
    for byte in text.encode():
        number = ((number ^ byte) * 0x01000193) % 2**32
    return number


def hash_numbers(count, name, seed):
    """Numbers in [-1, 1): the finalizer of MurmurHash3 over an index, shifted by the name and the seed."""
    offset = ((fnv1a32(name) ^ seed) * 0x9E3779B9) % 2**32
    x = np.arange(count, dtype=np.uint32) + np.uint32(offset)
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x85EBCA6B)
    x ^= x >> np.uint32(13)
    x *= np.uint32(0xC2B2AE35)
    x ^= x >> np.uint32(16)
    return x.astype(np.float64) / 2**31 - 1


def weight_values(name, shape, seed, inputs):
    """A weight, of layers that neither grow nor shrink what goes through them.

    inputs: the shape without the axis of the outputs, which frameworks have at different places.
    """
    u = hash_numbers(math.prod(shape), name, seed).reshape(shape)
    if len(shape) == 4:
        return u * math.sqrt(6 / math.prod(inputs))
    if len(shape) == 2:
        return u * math.sqrt(3 / math.prod(inputs))
    if name.endswith(("running_var", "moving_variance", "weight")):
        return 1 + 0.1 * u
    return 0.1 * u


def image_values(height, width, seed):
    """[1, height, width, 3]"""
    return hash_numbers(height * width * 3, "input", seed).reshape(1, height, width, 3).astype(np.float32)
