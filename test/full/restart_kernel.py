"""Lets a cell use up all memory, and runs another one in the kernel that Jupyter starts instead.

Prints both replies as JSON: {"dying": {…}, "after": {…}}.
"""

import asyncio
import json
import subprocess

from jupyter_client.ioloop import AsyncIOLoopKernelManager

FLOOD = "const all: number[][] = []; while (true) all.push(new Array(100_000).fill(1));"
TIMEOUT = 60


async def execute(client, code):
    client.execute(code)
    while True:
        reply = await client.get_shell_msg(timeout=TIMEOUT)
        if reply["msg_type"] == "execute_reply":
            return reply["content"]


async def main():
    manager = AsyncIOLoopKernelManager(kernel_name="inception-lab")
    # Were the kernel to share our stdout, JSON would get lost.
    await manager.start_kernel(stdout=subprocess.DEVNULL)
    restarted = asyncio.Event()
    manager.add_restart_callback(restarted.set, "restart")
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=TIMEOUT)
    dying = await execute(client, FLOOD)
    await asyncio.wait_for(restarted.wait(), TIMEOUT)
    await client.wait_for_ready(timeout=TIMEOUT)
    after = await execute(client, "1 + 1")
    client.stop_channels()
    await manager.shutdown_kernel(now=True)
    print(json.dumps({"dying": dying, "after": after}))


asyncio.run(main())
