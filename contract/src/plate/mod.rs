//! Plate text. `normalise` makes the canonical key, `classify` says which grammar it fits (all of them: where the text
//! alone cannot tell, the hints decide and the rest stay as candidates), `correct` changes weak characters only and
//! says so, `display` writes it the way people do. Pure, and the same in node and centre.
//!
//! Source: Circular 79/2024/TT-BCA Art 37, 39 and Annexes 2–4, Circular 69/2024/TT-BQP.

mod classify;
mod correct;
mod grammar;
mod text;

pub use classify::{Classification, Hints, VehicleHint, classify};
pub use correct::{Correction, correct};
pub use grammar::{PROVINCE_CODES, is_province_code};
pub use text::{display, normalise};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which grammar a plate's key fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlateClass {
    /// `12A-123.45`
    Car5,
    /// `12A-1234`, legacy.
    Car4,
    /// `29-AA 123.45`, motorcycle, two letters.
    Moto2L,
    /// `50-CA 5874`, motorcycle, two letters, legacy.
    #[serde(rename = "moto_2l_4")]
    Moto2L4,
    /// `29-B1 123.45`, motorcycle, letter and digit.
    #[serde(rename = "moto_l1_5")]
    MotoL15,
    /// `29-B1 1234`, motorcycle, letter and digit, legacy.
    #[serde(rename = "moto_l1_4")]
    MotoL14,
    /// Own series: CD, RM, HC, KT, MK, TĐ, LD, DA, R, CT, LB.
    Special,
    /// `29-MĐ1 234.56`, electric motorcycle, legacy.
    EmotoLegacy,
    /// `T80-235.88`, paper.
    Temporary,
    /// `80-441-NG-02`
    Diplomatic,
    /// `TM-12-34`, red.
    Military,
    /// `桂F·12345`
    CnStandard,
    /// `桂AD12345`
    CnNewEnergy,
    /// Fits nothing that is known.
    Unrecognised,
}

/// Country and kind, which decides what may be done with a plate: an owner may be looked up for `vn_civil` only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CountryClass {
    /// Vietnamese, civil.
    VnCivil,
    /// Vietnamese, military: recognise and count, no owner look-up.
    VnMilitary,
    /// Diplomatic and foreign organisations.
    VnDiplomatic,
    /// Temporary.
    VnTemporary,
    /// Chinese.
    ForeignCn,
    /// Another country's.
    ForeignOther,
    /// Looks foreign; the province character may be lost.
    ForeignSuspect,
    /// Not to be read.
    Unreadable,
}
