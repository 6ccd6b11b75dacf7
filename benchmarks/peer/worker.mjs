/** The thread that commits, so that no request waits for the disk. */
import { parentPort, workerData } from "node:worker_threads";

import { Book } from "./book.mjs";

const book = new Book(workerData);
parentPort.on("message", (batch) => parentPort.postMessage(book.commit(batch)));
