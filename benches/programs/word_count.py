"""Dictionary updates with string keys: counting the words of a generated text."""

STEMS = "time year people way day man thing woman life child world school state family student".split()
ENDINGS = ["", "s", "ed", "ing", "er", "ness"]


def make_text(words):
    seed = 42
    out = []
    for _ in range(words):
        seed = (seed * 1103515245 + 12345) % 2147483648
        word = STEMS[(seed >> 16) % len(STEMS)] + ENDINGS[(seed >> 8) % len(ENDINGS)]
        out.append(word)
        if seed % 17 == 0:
            out.append("\n")
    return " ".join(out)


def count_words(text):
    counts = {}
    for line in text.split("\n"):
        for word in line.split():
            counts[word] = counts.get(word, 0) + 1
    return counts


def count_letters(text):
    letters = {}
    for letter in text:
        if letter in letters:
            letters[letter] += 1
        else:
            letters[letter] = 1
    return letters


text = make_text(45000)
words = count_words(text)
letters = count_letters(text)
top = sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
result = f"{len(words)} {sum(words.values())} {top} {len(letters)} {max(letters.values())}"
assert result == "90 45000 [('wayed', 546), ('stateer', 545), ('world', 545)] 21 47716", result
print("word_count", result)
