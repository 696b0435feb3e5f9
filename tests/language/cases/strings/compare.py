"""Strings compare by code point."""
print("a" < "b", "a" < "B", "abc" < "abd", "" < "a", "Z" < "a", "é" > "z", "a" == "a", "a" != "b", "10" < "9", "\uffff" < "\U00010000", max("bac"), sorted("bAaC"))
