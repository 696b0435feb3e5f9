//! Expected values: CPython 3.13 with `PYTHONHASHSEED=0`.

use super::*;
use crate::pace::UNASKED;

#[test]
fn numbers() {
    let ints = [
        (0, 0),
        (1, 1),
        (-1, -2),
        (-2, -2),
        (2_305_843_009_213_693_951, 0),
        (2_305_843_009_213_693_950, 2_305_843_009_213_693_950),
        (2_305_843_009_213_693_952, 1),
        (i64::MAX, 3),
        (i64::MIN, -4),
        (-2_305_843_009_213_693_952, -2),
    ];
    for (value, expected) in ints {
        assert_eq!(int(value), expected, "{value}");
        assert_eq!(big_int(&BigInt::from(value)), expected, "{value}");
    }
    let bigs = [
        ("9223372036854775808", 4),
        ("18446744073709551616", 8),
        ("1606938044258990275541962092341162602522202993782792835313721", 143_417),
        ("-1606938044258990275541962092341162602522202993782792835301376", -131_072),
        ("-2722258935367507706526405238736734388224", 0),
        ("100000000000000000000000000000000000000000000000000", 619_332_571_178_673_746),
    ];
    for (text, expected) in bigs {
        assert_eq!(big_int(&text.parse().expect("a number")), expected, "{text}");
    }
    let floats = [
        (0.0, 0),
        (-0.0, 0),
        (-1.0, -2),
        (0.5, 1_152_921_504_606_846_976),
        (-0.1, -230_584_300_921_369_408),
        (1e300, 1_224_995_262_755_759_164),
        (5e-324, 16_777_216),
        (-2.5e-310, -386_353_265_232_576_880),
        (f64::INFINITY, 314_159),
        (f64::NEG_INFINITY, -314_159),
        (2.305_843_009_213_694e18, 1),
        (6.917_529_027_641_082e18, 3),
        (1e16, 10_000_000_000_000_000),
        (std::f64::consts::PI, 326_490_430_436_040_707),
    ];
    for (value, expected) in floats {
        assert_eq!(float(value), Some(expected), "{value}");
    }
    assert_eq!(float(f64::NAN), None);
    assert_eq!(complex(int(1), int(2)), 2_000_007);
    assert_eq!(complex(int(0), int(-1)), -2_000_006);
}

#[test]
fn strings_and_bytes() {
    let key = HashKey::default();
    let strings = [
        ("", 0),
        ("a", 4_644_417_185_603_328_019),
        ("hello world", -5_642_461_784_034_726_774),
        ("é", 6_047_309_291_227_476_195),
        ("naïve ÿ", 4_532_197_544_803_954_481),
        ("ā", 5_473_066_677_718_280_640),
        ("日本語", 7_116_994_712_188_270),
        ("😀", -3_536_540_696_076_613_844),
    ];
    for (value, expected) in strings {
        assert_eq!(string(value, key), expected, "{value}");
    }
    assert_eq!(string(&"aé日😀".repeat(100), key), -8_827_798_301_910_784_874);
    assert_eq!(string(&"x".repeat(1000), key), 1_965_751_746_081_988_357);
    assert_eq!(bytes(b"", key), 0);
    assert_eq!(bytes(&b"\xff\x00".repeat(5), key), 2_875_953_522_155_536_618);
}

#[test]
fn strings_with_lone_surrogates() {
    let key = HashKey::default();
    assert_eq!(code_points([0x61, 0xD800].into_iter(), key, UNASKED), Ok(-4549245310181175860));
    assert_eq!(code_points([0x1_F600, 0xDC80].into_iter(), key, UNASKED), Ok(6046456692480513277));
    assert_eq!(code_points(std::iter::empty(), key, UNASKED), Ok(0));
}

#[test]
fn strings_under_a_seed() {
    let key = HashKey::from_seed(12_345);
    assert_eq!(string("a", key), -8_961_251_314_296_359_281);
    assert_eq!(string("hello world", key), 3_184_199_782_645_080_147);
}

#[test]
fn containers() {
    assert_eq!(tuple([]), 5_740_354_900_026_072_187);
    assert_eq!(tuple([1]), -6_644_214_454_873_602_895);
    assert_eq!(tuple([1, 2, 3]), 529_344_067_295_497_451);
    assert_eq!(slice(1, 2, 3), -2_340_833_382_717_974_474);
    assert_eq!(slice(NONE, NONE, NONE), 4_032_618_106_351_268_893);
    assert_eq!(range(0, int(0), int(1)), 2_676_694_398_852_732_306);
    assert_eq!(range(1, int(3), int(1)), 3_985_224_588_053_030_672);
    assert_eq!(range(6, int(3), int(2)), 1_087_712_621_808_579_979);
    assert_eq!(frozen_set([]), 133_146_708_735_736);
    assert_eq!(frozen_set([1]), -558_064_481_276_695_278);
    assert_eq!(frozen_set(0..10), 3_895_031_357_313_128_696);
    assert_eq!(frozen_set([int(-1), 7]), 953_167_952_516_505_293);
}
