"""Abstract base classes (PEP 3119)."""

_generation = [0]


def abstractmethod(funcobj):
    """Marks a method that concrete classes must override."""
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractstaticmethod(staticmethod):
    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractproperty(property):
    __isabstractmethod__ = True


class _abc_data:
    """Registered classes, and the answers given since the last registration anywhere."""

    __module__ = "_abc"

    def __init__(self):
        self.registry = []
        self.positive = set()
        self.negative = set()
        self.generation = _generation[0]


def _abstract_names(cls, own):
    names = set()
    for name, value in own:
        if getattr(value, "__isabstractmethod__", False):
            names.add(name)
    for base in cls.__bases__:
        for name in getattr(base, "__abstractmethods__", ()):
            if getattr(getattr(cls, name, None), "__isabstractmethod__", False):
                names.add(name)
    return frozenset(names)


def _is_built_in(cls):
    try:
        cls.__npython_probe__ = None
    except TypeError:
        return True
    del cls.__npython_probe__
    return False


class ABCMeta(type):
    """Metaclass of abstract base classes."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        cls.__abstractmethods__ = _abstract_names(cls, namespace.items())
        cls._abc_impl = _abc_data()
        return cls

    def register(cls, subclass):
        """Registers a virtual subclass."""
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError("Refusing to create an inheritance cycle")
        cls._abc_impl.registry.append(subclass)
        for flag in ("__npython_mapping__", "__npython_sequence__"):
            if getattr(cls, flag, False) and not _is_built_in(subclass):
                setattr(subclass, flag, True)
        _generation[0] += 1
        return subclass

    def __instancecheck__(cls, instance):
        """Override for isinstance(instance, cls)."""
        subclass = instance.__class__
        if subclass in cls._abc_impl.positive:
            return True
        subtype = type(instance)
        if subtype is subclass:
            return cls.__subclasscheck__(subclass)
        return cls.__subclasscheck__(subclass) or cls.__subclasscheck__(subtype)

    def __subclasscheck__(cls, subclass):
        """Override for issubclass(subclass, cls)."""
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        data = cls._abc_impl
        if subclass in data.positive:
            return True
        if data.generation < _generation[0]:
            data.negative = set()
            data.generation = _generation[0]
        elif subclass in data.negative:
            return False
        answer = cls.__subclasshook__(subclass)
        if answer is NotImplemented:
            answer = _inherits(cls, subclass, data)
        elif answer is not True and answer is not False:
            raise AssertionError("__subclasshook__ must return either False, True, or NotImplemented")
        (data.positive if answer else data.negative).add(subclass)
        return answer

    def _dump_registry(cls, file=None):
        print(f"Class: {cls.__module__}.{cls.__qualname__}", file=file)

    def _abc_registry_clear(cls):
        cls._abc_impl.registry.clear()

    def _abc_caches_clear(cls):
        cls._abc_impl.positive.clear()
        cls._abc_impl.negative.clear()


def _inherits(cls, subclass, data):
    if cls in getattr(subclass, "__mro__", ()):
        return True
    for registered in data.registry:
        if issubclass(subclass, registered):
            return True
    for derived in cls.__subclasses__():
        if issubclass(subclass, derived):
            return True
    return False


def get_cache_token():
    """A number that changes with every registration."""
    return _generation[0]


def update_abstractmethods(cls):
    """Computes the set of abstract methods of a class anew."""
    if not hasattr(cls, "__abstractmethods__"):
        return cls
    cls.__abstractmethods__ = _abstract_names(cls, cls.__dict__.items())
    return cls


class ABC(metaclass=ABCMeta):
    """Base class for abstract classes."""

    __slots__ = ()


def _supplies(candidate, names):
    """True if the class has all these methods; NotImplemented, so that registration decides, if one is missing or None."""
    for name in names:
        supplied = None
        for ancestor in candidate.__mro__:
            if name in ancestor.__dict__:
                supplied = ancestor.__dict__[name]
                break
        if supplied is None:
            return NotImplemented
    return True


def _recognised_by(*names):
    """Decorates an abstract class: classes with these methods are its subclasses, without being derived or registered."""

    def decorate(abstract):
        def __subclasshook__(cls, candidate):
            return _supplies(candidate, names) if cls is abstract else NotImplemented

        abstract.__subclasshook__ = classmethod(__subclasshook__)
        return abstract

    return decorate
