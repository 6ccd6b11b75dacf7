/** The projected wall: keeps its copy of the event true, shows what it is ordered to, and lets the camera go round. */

import { EventCopy } from "../shared/event-copy.js";
import { find } from "../shared/page.js";
import { watch } from "../shared/changes.js";
import { sayWhereItStaysAwake } from "./awake-hint.js";
import { BeforeFrame } from "./frame-task.js";
import { Camera } from "./camera.js";
import { Director, onTheWall } from "./remote.js";
import { Heading } from "./heading.js";
import { KeptCopy } from "./saved-copy.js";
import { listenToKeys, toggleFullScreen } from "./keys.js";
import { dress } from "./look.js";
import { Overscan } from "./overscan.js";
import { PencilMark } from "./offline-mark.js";
import { keepAwake, hidePointer, surviveReload } from "./kiosk.js";
import { Spotlight } from "./spotlight.js";
import { Stage } from "./stage.js";
import { Tally } from "./outcome-counts.js";
import { Tour } from "./tour.js";
import { TourPlan } from "./tour-plan.js";
import { Wall } from "./wall.js";
import { WifiSign } from "./wifi-sign.js";

const page = /** @type {Page.With<"event" | "told">} */ (find(document, "main"));
const track = find(page, ".track");

await Promise.allSettled([...document.fonts].map((face) => face.load())); // notes are measured in their own letters

/** "kept" where the wall tells what became of the pledges, else "wall". */
const { told } = page.dataset;
/** @type {EventCopy<Contract.WallPledge>} */
const copy = new EventCopy();
const kept = new KeptCopy(copy, page.dataset.event, told);
const director = new Director();
const wall = new Wall(track, find(page, ".bench"));
const plan = new TourPlan();
const camera = new Camera(wall, track);
const tour = new Tour(wall, plan, camera);
const stage = new Stage(page, wall, tour, camera, new Spotlight(find(page, ".one")));
const heading = new Heading(page);
const wifi = new WifiSign(find(page, ".join-scene"), page.dataset.event);
const overscan = new Overscan();
const tally = new Tally(find(page, ".tally"));
const pencil = new PencilMark(find(page, ".pencil-mark"));

const redraw = new BeforeFrame(refresh);

let begun = false;
let metres = 0;

/** Bring everything on the screen in line with the copy and the order. */
function refresh() {
  if (!copy.event) return;
  dress(page, copy.event);
  overscan.hear(copy.event.wall.margin ?? 0);
  const pledges = onTheWall(copy.pledges.values(), director.order);
  heading.show(copy.event, pledges.length);
  if (told === "wall") wifi.show(copy.event.wifi ?? null, copy.version);
  tally.show(pledges);
  metres = copy.event.wall.room_depth;
  if (wall.fit(metres)) tour.restart();
  const goesOn = director.order.frozen_at === null; // a frozen wall writes nothing: what was corrected is there at once
  wall.show(pledges, begun && goesOn, goesOn);
  plan.keepOnly(new Set(pledges.map(({ id }) => id)));
  stage.follow(director.order, copy.event.open && told === "wall");
  begun = true;
  tour.hurry();
}

function press(/** @type {Partial<Contract.Order>} */ wanted) {
  director.press(wanted);
  redraw.now();
}

watch(copy, {
  code: page.dataset.event,
  as: told,
  shows: () => director.order.frozen_at ?? copy.version,
  changed({ changed, removed }, { event }) {
    director.hear(event.wall);
    if (changed.length || removed.length || document.hidden) redraw.now(); // what goes, goes at once
    else redraw.soon(); // in a burst, pledges come faster than frames
    kept.keep();
    if (event.language !== document.documentElement.lang) location.reload(); // its words come with the page
  },
  restarted() {
    redraw.forget();
    wall.show([], false);
    begun = false;
  },
  connected(yes) {
    pencil.show(!yes);
    if (yes || copy.event) return;
    const event = kept.restore();
    if (!event) return;
    director.hear(event.wall);
    redraw.now();
  },
});

listenToKeys(find(page, "dialog", HTMLDialogElement), {
  j: () => press({ scene: "join" }),
  t: () => press({ scene: "tour" }),
  o: () => press({ scene: "one", spotlight: "" }),
  e: () => press({ scene: "everything" }),
  ArrowRight: () => press({ scene: "one", spotlight: stage.neighbour(1) }),
  ArrowLeft: () => press({ scene: "one", spotlight: stage.neighbour(-1) }),
  " ": () => press({ frozen_at: director.order.frozen_at === null ? copy.version : null }),
  b: () => press({ blank: !director.order.blank }),
  m: () => overscan.widen(),
  f: toggleFullScreen,
});

// Not only the screen changes the space for notes: so do a longer question, a logo that has come, what is beside them.
new ResizeObserver(() => {
  if (!wall.fit(metres)) return;
  tour.restart();
  redraw.now();
}).observe(track);
keepAwake();
sayWhereItStaysAwake(page);
hidePointer();
surviveReload();
