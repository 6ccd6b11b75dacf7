/** The sockets that watch, spoken to as Socket.IO does, so that the same load fits this server and Scribe Wall's. */
import { createHash } from "node:crypto";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const OPEN = '0{"sid":"peer","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":16384}';

export class Screens {
  #code;
  #sockets = new Set();

  constructor(code) {
    this.#code = code;
  }

  /** Answer an upgrade; from its `watch` on the socket hears every change. */
  join(request, socket) {
    const accept = createHash("sha1").update(request.headers["sec-websocket-key"] + GUID).digest("base64");
    const head = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade", `Sec-WebSocket-Accept: ${accept}`];
    socket.write(`${head.join("\r\n")}\r\n\r\n`);
    socket.setNoDelay(true);
    socket.write(frame(OPEN));
    let part = Buffer.alloc(0);
    socket.on("data", (more) => {
      part = Buffer.concat([part, more]);
      for (let message = takeMessage(part); message; message = takeMessage(part)) {
        part = part.subarray(message.size);
        this.#hear(socket, message.text);
      }
    });
    const leave = () => this.#sockets.delete(socket);
    socket.on("close", leave).on("error", leave);
  }

  /** Announce what a commit changed: encoded once, and written to every socket. */
  tell(from, to, pledges) {
    if (!this.#sockets.size) return;
    const changes = frame(`42${JSON.stringify(["changes", this.#changes(from, to, pledges)])}`);
    for (const socket of this.#sockets) socket.write(changes);
  }

  #hear(socket, text) {
    if (text === "40") socket.write(frame('40{"sid":"peer"}'));
    if (text.startsWith("420")) {
      this.#sockets.add(socket);
      socket.write(frame(`430${JSON.stringify([this.#changes(0, 0, [])])}`)); // the load watches before anything is sent
    }
  }

  #changes(from, to, pledges) {
    return { event: { code: this.#code, open: true }, from, to, pledges, removed: [] };
  }
}

/** A text frame from a server. */
function frame(text) {
  const body = Buffer.from(text);
  const head = body.length < 126 ? [body.length] : body.length < 65_536 ? [126, ...bytesOf(body.length, 2)] : [127, ...bytesOf(body.length, 8)];
  return Buffer.concat([Buffer.from([0x81, ...head]), body]);
}

function bytesOf(number, count) {
  return Array.from({ length: count }, (_, place) => Math.floor(number / 256 ** (count - 1 - place)) % 256);
}

/** The first whole message of a client, masked and short as ours are; null where it has not all come. */
function takeMessage(bytes) {
  if (bytes.length < 2) return null;
  const long = (bytes[1] & 127) === 126;
  const head = long ? 8 : 6;
  if (bytes.length < head) return null;
  const size = head + (long ? bytes.readUInt16BE(2) : bytes[1] & 127);
  if (bytes.length < size) return null;
  const mask = bytes.subarray(head - 4, head);
  const text = Buffer.from(bytes.subarray(head, size).map((byte, place) => byte ^ mask[place % 4])).toString();
  return { text, size };
}
