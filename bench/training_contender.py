"""PyTorch at the same trainings: `training_contender.py large|small FOLDER`, answers as training-contender.ts does."""

import gzip
import json
import os
import sys
import time

import numpy
import timm
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset
from torchvision import datasets, transforms

work, folder = sys.argv[1:3]
width = 0.125


def filters(count):
    return max(1, int(count * width + 0.5))


class Unit(nn.Sequential):
    def __init__(self, inputs, outputs, size, stride=1, padding="same"):
        padding = 0 if padding == "valid" else tuple(side // 2 for side in pair(size))
        super().__init__(
            nn.Conv2d(inputs, outputs, size, stride, padding, bias=False),
            nn.BatchNorm2d(outputs, eps=1e-3),
            nn.ReLU(),
        )


def pair(size):
    return size if isinstance(size, tuple) else (size, size)


def branch(inputs, *units):
    layers = []
    for outputs, size, *placement in units:
        layers.append(Unit(inputs, filters(outputs), size, *placement))
        inputs = filters(outputs)
    return nn.Sequential(*layers), inputs


class Concat(nn.Module):
    def __init__(self, inputs, *branches, pool=False):
        super().__init__()
        made = [branch(inputs, *units) for units in branches]
        self.branches = nn.ModuleList([module for module, _ in made])
        self.outputs = sum(outputs for _, outputs in made)
        if pool:
            self.branches.insert(0, nn.MaxPool2d(3, 2))
            self.outputs += inputs

    def forward(self, x):
        return torch.cat([one(x) for one in self.branches], 1)


class Residual(nn.Module):
    def __init__(self, inputs, *branches):
        super().__init__()
        self.mixed = Concat(inputs, *branches)
        self.linear = nn.Conv2d(self.mixed.outputs, inputs, 1)

    def forward(self, x):
        return torch.relu(x + 0.1 * self.linear(self.mixed(x)))


def small():
    """Inception-ResNet-v1 with the small stem, one A, two B and one C, an eighth of the width."""
    stem, channels = branch(1, (32, 3), (32, 3), (64, 3))
    rest, outputs = branch(channels, (80, 1), (192, 3), (256, 3))
    layers = [stem, nn.MaxPool2d(3, 1, 1), rest]
    layers.append(Residual(outputs, [(32, 1)], [(32, 1), (32, 3)], [(32, 1), (32, 3), (32, 3)]))
    half = (2, "valid")
    layers.append(
        Concat(outputs, [(384, 3, *half)], [(192, 1), (192, 3), (256, 3, *half)], pool=True)
    )
    outputs = layers[-1].outputs
    for _ in range(2):
        layers.append(Residual(outputs, [(128, 1)], [(128, 1), (128, (1, 7)), (128, (7, 1))]))
    chains = [(256, 1), (384, 3, *half)], [(256, 1), (256, 3, *half)]
    layers.append(Concat(outputs, *chains, [(256, 1), (256, 3), (256, 3, *half)], pool=True))
    outputs = layers[-1].outputs
    layers.append(Residual(outputs, [(192, 1)], [(192, 1), (192, (1, 3)), (192, (3, 1))]))
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.2), nn.Linear(outputs, 10)]
    model = nn.Sequential(*layers)
    count = sum(one.numel() for one in model.parameters())
    if count != 140322:
        raise SystemExit(f"not the same network: {count} parameters")
    return model


class FashionMnist(Dataset):
    def __init__(self, count):
        cache = os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache"))
        where = os.path.join(cache, "inception-lab", "data", "fashion-mnist")
        self.images = self.read(where, "train-images-idx3-ubyte", 16, count * 784)
        self.labels = self.read(where, "train-labels-idx1-ubyte", 8, count)
        self.images = self.images.reshape(count, 28, 28)
        shift = transforms.RandomCrop(28, padding=1, fill=128)
        flip = transforms.RandomHorizontalFlip()
        scale = transforms.Normalize(0.5, 0.5)
        self.vary = transforms.Compose(
            [transforms.ToPILImage(), shift, flip, transforms.ToTensor(), scale]
        )

    @staticmethod
    def read(where, name, offset, count):
        path = os.path.join(where, name)
        opened = open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz")
        with opened as file:
            return numpy.frombuffer(file.read()[offset : offset + count], numpy.uint8)

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        return self.vary(self.images[index]), int(self.labels[index])


if work == "large":
    varied = transforms.Compose(
        [
            transforms.RandomResizedCrop(299, (0.08, 1)),
            transforms.RandomHorizontalFlip(),
            transforms.ToTensor(),
            transforms.Normalize(0.5, 0.5),
        ]
    )
    data, batch = datasets.ImageFolder(os.path.join(folder, "train"), varied), 8
    model = timm.create_model("inception_v4", pretrained=False, num_classes=2)
else:
    data, batch, model = FashionMnist(1280), 64, small()

device = "cuda" if torch.cuda.is_available() else "cpu"
model.to(device).train()
workers = max(1, min(8, (os.cpu_count() or 2) - 1))
loader = DataLoader(
    data, batch, shuffle=True, drop_last=True, num_workers=workers, persistent_workers=True
)
optimizer = torch.optim.RMSprop(model.parameters(), lr=0.045, alpha=0.9, eps=1.0, momentum=0.9)
for _ in range(2):
    begun, waiting, pictures = time.perf_counter(), 0.0, 0
    batches = iter(loader)
    while True:
        asked = time.perf_counter()
        try:
            images, labels = next(batches)
        except StopIteration:
            break
        waiting += time.perf_counter() - asked
        optimizer.zero_grad()
        logits = model(images.to(device))
        loss = nn.functional.cross_entropy(logits, labels.to(device), label_smoothing=0.1)
        loss.backward()
        optimizer.step()
        loss.item()
        pictures += len(labels)
    seconds = time.perf_counter() - begun
words = torch.cuda.get_device_name() if device == "cuda" else f"CPU, {torch.get_num_threads()} threads"
print(json.dumps({"device": words, "pictures": pictures, "seconds": seconds, "waiting": waiting}))
