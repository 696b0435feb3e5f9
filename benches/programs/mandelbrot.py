"""Float arithmetic in a tight inner loop."""


def mandelbrot(width, height, limit):
    inside = 0
    checksum = 0
    for row in range(height):
        imaginary = 2.0 * row / height - 1.0
        for column in range(width):
            real = 3.0 * column / width - 2.0
            x = y = 0.0
            steps = 0
            while steps < limit:
                xx = x * x
                yy = y * y
                if xx + yy > 4.0:
                    break
                y = 2.0 * x * y + imaginary
                x = xx - yy + real
                steps += 1
            if steps == limit:
                inside += 1
            checksum += steps
    return inside, checksum


result = mandelbrot(160, 110, 90)
assert result == (4591, 491270), result
print("mandelbrot", *result)
