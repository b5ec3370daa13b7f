//! What can be wrong with a camera, in words for the operator, and how GStreamer's own words are turned into it.
//! Never passes on an address with a password: what comes from outside is cleaned first.

use std::fmt;

use contract::ids::CameraName;

/// What is wrong, so that the operator knows where to go: to the password, the cable or the camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// The camera wants another user or password.
    WrongPassword,
    /// The name cannot be resolved, or there is no way to the address, or nobody answers there.
    NoRoute,
    /// The address answers, but not on this port.
    Refused,
    /// The camera does not know this path.
    NotFound,
    /// Connected, but no data comes.
    NoData,
    /// The connection or the file came to its end.
    Ended,
    /// The codec or its profile is not one that is decoded here.
    UnsupportedCodec,
    /// The decoder asked for does not exist here or cannot decode this codec.
    NoDecoder,
    /// Data comes, but nothing can be decoded from it.
    Garbage,
    /// The address in the configuration makes no sense.
    BadAddress,
    /// The camera's secret is not in this node's `[secrets]`, or is not `user:password`.
    NoSecret,
    /// Something in this program or its libraries.
    Internal,
}

impl Trouble {
    /// For the operator, in Vietnamese.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::WrongPassword => "sai tên hoặc mật khẩu của máy quay",
            Self::NoRoute => "không có đường tới máy quay (sai địa chỉ, đứt cáp hoặc mất điện)",
            Self::Refused => "máy quay từ chối kết nối (sai cổng hoặc dịch vụ RTSP đang tắt)",
            Self::NotFound => "máy quay không có luồng hình này (sai đường dẫn)",
            Self::NoData => "đã kết nối nhưng không có hình gửi về",
            Self::Ended => "luồng hình đã bị ngắt",
            Self::UnsupportedCodec => "kiểu nén hình không được hỗ trợ (cần H.264 hoặc H.265)",
            Self::NoDecoder => "máy này không có bộ giải mã được chọn",
            Self::Garbage => "dữ liệu hình bị hỏng, không giải mã được",
            Self::BadAddress => "địa chỉ máy quay không hợp lệ",
            Self::NoSecret => "thiết bị biên chưa có mật khẩu của máy quay; thêm vào [secrets] rồi khởi động lại",
            Self::Internal => "lỗi bên trong chương trình",
        }
    }

    /// For metrics and logs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::WrongPassword => "wrong_password",
            Self::NoRoute => "no_route",
            Self::Refused => "refused",
            Self::NotFound => "not_found",
            Self::NoData => "no_data",
            Self::Ended => "ended",
            Self::UnsupportedCodec => "unsupported_codec",
            Self::NoDecoder => "no_decoder",
            Self::Garbage => "garbage",
            Self::BadAddress => "bad_address",
            Self::NoSecret => "no_secret",
            Self::Internal => "internal",
        }
    }

    /// Trying again at once cannot help: somebody must change the configuration or the camera first.
    #[must_use]
    pub const fn needs_a_person(self) -> bool {
        matches!(
            self,
            Self::WrongPassword | Self::UnsupportedCodec | Self::NoDecoder | Self::BadAddress | Self::NoSecret
        )
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What a library said, cleaned of addresses with passwords.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Said(String);

impl Said {
    /// Cleans the words of a library. `secret` is cut out wherever it stands, and so is everything before `@` in a URL.
    #[must_use]
    pub fn cleaned(text: &str, secrets: &[&str]) -> Self {
        let mut out = text.to_owned();
        for secret in secrets.iter().filter(|s| !s.is_empty()) {
            out = out.replace(secret, "***");
        }
        let mut cleaned = String::with_capacity(out.len());
        for word in out.split_inclusive(char::is_whitespace) {
            match word
                .split_once("://")
                .and_then(|(scheme, rest)| rest.rsplit_once('@').map(|(_, host)| (scheme, host)))
            {
                Some((scheme, host)) => cleaned.push_str(&format!("{scheme}://***@{host}")),
                None => cleaned.push_str(word),
            }
        }
        // GStreamer's debug text names its source file and element path; the first lines say all an operator can use.
        let short: String = cleaned.chars().take(300).collect();
        Self(short.split('\n').map(str::trim).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("; "))
    }
}

/// A camera could not be opened, or its stream broke.
#[derive(Debug, thiserror::Error)]
#[error("reading camera {camera} failed: {trouble}")]
pub struct CameraError {
    /// Which camera.
    pub camera: CameraName,
    /// What is wrong.
    pub trouble: Trouble,
    /// What the library said, cleaned.
    #[source]
    pub said: Option<Said>,
}

impl CameraError {
    /// Trouble with a camera, without words of a library.
    #[must_use]
    pub fn plain(camera: &CameraName, trouble: Trouble) -> Self {
        Self { camera: camera.clone(), trouble, said: None }
    }
}

/// Sorts the words of a failed connection. `domain` is GStreamer's class of the error.
#[must_use]
pub(super) fn sort_words(domain: ErrorDomain, text: &str) -> Trouble {
    let text = text.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| text.contains(w));
    if domain == ErrorDomain::NotAuthorized || has(&["unauthorized", "not authorized", "(401)", "(403)", "forbidden"]) {
        Trouble::WrongPassword
    } else if domain == ErrorDomain::NotFound || has(&["not found", "(404)", "no such file"]) {
        Trouble::NotFound
    } else if has(&["refused"]) {
        Trouble::Refused
    } else if has(&[
        "no route",
        "unreachable",
        "could not resolve",
        "error resolving",
        "name or service",
        "timed out",
        "timeout while connecting",
    ]) {
        Trouble::NoRoute
    } else if domain == ErrorDomain::Codec
        || has(&["no decoder", "missing plugin", "not-negotiated", "no supported stream"])
    {
        Trouble::UnsupportedCodec
    } else if has(&["could not receive any udp packets", "could not receive message"]) {
        Trouble::NoData
    } else if domain == ErrorDomain::Decode {
        Trouble::Garbage
    } else if has(&[
        "server closed",
        "end-of-file",
        "closed the connection",
        "reset by peer",
        "connection closed",
        "broken pipe",
    ]) {
        Trouble::Ended
    } else if domain == ErrorDomain::Read {
        Trouble::NoData
    } else {
        Trouble::Internal
    }
}

/// GStreamer's classes of errors, as far as they matter here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ErrorDomain {
    NotAuthorized,
    NotFound,
    Read,
    Codec,
    Decode,
    Other,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_comes_through() {
        let text = "Could not open rtsp://admin:S3cret@10.0.0.7:554/live\n\ngstrtspsrc.c(7893): bad S3cret";
        let said = Said::cleaned(text, &["S3cret"]).to_string();
        assert!(!said.contains("S3cret") && !said.contains("admin"), "{said}");
        assert!(said.contains("10.0.0.7:554/live"));
        // Even when the secret is not known here, or holds an @.
        let said = Said::cleaned("rtsp://u:p@ss@host/x failed", &[]).to_string();
        assert_eq!(said, "rtsp://***@host/x failed");
    }

    #[test]
    fn words_of_libraries_are_sorted() {
        let cases = [
            (ErrorDomain::NotAuthorized, "", Trouble::WrongPassword),
            (ErrorDomain::Other, "Unhandled error Unauthorized (401)", Trouble::WrongPassword),
            (ErrorDomain::NotFound, "", Trouble::NotFound),
            (
                ErrorDomain::Read,
                "Failed to connect: Could not connect to 127.0.0.1: Connection refused",
                Trouble::Refused,
            ),
            (ErrorDomain::Read, "No route to host", Trouble::NoRoute),
            (ErrorDomain::Read, "Could not receive any UDP packets for 5.0000 seconds", Trouble::NoData),
            (ErrorDomain::Decode, "invalid data", Trouble::Garbage),
            (ErrorDomain::Codec, "", Trouble::UnsupportedCodec),
            (ErrorDomain::Other, "assertion failed", Trouble::Internal),
        ];
        for (domain, text, expected) in cases {
            assert_eq!(sort_words(domain, text), expected, "{domain:?} {text}");
        }
    }

    #[test]
    fn an_error_names_the_camera_and_keeps_the_cause_apart() {
        let error = CameraError {
            camera: "gate-1".parse().unwrap(),
            trouble: Trouble::Refused,
            said: Some(Said::cleaned("x", &[])),
        };
        assert_eq!(error.to_string(), "reading camera gate-1 failed: refused");
        assert!(std::error::Error::source(&error).is_some());
    }
}
