"""The format mini-language on ints."""
for spec in ("5", "<5", ">5", "^5", "05", "+", "-", " ", "=+6", "*^7", "d", "n", "c", "e", ".2f", "%", "x", "#x", "#010x", "b", "_x", ",", "010,", "g"):
    print(repr(spec), repr(format(65, spec)), repr(format(-1234567, spec)) if spec != "c" else "")
for spec in (".2d", "s", "q", ",x", ".3", "5.c"):
    try:
        print(format(3, spec))
    except ValueError as error:
        print(error)
