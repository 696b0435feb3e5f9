"""append, extend, insert, remove, pop, clear, index, count, reverse, copy."""
x = [3, 1, 2]
print(x.append(4), x)
x.extend((5, 6)); print(x)
x.insert(0, 0); x.insert(-1, "n"); x.insert(100, "end"); x.insert(-100, "start"); print(x)
x.remove("n"); print(x, x.pop(), x.pop(0), x.pop(-2), x)
print(x.index(1), x.index(2, 1), x.count(1), x.copy() == x, x.copy() is x)
x.reverse(); print(x)
x.clear(); print(x)
