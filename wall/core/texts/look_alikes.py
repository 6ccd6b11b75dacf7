"""Letters of any script that look like a Latin one, as they are after case and accents were taken off.

From Unicode's confusables.txt (UTS 39), as confusable-homoglyphs 3.3.1 has it: single letters that look like a single Latin
one, small or capital. Added by hand: small capitals, and letters with a stroke.
"""

import unicodedata

_LOOK_ALIKES = {
    "a": "ɑαаᎪᗅꓮ𐊠𖽀ᴀ",
    "b": "ƅβвьᏏᏴᑲᖯᗷꓐꞵ𐊂𐊡𐌁ʙ",
    "c": "сᏟᴄⲥꓚ𐊢𐌂𐐽𐔜",
    "d": "ԁᎠᏧᑯᗞᗪꓒꓓđᴅ",
    "e": "εеҽᎬⴹꓰꬲ𐊆𑣆𑣎ᴇ",
    "f": "ϝքᖴẝꓝꞙꬵ𐊇𐊥𐔥𑣂ꜰ",
    "g": "ƍɡԍցᏀᏳᶃꓖɢ",
    "h": "ηнһհᎻᏂᕼⲏꓧ𐋏ħʜ",
    "i": "ıɩɪιіӏᎥꙇ𑣃",
    "j": "ʝϳјᎫᒍꓙᴊ",
    "k": "κкᏦᛕⲕꓗ𐔘ᴋ",
    "l": "ǀᏞᒪᛁⲓⳑⵏꓡꓲ𐊊𐌉𐑃𐔦𑣒𖼖𖼨łʟ",
    "m": "μϻмᎷᗰᛖⲙꓟ𐊰𐌑ᴍ",
    "n": "ոռⲛꓠ𐔓ɴ",
    "o": "οσоօଠഠဝჿዐᴏᴑⲟⵔꓳꬽ𐊒𐊫𐐬𐓪𐔖𑣈𑣕𑣗øɵ",
    "p": "ρрᏢᑭⲣꓑ𐊕ᴘ",
    "q": "ԛգզⵕ",
    "r": "ʀгᎡᎱᏒᖇᴦⲅꓣꭇꭈ𐓜𖼵",
    "s": "ƽѕտᏕᏚꓢꜱ𐊖𐑈𑣁𖼺",
    "t": "τтᎢⲧꓔ𐊗𐊱𐌕𖼊ŧᴛ",
    "u": "ʋυսሀᑌᴜꓴꞟꭎꭒ𐓶𑣘𖽂",
    "v": "νѵᏙᐯᴠⴸꓦꛟ𐔝𑜆𑣀𖼈",
    "w": "ɯѡԝաᎳᏔᴡꓪ𑜊𑜎𑜏",
    "x": "χхᕁᕽᚷⲭⵝꓫꭓ𐊐𐊴𐌗𐔧",
    "y": "ɣʏγуүყᎩᎽᶌỿⲩꓬꭚ𐊲𑣜𖽃",
    "z": "ζᏃᴢꓜ𑣄𑣉",
}

LOOK_ALIKES: dict[int, str] = {ord(one): letter for letter, ones in _LOOK_ALIKES.items() for one in ones}
"""For str.translate, as all of these."""

LATIN_ONES = {
    code: letter for code, letter in LOOK_ALIKES.items() if unicodedata.name(chr(code)).startswith("LATIN")
}
"""Small capitals and the like, which are the same letter in another form."""
