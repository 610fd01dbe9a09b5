//! One way to give an enum its stable text codes. The codes are stored in the database and in frozen
//! editions, so a Rust name may change and a code may not.

use std::fmt;

/// A text that is none of the codes of the kind expected, as found in a database row or a fixture file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCode {
    /// What was expected, for example `unit rule`.
    pub what: &'static str,
    /// What was found.
    pub code: String,
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown {}: {:?}", self.what, self.code)
    }
}

impl std::error::Error for UnknownCode {}

/// Gives a field-less enum `ALL`, `as_str`, `Display`, `FromStr` and serde by its codes.
macro_rules! text_codes {
    ($name:ident, $what:literal, $($variant:ident = $code:literal),+ $(,)?) => {
        impl $name {
            /// Every variant, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The stable code kept in the database and in frozen editions.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $code),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::indicators::UnknownCode;

            fn from_str(code: &str) -> Result<Self, Self::Err> {
                match code {
                    $($code => Ok($name::$variant),)+
                    _ => Err($crate::indicators::UnknownCode { what: $what, code: code.to_owned() }),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <String as serde::Deserialize>::deserialize(deserializer)?;
                code.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use text_codes;
