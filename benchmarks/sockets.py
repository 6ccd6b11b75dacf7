"""A screen on a plain websocket, light enough that a thousand of them fit beside the server."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

Heard = Callable[[str, Any], None]


class Socket:
    """Speaks just enough Engine.IO to follow an event; `heard(name, content)` gets every message."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, heard: Heard) -> None:
        self._reader = reader
        self._writer = writer
        self._heard = heard

    @classmethod
    async def watch(cls, port: int, code: str, role: str, heard: Heard) -> "Socket":
        """Connect and watch; returns once the server has answered."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: wall\r\nUpgrade: websocket\r\n"
            b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        )
        await reader.readuntil(b"\r\n\r\n")
        socket = cls(reader, writer, heard)
        await socket._receive()
        socket._send("40")
        await socket._receive()
        socket._send(f"420{json.dumps(['watch', {'event': code, 'since': 0, 'as': role}])}")
        await socket._receive()
        return socket

    async def follow(self) -> None:
        """Hear messages until cancelled."""
        while True:
            message = await self._receive()
            if message == "2":
                self._send("3")
            elif message.startswith("42"):
                name, content = json.loads(message[2:])
                self._heard(name, content)

    async def _receive(self) -> str:
        _, length = await self._reader.readexactly(2)
        if length == 126:
            length = int.from_bytes(await self._reader.readexactly(2), "big")
        elif length == 127:
            length = int.from_bytes(await self._reader.readexactly(8), "big")
        return (await self._reader.readexactly(length)).decode()

    def _send(self, message: str) -> None:
        body = message.encode()
        size = bytes([0x80 | len(body)]) if len(body) < 126 else b"\xfe" + len(body).to_bytes(2, "big")
        self._writer.write(b"\x81" + size + b"\0\0\0\0" + body)  # a mask of zeros changes nothing
