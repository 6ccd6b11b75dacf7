/** The projected wall: keeps its copy of the event true, puts notes up, and lets the camera go round. */

import { EventCopy } from "../shared/event-copy.js";
import { watch } from "../shared/watch.js";
import { Heading } from "./heading.js";
import { keepAwake, hidePointer, fullScreenOnKey } from "./screen-manners.js";
import { PencilMark } from "./pencil-mark.js";
import { Tour } from "./tour.js";
import { TourPlan } from "./tour-plan.js";
import { Wall } from "./wall.js";

const page = document.querySelector("main");
const track = page.querySelector(".track");

await document.fonts.ready;
await Promise.all(["400 20px 'Shantell Sans'", "400 20px Caveat", "400 20px 'Caveat Brush'"].map((font) => document.fonts.load(font)));

const copy = new EventCopy();
const wall = new Wall(track, page.querySelector(".bench"));
const tour = new Tour(wall, new TourPlan(), track);
const heading = new Heading(page);
const pencil = new PencilMark(page.querySelector(".pencil-mark"));

let begun = false;

watch(copy, {
  code: page.dataset.event,
  changed({ added, changed, removed }) {
    wall.remove(removed);
    wall.rewrite(changed);
    wall.add(added, begun);
    heading.show(copy.event, copy.pledges.size);
    if (!begun) void tour.run();
    begun = true;
    tour.hurry();
  },
  restarted() {
    wall.rebuild([]);
    begun = false;
    tour.restart();
  },
  connected: (yes) => pencil.show(!yes),
});

addEventListener("resize", () => {
  wall.rebuild([...copy.pledges.values()]);
  tour.restart();
});
keepAwake();
hidePointer();
fullScreenOnKey();
