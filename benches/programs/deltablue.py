"""Inheritance and dynamic dispatch: an incremental one-way constraint solver."""

REQUIRED, STRONG, NORMAL, WEAK = 0, 1, 2, 3


class Variable:
    def __init__(self, name, value):
        self.name = name
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.walk_strength = WEAK + 1
        self.stay = True
        self.mark = 0


class Constraint:
    def __init__(self, strength):
        self.strength = strength
        self.active = False

    def inputs_known(self, mark):
        for variable in self.inputs():
            if not (variable.mark == mark or variable.stay or variable.determined_by is None):
                return False
        return True

    def output(self):
        raise NotImplementedError

    def inputs(self):
        return []

    def satisfy(self, mark):
        self.choose(mark)
        if not self.active:
            return None
        for variable in self.inputs():
            variable.mark = mark
        out = self.output()
        overridden = out.determined_by
        if overridden is not None:
            overridden.active = False
        out.determined_by = self
        self.recalculate()
        out.mark = mark
        return overridden


class StayConstraint(Constraint):
    def __init__(self, variable, strength):
        super().__init__(strength)
        self.variable = variable

    def variables(self):
        return [self.variable]

    def output(self):
        return self.variable

    def choose(self, mark):
        variable = self.variable
        self.active = variable.mark != mark and self.strength < variable.walk_strength

    def recalculate(self):
        variable = self.variable
        variable.walk_strength = self.strength
        variable.stay = self.fixed()
        if variable.stay:
            self.execute()

    def fixed(self):
        return True

    def execute(self):
        pass


class EditConstraint(StayConstraint):
    def fixed(self):
        return False


class EqualityConstraint(Constraint):
    def __init__(self, left, right, strength):
        super().__init__(strength)
        self.left = left
        self.right = right
        self.forward = True

    def variables(self):
        return [self.left, self.right]

    def inputs(self):
        return [self.left if self.forward else self.right]

    def output(self):
        return self.right if self.forward else self.left

    def choose(self, mark):
        left, right = self.left, self.right
        if left.mark == mark:
            self.active = right.mark != mark and self.strength < right.walk_strength
            self.forward = True
        elif right.mark == mark:
            self.active = self.strength < left.walk_strength
            self.forward = False
        elif left.walk_strength > right.walk_strength:
            self.active = self.strength < left.walk_strength
            self.forward = False
        else:
            self.active = self.strength < right.walk_strength
            self.forward = True

    def recalculate(self):
        source, target = self.inputs()[0], self.output()
        target.walk_strength = max(self.strength, source.walk_strength)
        target.stay = source.stay
        if target.stay:
            self.execute()

    def execute(self):
        self.output().value = self.inputs()[0].value


class ScaleConstraint(EqualityConstraint):
    def __init__(self, left, scale, offset, right, strength):
        super().__init__(left, right, strength)
        self.scale = scale
        self.offset = offset

    def execute(self):
        if self.forward:
            self.right.value = self.left.value * self.scale + self.offset
        else:
            self.left.value = (self.right.value - self.offset) // self.scale


class Planner:
    def __init__(self):
        self.mark = 0

    def add(self, constraint):
        for variable in constraint.variables():
            variable.constraints.append(constraint)
        self.mark += 1
        overridden = constraint.satisfy(self.mark)
        if constraint.active:
            self.propagate(constraint)
        while overridden is not None:
            overridden = overridden.satisfy(self.mark)

    def consuming(self, variable, found):
        determining = variable.determined_by
        for constraint in variable.constraints:
            if constraint is not determining and constraint.active:
                found.append(constraint)

    def propagate(self, constraint):
        todo = []
        self.consuming(constraint.output(), todo)
        while todo:
            current = todo.pop()
            current.recalculate()
            self.consuming(current.output(), todo)

    def remove(self, constraint):
        out = constraint.output()
        constraint.active = False
        for variable in constraint.variables():
            variable.constraints.remove(constraint)
        out.determined_by = None
        out.walk_strength = WEAK + 1
        out.stay = True

    def plan(self, edits):
        self.mark += 1
        mark = self.mark
        todo = [edit for edit in edits if edit.active]
        plan = []
        while todo:
            constraint = todo.pop()
            out = constraint.output()
            if out.mark != mark and constraint.inputs_known(mark):
                plan.append(constraint)
                out.mark = mark
                self.consuming(out, todo)
        return plan


def change(planner, variable, value):
    edit = EditConstraint(variable, STRONG)
    planner.add(edit)
    plan = planner.plan([edit])
    for step in range(6):
        variable.value = value + step
        for constraint in plan:
            constraint.execute()
    planner.remove(edit)
    return len(plan)


def chain(length):
    planner = Planner()
    variables = [Variable(f"v{i}", 0) for i in range(length)]
    for i in range(length - 1):
        planner.add(EqualityConstraint(variables[i], variables[i + 1], REQUIRED))
    planner.add(StayConstraint(variables[-1], WEAK))
    total = 0
    for value in range(0, 30):
        total += change(planner, variables[0], value)
        total += variables[-1].value
    return total


def projection(size):
    planner = Planner()
    targets = []
    sources = []
    for i in range(size):
        source = Variable("source", i)
        target = Variable("target", i)
        sources.append(source)
        targets.append(target)
        planner.add(StayConstraint(source, NORMAL))
        planner.add(ScaleConstraint(source, 10, 1000, target, REQUIRED))
    total = 0
    for i in range(size):
        total += change(planner, sources[i], i * 3)
        total += targets[i].value
    return total


result = (chain(400), projection(1800))
assert result == (12585, 50466600), result
print("deltablue", *result)
