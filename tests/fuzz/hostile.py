"""What to send: texts of every class that has ever hurt a program, and values of every other shape."""

from hypothesis import strategies as st

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0f\ufeff\ufffc\ufdd0\uffff"
MARKS = "\u0301\u0308\u0327\u064b\u0e49\u20dd"
DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۷०५７"
SCRIPTS = "aZéłøßжѐΩسريرא你안ひ🙂👩🏽‍⚕️"
SYNTAX = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
BLANKS = " \t\n\r\v\f\u00a0\u2003\u2028\u3000"

_classes = st.sampled_from([*SYNTAX, BLANKS, INVISIBLE, MARKS, DIGITS, SCRIPTS, SYNTAX])
_runs = _classes.flatmap(lambda letters: st.text(letters, min_size=1, max_size=400))
_traps = st.sampled_from(
    [
        "{{7*7}}", "%s%n%00", "<script>x</script>", "' OR 1=1 --", "=cmd|' /C calc'!A0", "../../etc/passwd", "\x1b[2J",
        "\x00", "\ud83d", "NaN", "1e999", "-1", str(2**63), "null", "true", "http://192.168.1.5:8000/e/QQQQ", "bed 4",
        "943 476 5919", "f u c k", "\u202eabc", "a" * 1001, "_" * 80, "a_" * 400, "\"a\tb\n",
    ]
)  # fmt: skip

texts = st.one_of(_runs, _traps, st.lists(_runs | _traps, max_size=4).map("".join), st.text(max_size=300))
"""Up to about 1,600 characters."""

scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner), max_leaves=8
)
"""Anything that JSON can say, and a little that it cannot."""
