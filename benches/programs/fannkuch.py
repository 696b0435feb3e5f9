"""List reversal and element access: pancake flipping over all permutations."""


def fannkuch(n):
    permutation = list(range(n))
    count = [0] * n
    max_flips = 0
    checksum = 0
    parity = 0
    r = n
    while True:
        while r != 1:
            count[r - 1] = r
            r -= 1
        first = permutation[0]
        if first:
            flipped = permutation[:]
            flips = 0
            while first:
                flipped[: first + 1] = flipped[first::-1]
                flips += 1
                first = flipped[0]
            if flips > max_flips:
                max_flips = flips
            checksum += -flips if parity else flips
        while True:
            if r == n:
                return checksum, max_flips
            head = permutation[0]
            for i in range(r):
                permutation[i] = permutation[i + 1]
            permutation[r] = head
            count[r] -= 1
            if count[r] > 0:
                break
            r += 1
        parity = 1 - parity


result = fannkuch(8)
assert result == (1616, 22), result
print("fannkuch", *result)
