"""Times a Jupyter kernel from its start; prints milliseconds as JSON, null for what it cannot do.

Usage: kernel_contender.py NAME [CELLS]

With CELLS, a notebook of so many cells besides: each has two declarations that use the last cell's,
and prints 10 kB.
"""

import json
import statistics
import subprocess
import sys
import time

from jupyter_client.manager import KernelManager

TIMEOUT = 60
LATER_CELLS = 30
# Seconds in which somebody reads what there is, and writes the next cell.
PAUSE = 2
# Seconds between cells of somebody who is quick.
SHORT_PAUSE = 0.25
LONG_CELL = """const n{0} = 1{1};
function f{0}(x: number) {{ return x * n{0}; }}
console.log(String(f{0}(2)).padEnd(10000, "."));"""


def milliseconds(client, code):
    """From the request to the reply; None if the cell failed."""
    start = time.perf_counter()
    client.execute(code)
    reply = client.get_shell_msg(timeout=TIMEOUT)
    passed = (time.perf_counter() - start) * 1000
    return passed if reply["content"]["status"] == "ok" else None


def later(client, code, pause=0):
    """The median of some cells, each after a pause."""
    times = []
    for i in range(LATER_CELLS):
        time.sleep(pause)
        times.append(milliseconds(client, code.format(i)))
    return None if None in times else statistics.median(times)


def many(client, cells):
    """The medians of the first 50 cells, and of the last."""
    times = [
        milliseconds(client, LONG_CELL.format(i, f" + n{i - 1}" if i else "")) for i in range(cells)
    ]
    if None in times:
        return {"early": None, "late": None}
    return {"early": statistics.median(times[:50]), "late": statistics.median(times[-50:])}


def measure(name, cells):
    start = time.perf_counter()
    manager = KernelManager(kernel_name=name)
    manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    client = manager.client()
    client.start_channels()
    try:
        first = milliseconds(client, "1 + 1")
        first = first and (time.perf_counter() - start) * 1000
        small = later(client, "const x{0} = {0}; x{0} + 1")
        time.sleep(PAUSE)
        rested = later(client, "const y{0} = {0}; y{0} + 1", SHORT_PAUSE)
        tfjs = milliseconds(client, "import * as tf from '@tensorflow/tfjs';\nconst a = tf.ones([3]);")
        typed = tfjs and later(client, "const b{0} = a.mul({0}).add(1); b{0}.shape")
        times = {"first": first, "small": small, "rested": rested, "tfjs": tfjs, "typed": typed}
        return {**times, **many(client, cells)} if cells else times
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


print(json.dumps(measure(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0)))
