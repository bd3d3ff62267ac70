"""PyTorch and timm at the work of gpu-contender.ts: `gpu_contender.py JSON`, where JSON is
{"tf32": bool, "runs": n, "side": n, "rows": [[network, kind, batch], …]}. Prints a line of JSON a row."""

import json
import sys
import time

import timm
import torch

settings = json.loads(sys.argv[1])
device = "cuda" if torch.cuda.is_available() else "cpu"
torch.backends.cuda.matmul.allow_tf32 = settings["tf32"]
torch.backends.cudnn.allow_tf32 = settings["tf32"]
words = torch.cuda.get_device_name() if device == "cuda" else f"CPU, {torch.get_num_threads()} threads"


def measure(network, kind, batch):
    training = kind == "training"
    model = timm.create_model(network.replace("-", "_"), pretrained=False).to(device)
    model.train(training)
    side = settings["side"]
    images = torch.rand(batch, 3, side, side, device=device)
    labels = torch.arange(batch, device=device)
    optimizer = torch.optim.RMSprop(model.parameters(), lr=0.045, alpha=0.9, eps=1.0, momentum=0.9)

    def run():
        if training:
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(images), labels).backward()
            optimizer.step()
        else:
            with torch.no_grad():
                model(images)
        if device == "cuda":
            torch.cuda.synchronize()

    seconds = []
    for i in range(3 + settings["runs"]):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return {"device": words, "first": seconds[0], "seconds": seconds[3:]}


for network, kind, batch in settings["rows"]:
    row = {"network": network, "kind": kind, "batch": batch}
    try:
        row.update(measure(network, kind, batch))
    except Exception as error:
        row["error"] = str(error).split("\n")[0]
    if device == "cuda":
        torch.cuda.empty_cache()
    print(json.dumps(row), flush=True)
