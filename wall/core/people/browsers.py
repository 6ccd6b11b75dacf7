"""Which browser somebody uses, in words that they know it by: a few names, and never what it said of itself."""

from dataclasses import dataclass

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
"""In the order in which they are looked for: browsers call themselves by the names of others, too."""
_ENOUGH = 500


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser and its system, by name; each is empty where nobody knows."""

    name: str = ""
    system: str = ""


UNKNOWN = Browser()


def read_browser(user_agent: str) -> Browser:
    """What a User-Agent header is called."""
    said = user_agent[:_ENOUGH]
    return Browser(_first(said, _BROWSERS), _first(said, _SYSTEMS))


def _first(said: str, known: tuple[tuple[str, str], ...]) -> str:
    return next((name for sign, name in known if sign in said), "")
