"""PyTorch and timm at the same work: `contender.py WORK RUNS`, answers as contender.ts does."""

import json
import os
import resource
import sys
import time

import timm
import torch

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


# The second run still gets memory from the system.
run()
run()
seconds = []
for _ in range(runs):
    start = time.perf_counter()
    run()
    seconds.append(time.perf_counter() - start)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
words = torch.cuda.get_device_name() if device == "cuda" else f"CPU, {torch.get_num_threads()} threads"
print(json.dumps({"device": words, "seconds": seconds, "first": None, "peakMiB": peak}))
