"""PyTorch and timm at the same work: `contender.py WORK RUNS`, answers as contender.ts does."""

import os
import sys

import timm
import torch
from measure import measure

name, runs = sys.argv[1], int(sys.argv[2])
device = "cuda" if torch.cuda.is_available() else "cpu"
training = name.endswith("training")
model = timm.create_model("inception_v4", pretrained=False).to(device)
model.train(training)
batch = 8 if training else 1
images = torch.rand(batch, 3, 299, 299, device=device)
labels = torch.arange(batch, device=device)
optimizer = torch.optim.RMSprop(model.parameters(), lr=0.045, alpha=0.9, eps=1.0, momentum=0.9)


def run():
    if name.endswith("loading"):
        timm.models.load_checkpoint(model, os.environ["BENCH_FILE"])
    elif training:
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(images), labels).backward()
        optimizer.step()
    else:
        with torch.no_grad():
            model(images)
    if device == "cuda":
        torch.cuda.synchronize()


words = torch.cuda.get_device_name() if device == "cuda" else f"CPU, {torch.get_num_threads()} threads"
measure(run, runs, words)
