//! Digests and checksums of texts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256, Sha512};

/// A way to sum up bytes.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Algorithm {
    Sha256,
    Sha512,
    /// The checksum of zip and PNG: it finds accidents, not attacks.
    Crc32,
}

impl Algorithm {
    /// Number of hexadecimal digits of a result.
    pub fn hex_length(self) -> usize {
        match self {
            Self::Sha256 => 64,
            Self::Sha512 => 128,
            Self::Crc32 => 8,
        }
    }

    /// Sums up bytes as lower case hexadecimal digits.
    pub fn digest(self, bytes: &[u8]) -> String {
        match self {
            Self::Sha256 => hex(&Sha256::digest(bytes)),
            Self::Sha512 => hex(&Sha512::digest(bytes)),
            Self::Crc32 => hex(&crc32fast::hash(bytes).to_be_bytes()),
        }
    }
}

/// Tells whether a text has the expected digest; the error says what is wrong with the expectation itself.
pub fn verify(text: &str, algorithm: Algorithm, expected: &str) -> Result<bool, String> {
    let expected = expected.trim();
    let length = algorithm.hex_length();
    if expected.len() != length || !expected.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(format!(
            "expected: {expected:?} is no {algorithm:?} digest, which has {length} hexadecimal digits"
        ));
    }
    Ok(algorithm.digest(text.as_bytes()).eq_ignore_ascii_case(expected))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_vectors_are_met() {
        assert_eq!(
            Algorithm::Sha256.digest(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert!(Algorithm::Sha512.digest(b"abc").starts_with("ddaf35a193617abacc417349ae204131"));
        assert_eq!(Algorithm::Crc32.digest(b"123456789"), "cbf43926");
    }

    #[test]
    fn every_digest_has_its_stated_length() {
        for algorithm in [Algorithm::Sha256, Algorithm::Sha512, Algorithm::Crc32] {
            assert_eq!(algorithm.digest(b"").len(), algorithm.hex_length());
        }
    }

    #[test]
    fn a_digest_is_compared_without_regard_to_case_and_edges() {
        assert_eq!(verify("123456789", Algorithm::Crc32, " CBF43926\n"), Ok(true));
        assert_eq!(verify("12345678", Algorithm::Crc32, "cbf43926"), Ok(false));
    }

    #[test]
    fn an_expectation_of_another_algorithm_is_refused() {
        let error = verify("abc", Algorithm::Sha256, "cbf43926").unwrap_err();
        assert!(error.contains("64 hexadecimal digits"), "{error}");
        assert!(verify("abc", Algorithm::Crc32, "cbf4392g").is_err());
    }
}
