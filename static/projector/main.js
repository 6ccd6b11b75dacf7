/** The projected wall: follows the event, shows what the remote control says, and lets the camera go round. */

import { followChanges } from "../shared/changes.js";
import { EventCopy } from "../shared/event-copy.js";
import { find } from "../shared/page.js";
import { showAwakeHint } from "./awake-hint.js";
import { Camera } from "./camera.js";
import { FrameTask } from "./frame-task.js";
import { Heading } from "./heading.js";
import { KeySwitch } from "./key-switch.js";
import { listenToKeys, toggleFullScreen } from "./keys.js";
import { holdWakeLock, hidePointer, registerWorker } from "./kiosk.js";
import { applyLook } from "./look.js";
import { OfflineMark } from "./offline-mark.js";
import { OutcomeCounts } from "./outcome-counts.js";
import { Overscan } from "./overscan.js";
import { Remote, pledgesOnTheWall } from "./remote.js";
import { SavedCopy } from "./saved-copy.js";
import { Spotlight } from "./spotlight.js";
import { Stage } from "./stage.js";
import { TourPlan } from "./tour-plan.js";
import { Tour } from "./tour.js";
import { Wall } from "./wall.js";
import { WifiSign } from "./wifi-sign.js";

const page = /** @type {Page.With<"event" | "audience">} */ (find(document, "main"));
const track = find(page, ".track");

await Promise.allSettled([...document.fonts].map((face) => face.load())); // notes are measured in their own letters

/** "kept" for the follow-up wall, else "wall". */
const { audience } = page.dataset;
/** @type {EventCopy<Contract.WallPledge>} */
const copy = new EventCopy();
const saved = new SavedCopy(copy, page.dataset.event, audience);
const remote = new Remote();
const wall = new Wall(track, find(page, ".bench"));
const plan = new TourPlan();
const camera = new Camera(wall, track);
const tour = new Tour(wall, plan, camera);
const stage = new Stage(page, wall, tour, camera, new Spotlight(find(page, ".one")));
const heading = new Heading(page);
const wifi = new WifiSign(find(page, ".join-scene"), page.dataset.event);
const overscan = new Overscan();
const outcomeCounts = new OutcomeCounts(find(page, ".outcome-counts"));
const offlineMark = new OfflineMark(find(page, ".offline-mark"));

const redraw = new FrameTask(refresh);

let begun = false;
let metres = 0;

/** Bring everything on the screen in line with the copy and the order. */
function refresh() {
  if (!copy.event) return;
  applyLook(page, copy.event);
  overscan.setDefault(copy.event.wall.margin ?? 0);
  const pledges = pledgesOnTheWall(copy.pledges.values(), remote.order);
  heading.show(copy.event, pledges.length);
  if (audience === "wall") wifi.show(copy.event.wifi ?? null, copy.version);
  outcomeCounts.show(pledges);
  metres = copy.event.wall.room_depth;
  if (wall.fit(metres)) tour.restart();
  const goesOn = remote.order.frozen_at === null; // a frozen wall writes nothing: what was corrected is there at once
  wall.show(pledges, begun && goesOn, goesOn);
  plan.retain(new Set(pledges.map(({ id }) => id)));
  stage.follow(remote.order, copy.event.open && audience === "wall");
  begun = true;
  tour.hurry();
}

function press(/** @type {Partial<Contract.Order>} */ wanted) {
  remote.press(wanted);
  redraw.run();
}

followChanges(copy, {
  code: page.dataset.event,
  as: audience,
  shows: () => remote.order.frozen_at ?? copy.version,
  changed({ changed, removed }, { event }) {
    remote.receive(event.wall);
    if (changed.length || removed.length || document.hidden) redraw.run(); // what goes, goes at once
    else redraw.schedule(); // in a burst, pledges come faster than frames
    saved.save();
    if (event.language !== document.documentElement.lang) location.reload(); // its words come with the page
  },
  restarted() {
    redraw.cancel();
    wall.show([], false);
    begun = false;
  },
  connected(yes) {
    offlineMark.show(!yes);
    if (yes || copy.event) return;
    const event = saved.restore();
    if (!event) return;
    remote.receive(event.wall);
    redraw.run();
  },
});

const help = find(page, "dialog", HTMLDialogElement);
find(page, ".open-keys").addEventListener("click", () => help.showModal());
listenToKeys(help, new KeySwitch(find(help, "input", HTMLInputElement)), {
  j: () => press({ scene: "join" }),
  t: () => press({ scene: "tour" }),
  o: () => press({ scene: "one", spotlight: "" }),
  e: () => press({ scene: "everything" }),
  ArrowRight: () => press({ scene: "one", spotlight: stage.neighbour(1) }),
  ArrowLeft: () => press({ scene: "one", spotlight: stage.neighbour(-1) }),
  " ": () => press({ frozen_at: remote.order.frozen_at === null ? copy.version : null }),
  b: () => press({ blank: !remote.order.blank }),
  m: () => overscan.widen(),
  f: toggleFullScreen,
});

// Not only the screen changes the space for notes: so do a longer question, a logo that has come, what is beside them.
new ResizeObserver(() => {
  if (!wall.fit(metres)) return;
  tour.restart();
  redraw.run();
}).observe(track);
holdWakeLock();
showAwakeHint(page);
hidePointer();
registerWorker();
