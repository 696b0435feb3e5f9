"""Exceptions raised many times in loops do not leak state."""
count = 0
for n in range(200):
    try:
        if n % 3 == 0:
            raise KeyError(n)
        if n % 5 == 0:
            continue
        {}[n] if n % 2 else [][n]
    except KeyError:
        count += 1
    except IndexError:
        count += 1000
    finally:
        count += 1000000
print(count)
