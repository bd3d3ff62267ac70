"""What every contender in Python measures, and answers as contender.ts does."""

import json
import resource
import time


def measure(run, runs, device):
    """Prints the seconds of each run after two first ones, and the most memory the process held."""
    # The second run still gets memory from the system.
    run()
    run()
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"device": device, "seconds": seconds, "first": None, "peakMiB": peak}))
