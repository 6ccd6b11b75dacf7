"""What an organiser takes home: every cell as it was stored, totals that add up, and only what was chosen."""

import csv
import io
import json
import re
import shutil
import sqlite3
import subprocess
import time
import timeit
import tracemalloc
from collections.abc import Callable
from datetime import datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from tests.conftest import Cast, SignIn, a_draft
from tests.support.running import PROJECT, OwnServer, run_py, wait_until
from wall.core.drafts import read_draft
from wall.core.errors import BadInput, EventNotFound
from wall.core.exports import Choice, FileKind, Separator, read_choice
from wall.core.pledges import Outcome, Status
from wall.export.ink.colours import accent_on, contrast, rgb
from wall.export.ink.look import NIGHT, PAPER
from wall.export.lists.csv import guard
from wall.export.pdf.installed_fonts import InstalledFonts
from wall.export.pdf.lettering import break_up
from wall.export.pdf.typefaces import FOLDER
from wall.services.exports import exporting, jobs
from wall.services.exports.exporting import write_export
from wall.services.pledges.adding import enter_pledges
from wall.services.pledges.outcomes import answer_pledge
from wall.services.pledges.submitting import submit_pledge
from wall.store import Store

NASTY = [
    '=HYPERLINK("http://example.org";"x")',
    "+1 for tea",
    "-1",
    "@all of you",
    "https://ward.test/ is a text",
    'Say "no" once; then\nsay <b>yes</b> & mean it',
    "W" * 280,
    "Llongyfarchiadau i’r tîm ar y tŵr: ŵ ŷ â",
    "Zażółć gęślą jaźń",
    "سأستمع إلى المريض 12 مرة (كل يوم)",
    "每次查房，先听病人说完。",
    "毎朝、患者さんの話を聞きます。",
    "Smile 😊 with the 👩‍⚕️ and the ❤️ team",
    "_x0041_ and \\n and {=1}",
    "Straße, naïve, Ελληνικά, שלום, Привіт",
    "a\nb\n\n" + "c\n" * 60 + "z",
]
COLUMNS = [
    "Number", "Pledge", "Name", "Organisation", "Theme", "Status", "Written at (Europe/London)", "Me too",
    "How it went", "Replied at (Europe/London)", "Comment", "Added for someone else",
    "Erased at (Europe/London)", "ID",
]  # fmt: skip
TIMES = [at for at, column in enumerate(COLUMNS) if "London" in column]
SUMMER = "2026-06-30T23:30:59.999Z"
SUMMER_IN_LONDON = "2026-07-01 00:30:59"


@pytest.fixture(autouse=True)
def in_london(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the server stands."""
    monkeypatch.setattr(exporting, "local_zone", lambda: ZoneInfo("Europe/London"))


@pytest.fixture
def full(store: Store, cast: Cast) -> str:
    """The code of an event with everything in it that could go wrong."""
    code = cast.event.code
    outcomes = list(Outcome)
    for at, text in enumerate(NASTY):
        more = {"theme": "Safety"} if at % 3 == 0 else {}
        draft = a_draft(text, name="=Ana" if at % 2 else "", organisation="Ward “7”, left", **more)
        sent = submit_pledge(store, code, read_draft(draft))
        if at % 2:
            answer_pledge(store, sent.receipt_token, outcomes[at % 4], "=1+1" if at % 3 else "")
    enter_pledges(store, cast.organiser, code, [read_draft(a_draft("From a card."))])
    store.write(
        lambda transaction: transaction.connection.exec_driver_sql(
            "UPDATE pledges SET created_at = ? WHERE number = 1", (SUMMER,)
        )
    )
    return code


@pytest.fixture
def take(store: Store, tmp_path: Path) -> Callable[..., Path]:
    """The file as it is handed out."""

    def taken(code: str, kind: FileKind, choice: Choice | None = None) -> Path:
        target = tmp_path / f"taken.{kind}"
        with target.open("wb") as file:
            write_export(store, code, kind, choice or read_choice(kind), file)
        return target

    return taken


def stored(database: str, code: str) -> list[list[Any]]:
    """The rows as the database has them, in the columns' order."""
    with sqlite3.connect(database.removeprefix("sqlite:///")) as connection:
        rows = connection.execute(
            "SELECT number, p.text, name, organisation, theme, p.status, p.created_at, me_too,"
            " coalesce(replace(outcome, '_', ' '), ''), coalesce(a.at, ''), coalesce(sentence, ''),"
            " CASE WHEN entered_by IS NULL THEN '' ELSE 'yes' END, erased_at, p.id"
            " FROM pledges p JOIN events e ON e.id = p.event_id LEFT JOIN answers a ON a.pledge_id = p.id"
            " WHERE e.code = ? ORDER BY number",
            (code,),
        )
        return [list(row) for row in rows]


def with_local_times(rows: list[list[Any]]) -> list[list[Any]]:
    """The same rows, with times as a clock in London shows them."""
    return [[in_london_s_time(cell) if at in TIMES else cell for at, cell in enumerate(row)] for row in rows]


def in_london_s_time(time: str) -> str:
    shown = datetime.fromisoformat(time).astimezone(ZoneInfo("Europe/London")) if time else None
    return f"{shown:%Y-%m-%d %H:%M:%S}" if shown else ""


def test_the_csv_has_every_cell(take: Callable[..., Path], database: str, full: str) -> None:
    told = take(full, FileKind.CSV).read_bytes()
    heading, *rows = csv.reader(io.StringIO(told.decode("utf-8-sig"), newline=""))

    assert told.startswith(b"\xef\xbb\xbf")
    assert told.endswith(b"\r\n")
    assert heading == COLUMNS
    written = with_local_times(stored(database, full))
    assert rows == [[guarded(cell) for cell in row] for row in written]
    assert rows[0][TIMES[0]] == SUMMER_IN_LONDON
    assert [[unguarded(cell) for cell in row] for row in rows] == [list(map(str, row)) for row in written]


def guarded(cell: Any) -> str:
    """A text that begins like a formula stands behind an apostrophe."""
    return f"'{cell}" if str(cell).startswith(("=", "+", "-", "@")) else str(cell)


def unguarded(cell: str) -> str:
    """As the guide says: one apostrophe away from before each sign with which a formula could begin."""
    return re.sub(r"""(^|[,;\t\r\n|])([ "\u00a0]*)'(?='*[=+\-@＝＋－＠])""", r"\1\2", cell)


@pytest.mark.parametrize("separator", Separator, ids=str)
@pytest.mark.parametrize("expected", [",", ";", "\t"])
def test_no_cell_of_a_csv_is_a_formula_whichever_separator_a_spreadsheet_expects(
    take: Callable[..., Path], store: Store, cast: Cast, separator: Separator, expected: str
) -> None:
    for text in FORMULAS:
        submit_pledge(store, cast.event.code, read_draft(a_draft(text, name=text[:60].replace("\n", " "))))
    file = take(cast.event.code, FileKind.CSV, Choice(separator=separator))
    told = file.read_bytes().decode("utf-8-sig")
    cells = [
        cell
        for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE)
        for row in csv.reader(io.StringIO(told, newline=""), delimiter=expected, quoting=quoting)
        for cell in row
    ]
    assert len(cells) > 2 * len(FORMULAS)
    assert [cell for cell in cells if cell.strip().startswith(("=", "+", "-", "@", "＝"))] == []


FORMULAS = [
    "Thanks;=1+1;bye", "Thanks,=1+1,bye", 'a;"=1+1";b', "a\n=1+1\n-2", "'=1", "a; =1", "＝1+1",
    "a|@b", 'x;""+1', "a,'-1", 'b" ;=2', "plain - and = so on",
]  # fmt: skip


@given(st.lists(st.sampled_from(["=", "-", "'", '"', ";", ",", "\n", "|", " ", "a", "＝"]), max_size=30))
def test_what_a_csv_guards_can_be_read_back(letters: list[str]) -> None:
    text = "".join(letters)
    assert unguarded(guard(text)) == text


@pytest.mark.parametrize("unit", [";", "\n", "' ", '"', "; ", ";'", "=", "\u0301", "-\n"])
def test_guarding_a_csv_takes_as_long_as_a_text_is(unit: str) -> None:
    def fastest(count: int) -> float:
        return min(timeit.repeat(lambda: guard(unit * count), timer=time.thread_time, number=1, repeat=5))

    assert fastest(80_000) < 40 * max(fastest(8_000), 0.0005)  # quadratic would be a hundred times


def test_the_spreadsheet_has_every_cell_and_no_formula(
    take: Callable[..., Path], database: str, full: str
) -> None:
    sheet = load_workbook(take(full, FileKind.XLSX))["Pledges"]
    heading, *rows = sheet.iter_rows()

    assert [cell.value for cell in heading] == COLUMNS
    assert all(cell.font.bold for cell in heading)
    assert sheet.freeze_panes == "A2"
    shown = [[as_stored(cell.value) for cell in row] for row in rows]
    assert shown == with_local_times(stored(database, full))
    assert rows[0][TIMES[0]].value == datetime.fromisoformat(
        SUMMER_IN_LONDON
    )  # to sort by, and to reckon with
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "d"}  # "f" would be a formula
    assert [cell for row in rows for cell in row if cell.hyperlink] == []


@pytest.mark.parametrize("kind", [FileKind.CSV, FileKind.XLSX], ids=str)
def test_libreoffice_shows_every_cell_as_it_is_stored(
    take: Callable[..., Path], database: str, full: str, tmp_path: Path, kind: FileKind
) -> None:
    """The whole sheet as the program has it once it has opened the file, formulas worked out."""
    opened = open_in_libreoffice(take(full, kind), tmp_path)
    heading, *rows = csv.reader(io.StringIO(opened.decode(), newline=""))
    assert heading == COLUMNS
    as_shown = guarded if kind is FileKind.CSV else str
    assert rows == [[as_shown(cell) for cell in row] for row in with_local_times(stored(database, full))]


@pytest.mark.parametrize(("written", "expected"), [("comma", ";"), ("semicolon", ","), ("semicolon", ";")])
def test_libreoffice_works_out_no_formula_whichever_separator_it_expects(
    take: Callable[..., Path], store: Store, cast: Cast, tmp_path: Path, written: str, expected: str
) -> None:
    for text in FORMULAS:
        submit_pledge(store, cast.event.code, read_draft(a_draft(text)))
    choice = Choice(separator=Separator(written), fields=("pledge", "theme"))
    file = take(cast.event.code, FileKind.CSV, choice)
    opened = list(csv.reader(io.StringIO(open_in_libreoffice(file, tmp_path, expected).decode(), newline="")))
    cells = {cell.strip() for row in opened for cell in row}
    assert any("'=1+1" in cell for cell in cells)
    assert not cells & {"2", "-1", "1", "#NAME?"}


def open_in_libreoffice(file: Path, folder: Path, separator: str = ",") -> bytes:
    """What its first sheet holds, as LibreOffice writes it out again: every text quoted, in UTF-8."""
    program = shutil.which("soffice")
    assert program, "The tests need LibreOffice Calc; “make test” installs it on Debian."
    read_as_utf8 = [f"--infilter=CSV:{ord(separator)},34,UTF8"] if file.suffix == ".csv" else []
    written = "csv:Text - txt - csv (StarCalc):44,34,UTF8,1,,0,false,true,false,false,false,1"
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            *read_as_utf8,
            *("--convert-to", written),
            *("--outdir", str(folder / "opened")),
            str(file),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (opened,) = (folder / "opened").iterdir()
    return opened.read_bytes()


def as_stored(value: Any) -> Any:
    """Excel keeps a text such as _x0041_ apart from an escaped letter; the reader used here leaves that to us."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    return unescape(value) if isinstance(value, str) else "" if value is None else value


def test_the_second_sheet_has_totals_time_and_settings(
    take: Callable[..., Path], store: Store, cast: Cast, full: str
) -> None:
    spread(store, cast, full)
    choice = Choice(statuses=(Status.SHOWN,), themes=("", "Safety"), names=False)
    sheet = load_workbook(take(full, FileKind.XLSX, choice))["Totals"]
    told = {heading: value for heading, value in sheet.iter_rows(values_only=True) if heading}

    assert told["Received"] == told["Shown"] + told["Hidden"] + told["Waiting"] + told["Withdrawn"] == 17
    assert (told["Hidden"], told["Waiting"], told["Withdrawn"]) == (2, 1, 1)
    assert (told["Statuses in this file"], told["Themes in this file"]) == ("shown", "(none), Safety")
    assert told["Names and organisations included"] is None
    assert (told["Event"], told["Question"]) == ("Q launch", "What will you give back?")
    assert isinstance(told["Exported at (Europe/London)"], datetime)
    answers = [told[f"Today: {outcome}"] for outcome in ("kept", "still going", "changed", "dropped")]
    assert told["Today: replied"] == sum(answers) == 7
    assert (told["Today: pledges this old"], told["7 days after the pledge: pledges this old"]) == (16, 1)


def spread(store: Store, cast: Cast, code: str) -> None:
    """Some pledges in every status."""
    with store.read() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM pledges ORDER BY number").scalars().all()
    moves = [(rows[0], "hidden"), (rows[1], "hidden"), (rows[2], "waiting"), (rows[3], "withdrawn")]

    def move(transaction: Any) -> None:
        for pledge, status in moves:
            transaction.connection.exec_driver_sql(
                "UPDATE pledges SET status = ? WHERE id = ?", (status, pledge)
            )

    store.write(move)


def test_the_json_says_what_is_stored(take: Callable[..., Path], database: str, full: str) -> None:
    told = json.loads(take(full, FileKind.JSON).read_bytes())

    assert list(told) == ["event", "exported_at", "choice", "totals", "what_became_of_it", "pledges"]
    rows = [
        [
            str(cell).replace("still_going", "still going") if key == "outcome" else cell
            for key, cell in pledge.items()
        ]
        for pledge in told["pledges"]
    ]
    expected = stored(database, full)
    assert [
        ["yes" if cell is True else "" if cell is False else cell for cell in row] for row in rows
    ] == expected
    assert told["event"]["themes"] == ["Safety"]
    totals = told["totals"]
    assert totals["received"] == sum(totals[status] for status in Status) == len(expected)


@pytest.mark.parametrize("kind", FileKind, ids=str)
def test_an_event_without_pledges_makes_a_file_too(
    take: Callable[..., Path], cast: Cast, kind: FileKind
) -> None:
    assert take(cast.event.code, kind).stat().st_size > 0
    if kind is FileKind.JSON:
        assert json.loads(take(cast.event.code, kind).read_bytes())["pledges"] == []


class Words(HTMLParser):
    """The texts of a page's notes, and whatever on it asks for something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.asked: list[str] = []
        self.scripts = 0
        self._in_text = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.asked += [address for name in ("src", "href") if (address := named.get(name))]
        self.scripts += tag == "script"
        self._in_text = named.get("class") == "text"
        if self._in_text:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_text = False

    def handle_data(self, data: str) -> None:
        if self._in_text:
            self.texts[-1] += data


def test_the_page_has_every_text_and_asks_for_nothing(
    take: Callable[..., Path], database: str, full: str
) -> None:
    page = take(full, FileKind.HTML).read_text(encoding="utf-8")
    read = Words(page)

    assert read.texts == [row[1] for row in stored(database, full)]
    assert read.scripts == 0
    assert all(address.startswith("#") for address in read.asked)
    assert all(found.startswith("data:") for found in re.findall(r'url\("?([^")]+)', page))


def test_the_page_brings_only_the_fonts_that_it_needs(
    take: Callable[..., Path], store: Store, cast: Cast
) -> None:
    submit_pledge(store, cast.event.code, read_draft(a_draft("Listen more.")))
    plain = take(cast.event.code, FileKind.HTML).read_text(encoding="utf-8")
    assert plain.count("@font-face") == 3  # three hands, plain letters
    submit_pledge(store, cast.event.code, read_draft(a_draft("سأستمع")))
    assert take(cast.event.code, FileKind.HTML).read_text(encoding="utf-8").count("@font-face") == 4


def test_the_pdf_has_every_text_in_every_script(take: Callable[..., Path], full: str) -> None:
    pdf = pypdfium2.PdfDocument(take(full, FileKind.PDF))
    pages = [pdf[at].get_textpage().get_text_bounded() for at in range(len(pdf))]
    told = without_blanks("".join(pages))

    assert [round(length) for length in pdf[0].get_size()] == [842, 595]
    assert "What will you give back?" in pages[0]
    assert without_blanks("17 pledges on the wall") in without_blanks(pages[0])
    for text in NASTY:
        assert mark_of(text) in told, text
    for word in ("W" * 20, "سأستمع", "12", "Ελληνικά", "שלום", "Привіт", "聞きます", "team", "jaźń"):
        assert word in told, word
    assert pdf.get_metadata_dict()["Title"] == "What will you give back? – Q launch"


def without_blanks(text: str) -> str:
    """Lines end where the paper ends; the heading of a new page stands between them."""
    return re.sub(r"[\s\ufe0f\u200d]", "", text)


def test_a_letter_that_no_hand_has_comes_from_the_machine_s_own_fonts(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "mynerve.ttf", tmp_path / "Own Regular.ttf")
    (tmp_path / "Broken.ttf").write_bytes(b"no font")
    own = InstalledFonts([tmp_path, tmp_path / "nowhere"])
    face = own.face_for("Ω")

    assert face is not None
    assert face.has("Ω")
    assert own.face_for("Ψ") is face
    assert own.face_for("ह") is None


def test_chinese_and_japanese_are_drawn_in_the_picture_of_a_page(
    take: Callable[..., Path], store: Store, cast: Cast
) -> None:
    eastern = ("先听病人说完", "毎朝、話を聞きます")
    assert InstalledFonts().face_for("先毎聞"), "The tests need a TrueType font with these; see Makefile."
    for text in eastern:
        submit_pledge(store, cast.event.code, read_draft(a_draft(text)))
    page = pypdfium2.PdfDocument(take(cast.event.code, FileKind.PDF))[1]
    picture, words = page.render(scale=3).to_pil().convert("L"), page.get_textpage()
    letters = words.get_text_range()
    assert all(letter in letters for text in eastern for letter in text if letter.isalpha())
    for at, letter in enumerate(letters):
        if letter.isalpha() and not letter.isascii():
            left, bottom, right, top = (edge * 3 for edge in words.get_charbox(at))
            box = picture.crop(
                (round(left), round(picture.height - top), round(right), round(picture.height - bottom))
            )
            darkest, _ = box.getextrema()
            assert darkest < 100, letter


def test_a_letter_that_nobody_has_is_an_empty_box_and_can_still_be_searched_for(
    take: Callable[..., Path], store: Store, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(InstalledFonts, "face_for", lambda *_: None)
    submit_pledge(store, cast.event.code, read_draft(a_draft("हर")))
    page = pypdfium2.PdfDocument(take(cast.event.code, FileKind.PDF))[1]
    ink = page.render(scale=1).to_pil().convert("L").crop((50, 75, 80, 100))

    assert "हर" in page.get_textpage().get_text_bounded()
    assert ink.getextrema()[0] < 100


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Listen more,  please.", ["Listen", " more,", "  please."]),
        ("先听，说完。 ok", ["先", "听，", "说", "完。", " ok"]),
        ("", []),
    ],
)
def test_lines_break_where_each_script_breaks_them(text: str, pieces: list[str]) -> None:
    assert break_up(text) == pieces


def test_nothing_in_the_pdf_leaves_its_page(take: Callable[..., Path], full: str) -> None:
    """A margin of every page stays as empty as paper is."""
    pdf = pypdfium2.PdfDocument(take(full, FileKind.PDF))
    for at in range(len(pdf)):
        picture = pdf[at].render(scale=1).to_pil().convert("L")
        width, height = picture.size
        for edge in ((0, 0, 20, height), (width - 20, 0, width, height), (0, 0, width, 14)):
            assert picture.crop(edge).getextrema()[0] > 200, (at, edge)


@pytest.mark.parametrize("kind", FileKind, ids=str)
def test_only_what_was_chosen_goes_along(
    take: Callable[..., Path], store: Store, cast: Cast, full: str, kind: FileKind
) -> None:
    spread(store, cast, full)
    everything = Choice(statuses=tuple(Status))
    assert len(texts_in(take(full, kind, everything), kind)) == 17
    hidden = texts_in(take(full, kind, Choice(statuses=(Status.HIDDEN,))), kind)
    assert hidden == [text.replace("\n", " ") for text in NASTY[:2]]
    safety = texts_in(take(full, kind, Choice(themes=("Safety",))), kind)
    assert len(safety) == len(NASTY[::3])
    assert len(texts_in(take(full, kind, Choice(themes=("", "Safety"))), kind)) == 17


@pytest.mark.parametrize("kind", [FileKind.CSV, FileKind.XLSX, FileKind.JSON], ids=str)
def test_only_the_columns_that_were_chosen_go_along(
    take: Callable[..., Path], full: str, kind: FileKind
) -> None:
    file = take(full, kind, Choice(fields=("theme", "pledge")))
    assert headings_in(file, kind) == ["pledge", "theme"]


def test_every_kind_of_file_is_offered_on_the_page_and_in_the_docs(cast: Cast, signed_in: SignIn) -> None:
    page = signed_in(cast.organiser).get(f"/desk/e/{cast.event.code}/export").text
    assert set(re.findall(r'name="format" value="(\w+)"', page)) == set(FileKind)
    operating = (PROJECT / "docs" / "operating.md").read_text()
    (told,) = re.findall(r"`--format` \(([^)]*)\)", operating)
    assert {kind.strip("`") for kind in told.split(", ")} == set(FileKind)


def headings_in(file: Path, kind: FileKind) -> list[str]:
    if kind is FileKind.JSON:
        return list(json.loads(file.read_bytes())["pledges"][0])
    if kind is FileKind.CSV:
        (heading, *_) = csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig").lower()))
        return heading
    (row,) = load_workbook(file)["Pledges"].iter_rows(max_row=1, values_only=True)
    return [str(heading).lower() for heading in row]


def texts_in(file: Path, kind: FileKind) -> list[str]:
    """The pledges' texts in any kind of file; in a PDF as many marks as there are pledges, since its lines break."""
    match kind:
        case FileKind.CSV:
            rows = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""))
            texts = [unguarded(row["Pledge"]) for row in rows]
        case FileKind.XLSX:
            rows = load_workbook(file)["Pledges"].iter_rows(min_row=2, values_only=True)
            texts = [row[1] for row in rows]
        case FileKind.JSON:
            texts = [pledge["pledge"] for pledge in json.loads(file.read_bytes())["pledges"]]
        case FileKind.HTML:
            texts = Words(file.read_text(encoding="utf-8")).texts
        case FileKind.PDF:
            pdf = pypdfium2.PdfDocument(file)
            told = without_blanks(
                "".join(pdf[at].get_textpage().get_text_bounded() for at in range(1, len(pdf)))
            )
            known = [*NASTY, "From a card."]
            texts = [text for text in known if mark_of(text) in told]
    return [text.replace("\n", " ") for text in texts]


def all_text(kind: FileKind, told: bytes) -> str:
    """Everything that can be read in a file of any kind, unpacked."""
    if kind is FileKind.XLSX:
        with ZipFile(io.BytesIO(told)) as parts:
            return "".join(parts.read(name).decode() for name in parts.namelist())
    if kind is FileKind.PDF:
        pdf = pypdfium2.PdfDocument(told)
        return " ".join(
            pdf[at].get_textpage().get_text_range().replace("\r\n", " ") for at in range(len(pdf))
        )
    return told.decode()


def mark_of(text: str) -> str:
    """The beginning of a text, as far as it surely stands on one line; a word where that runs from right to left."""
    return "المريض" if "المريض" in text else without_blanks(text)[:8]


@pytest.mark.parametrize("kind", FileKind, ids=str)
def test_names_stay_behind_when_they_should(
    take: Callable[..., Path], store: Store, cast: Cast, kind: FileKind
) -> None:
    draft = a_draft("Listen more.", name="Zsuzsanna", organisation="Wardstone")
    submit_pledge(store, cast.event.code, read_draft(draft))

    def names_in(choice: Choice) -> bool:
        file = take(cast.event.code, kind, choice)
        told = all_words_of(file, kind)
        assert "Listen more." in told
        return "Zsuzsanna" in told or "Wardstone" in told

    assert names_in(Choice())
    assert not names_in(Choice(names=False))


def all_words_of(file: Path, kind: FileKind) -> str:
    if kind is FileKind.XLSX:
        sheets = load_workbook(file)
        return " ".join(str(cell) for sheet in sheets for row in sheet.values for cell in row)
    if kind is FileKind.PDF:
        pdf = pypdfium2.PdfDocument(file)
        return " ".join(pdf[at].get_textpage().get_text_bounded() for at in range(len(pdf)))
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [FileKind.PDF, FileKind.HTML], ids=str)
def test_a_keepsake_shows_what_is_on_the_wall_and_marks_what_is_not(
    take: Callable[..., Path], store: Store, cast: Cast, full: str, kind: FileKind
) -> None:
    spread(store, cast, full)
    usual = all_words_of(take(full, kind), kind)
    everything = all_words_of(take(full, kind, Choice()), kind)

    assert "+1 for tea" not in usual
    assert all(word not in usual for word in ("Hidden", "Waiting", "Withdrawn"))
    assert "+1 for tea" in everything
    assert all(word in everything for word in ("Hidden", "Waiting", "Withdrawn"))


@pytest.mark.parametrize("kind", [FileKind.PDF, FileKind.HTML], ids=str)
def test_a_keepsake_speaks_the_event_s_language(
    take: Callable[..., Path], store: Store, cast: Cast, full: str, kind: FileKind, guest: FlaskClient
) -> None:
    store.write(lambda transaction: transaction.change_event(full, language="pl"))
    told = all_words_of(take(full, kind), kind)
    assert "pledges on the wall" not in told
    assert '<html lang="en"' in guest.get("/").text  # and nobody else's page does


@pytest.mark.parametrize("accent", ["#ffff00", "#000000", "#ffffff", "#b5440b", ""])
def test_the_event_s_ink_can_be_read_on_both_walls(accent: str) -> None:
    for look in (PAPER, NIGHT):
        assert contrast(rgb(accent_on(look, accent)), rgb(look.wall)) >= 4.5


def path(cast: Cast, rest: str) -> str:
    return f"/desk/e/{cast.event.code}{rest}"


@pytest.mark.parametrize("kind", FileKind, ids=str)
def test_the_desk_hands_out_the_file(cast: Cast, full: str, signed_in: SignIn, kind: FileKind) -> None:
    answer = signed_in(cast.organiser).get(path(cast, f"/export.{kind}"))

    assert answer.status_code == 200
    assert answer.content_length == len(answer.data)
    name = answer.headers["Content-Disposition"]
    assert re.fullmatch(rf'attachment; filename="q-launch-{full}-\d{{4}}-\d\d-\d\d\.{kind}"', name)
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_choice_comes_in_the_query(cast: Cast, store: Store, full: str, signed_in: SignIn) -> None:
    spread(store, cast, full)
    browser = signed_in(cast.organiser)
    query = "status=hidden&status=waiting&names=no&field=status&field=name&field=number"
    told = browser.get(path(cast, f"/export.json?{query}")).get_json()

    assert [pledge["status"] for pledge in told["pledges"]] == ["hidden", "hidden", "waiting"]
    assert list(told["pledges"][0]) == ["number", "status"]
    assert told["totals"]["received"] == 17


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status=lost", "status"),
        ("theme=Nonsense", "theme"),
        ("names=perhaps", "names"),
        ("field=key", "field"),
        ("field=name&names=no", "field"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_by_name(
    cast: Cast, full: str, signed_in: SignIn, query: str, field: str
) -> None:
    answer = signed_in(cast.organiser).get(
        path(cast, f"/export.csv?{query}"), headers={"Accept": "application/json"}
    )
    assert answer.status_code == 422
    assert list(answer.get_json()["error"]["fields"]) == [field]


def test_an_unknown_format_is_refused(cast: Cast, signed_in: SignIn) -> None:
    browser = signed_in(cast.organiser)
    assert browser.get(path(cast, "/export.doc")).status_code == 404
    answer = browser.post(
        path(cast, "/export"), data={"format": "doc"}, headers={"Accept": "application/json"}
    )
    assert (answer.status_code, list(answer.get_json()["error"]["fields"])) == (422, ["format"])


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ('Zürich’s "Big" Día', "zurichs-big-dia"),
        ("مبادرة", "pledges"),
        ("../../etc", "etc"),
        ("a" * 80, "a" * 40),
    ],
)
def test_a_title_of_any_kind_becomes_a_file_s_name(
    cast: Cast, store: Store, signed_in: SignIn, title: str, slug: str
) -> None:
    store.write(lambda transaction: transaction.change_event(cast.event.code, title=title))
    name = signed_in(cast.organiser).get(path(cast, "/export.csv")).headers["Content-Disposition"]
    assert name.startswith(f'attachment; filename="{slug}-{cast.event.code}-')


def test_a_form_without_script_leads_to_the_file(cast: Cast, full: str, signed_in: SignIn) -> None:
    browser = signed_in(cast.organiser)
    page = browser.get(path(cast, "/export"), headers={"Accept": "text/html"})
    assert "Pledges received" in page.text

    answer = browser.get(path(cast, "/export?format=json&status=shown&theme=Safety"), follow_redirects=True)
    assert {pledge["theme"] for pledge in answer.get_json()["pledges"]} == {"Safety"}


def test_a_file_is_made_while_the_page_watches(cast: Cast, full: str, signed_in: SignIn) -> None:
    browser = signed_in(cast.organiser)
    answer = browser.post(path(cast, "/export"), data={"format": "xlsx", "theme": "Safety"})
    job = path(cast, f"/export/jobs/{answer.get_json()['job']}")
    wait_until(lambda: browser.get(job).get_json()["ready"], "the file is ready")
    count = len(NASTY[::3])

    assert browser.get(job).get_json() == {"done": count, "of": count, "ready": True, "failed": False}
    for _ in range(2):  # as often as somebody wants it
        assert load_workbook(io.BytesIO(browser.get(f"{job}/file").data))["Pledges"].max_row == count + 1


def test_a_file_that_is_not_ready_cannot_be_had(
    cast: Cast, full: str, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs.ExportJobs, "_run", lambda *_: None)
    browser = signed_in(cast.organiser)
    job = browser.post(path(cast, "/export"), data={"format": "csv"}).get_json()["job"]
    assert browser.get(path(cast, f"/export/jobs/{job}/file")).status_code == 404


def test_a_file_that_breaks_off_says_so(
    cast: Cast, full: str, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "write_export", lambda *_: 1 / 0)
    browser = signed_in(cast.organiser)
    job = browser.post(path(cast, "/export"), data={"format": "csv"}).get_json()["job"]
    wait_until(lambda: browser.get(path(cast, f"/export/jobs/{job}")).get_json()["failed"], "it has failed")
    assert browser.get(path(cast, f"/export/jobs/{job}/file")).status_code == 404


def test_a_file_is_forgotten_after_a_while(
    cast: Cast, full: str, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "FILE_LIVES_SECONDS", 0)
    browser = signed_in(cast.organiser)
    job = browser.post(path(cast, "/export"), data={"format": "csv"}).get_json()["job"]
    wait_until(lambda: browser.get(path(cast, f"/export/jobs/{job}")).status_code == 404, "it is forgotten")


def test_a_job_of_one_event_is_out_of_reach_from_another(cast: Cast, full: str, signed_in: SignIn) -> None:
    job = signed_in(cast.organiser).post(path(cast, "/export"), data={"format": "csv"}).get_json()["job"]
    stranger = signed_in(cast.other_organiser)
    for code in (cast.other_event.code, cast.event.code):
        for rest in ("", "/file"):
            assert stranger.get(f"/desk/e/{code}/export/jobs/{job}{rest}").status_code == 404


def test_the_terminal_writes_the_file_beside_a_running_server(own_server: OwnServer, tmp_path: Path) -> None:
    own_server.send(a_draft("Listen more.", name="Maria"))
    target = tmp_path / "list.json"
    options = ["--format", "json", "--without-names", "--output", str(target)]
    done = run_py(tmp_path, "export", own_server.code.lower(), *options)
    told = json.loads(target.read_bytes())

    assert done.returncode == 0
    assert done.stdout.startswith(f"{target} has 1 of the pledges of {own_server.code} (")
    assert [pledge["pledge"] for pledge in told["pledges"]] == ["Listen more."]
    assert "name" not in told["pledges"][0]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["QQQQ"], "There is no event with this code."),
        (["{code}", "--theme", "Nonsense"], "This event has no theme called “Nonsense”."),
        (["{code}", "--output", "/nowhere/list.csv"], "/nowhere/list.csv cannot be written"),
        (["{code}", "--output", "."], "is a directory"),
    ],
)
def test_the_terminal_says_in_one_line_what_is_wrong(
    own_server: OwnServer, tmp_path: Path, arguments: list[str], told: str
) -> None:
    done = run_py(tmp_path, "export", *(one.format(code=own_server.code) for one in arguments))
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode != 0
    assert last.startswith("Error: ")
    assert told in last
    assert list(tmp_path.glob("*.part")) == []


def test_an_event_that_is_gone_makes_no_file(store: Store, tmp_path: Path) -> None:
    with (tmp_path / "none.csv").open("wb") as file, pytest.raises(EventNotFound):
        write_export(store, "QQQQ", FileKind.CSV, Choice(), file)


def test_what_is_not_chosen_is_the_usual() -> None:
    assert read_choice(FileKind.CSV).statuses == tuple(Status)
    assert read_choice(FileKind.PDF).statuses == (Status.SHOWN,)
    assert read_choice(FileKind.PDF, statuses=["hidden"]).statuses == (Status.HIDDEN,)
    with pytest.raises(BadInput):
        read_choice(FileKind.CSV, statuses=["lost"], names="perhaps", separator="bar")


def test_the_separator_is_the_reader_s_until_another_is_chosen(
    cast: Cast, full: str, signed_in: SignIn
) -> None:
    browser, address = signed_in(cast.organiser), path(cast, "/export.csv")

    def heading(**asked: str) -> str:
        return browser.get(address, query_string=asked).get_data(as_text=True).splitlines()[0]

    assert heading().count('","') == len(COLUMNS) - 1
    in_polish = {"Accept-Language": "pl"}
    assert '";"' in browser.get(address, headers=in_polish).get_data(as_text=True)
    assert heading(separator="tab").count('"\t"') == len(COLUMNS) - 1
    page = browser.get(path(cast, "/export"), headers=in_polish).get_data(as_text=True)
    assert 'value="tab" checked' in page
    assert browser.get(address, query_string={"separator": "bar"}).status_code == 422


@pytest.mark.parametrize("kind", FileKind, ids=str)
def test_more_pledges_take_no_more_memory(
    take: Callable[..., Path], store: Store, cast: Cast, kind: FileKind
) -> None:
    code = cast.event.code

    def peak_with(count: int) -> int:
        """With so many more than before."""
        drafts = [read_draft(a_draft(f"Listen to {at % 9} more.", name="Ana")) for at in range(count)]
        enter_pledges(store, cast.organiser, code, drafts)
        tracemalloc.start()
        take(code, kind)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    peak_with(1)  # what is remembered for good
    five_hundred = peak_with(500)
    assert peak_with(500) < five_hundred * 1.4
