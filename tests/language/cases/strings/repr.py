"""repr chooses quotes and escapes what cannot be printed."""
for s in ("a", "it's", 'say "hi"', "both ' and \"", "\x00\x80\xa0\xad", "\u200b\u2028", "é", "\ud800", "\U0001F600", "\U000e0001", "a\\'"):
    print(repr(s), ascii(s))
