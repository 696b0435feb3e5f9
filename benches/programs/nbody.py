"""Floats in lists: the planets of the outer solar system, integrated in small steps."""

PI = 3.141592653589793
SOLAR_MASS = 4 * PI * PI
DAYS = 365.24


def make_bodies():
    sun = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, SOLAR_MASS]
    jupiter = [
        4.84143144246472090,
        -1.16032004402742839,
        -0.103622044471123109,
        0.00166007664274403694 * DAYS,
        0.00769901118419740425 * DAYS,
        -0.0000690460016972063023 * DAYS,
        0.000954791938424326609 * SOLAR_MASS,
    ]
    saturn = [
        8.34336671824457987,
        4.12479856412430479,
        -0.403523417114321381,
        -0.00276742510726411021 * DAYS,
        0.00499852801234917238 * DAYS,
        0.0000230417297573763929 * DAYS,
        0.000285885980666130812 * SOLAR_MASS,
    ]
    uranus = [
        12.8943695621391310,
        -15.1111514016986312,
        -0.223307578892655734,
        0.00296460137564761618 * DAYS,
        0.00237847173959480950 * DAYS,
        -0.0000296589568540237556 * DAYS,
        0.0000436624404335156298 * SOLAR_MASS,
    ]
    neptune = [
        15.3796971148509165,
        -25.9193146099879641,
        0.179258772950371181,
        0.00268067772490389322 * DAYS,
        0.00162824170038242295 * DAYS,
        -0.0000951592254519715870 * DAYS,
        0.0000515138902046611451 * SOLAR_MASS,
    ]
    return [sun, jupiter, saturn, uranus, neptune]


def offset_momentum(bodies):
    px = py = pz = 0.0
    for body in bodies:
        px -= body[3] * body[6]
        py -= body[4] * body[6]
        pz -= body[5] * body[6]
    sun = bodies[0]
    sun[3] = px / SOLAR_MASS
    sun[4] = py / SOLAR_MASS
    sun[5] = pz / SOLAR_MASS


def energy(bodies):
    total = 0.0
    for index, body in enumerate(bodies):
        x, y, z, vx, vy, vz, mass = body
        total += 0.5 * mass * (vx * vx + vy * vy + vz * vz)
        for other in bodies[index + 1 :]:
            dx = x - other[0]
            dy = y - other[1]
            dz = z - other[2]
            total -= mass * other[6] / (dx * dx + dy * dy + dz * dz) ** 0.5
    return total


def advance(bodies, pairs, dt, steps):
    for _ in range(steps):
        for one, two in pairs:
            dx = one[0] - two[0]
            dy = one[1] - two[1]
            dz = one[2] - two[2]
            distance = dx * dx + dy * dy + dz * dz
            magnitude = dt / (distance * distance**0.5)
            mass_one = one[6] * magnitude
            mass_two = two[6] * magnitude
            one[3] -= dx * mass_two
            one[4] -= dy * mass_two
            one[5] -= dz * mass_two
            two[3] += dx * mass_one
            two[4] += dy * mass_one
            two[5] += dz * mass_one
        for body in bodies:
            body[0] += dt * body[3]
            body[1] += dt * body[4]
            body[2] += dt * body[5]


bodies = make_bodies()
offset_momentum(bodies)
pairs = []
for i in range(len(bodies)):
    for j in range(i + 1, len(bodies)):
        pairs.append((bodies[i], bodies[j]))
before = energy(bodies)
advance(bodies, pairs, 0.01, 6000)
after = energy(bodies)
result = f"{before:.9f} {after:.9f}"
assert result == "-0.169075164 -0.169064514", result
print("nbody", result)
