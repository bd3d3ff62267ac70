"""Executes a notebook's code cells one after another and prints what became of each, as JSON.

Usage: execute_notebook.py NOTEBOOK

Prints an array with one object a code cell, {"status": …, "outputs": […]}. The status is the
kernel's own reply, "ok", "error" or "abort": a kernel may drop a cell without any output, which
`jupyter nbconvert --execute` does not tell. The kernel is the one that the notebook names; it runs
in the notebook's folder.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import nbformat
from jupyter_client.manager import start_new_kernel

# Stock tslab drops every cell that arrives within 200 ms after one that failed.
PAUSE_AFTER_ERROR = 0.3
CELL_TIMEOUT = 120
OUTPUTS = {"stream", "display_data", "execute_result", "error"}


def execute(client, code):
    outputs = []

    def keep(message):
        if message["msg_type"] in OUTPUTS:
            outputs.append(nbformat.v4.output_from_msg(message))

    reply = client.execute_interactive(code, output_hook=keep, timeout=CELL_TIMEOUT)
    status = reply["content"]["status"]
    if status != "ok":
        time.sleep(PAUSE_AFTER_ERROR)
    return {"status": status, "outputs": outputs}


def main(path):
    notebook = nbformat.read(path, as_version=4)
    name = notebook.metadata.kernelspec.name
    # Were the kernel to share our stdout, Node would make it non-blocking, and JSON would get lost.
    manager, client = start_new_kernel(
        kernel_name=name, cwd=str(path.resolve().parent), stdout=subprocess.DEVNULL
    )
    try:
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        json.dump([execute(client, cell.source) for cell in cells], sys.stdout)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


main(Path(sys.argv[1]))
