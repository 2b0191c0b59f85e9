"""What people, programs and attackers write where something else was meant; and more of it, made up."""

import random
import string

#: What has broken other systems, as text.
WRITTEN: tuple[str, ...] = (
    "", " ", "\xa0", "\u200b", "  Kari  ", "Kari\u200bNordmann", "ﬁrma", "Kari\xa0N", "a\x1b[31m", "\ufffe", "\x7f\x7f",
    "\x00", "a\x00b", "\ud800", "\udfff", "e" + "\N{COMBINING ACUTE ACCENT}" * 2000, "x" * 20_001, "Kari " * 5000,
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "{% debug %}", "${7*7}", "%s%n%(a)s",
    "' OR 1=1--", "'; DROP TABLE x;--", "javascript:alert(1)", "<svg/onload=alert(1)>", "../../etc/passwd",
    "\u202egnp.exe", "=1+1", "@SUM(A1)", "\r\nSet-Cookie: a=b", "\n\n\n", "@x.no", "kari@x", "kari@@x.no",
    "kåre@eksempel.no", "a@x.no,b@x.no", "Kari <k@x.no>", "k@x.no\nBcc: v@x.no", '"a b"@x.no', "kari@localhost",
    "kari@[127.0.0.1]", "kari@x.invalid", "abc", "1e3", "1,5", "1 2", "NaN", "Infinity", "-Infinity", "１２", "٣", "½",
    "1_000", "1E+999", "0x10", "-1", "0", "2147483648", "-2147483649", "9223372036854775808", "1" * 5000, "10001",
    "31.02.2027", "00.01.2027", "tomorrow", "01.01.27x", "31.12.9999", "01.01.1899", "0001-01-01", "2027-02-30",
    "29.03.2026 02:30", "999", "__proto__", "None", "null", "true", "on", "maybe", "http://169.254.169.254/",
    "https://evil.example", "//evil.example", "974 760 674", "974760673", "12345678901", "01010112345",
    "+47 99 99 99 99", "🏳️‍🌈" * 50, "\N{RIGHT-TO-LEFT MARK}" * 20, "İıſß", "z\u0335\u0321\u031b" * 200, "[]", "{}",
    "[[[[", '{"a":1}',
)  # fmt: skip
_ALPHABETS = (
    string.printable,
    string.digits + ".,-+ eE",
    "abcæøåÆØÅé ",
    "".join(map(chr, range(0x20))),
    "".join(map(chr, (0xD800, 0xDBFF, 0xFFFF, 0x202E, 0x200D, 0x1F600, 0x10FFFF, 0xFEFF, 0x85, 0x2028))),
    "".join(map(chr, range(0x0600, 0x0700))),
)


def text(chance: random.Random) -> str:
    """Something written: known to be bad, or made up, or both after one another."""
    sort = chance.random()
    if sort < 0.5:
        return chance.choice(WRITTEN)
    made = "".join(chance.choices(chance.choice(_ALPHABETS), k=int(chance.expovariate(1 / 12))))
    return made if sort < 0.9 else chance.choice(WRITTEN) + made


def thing(chance: random.Random, deeper: int = 3) -> object:
    """The same as JSON has things: of any sort, within one another."""
    sort = chance.randrange(9 if deeper else 7)
    if sort < 3:
        return text(chance)
    if sort < 6:
        return chance.choice([None, True, False, 0, -1, 2**31, 2**63, 2**80, 1e300, -0.5, 1.5, [], {}])
    if sort == 6:
        return chance.randrange(-(10**6), 10**6)
    if sort == 7:
        return [thing(chance, deeper - 1) for _ in range(chance.randrange(4))]
    return {text(chance)[:30]: thing(chance, deeper - 1) for _ in range(chance.randrange(4))}
