"""Words that an organiser should look at first, in each language that we speak. A star takes every ending.

Short on purpose: what stands here delays a pledge. Names, places and
words of a ward's day (Dick, Scunthorpe, CIP, gown, finger prick, spasticity) are left out.
"""

_ENGLISH = (
    "arse arsehole* asshole* bastard* bellend* bitch* bollock* bugger off bullshit* cock cocks cocksuck* cunt* "
    "dickhead* dildo* faggot* fuck* motherfuck* nigger* nigga* paki pakis piss off pissed pussy retard retards "
    "retarded shag shit shite shits shitty shitting slag slags slut* tosser* tranny twat* wank* whore*"
)
_WELSH = "ffwc* ffyc* cachu* cachwr* coc oen contiau twll din pidyn* hwren* bastad*"
_POLISH = (
    "kurw* chuj* huj huja huje hujow* jebac jebie jeban* pierdol* spierdal* wypierdal* zajeb* skurwysyn* pizd* cipa "
    "cipe dziwk* suka suko pedaly pedale pedalow cwel* gowno gowna gowniar*"
)
_ARABIC = "كس كسك كسم زب زبي طيز* شرموط* قحب* منيوك* خول عرص متناك* ابن الكلب"

_OF_TWO_WORDS = ("bugger off", "piss off", "coc oen", "twll din", "ابن الكلب")


def _words(listed: str) -> tuple[str, ...]:
    """The words of a list, those of two words whole."""
    for pair in _OF_TWO_WORDS:
        listed = listed.replace(pair, pair.replace(" ", "_"))
    return tuple(word.replace("_", " ") for word in listed.split())


ROUGH_WORDS = tuple(word for listed in (_ENGLISH, _WELSH, _POLISH, _ARABIC) for word in _words(listed))
