"""Offers a server Jupyter's newer WebSocket protocol, as newer clients do, and asks for kernel_info.

Usage: offer_subprotocol.py ADDRESS

Prints JSON: {"selected": …, "reply": …}, what the server has chosen and the type of its answer.
"""

import asyncio
import json
import sys

from jupyter_client.session import Session
from tornado.websocket import websocket_connect


async def main(address):
    socket = await websocket_connect(address, subprotocols=["v1.kernel.websocket.jupyter.org"])
    request = Session().msg("kernel_info_request", {})
    await socket.write_message(json.dumps({**request, "channel": "shell"}, default=str))
    while True:
        answer = json.loads(await socket.read_message())
        if answer["channel"] == "shell":
            break
    print(json.dumps({"selected": socket.selected_subprotocol, "reply": answer["msg_type"]}))


asyncio.run(main(sys.argv[1]))
