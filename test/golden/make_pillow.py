"""What timm's evaluation transform (`transforms_imagenet_eval`) makes of pictures, with Pillow.

Needs numpy and Pillow: python test/golden/make_pillow.py > test/golden/pillow.json
"""

import base64
import json
import math

import numpy as np
from PIL import Image

METHODS = {
    "bicubic": Image.Resampling.BICUBIC,
    "bilinear": Image.Resampling.BILINEAR,
    "lanczos3": Image.Resampling.LANCZOS,
}


def picture(height, width):
    """Whole numbers only, so that another language makes the same bytes."""
    y, x, channel = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return ((7 * x * x + 3 * y * y + 5 * x * y + 40 * channel) // 11 % 256).astype(np.uint8)


def evaluate(pixels, size, crop, method):
    """torchvision's Resize of the shorter side, then its CenterCrop."""
    height, width = pixels.shape[:2]
    shorter = math.floor(size / crop)
    if width <= height:
        scaled = shorter, int(shorter * height / width)
    else:
        scaled = int(shorter * width / height), shorter
    image = Image.fromarray(pixels).resize(scaled, METHODS[method])
    left = int(round((image.width - size) / 2.0))
    top = int(round((image.height - size) / 2.0))
    return np.asarray(image)[top : top + size, left : left + size]


def main():
    cases = []
    for height, width, crop, method in [
        (60, 85, 0.875, "bicubic"),
        (90, 51, 0.8975, "bicubic"),
        (61, 300, 0.875, "bicubic"),
        (10, 13, 0.875, "bicubic"),
        (60, 85, 0.875, "bilinear"),
        (60, 85, 1.0, "lanczos3"),
    ]:
        pixels = evaluate(picture(height, width), 16, crop, method)
        data = base64.b64encode(pixels.tobytes()).decode()
        case = {"height": height, "width": width, "crop": crop, "method": method, "data": data}
        cases.append({**case, "size": 16})
    print(json.dumps({"cases": cases}, indent=2))


main()
