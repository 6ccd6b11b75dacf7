/** The receipt page: keeps the status on it true while it is open. */

import { Follow } from "./follow.js";
import { listen } from "../shared/room.js";

const sheet = document.querySelector("main");
const card = sheet.querySelector(".card");
const follow = new Follow((status) => {
  card.dataset.status = status;
});

follow.start(location.href);
listen(sheet.dataset.event, () => follow.moved());
