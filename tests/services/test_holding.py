"""What waits for an organiser although its event shows pledges at once: the gentle guard, and the word filter."""

import json
from typing import Any

import pytest

from tests.conftest import Cast, a_draft
from tests.support.running import PROJECT
from wall.core.drafts import read_draft
from wall.core.pledges import Status
from wall.core.texts.patient_details import patient_details
from wall.core.texts.word_filter import has_listed_word
from wall.services.pledges.submitting import submit_pledge
from wall.store import Store

EXAMPLES = json.loads((PROJECT / "tests" / "support" / "guard_examples.json").read_text())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["text"])
def test_the_guard_sees_patients_details_and_nothing_else(example: dict[str, Any]) -> None:
    assert list(patient_details(example["text"]).items()) == list(example["details"].items())


@pytest.mark.parametrize(
    "text",
    [
        "What the fuck.", "FUCKING late", "f u c k this", "fuuuck", "fück", "sh1t", "$hit", "ѕhit bullsh!t", "w.a.n.k",
        "Kurwa!", "spierdalaj", "ffwcio hyn", "يا ابن الكلب", "شرموطة", "Oh shit!", "oh_shit_no", "w. a. n. k.", "f_u_c_k",
        "f\u200bu\u00adc\u2060k", "fu\ufe0fck", "f\u20e3u\u20e3c\u20e3k", "𝐅𝐔𝐂𝐊", "ｆｕｃｋ", "ⓕⓤⓒⓚ", "ѕнıт now", "sh١t", "ꜰᴜᴄᴋ",
        "fuсk", "What a сосk", "Such a сіра",
    ],
)  # fmt: skip
def test_a_rough_word_is_seen_however_it_is_written(text: str) -> None:
    assert has_listed_word(text)


@pytest.mark.parametrize(
    "text",
    [
        "Dick van Dyke came from Scunthorpe to Cockermouth.", "A finger prick test in a clean gown.",
        "I will pedal to work and assess the class.", "Analyse our CIP savings.", "Mishit shots are fine.",
        "I a m here", "Spasticity clinic at 10.", "Gwrando’n fwy.", "Będę słuchać.", "سأستمع إلى المريض", "每次查房", "",
        "Сіра кішка спить, а сіре небо не плаче.", "Сіра", "Как у соседа сок, так и у нас сосна.", "Я запишу это в Word и скажу Anna.",
        "Θα ακούω περισσότερο και θα διορθώνω λιγότερο.", "Ένα χέρι, μια ώρα, ένας άνθρωπος.", "Ще слушам повече и ще поправям по-малко.",
        "Ich höre öfter zu und frage: Was heißt das für Sie?", "Je prendrai le temps d’écouter, dès demain.", "Escucharé más a cada niño.",
        "Ascoltare di più, correggere di meno.", "Daha çok dinleyeceğim, ıslık çalacağım.", "Ég ætla að hlusta meira, það er þess virði.",
        "Kuuntelen enemmän ja korjaan vähemmän.", "Meghallgatom, és csak utána szólok.", "Tôi sẽ lắng nghe nhiều hơn mỗi ngày, đúng giờ.",
        "Ես ավելի շատ կլսեմ։", "אני אקשיב יותר", "من بیشتر گوش می‌کنم، به هر کسی", "मैं ज़्यादा सुनूँगा", "もっと聞きます", "더 많이 듣겠습니다",
        "ฉันจะฟังให้มากขึ้น", "Zażółć gęślą jaźń, a sukienka jest szara.", "Mae’r cochion yn canu’n braf ac yn gwrando’n astud.",
    ],
)  # fmt: skip
def test_nobody_is_caught_for_a_name_a_place_or_a_ward_s_word(text: str) -> None:
    assert not has_listed_word(text)


def test_a_word_of_the_event_s_own_is_seen_in_its_own_script_and_in_capitals() -> None:
    assert has_listed_word("НЕТ!", ["нет"])
    assert has_listed_word("Немає наркотиків", ["наркотик*"])
    assert has_listed_word("n o t  l e a n", ["not lean", "notlean"])


def test_the_event_s_own_words_count_too() -> None:
    assert has_listed_word("Less LEAN, more listening", ["lean"])
    assert has_listed_word("Trustwide!", ["trust*"])
    assert not has_listed_word("Cleaner corridors", ["lean", "  ", "*"])


def test_a_long_row_of_single_letters_or_digits_is_nothing() -> None:
    assert not has_listed_word("a " * 2000)
    assert patient_details("1 " * 2000) == {}


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [("Visit bed 4.", "", "patient_details"), ("Oh shit.", "", "words"), ("Listen more.", "Wanker", "words")],
)
def test_what_is_seen_waits_and_says_why(store: Store, cast: Cast, text: str, name: str, why: str) -> None:
    pledge = submit_pledge(store, cast.event.code, read_draft(a_draft(text, name=name))).pledge
    assert (pledge.status, pledge.held_for, pledge.first_shown) == (Status.WAITING, why, None)
