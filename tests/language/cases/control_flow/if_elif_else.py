"""if ladders pick the first true branch."""
for n in (-1, 0, 5, 50, 500):
    if n < 0:
        print("negative")
    elif n == 0:
        print("zero")
    elif n < 10:
        print("small")
    elif n < 100:
        print("medium")
    else:
        print("large")
if []: print("no")
else: print("falsy list")
