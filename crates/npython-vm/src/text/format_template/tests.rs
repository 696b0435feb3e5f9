use super::*;

/// Shows what a template is made of: literals as they are, fields in angle brackets.
fn outline(template: &str) -> String {
    let mut parser = TemplateParser::new();
    let mut numbering = FieldNumbering::default();
    let mut output = String::new();
    loop {
        match parser.next_piece(template) {
            Ok(None) => return output,
            Ok(Some(piece)) => {
                output.push_str(&template[piece.literal]);
                if let Some(field) = piece.field {
                    match outline_field(template, &field, &mut numbering) {
                        Ok(text) => output.push_str(&text),
                        Err(error) => return error.message.into_owned(),
                    }
                }
            }
            Err(error) => return error.message.into_owned(),
        }
    }
}

fn outline_field(template: &str, field: &TemplateField, numbering: &mut FieldNumbering) -> Result<String, GuestError> {
    let name = FieldName::parse(&template[field.name.clone()])?;
    let mut output = match (numbering.position(name.first)?, name.first) {
        (Some(position), _) => format!("<{position}"),
        (None, First::Keyword(keyword)) => format!("<'{keyword}'"),
        (None, _) => "<?".to_owned(),
    };
    let mut accessors = name.accessors;
    while let Some(accessor) = accessors.next_step()? {
        output.push_str(&match accessor {
            Accessor::Attribute(name) => format!(" attribute {name}"),
            Accessor::Index(index) => format!(" index {index}"),
            Accessor::Key(key) => format!(" key {key}"),
        });
    }
    if let Some(conversion) = field.conversion {
        output.push_str(&format!(" {:?}", Conversion::from_character(conversion)?));
    }
    let nested = if field.spec_has_fields { " nested" } else { "" };
    Ok(format!("{output}{nested} {}>", &template[field.spec.clone()]))
}

#[test]
fn well_formed() {
    let cases = [
        ("", ""),
        ("abc", "abc"),
        ("{{}}", "{}"),
        ("a{{b}}c{}", "a{b}c<0 >"),
        ("{}{}", "<0 ><1 >"),
        ("{1}{0}{1}", "<1 ><0 ><1 >"),
        ("{a} {b!r:>{w}}", "<'a' > <'b' Repr nested >{w}>"),
        ("{0.x[1][key].y!s}", "<0 attribute x index 1 key key attribute y Str >"),
        ("{.real}{}", "<0 attribute real ><1 >"),
        ("{a[b!r]}{a[}]}", "<'a' key b!r ><'a' key } >"),
        ("{0[-1]}", "<0 key -1 >"),
        ("{-1}{ 0}{0 }", "<'-1' ><' 0' ><'0 ' >"),
        ("{٣}", "<3 >"),
        ("{0:{{}}}", "<0 nested {{}}>"),
        ("{a]}", "<'a]' >"),
        ("{é!a:日}", "<'é' Ascii 日>"),
        ("{0!r:}", "<0 Repr >"),
    ];
    for (template, expected) in cases {
        assert_eq!(outline(template), expected, "{template}");
    }
}

#[test]
fn malformed() {
    let cases = [
        ("{", "Single '{' encountered in format string"),
        ("}", "Single '}' encountered in format string"),
        ("{}}", "Single '}' encountered in format string"),
        ("{{}", "Single '}' encountered in format string"),
        ("{0", "expected '}' before end of string"),
        ("{0!", "end of string while looking for conversion specifier"),
        ("{0!r", "unmatched '{' in format spec"),
        ("{0!rx}", "expected ':' after conversion specifier"),
        ("{0!x}", "Unknown conversion specifier x"),
        ("{0!}", "unmatched '{' in format spec"),
        ("{0!\u{1}}", "Unknown conversion specifier \\x1"),
        ("{0!é}", "Unknown conversion specifier \\xe9"),
        ("{0!}}", "Unknown conversion specifier }"),
        ("{0:", "unmatched '{' in format spec"),
        ("{0:{}", "unmatched '{' in format spec"),
        ("{a{b}}", "unexpected '{' in field name"),
        ("{0.}", "Empty attribute in format string"),
        ("{0[}", "expected '}' before end of string"),
        ("{0[]}", "Empty attribute in format string"),
        ("{0[0]x}", "Only '.' or '[' may follow ']' in format field specifier"),
        ("{0[0].}", "Empty attribute in format string"),
        ("{0..real}", "Empty attribute in format string"),
        ("{}{0}", "cannot switch from automatic field numbering to manual field specification"),
        ("{0}{}", "cannot switch from manual field specification to automatic field numbering"),
        ("{99999999999999999999}", "Too many decimal digits in format string"),
        ("{0[99999999999999999999]}", "Too many decimal digits in format string"),
        ("{[a", "expected '}' before end of string"),
        ("{0:}}", "Single '}' encountered in format string"),
    ];
    for (template, expected) in cases {
        assert_eq!(outline(template), expected, "{template}");
    }
}

#[test]
fn an_index_must_be_closed() {
    let mut accessors = Accessors::from_remainder("[a");
    assert_eq!(accessors.next_step(), Err(GuestError::value("Missing ']' in format string")));
}
