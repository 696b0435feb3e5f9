"""for with else, nested loops, loop variable after the loop."""
for n in range(2, 12):
    for d in range(2, n):
        if n % d == 0:
            print(n, "=", d, "*", n // d)
            break
    else:
        print(n, "prime")
for x in []:
    pass
else:
    print("empty else")
print(n, d)
for i in range(3):
    i = 10
print(i)
