//! Which decoder a stream gets: the best by rank, the best in software, or the one named. A pure choice among what the
//! machine has; it starts no decoder.

use super::CameraError;

/// One decoder the machine has for a codec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// GStreamer's element name.
    pub element: String,
    /// GStreamer's rank; higher is preferred, 0 never chosen by itself.
    pub rank: i32,
    /// Works in hardware.
    pub hardware: bool,
}

/// Why there is no decoder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecoderError {
    /// Nothing decodes this codec.
    #[error("no decoder for {codec} is installed")]
    None {
        /// The codec.
        codec: String,
    },
    /// The one asked for is not there or does not decode this codec.
    #[error("decoder {wanted} does not exist here or does not decode {codec}; there are: {have}")]
    NotThere {
        /// What the configuration says.
        wanted: String,
        /// The codec.
        codec: String,
        /// What could be named instead.
        have: String,
    },
}

/// The decoders of this machine, as `codec: element, element …` with the preferred one first; for `doctor`.
pub fn available() -> Result<Vec<String>, CameraError> {
    super::gstreamer::installed_decoders().map(|codecs| {
        codecs
            .into_iter()
            .map(|(codec, mut candidates)| {
                candidates.sort_by(|a, b| b.rank.cmp(&a.rank).then_with(|| a.element.cmp(&b.element)));
                let names: Vec<_> = candidates.iter().filter(|c| c.rank > 0).map(|c| c.element.as_str()).collect();
                format!("{codec}: {}", if names.is_empty() { "—".to_owned() } else { names.join(" ") })
            })
            .collect()
    })
}

/// Chooses by the wish of the configuration: `auto`, `software`, or an element's name.
pub fn choose(wish: &str, codec: &str, candidates: &[Candidate]) -> Result<String, DecoderError> {
    let best = |usable: &dyn Fn(&Candidate) -> bool| {
        candidates
            .iter()
            .filter(|c| c.rank > 0 && usable(c))
            // Equal ranks: the name decides, so that two starts choose alike.
            .max_by(|a, b| a.rank.cmp(&b.rank).then_with(|| b.element.cmp(&a.element)))
            .map(|c| c.element.clone())
            .ok_or_else(|| DecoderError::None { codec: codec.to_owned() })
    };
    match wish {
        "auto" => best(&|_| true),
        "software" => best(&|c| !c.hardware),
        name => candidates.iter().find(|c| c.element == name).map(|c| c.element.clone()).ok_or_else(|| {
            DecoderError::NotThere {
                wanted: name.to_owned(),
                codec: codec.to_owned(),
                have: candidates.iter().map(|c| c.element.as_str()).collect::<Vec<_>>().join(", "),
            }
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine() -> Vec<Candidate> {
        let candidate = |element: &str, rank, hardware| Candidate { element: element.to_owned(), rank, hardware };
        vec![
            candidate("openh264dec", 64, false),
            candidate("avdec_h264", 256, false),
            candidate("vah264dec", 257, true),
            candidate("v4l2slh264dec", 0, true),
        ]
    }

    #[test]
    fn auto_takes_the_highest_rank_software_the_highest_without_hardware() {
        assert_eq!(choose("auto", "h264", &machine()).unwrap(), "vah264dec");
        assert_eq!(choose("software", "h264", &machine()).unwrap(), "avdec_h264");
        assert_eq!(choose("auto", "h264", &machine()[..2]).unwrap(), "avdec_h264");
    }

    #[test]
    fn a_name_is_taken_whatever_its_rank_and_a_missing_one_is_named() {
        assert_eq!(choose("v4l2slh264dec", "h264", &machine()).unwrap(), "v4l2slh264dec");
        let error = choose("nvh264dec", "h264", &machine()).unwrap_err().to_string();
        assert!(error.contains("nvh264dec") && error.contains("avdec_h264"), "{error}");
    }

    #[test]
    fn rank_zero_is_never_chosen_by_itself() {
        assert_eq!(choose("auto", "h264", &machine()[3..]), Err(DecoderError::None { codec: "h264".to_owned() }));
        assert!(choose("software", "h265", &[]).is_err());
    }
}
