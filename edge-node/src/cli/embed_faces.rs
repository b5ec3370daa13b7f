//! `edge-node embed-faces`: the enrolment worker. Pictures in on standard input, verdicts and templates out on standard
//! output, one JSON line each (`contract::enrolment`). Stores nothing, needs no settings file and no node's identity, and
//! logs nothing of a picture. A bad line is answered with its error, and the next one is worked on.

use std::io::{BufRead, Write};
use std::process::ExitCode;

use anyhow::Context as _;
use contract::enrolment::{EnrolmentAnswer, FailedLine, MAX_PICTURE_BYTES, PictureToJudge};

use crate::inference::ModelStore;
use crate::recognition::enroller::Enroller;

/// A picture in base64, its id, and room for both.
const LONGEST_LINE: usize = MAX_PICTURE_BYTES / 3 * 4 + (64 << 10);

pub(super) fn run() -> anyhow::Result<ExitCode> {
    crate::picture::work_on_one_thread().context("OpenCV could not be told to stay on one thread")?;
    let store = ModelStore::find().context("the models could not be opened")?;
    let mut enroller = Enroller::open(&store)?;
    answer_lines(std::io::stdin().lock(), std::io::stdout().lock(), |line| answer(&mut enroller, line))?;
    Ok(ExitCode::SUCCESS)
}

/// One answer for each line, written at once: whoever asks may wait for it before the next question.
fn answer_lines(
    mut questions: impl BufRead,
    mut answers: impl Write,
    mut answer: impl FnMut(&[u8]) -> EnrolmentAnswer,
) -> anyhow::Result<()> {
    loop {
        let said = match next_line(&mut questions).context("reading standard input")? {
            Line::End => return Ok(()),
            Line::TooLong => failed(None, format!("the line is longer than {LONGEST_LINE} bytes")),
            Line::Whole(line) if line.trim_ascii().is_empty() => continue,
            Line::Whole(line) => answer(&line),
        };
        let mut text = serde_json::to_vec(&said)?;
        text.push(b'\n');
        let written = answers.write_all(&text).and_then(|()| answers.flush());
        match written {
            // Whoever asked is gone: nothing is left to be done.
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => return Ok(()),
            other => other.context("writing standard output")?,
        }
    }
}

fn answer(enroller: &mut Enroller, line: &[u8]) -> EnrolmentAnswer {
    // The parser's own words would quote the line, and with it the picture.
    let Ok(asked) = serde_json::from_slice::<PictureToJudge>(line) else {
        return failed(None, "the line is no JSON object with id and jpeg".to_owned());
    };
    let Some(file) = asked.file() else {
        return failed(Some(asked.id), format!("the picture is no base64, or larger than {MAX_PICTURE_BYTES} bytes"));
    };
    match enroller.judge(asked.id.clone(), &file) {
        Ok(judged) => EnrolmentAnswer::Judged(judged),
        Err(error) => failed(Some(asked.id), super::chain(&error.into())),
    }
}

fn failed(id: Option<String>, error: String) -> EnrolmentAnswer {
    EnrolmentAnswer::Failed(FailedLine { id, error })
}

/// What came next.
enum Line {
    /// Without its end.
    Whole(Vec<u8>),
    /// Longer than anybody may send; skipped up to its end.
    TooLong,
    /// Nothing more comes.
    End,
}

/// The next line, of which no more than [`LONGEST_LINE`] is ever kept.
fn next_line(source: &mut impl BufRead) -> std::io::Result<Line> {
    let mut line = Vec::new();
    let mut too_long = false;
    let mut begun = false;
    loop {
        let ready = source.fill_buf()?;
        if ready.is_empty() {
            break;
        }
        begun = true;
        let end = ready.iter().position(|byte| *byte == b'\n');
        let part = &ready[..end.unwrap_or(ready.len())];
        too_long |= line.len() + part.len() > LONGEST_LINE;
        if !too_long {
            line.extend_from_slice(part);
        }
        let taken = end.map_or(ready.len(), |end| end + 1);
        source.consume(taken);
        if end.is_some() {
            break;
        }
    }
    Ok(match (begun, too_long) {
        (false, _) => Line::End,
        (true, true) => Line::TooLong,
        (true, false) => Line::Whole(line),
    })
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn every_line_is_answered_in_order_and_a_bad_one_stops_nothing() {
        let mut input = b"one\n\n".to_vec();
        input.extend(std::iter::repeat_n(b'x', LONGEST_LINE + 1));
        input.extend_from_slice(b"\ntwo");
        let mut output = Vec::new();
        answer_lines(BufReader::with_capacity(7000, input.as_slice()), &mut output, |line| {
            failed(Some(String::from_utf8_lossy(line).into_owned()), "asked".into())
        })
        .unwrap();
        let lines: Vec<FailedLine> =
            String::from_utf8(output).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(lines.iter().map(|l| l.id.as_deref()).collect::<Vec<_>>(), [Some("one"), None, Some("two")]);
        assert!(lines[1].error.contains("longer than"), "{}", lines[1].error);
    }

    #[test]
    fn the_worker_answers_what_it_cannot_work_on() {
        use crate::inference::runtime::weights_or_note;
        let Some(store) = weights_or_note("the enrolment worker", &["blazeface", "dlib_resnet"]) else { return };
        let mut enroller = Enroller::open(&store).unwrap();
        let mut check = |line: &str, expected: &str| {
            let said = serde_json::to_string(&answer(&mut enroller, line.as_bytes())).unwrap();
            assert!(said.contains(expected), "{line}: {said}");
        };
        check("no JSON", r#""error":"the line is no JSON object"#);
        check(r#"{"id":"a"}"#, "no JSON object with id and jpeg");
        check(r#"{"id":"a","jpeg":"?"}"#, r#"{"id":"a","error":"the picture is no base64"#);
        check(
            r#"{"id":"a","jpeg":"AAAA"}"#,
            r#"{"id":"a","verdict":{"good":false,"faults":["unreadable"]},"templates":[]}"#,
        );
        let grey = crate::picture::BgrPicture::filled(64, 64, [9, 9, 9]).unwrap().to_jpeg(90).unwrap();
        let asked = serde_json::to_string(&PictureToJudge::new("b", &grey)).unwrap();
        check(&asked, r#""faults":["no_face"]"#);
    }
}
