"""A while loop over small-int arithmetic at module level and in a function."""


def collatz_steps(limit):
    total = 0
    n = 1
    while n < limit:
        value = n
        while value != 1:
            if value % 2 == 0:
                value = value // 2
            else:
                value = 3 * value + 1
            total += 1
        n += 1
    return total


result = collatz_steps(7000)
count = 0
step = 3
while count < 300000:
    count += step
assert (result, count) == (568046, 300000), (result, count)
print("while_loop", result, count)
