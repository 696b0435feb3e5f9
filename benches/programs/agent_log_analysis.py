"""An agent's script: parse server logs, find slow endpoints and error bursts."""


def make_log(count):
    paths = ["/api/users", "/api/orders", "/login", "/static/app.js", "/api/orders/items", "/health"]
    methods = ["GET", "POST", "PUT"]
    lines = []
    seed = 12345
    for number in range(count):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        path = paths[(seed >> 8) % 6]
        code = 500 if seed % 23 == 0 else 404 if seed % 17 == 0 else 200
        milliseconds = (seed >> 4) % 900 + (400 if "orders" in path else 5)
        lines.append(
            f"{number // 60:05d} 10.0.{seed % 4}.{seed % 250} {methods[seed % 3]} {path}?id={seed % 1000} {code} {milliseconds}ms"
        )
    return lines


def parse(line):
    parts = line.split(" ")
    if len(parts) != 6:
        raise ValueError(f"malformed line: {line!r}")
    minute, address, method, target, code, duration = parts
    path, _, query = target.partition("?")
    return int(minute), address, method, path, int(code), int(duration.removesuffix("ms"))


def percentile(values, fraction):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * fraction))]


def analyse(lines):
    durations = {}
    errors_by_minute = {}
    addresses = set()
    for line in lines:
        minute, address, method, path, code, duration = parse(line)
        durations.setdefault((method, path), []).append(duration)
        if code >= 500:
            errors_by_minute[minute] = errors_by_minute.get(minute, 0) + 1
        addresses.add(address)
    slow = []
    for (method, path), values in durations.items():
        slow.append((percentile(values, 0.95), percentile(values, 0.5), method, path, len(values)))
    slow.sort(reverse=True)
    bursts = [minute for minute, count in sorted(errors_by_minute.items()) if count >= 7]
    return slow, bursts, len(addresses)


slow, bursts, addresses = analyse(make_log(22000))
summary = [f"{method} {path}: p95={p95} p50={p50} n={count}" for p95, p50, method, path, count in slow[:2]]
result = f"{summary} {len(bursts)} {bursts[:3]} {addresses}"
assert (
    result
    == "['PUT /api/orders: p95=1260 p50=874 n=1222', 'POST /api/orders: p95=1258 p50=860 n=1227'] 6 [157, 212, 264] 500"
), result
print("agent_log_analysis", result)
