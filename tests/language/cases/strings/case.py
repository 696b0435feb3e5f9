"""Case methods over Unicode."""
for s in ("hello World", "ÀÉÎ", "straße", "ǅ", "İ", "they're bill's", "ὈΔΥΣΣΕΎΣ", "ﬁ", "123abc"):
    print(s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold())
