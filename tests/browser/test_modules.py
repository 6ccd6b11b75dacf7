"""Modules that know no page: the tour's plan, the layout, whose order counts, legible ink."""

import json
import string
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support.running import PROJECT, Server, running_server
from wall.core.content import FIELDS, Content, byline_of
from wall.core.pledges import Pledge, Status
from wall.export.ink.colours import accent_on, mixed, rgb
from wall.export.ink.frames import Frame, strip, strokes, weight
from wall.export.ink.look import NIGHT, PAPER, SHEET, Look
from wall.export.ink.traits import ink_of, tilt_of

RunModule = Callable[..., Any]


@pytest.fixture(scope="module")
def run_module(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunModule]:
    """Run a function of JavaScript with the exports of one module, in a page that loads nothing else."""
    with running_server(tmp_path_factory.mktemp("modules")) as server:
        page = browser.new_page()
        page.goto(f"{server.url}/health")
        static = find_static(server)

        def run(module: str, function: str, argument: Any = None) -> Any:
            return page.evaluate(
                f"async ([url, argument]) => ({function})(await import(url), argument)",
                [f"{static}/{module}", argument],
            )

        yield run
        page.close()


def find_static(server: Server) -> str:
    page: str = server.ask("GET", f"/e/{server.code}/wall", headers={"Accept": "text/html"})[1]
    return page.split('src="')[1].split("/projector/")[0]


TOUR = """({ TourPlan }, rounds) => {
  const plan = new TourPlan();
  return rounds.map((stops) => plan.next(stops)?.panel ?? null);
}"""


def stop(panel: int, *ids: str, fresh: bool = False, letters: int = 40) -> dict[str, Any]:
    return {"panel": panel, "pledges": [{"id": one, "letters": letters} for one in ids], "fresh": fresh}


def test_the_tour_goes_round(run_module: RunModule) -> None:
    stops = [stop(0, "a"), stop(1, "b"), stop(2, "c")]
    assert run_module("projector/tour-plan.js", TOUR, [stops] * 6) == [0, 1, 2, 0, 1, 2]


def test_newcomers_come_first_and_nobody_is_forgotten(run_module: RunModule) -> None:
    calm = [stop(0, "a"), stop(1, "b"), stop(2, "c")]
    news = [stop(0, "a"), stop(1, "b"), stop(2, "c", "new", fresh=True)]
    after = [stop(0, "a"), stop(1, "b"), stop(2, "c", "new")]
    assert run_module("projector/tour-plan.js", TOUR, [calm, news, after, after, after]) == [0, 2, 1, 0, 2]


def test_whoever_waited_longest_is_next_even_after_the_wall_was_tidied(run_module: RunModule) -> None:
    before = [stop(0, "a"), stop(1, "b"), stop(2, "c")]
    tidied = [stop(0, "b"), stop(1, "c")]
    assert run_module("projector/tour-plan.js", TOUR, [before, before, tidied]) == [0, 1, 1]


def test_an_empty_wall_has_nowhere_to_go(run_module: RunModule) -> None:
    assert run_module("projector/tour-plan.js", TOUR, [[]]) == [None]


def test_longer_panels_get_longer(run_module: RunModule) -> None:
    reading = "({ readingMs }, stops) => stops.map(readingMs)"
    stops = [
        stop(0, "a", letters=5),
        stop(0, "a", letters=200),
        stop(0, "a", letters=280),
        stop(0, *"abcdefgh", letters=280),
    ]
    short, long, longer, longest = run_module("projector/tour-plan.js", reading, stops)
    assert short == 6_000
    assert short < long < longer <= longest == 30_000


LAYOUT = """({ Panels }, [plan, notes]) => {
  const panels = new Panels(plan, notes);
  return notes.map(({ id }) => panels.placeOf(id));
}"""
PLAN = {"width": 1000, "height": 600, "letter": 36, "columns": 3, "column": 320, "gap": 20}


def sized(count: int) -> list[dict[str, Any]]:
    return [{"id": str(n), "span": 1 + (n % 5 == 0), "height": 100 + (n * 37) % 200} for n in range(count)]


def test_the_layout_is_the_same_for_everybody_and_grows_at_its_end(run_module: RunModule) -> None:
    whole = run_module("projector/panels.js", LAYOUT, [PLAN, sized(60)])
    assert whole == run_module("projector/panels.js", LAYOUT, [PLAN, sized(60)])
    assert whole[:40] == run_module("projector/panels.js", LAYOUT, [PLAN, sized(40)])


def test_no_note_is_over_another_or_sticks_out(run_module: RunModule) -> None:
    places = run_module("projector/panels.js", LAYOUT, [PLAN, sized(60)])
    for index, one in enumerate(places):
        assert 0 <= one["x"] <= one["x"] + one["width"] <= PLAN["width"]
        assert 0 <= one["y"] <= one["y"] + one["height"] <= PLAN["height"]
        for other in places[index + 1 :]:
            assert one["panel"] != other["panel"] or apart(one, other)


def apart(one: dict[str, float], other: dict[str, float]) -> bool:
    return (
        one["x"] + one["width"] <= other["x"]
        or other["x"] + other["width"] <= one["x"]
        or one["y"] + one["height"] <= other["y"]
        or other["y"] + other["height"] <= one["y"]
    )


@pytest.mark.parametrize("count", [1, 2, 7, 16, 220])
def test_everything_fits_on_the_screen(run_module: RunModule, count: int) -> None:
    arranged = """({ arrange }, [count, plan]) => {
      const overview = arrange(count, plan.width + 60, plan);
      return { scale: overview.scale, at: [...Array(count).keys()].map((index) => overview.transformOf(index)) };
    }"""
    found = run_module("projector/overview.js", arranged, [count, PLAN])
    assert 0 < found["scale"] <= 1
    for transform in found["at"]:
        x, y = (
            float(part.strip("px,)"))
            for part in transform.split("scale")[0].removeprefix("translate(").split()[:2]
        )
        assert -1 <= x <= PLAN["width"] - PLAN["width"] * found["scale"] + 1
        assert -1 <= y <= PLAN["height"] - PLAN["height"] * found["scale"] + 1


def test_the_organisers_new_order_ends_what_the_keys_chose(run_module: RunModule) -> None:
    heard = """({ Remote }) => {
      const remote = new Remote();
      const order = { scene: "tour", spotlight: "", frozen_at: null, blank: false };
      const scenes = [];
      remote.receive(order);
      remote.press({ scene: "join" });
      remote.receive({ ...order });
      scenes.push(remote.order.scene);
      remote.receive({ ...order, blank: true });
      scenes.push(remote.order.scene);
      return scenes;
    }"""
    assert run_module("projector/remote.js", heard) == ["join", "tour"]


def test_a_frozen_wall_has_only_what_was_on_it(run_module: RunModule) -> None:
    visible = (
        "({ pledgesOnTheWall }, [pledges, order]) => pledgesOnTheWall(pledges, order).map(({ id }) => id)"
    )
    pledges = [{"id": "a", "shown_since": 3}, {"id": "b", "shown_since": 8}]
    assert run_module("projector/remote.js", visible, [pledges, {"frozen_at": 5}]) == ["a"]
    assert run_module("projector/remote.js", visible, [pledges, {"frozen_at": None}]) == ["a", "b"]


def test_what_comes_between_two_frames_is_shown_once_and_what_must_go_is_not_kept_waiting(
    run_module: RunModule,
) -> None:
    shown = """async ({ FrameTask }) => {
      let count = 0;
      const screen = new FrameTask(() => { count += 1; });
      const frame = () => new Promise(requestAnimationFrame);
      const counts = [];
      for (let pledge = 0; pledge < 5; pledge += 1) screen.schedule();
      counts.push(count);
      await frame();
      counts.push(count);
      screen.schedule();
      screen.run();
      counts.push(count);
      screen.schedule();
      screen.cancel();
      await frame();
      counts.push(count);
      return counts;
    }"""
    assert run_module("projector/frame-task.js", shown) == [0, 1, 2, 2]


@pytest.mark.parametrize("ground", [PAPER.wall, NIGHT.wall])
@pytest.mark.parametrize("ink", ["#ffffff", "#000000", "#ffff00", "#b5440b", "#7f7f7f", "#300030"])
def test_any_ink_is_made_legible(run_module: RunModule, ink: str, ground: str) -> None:
    tried = """({ legible, contrast }, [ink, ground]) => {
      const rgb = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
      return contrast(rgb(legible(ink, ground)), rgb(ground));
    }"""
    assert run_module("projector/look.js", tried, [ink, ground]) >= 4.5


@pytest.mark.parametrize("look", [PAPER, NIGHT], ids=["paper", "night"])
def test_every_ink_and_fill_is_legible(run_module: RunModule, look: Look) -> None:
    """Letters on a note's pale fill, and each ink on the wall, at 4.5:1 or better."""
    found = run_module(
        "projector/look.js", "({ contrast }, pairs) => pairs.map(([a, b]) => contrast(a, b))", pairs_of(look)
    )
    assert min(found) >= 4.5


def pairs_of(look: Look) -> list[tuple[Sequence[float], Sequence[float]]]:
    pairs: list[tuple[Sequence[float], Sequence[float]]] = []
    for ground in (look.wall, look.wall_light):
        for ink in look.inks:
            pale = mixed(ink, ground, look.pale)
            pairs += [(rgb(ink), rgb(ground)), (rgb(ink), pale), (rgb(look.letters), pale)]
        pairs += [(rgb(one), rgb(ground)) for one in (look.quiet, look.accent)]
    return pairs


@pytest.mark.parametrize("look", [PAPER, NIGHT], ids=["paper", "night"])
def test_an_event_s_ink_is_the_same_on_screens_and_in_files(run_module: RunModule, look: Look) -> None:
    """But for one step in 255: each language rounds halves in its own way."""
    inks = ["#ffffff", "#000000", "#ffff00", "#b5440b", "#7f7f7f", "#300030", *PAPER.inks, *NIGHT.inks]
    legible = "({ legible }, [inks, ground]) => inks.map((ink) => legible(ink, ground))"
    on_screens = run_module("projector/look.js", legible, [inks, look.wall])
    for ink, shown in zip(inks, on_screens, strict=True):
        assert rgb(shown) == pytest.approx(rgb(accent_on(look, ink)), abs=1)


IDS = [f"{seed:08x}-0000-4000-8000-000000000000" for seed in (0, 1, 0x7FFFFFFF, 0x80000000, 0xDEADBEEF)]


def test_a_pledge_has_the_same_ink_and_tilt_on_screens_and_in_files(run_module: RunModule) -> None:
    traits = run_module(
        "projector/note.js", "({ inkOf, tiltOf }, ids) => ids.map((id) => [inkOf(id), tiltOf(id)])", IDS
    )
    assert traits == [[ink_of(a_pledge(one)), tilt_of(a_pledge(one))] for one in IDS]


def a_pledge(public_id: str) -> Pledge:
    return Pledge(public_id, 1, Content("Listen more.", "", "", ""), Status.SHOWN, False, "", 1, 1, 1)


DRAW_FRAME = """({ drawFrame }, [css, note]) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
  document.documentElement.dataset.look = "paper";
  const frame = drawFrame(note);
  document.body.append(frame);
  const paths = [...frame.querySelectorAll("path")];
  const boxes = paths.map((path) => path.getBBox());
  frame.remove();
  return {
    pens: paths.filter((path) => path.getAttribute("stroke") !== "none").map((path) => Number(path.getAttribute("stroke-width"))),
    left: Math.min(...boxes.map(({ x }) => x)),
    top: Math.min(...boxes.map(({ y }) => y)),
    right: Math.max(...boxes.map(({ x, width }) => x + width)),
    bottom: Math.max(...boxes.map(({ y, height }) => y + height)),
  };
}"""


@pytest.mark.parametrize("frame", Frame, ids=lambda frame: frame.name.lower())
def test_a_frame_is_the_same_on_screens_and_in_files(run_module: RunModule, frame: Frame) -> None:
    """The same pen goes around the same shape: each hand wobbles a little in its own way."""
    wide, high, letter = 300, 150, 30
    note = {"seed": int(frame), "width": wide, "height": high, "letter": letter}
    on_screens = run_module("projector/frames.js", DRAW_FRAME, [SHEET.read_text(), note])
    points = list(strip(wide, high, letter))
    if frame is not Frame.STRIP:
        drawn = strokes(frame, Random(1), wide, high, letter)
        points = [
            point for stroke in drawn for point in (stroke.start, *(curve[2] for curve in stroke.curves))
        ]
        assert set(on_screens["pens"]) == {weight(frame, letter)}
    across, down = zip(*points, strict=True)
    in_files = [min(across), min(down), max(across), max(down)]
    sides = [on_screens[side] for side in ("left", "top", "right", "bottom")]
    assert sides == pytest.approx(in_files, abs=letter / 3)


def test_waits_grow_and_differ(run_module: RunModule) -> None:
    waits = run_module(
        "phone/backoff.js",
        "({ Backoff }) => { const one = new Backoff(); return Array.from({ length: 9 }, () => one.next()); }",
    )
    assert waits[0] <= 500
    assert max(waits) <= 15_000
    assert waits[5] > waits[0]
    assert run_module("phone/backoff.js", "({ Backoff }) => new Backoff().next(3000)") >= 3_000


def test_the_phone_s_guard_sees_what_the_server_s_sees(run_module: RunModule) -> None:
    examples = json.loads((PROJECT / "tests" / "support" / "guard_examples.json").read_text())
    seen = run_module(
        "phone/guard.js",
        "({ patientDetails }, texts) => texts.map((text) => Object.entries(patientDetails(text)))",
        [one["text"] for one in examples],
    )
    assert seen == [[list(found) for found in one["details"].items()] for one in examples]


def test_scripts_know_the_fields_of_a_pledge_and_say_who_wrote_it_as_the_server_does(
    run_module: RunModule,
) -> None:
    assert run_module("shared/content.js", "({ FIELDS }) => FIELDS") == list(FIELDS)
    contents = [dict(zip(FIELDS, said, strict=True)) for said in product(("", "one"), repeat=len(FIELDS))]
    said = run_module("shared/content.js", "({ byline }, contents) => contents.map(byline)", contents)
    assert said == [byline_of(content) for content in contents]


def test_the_phone_counts_what_the_server_keeps(run_module: RunModule) -> None:
    count = "({ lengthOf }, texts) => texts.map(lengthOf)"
    assert run_module("phone/text.js", count, ["\u200eab\u200f\ufffc", "\ufffc \u200f", "a\u200b"]) == [
        2,
        0,
        2,
    ]


def test_the_phone_s_guard_looks_at_a_text_in_time_that_grows_with_its_length(run_module: RunModule) -> None:
    slow = run_module(
        "phone/guard.js",
        """({ patientDetails }, pieces) => {
          const taken = (text) => { const began = performance.now(); patientDetails(text); return performance.now() - began; };
          const growth = (piece) => taken(piece.repeat(16000)) / Math.max(taken(piece.repeat(2000)), 1);
          return pieces.filter((piece) => [1, 2, 3].every(() => growth(piece) > 24));
        }""",
        [
            *(f"{one}{more}" for one in string.punctuation for more in ("", "a", "1", " ")),
            "born ",
            "bed ",
            "٠",
            "𝟎",
            "\u0301",
        ],
    )
    assert slow == []


def test_the_keepsake_measures_no_more_of_a_long_word_than_it_draws(run_module: RunModule) -> None:
    measured = """({ wrap }, text) => {
      let letters = 0;
      wrap(text, (part) => { letters += part.length; return part.length; }, 20);
      return letters;
    }"""
    short, long = (run_module("receipt/wrapping.js", measured, "W" * length) for length in (1000, 8000))
    assert long < 9 * short


def test_the_keepsake_s_lines_fit_and_lose_nothing(run_module: RunModule) -> None:
    wrap = "({ wrap }, [text, width]) => wrap(text, (part) => [...part].length, width)"
    assert run_module("receipt/wrapping.js", wrap, ["Listen more, fix less.", 12]) == [
        "Listen more,",
        "fix less.",
    ]
    assert run_module("receipt/wrapping.js", wrap, ["a\nb c", 12]) == ["a", "b c"]
    assert run_module("receipt/wrapping.js", wrap, ["W" * 30, 12]) == ["W" * 12, "W" * 12, "W" * 6]
    assert run_module("receipt/wrapping.js", wrap, ["每次查房，先听病人说完。", 6]) == [
        "每次查房，先",
        "听病人说完。",
    ]
    assert run_module("receipt/wrapping.js", wrap, ["", 6]) == []


NEWS = """({ News }, rounds) => {
  document.documentElement.lang = "en";
  const place = document.createElement("p");
  const words = document.createElement("template");
  for (const [name, value, text] of [["word", "one", "New: {text}"], ["count", "other", "{count} new"]]) {
    const line = document.createElement("p");
    line.dataset[name] = value;
    line.textContent = text;
    words.content.append(line);
  }
  const waits = [];
  const later = [];
  const realTimer = window.setTimeout;
  window.setTimeout = (act, ms) => { waits.push(ms); return later.push(act); };
  try {
    const news = new News(place, words);
    const said = rounds.map((texts) => {
      if (texts) news.add(texts.map((text) => ({ text })));
      else later.shift()();
      return place.textContent;
    });
    return { said, waits };
  } finally {
    window.setTimeout = realTimer;
  }
}"""


def test_the_companion_wall_says_what_is_new_at_most_once_in_ten_seconds(run_module: RunModule) -> None:
    ten_seconds_later = None
    rounds = [["a"], ["b"], ["c", "d"], ten_seconds_later, ten_seconds_later, ["e"]]
    heard = run_module("companion/news.js", NEWS, rounds)
    assert heard["said"] == ["New: a", "New: a", "New: a", "3 new", "3 new", "New: e"]
    assert heard["waits"] == [10_000] * 3
