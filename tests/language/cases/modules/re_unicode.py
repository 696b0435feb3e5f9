"""re: characters beyond ASCII, and case."""

import re

TEXT = "Straße ÉTÉ été Ǆ ǆ ſ K k İ i ı ß ẞ ς σ Σ µ μ ﬅ ﬆ 𝒳 𐐀𐐨 ١٢ \u2003x"
for pattern in [r"\w+", r"\d+", r"\s", r"\W+", r"(?a)\w+", r"(?a)\W", r"[é-ü]", r"[^\x00-\x7f]", r".", r"\b\w", r"(?a)\b\w"]:
    print(pattern, re.findall(pattern, TEXT))
for pattern in ["é", "É", "s", "ſ", "k", "K", "i", "İ", "ı", "ß", "ẞ", "σ", "ς", "µ", "ǆ", "Ǆ", "ﬅ", "[a-z]", "[À-Ý]", "[^a-z]", "𐐀",
                "[k]", "[ſ]", "[^é]", "[\u0400-\u04ff]", "(é)t\\1"]:
    print(pattern, re.findall(pattern, TEXT, re.I), re.findall(pattern, TEXT, re.I | re.A))
for found in re.finditer(r"(\w)(?P<next>\w)", "aé𝒳b€ 日本語"):
    print(found, found.span("next"), found.start(), found.end(2), found.regs)
pattern = re.compile("é")
print(pattern.search("aéé", 2), pattern.search("aéé", 0, 1), re.sub("é", "<é>", "aéb𝒳é"), re.split("𝒳", "a𝒳b𝒳"))
print(re.findall(r"(?<=é)b", "éb ab"), re.findall(r"(?<!é)b", "éb ab"), re.findall("[\ud800-\udfff]", "a\ud800b\udfff"))
print(re.search("\udc80", "x\udc80y").span(), re.sub("\udc80", "-", "x\udc80y\udc81") == "x-y\udc81", re.escape("é\udc80 .") == "é\udc80\\ \\.")
long = "é" * 200 + "x" + "日" * 100
found = re.search("x(日)", long)
print(found.span(), found.span(1), re.compile("日").search(long, 250).span())
