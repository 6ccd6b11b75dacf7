/**
 * What Scribe Wall's hot way is compared with: the same work for a pledge, in Node without a framework.
 *
 *     PORT=8000 DATABASE_URL=sqlite:////tmp/peer.db node server.mjs [--worker]
 *
 * A pledge is read and checked, stored once for its key with a receipt and the event's next version, committed to the disk
 * together with those that wait (SQLite in WAL mode, `synchronous=FULL`), answered, and announced to the screens that watch.
 * With `--worker` a thread of its own commits. It has no guard, no word filter, no limits, no audit and no desk.
 */
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";

import { check } from "./draft.mjs";
import { Ledger } from "./ledger.mjs";
import { Screens } from "./screens.mjs";

const LARGEST_BODY_BYTES = 32 * 1024;
const CODE = "PEER";

const screens = new Screens(CODE);
const ledger = new Ledger(process.env.DATABASE_URL.replace("sqlite:///", ""), {
  inWorker: process.argv.includes("--worker"),
  announce: (from, to, pledges) => screens.tell(from, to, pledges),
});

const server = createServer(async (request, response) => {
  if (request.method === "POST" && request.url === `/e/${CODE}/pledges`) {
    const [status, answer] = await take(request);
    send(response, status, answer);
  } else if (request.url === "/health") {
    send(response, 200, {});
  } else {
    send(response, 404, { error: { code: "page_not_found" } });
  }
});
server.on("upgrade", (request, socket) => screens.join(request, socket));
server.keepAliveTimeout = 30_000;
server.listen({ port: Number(process.env.PORT), host: "127.0.0.1", backlog: 1024 }, () => {
  console.log(`  http://127.0.0.1:${process.env.PORT}/e/${CODE}`);
});

/** Store a pledge that was sent: the status and the answer. */
async function take(request) {
  const body = await read(request);
  if (body === null) return [413, { error: { code: "body_too_large" } }];
  const { draft, problem, fields } = check(body);
  if (problem) return [problem === "bad_input" ? 422 : 400, { error: { code: problem, fields } }];
  const made = { ...draft, id: randomBytes(8).toString("hex"), token: randomBytes(16).toString("base64url"), at: new Date().toISOString() };
  const { pledge, token, fresh, reused, failed } = await ledger.write(made);
  if (failed) return [503, { error: { code: "try_again" } }];
  if (reused) return [409, { error: { code: "key_reused" } }];
  const receipt = `http://${request.headers.host}/receipt/${token}`;
  return [fresh ? 201 : 200, { pledge: { ...pledge, status: "shown", held_for: "" }, receipt, version: pledge.version }];
}

/** The body as text, or null where it is too large. */
function read(request) {
  return new Promise((resolve, reject) => {
    const parts = [];
    let size = 0;
    request.on("data", (part) => {
      size += part.length;
      if (size <= LARGEST_BODY_BYTES) parts.push(part);
    });
    request.on("end", () => resolve(size > LARGEST_BODY_BYTES ? null : Buffer.concat(parts).toString()));
    request.on("error", reject);
  });
}

function send(response, status, answer) {
  const body = JSON.stringify(answer);
  response.writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
  response.end(body);
}
