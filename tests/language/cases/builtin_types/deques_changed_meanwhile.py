"""Deques that are changed while they are searched, and the classes of their iterators."""

from collections import Counter, deque


def error_of(action):
    try:
        return action()
    except Exception as error:
        return f'{type(error).__name__}: {error}'


class Clearing:
    def __init__(self, queue, answer):
        self.queue, self.answer = queue, answer

    def __eq__(self, other):
        self.queue.clear()
        return self.answer


def made(answer):
    queue = deque('ab')
    queue.extend([Clearing(queue, answer), 'c'])
    return queue


for answer in (True, False, NotImplemented):
    print(error_of(lambda: made(answer).remove('x')), error_of(lambda: made(answer).index('x')))
    print(error_of(lambda: 'x' in made(answer)), error_of(lambda: made(answer).count('x')))
late = deque()
iterator = iter(late)
late.append(1)
print(error_of(lambda: next(iterator)))
forwards, backwards = type(iter(deque())), type(reversed(deque()))
print(list(forwards(deque('abcd'))), list(backwards(deque('abcd'))), list(forwards(deque('abcd'), 2)), list(backwards(deque('abcd'), 3)))
print(deque('abcabc').index('c', 3), deque('abcabc').index('a', -3, -1), error_of(lambda: deque('abc').index('a', 1)))
print(error_of(lambda: deque('abc').remove('x')), Counter('abracadabra'))
