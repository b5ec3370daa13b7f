//! The lines between the centre and the enrolment worker (`edge-node embed-faces`): a picture in, a verdict with its
//! reasons out, and templates for a good one. Values only. A template stands here on its way to being sealed: nothing here
//! prints one, and nobody but the centre's enrolment reads these lines.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};

use crate::signature::Sha256;

/// Most bytes of one picture file.
pub const MAX_PICTURE_BYTES: usize = 10 << 20;
/// Most pixels on a side of one picture.
pub const MAX_PICTURE_SIDE: u32 = 10_000;

/// One picture to be judged: a line of the worker's standard input.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureToJudge {
    /// The sender's own word for it, given back unchanged.
    pub id: String,
    /// A JPEG or PNG file, base64; at most [`MAX_PICTURE_BYTES`] before that.
    pub jpeg: String,
}

impl std::fmt::Debug for PictureToJudge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PictureToJudge(…)")
    }
}

impl PictureToJudge {
    /// Around the bytes of a file.
    #[must_use]
    pub fn new(id: impl Into<String>, file: &[u8]) -> Self {
        Self { id: id.into(), jpeg: BASE64.encode(file) }
    }

    /// The bytes of the file; `None` when the text is no base64 or too long.
    #[must_use]
    pub fn file(&self) -> Option<Vec<u8>> {
        if self.jpeg.len() > (MAX_PICTURE_BYTES / 3 + 1) * 4 {
            return None;
        }
        BASE64.decode(&self.jpeg).ok().filter(|file| file.len() <= MAX_PICTURE_BYTES)
    }
}

/// Why a picture is not good enough to be enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PictureFault {
    /// No face was found.
    NoFace,
    /// More than one face: whose it would be is not certain.
    SeveralFaces,
    /// Too few pixels between the eyes.
    TooSmall,
    /// Out of focus or moved.
    Blurred,
    /// Looks aside, up or down, or the head is tilted.
    Turned,
    /// Eyes or mouth are covered, as far as that can be seen, or a part of the face is outside the picture.
    Covered,
    /// Too little light, or too little difference between light and dark in it.
    TooDark,
    /// Too much light.
    TooBright,
    /// No picture that can be read.
    Unreadable,
}

impl PictureFault {
    /// Every fault.
    pub const ALL: [Self; 9] = [
        Self::NoFace,
        Self::SeveralFaces,
        Self::TooSmall,
        Self::Blurred,
        Self::Turned,
        Self::Covered,
        Self::TooDark,
        Self::TooBright,
        Self::Unreadable,
    ];

    /// What is wrong and what to do, for the person who took the picture.
    #[must_use]
    pub const fn vietnamese(self) -> &'static str {
        match self {
            Self::NoFace => "Không tìm thấy khuôn mặt: hãy chụp chính diện, lấy trọn khuôn mặt.",
            Self::SeveralFaces => "Trong ảnh có nhiều khuôn mặt: hãy chụp riêng một người.",
            Self::TooSmall => "Khuôn mặt quá nhỏ: hãy chụp gần hơn hoặc dùng ảnh có độ phân giải cao hơn.",
            Self::Blurred => "Ảnh bị mờ: hãy giữ yên máy, lấy nét vào khuôn mặt rồi chụp lại.",
            Self::Turned => "Mặt quay nghiêng, ngước, cúi hoặc đầu bị nghiêng: hãy nhìn thẳng vào máy.",
            Self::Covered => {
                "Khuôn mặt bị che hoặc bị cắt ở mép ảnh: hãy bỏ khẩu trang, kính râm, vén tóc và chụp trọn khuôn mặt."
            }
            Self::TooDark => "Ảnh quá tối hoặc thiếu tương phản: hãy chụp ở nơi sáng, ánh sáng chiếu từ phía trước.",
            Self::TooBright => "Ảnh quá sáng: hãy tránh nắng gắt và đèn chiếu thẳng vào mặt.",
            Self::Unreadable => "Không đọc được tệp ảnh: hãy dùng ảnh JPEG hoặc PNG, không quá 10 MB.",
        }
    }
}

/// Good enough, or why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureVerdict {
    /// Good enough to become templates.
    pub good: bool,
    /// Every reason why not; empty for a good one.
    pub faults: Vec<PictureFault>,
}

impl PictureVerdict {
    /// Good if nothing is wrong.
    #[must_use]
    pub fn of(faults: Vec<PictureFault>) -> Self {
        Self { good: faults.is_empty(), faults }
    }
}

/// What was measured on the face of a picture. How, and at which limits: `edge-node/src/recognition/face_quality.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct PictureQuality {
    /// Pixels between the eyes' middles.
    pub eye_distance_px: f32,
    /// How much fine detail there is for the contrast there is, at the size a net sees; 0 = none.
    pub sharpness: f32,
    /// Turned to the picture's right, in degrees; a rough estimate.
    pub yaw: f32,
    /// Looks up, in degrees; a rough estimate.
    pub pitch: f32,
    /// Tilted clockwise, in degrees.
    pub roll: f32,
    /// Mean brightness of the face, 0..255.
    pub brightness: f32,
    /// Spread (standard deviation) of the brightness of the face, 0..128.
    #[serde(default)]
    pub contrast: f32,
    /// How sure the detector is of the face, 0..1.
    pub detector_score: f32,
}

/// One template of the picture's face.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureTemplate {
    /// Hash of the embedder's file; templates of different embedders never meet.
    pub embedder: Sha256,
    /// The embedder's name in the model manifest.
    pub name: String,
    /// Little-endian `f32`s, base64.
    pub values: String,
}

impl std::fmt::Debug for PictureTemplate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PictureTemplate(…)")
    }
}

impl PictureTemplate {
    /// From numbers.
    #[must_use]
    pub fn new(embedder: Sha256, name: impl Into<String>, values: &[f32]) -> Self {
        let bytes: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        Self { embedder, name: name.into(), values: BASE64.encode(bytes) }
    }

    /// The numbers; `None` when the text is not whole `f32`s or one of them is no number.
    #[must_use]
    pub fn numbers(&self) -> Option<Vec<f32>> {
        let bytes = BASE64.decode(&self.values).ok()?;
        let (whole, rest) = bytes.as_chunks::<4>();
        let numbers: Vec<f32> = whole.iter().map(|four| f32::from_le_bytes(*four)).collect();
        (rest.is_empty() && !numbers.is_empty() && numbers.iter().all(|v| v.is_finite())).then_some(numbers)
    }
}

/// What came of one picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JudgedPicture {
    /// As in [`PictureToJudge::id`].
    pub id: String,
    /// Good enough, or why not.
    pub verdict: PictureVerdict,
    /// What was measured; absent where there was no face to measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quality: Option<PictureQuality>,
    /// One for each embedder at hand; empty unless the picture is good.
    #[serde(default)]
    pub templates: Vec<PictureTemplate>,
}

/// A line that could not be worked on; the next one is worked on all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedLine {
    /// The picture's id, as far as it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What went wrong. Says nothing of the picture's content.
    pub error: String,
}

/// A line of the worker's standard output: one for each line of its input, in the same order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum EnrolmentAnswer {
    /// Could not be worked on.
    Failed(FailedLine),
    /// Was judged.
    Judged(JudgedPicture),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_as_they_were_written_and_print_no_picture_and_no_template() {
        let judged = EnrolmentAnswer::Judged(JudgedPicture {
            id: "7".into(),
            verdict: PictureVerdict::of(vec![PictureFault::TooDark]),
            quality: None,
            templates: vec![PictureTemplate::new(Sha256::of(b"net"), "net", &[0.5, -1.0])],
        });
        let text = serde_json::to_string(&judged).unwrap();
        assert!(text.contains(r#""verdict":{"good":false,"faults":["too_dark"]}"#), "{text}");
        assert_eq!(serde_json::from_str::<EnrolmentAnswer>(&text).unwrap(), judged);
        assert!(!format!("{judged:?}").contains("AAAA"));
        let failed: EnrolmentAnswer = serde_json::from_str(r#"{"error":"no JSON","later":1}"#).unwrap();
        assert_eq!(failed, EnrolmentAnswer::Failed(FailedLine { id: None, error: "no JSON".into() }));
        let asked = PictureToJudge::new("7", b"file");
        assert_eq!(asked.file().unwrap(), b"file");
        assert_eq!(format!("{asked:?}"), "PictureToJudge(…)");
    }

    #[test]
    fn numbers_survive_and_broken_ones_are_refused() {
        let template = PictureTemplate::new(Sha256::of(b"net"), "net", &[0.25, -3.5]);
        assert_eq!(template.numbers().unwrap(), [0.25, -3.5]);
        for values in ["", "AAA=", "!", "AADAfw=="] {
            assert_eq!(PictureTemplate { values: values.into(), ..template.clone() }.numbers(), None, "{values}");
        }
    }

    #[test]
    fn a_picture_that_is_too_large_is_not_even_decoded() {
        let picture = PictureToJudge { id: String::new(), jpeg: "A".repeat((MAX_PICTURE_BYTES / 3 + 2) * 4) };
        assert_eq!(picture.file(), None);
    }

    #[test]
    fn every_fault_says_what_to_do() {
        for fault in PictureFault::ALL {
            assert!(fault.vietnamese().contains("hãy"), "{fault:?}");
        }
    }
}
