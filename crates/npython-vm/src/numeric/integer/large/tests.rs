use super::*;

/// A number of so many limbs with no pattern to speak of.
fn number(limbs: usize, seed: u64) -> BigInt {
    let mut state = seed | 1;
    let digits = (0..limbs * DIGITS_PER_LIMB)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as u32
        })
        .collect();
    BigInt::from(BigUint::new(digits))
}

fn on() -> Result<(), Interrupted> {
    Ok(())
}

#[test]
fn products_are_those_of_the_library() {
    for (left, right) in [(1, 1), (5_000, 5_000), (9_001, 9_000), (9, 2_000_000), (4_096, 9_000), (5_000, 21_000)] {
        let (left, right) = (number(left, 1), -number(right, 2));
        assert_eq!(multiply(&left, &right, &on), Ok(&left * &right));
    }
    assert_eq!(multiply(&BigInt::zero(), &number(3, 1), &on), Ok(BigInt::zero()));
}

#[test]
fn quotients_are_those_of_the_library() {
    for (left, right) in [(10, 3), (9_000, 4_000), (9_000, 4_001), (60_000, 70), (20_000, 19_500), (4_000, 9_000)] {
        for (left, right) in [
            (number(left, 3), number(right, 4)),
            (-number(left, 3), number(right, 4)),
            (number(left, 3), -number(right, 4)),
            (-number(left, 3), -number(right, 4)),
        ] {
            assert_eq!(floor_divmod(&left, &right, &on), Ok(left.div_mod_floor(&right)));
        }
    }
    let divisor = number(3_000, 5);
    for dividend in [&divisor * number(3_000, 6), (&divisor << 200_000) - 1, BigInt::one() << 500_000] {
        assert_eq!(floor_divmod(&dividend, &-&divisor, &on), Ok(dividend.div_mod_floor(&-&divisor)));
    }
}

#[test]
fn powers_are_those_of_the_library() {
    for (base, exponent) in [(3_i64, 400_000_u32), (-7, 200_001), (10, 12)] {
        assert_eq!(power(&BigInt::from(base), exponent, &on), Ok(BigInt::from(base).pow(exponent)));
    }
    let (base, exponent, modulus) = (number(30, 7), number(40, 8), number(50, 9));
    assert_eq!(power_modulo(&base, &exponent, &modulus, &on), Ok(base.modpow(&exponent, &modulus)));
    let even: BigInt = number(50, 9) << 1;
    assert_eq!(power_modulo(&base, &exponent, &even, &on), Ok(base.modpow(&exponent, &even)));
}

#[test]
fn roots_are_those_of_the_library() {
    for limbs in [1, 65, 66, 129, 1_000] {
        let value = number(limbs, 10);
        for value in [&value * &value, &value * &value - 1, &value * &value + 1, value.clone(), &value << 1] {
            assert_eq!(square_root(&value, &on), Ok(value.sqrt()));
        }
    }
}

#[test]
fn divisors_are_those_of_the_library() {
    for (shared, left, right) in [(1, 3, 3), (40, 30, 31), (1, 300, 300), (100, 2, 200)] {
        let shared = number(shared, 11);
        let (left, right) = (&shared * number(left, 12), &shared * number(right, 13));
        assert_eq!(greatest_common_divisor(&left, &right, &on), Ok(left.gcd(&right)));
        assert_eq!(greatest_common_divisor(&right, &left, &on), Ok(left.gcd(&right)));
    }
    let (mut before, mut last) = (BigInt::one(), BigInt::one());
    for _ in 0..3_000 {
        (before, last) = (last.clone(), before + last);
    }
    assert_eq!(greatest_common_divisor(&last, &before, &on), Ok(BigInt::one()));
}

#[test]
fn every_long_computation_asks() {
    let stop = || Err(Interrupted);
    let (huge, large) = (number(40_000, 14), number(20_000, 15));
    assert_eq!(multiply(&huge, &large, &stop), Err(Interrupted));
    assert_eq!(floor_divmod(&huge, &large, &stop), Err(Interrupted));
    assert_eq!(power(&BigInt::from(3), 10_000_000, &stop), Err(Interrupted));
    assert_eq!(power_modulo(&large, &large, &huge, &stop), Err(Interrupted));
    assert_eq!(square_root(&huge, &stop), Err(Interrupted));
    assert_eq!(greatest_common_divisor(&huge, &large, &stop), Err(Interrupted));
}

#[test]
fn inverses_are_those_of_the_library() {
    for (value, modulus) in [(1, 1), (1, 2), (3, 3), (40, 41), (200, 200), (7, 900)] {
        let (value, modulus) = (number(value, 3), number(modulus, 4));
        let value = value.mod_floor(&modulus);
        assert_eq!(inverse(&value, &modulus, &on), Ok(value.modinv(&modulus)));
        assert_eq!(inverse(&value, &(&modulus * &value), &on), Ok(None));
    }
    let small = |value: i64, modulus: i64| inverse(&BigInt::from(value), &BigInt::from(modulus), &on);
    assert_eq!(small(3, 7), Ok(Some(BigInt::from(5))));
    assert_eq!(small(0, 7), Ok(None));
    assert_eq!(small(6, 9), Ok(None));
    assert_eq!(inverse(&number(500, 1), &number(501, 2), &|| Err(Interrupted)), Err(Interrupted));
}
