class Point(Base, metaclass=Meta):
    x: int = 0
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__y, self.z = 1, args

def first[T](items: list[T]) -> T:
    match items:
        case [head, *_]:
            return head
        case {"a": 1, **rest} | Point(x=0, z=rest):
            return rest
