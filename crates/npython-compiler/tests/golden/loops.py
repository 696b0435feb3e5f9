def total(items, limit=10):
    """Sums."""
    result = 0
    for item in items:
        if item < 0 or item is None:
            continue
        if result > limit:
            break
        result += item * 2
    else:
        return -1
    while result:
        result -= 1
    return result
