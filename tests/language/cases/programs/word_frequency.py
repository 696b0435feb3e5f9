"""A small text program."""
text = """the quick brown fox jumps over the lazy dog
the dog sleeps; the fox runs away!"""
counts = {}
for word in text.lower().replace(";", "").replace("!", "").split():
    counts[word] = counts.get(word, 0) + 1
for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:4]:
    print(f"{word:<8}{count:>3} {'#' * count}")
print(max(counts, key=counts.get), len(counts), sum(counts.values()))
