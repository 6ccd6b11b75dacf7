/** The one writer: gathers what waits, commits it at once, and only then answers. */
import { Worker } from "node:worker_threads";

import { Book } from "./book.mjs";

const MOST_IN_A_COMMIT = 500;

export class Ledger {
  #waiting = [];
  #commit;
  #announce;
  #busy = false;

  /** `announce` hears of each commit: the version before it and after it, and the pledges that are new. */
  constructor(file, { inWorker, announce }) {
    this.#commit = inWorker ? committingInWorker(file) : committingHere(file);
    this.#announce = announce;
  }

  /** Resolves with the pledge once it is on the disk, or with `failed`. */
  write(made) {
    return new Promise((answer) => {
      this.#waiting.push({ made, answer });
      if (!this.#busy) {
        this.#busy = true;
        setImmediate(() => this.#writeBatches()); // whatever else has come with it goes along
      }
    });
  }

  async #writeBatches() {
    while (this.#waiting.length) {
      const batch = this.#waiting.splice(0, MOST_IN_A_COMMIT);
      const { from, to, results } = await this.#commit(batch.map(({ made }) => made));
      batch.forEach(({ answer }, place) => answer(results[place]));
      const fresh = results.filter((result) => result.fresh).map(({ pledge }) => pledge);
      if (to > from) this.#announce(from, to, fresh);
      await new Promise(setImmediate); // those who were answered may send again
    }
    this.#busy = false;
  }
}

function committingHere(file) {
  const book = new Book(file);
  return (batch) => book.commit(batch);
}

function committingInWorker(file) {
  const worker = new Worker(new URL("./worker.mjs", import.meta.url), { workerData: file });
  let done;
  worker.on("message", (result) => done(result));
  return (batch) =>
    new Promise((resolve) => {
      done = resolve;
      worker.postMessage(batch);
    });
}
