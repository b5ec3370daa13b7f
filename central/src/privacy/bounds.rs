//! Within which bounds a body may set how long it keeps a class of data, and what holds now. The bounds stand here and, as a
//! constraint, in both databases (migration 0022); a test keeps both from parting. Where a class has none, its time follows from
//! the law or from what it belongs to, and is not for an administrator to set. Pure.

use std::collections::BTreeMap;

use contract::clock::{DAY_US, UtcMicros};

use super::DataClass;
use crate::store::retention_settings::SettingRow;

/// A shortening waits this long: what it removes does not come back.
pub const SHORTENING_WAITS_US: i64 = DAY_US;

/// What an administrator may say about a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bounds {
    /// Days between these two.
    Between {
        /// Where nobody has said anything.
        default_days: u32,
        /// Not fewer.
        least_days: u32,
        /// Not more.
        most_days: u32,
        /// Why, in words.
        basis: &'static str,
    },
    /// Nothing.
    Fixed {
        /// Why, in words.
        basis: &'static str,
    },
}

/// The bounds of a class.
#[must_use]
pub const fn bounds_of(class: DataClass) -> Bounds {
    match class {
        DataClass::Plate => Bounds::Between {
            default_days: 30,
            least_days: 7,
            most_days: 30,
            basis: "Lượt xe qua không có sự kiện: tối đa 30 ngày rồi chỉ còn số liệu tổng hợp; tối thiểu 7 ngày để kịp xem xét nghi vấn. \
                    Hồ sơ đang xử lý giữ dữ liệu của mình đến khi kết thúc.",
        },
        DataClass::Picture => Bounds::Between {
            default_days: 30,
            least_days: 7,
            most_days: 30,
            basis: "Hình ảnh không gắn với hồ sơ: tối đa 30 ngày, tối thiểu 7 ngày. Hình ảnh của hồ sơ đang xử lý được giữ đến khi kết thúc.",
        },
        DataClass::Access => Bounds::Between {
            default_days: 365,
            least_days: 365,
            most_days: 730,
            basis: "Nhật ký ra vào và sổ khách: tối thiểu 12 tháng, tối đa 24 tháng.",
        },
        DataClass::Audit => Bounds::Between {
            default_days: 730,
            least_days: 730,
            most_days: 1825,
            basis: "Nhật ký tra cứu: tối thiểu 24 tháng, tối đa 5 năm.",
        },
        DataClass::Suspicion => Bounds::Fixed {
            basis: "Theo kết quả hồ sơ: loại bỏ thì xóa nội dung sau 30 ngày, bản ghi tối thiểu sau 12 tháng; \
                    đã xác nhận thì giữ đến khi kết thúc hồ sơ, ít nhất bằng thời hiệu 1 năm.",
        },
        DataClass::Identity => Bounds::Fixed {
            basis: "Thông tin người đăng ký bị xóa ngay khi rút; căn cứ và sự đồng ý được giữ trong thời gian xử lý và thêm 3 năm.",
        },
        DataClass::Biometric => Bounds::Fixed {
            basis: "Dữ liệu khuôn mặt bị xóa ngay khi rút, từ chối hoặc hết hạn (Luật 91/2025/QH15): không có thời hạn nào khác.",
        },
        DataClass::Account | DataClass::Secret => Bounds::Fixed {
            basis: "Tài khoản và phiên làm việc thuộc hệ thống chung của các đơn vị: 12 tháng sau khi kết thúc.",
        },
        DataClass::Technical => Bounds::Fixed { basis: "Dữ liệu kỹ thuật, không có dữ liệu cá nhân." },
        DataClass::Count => {
            Bounds::Fixed { basis: "Số liệu tổng hợp, không có dữ liệu cá nhân: không giới hạn." }
        }
    }
}

/// What holds of one class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands<'r> {
    /// The last version there is; 0 where nobody has said anything.
    pub version: i64,
    /// What is in force; none: the default is.
    pub now: Option<&'r SettingRow>,
    /// What was said and is not in force yet.
    pub coming: Option<&'r SettingRow>,
}

impl<'r> Stands<'r> {
    /// Of the versions of one class, in order. A version another one followed before it came into force never comes into force.
    #[must_use]
    pub fn of(class: DataClass, rows: &'r [SettingRow], now: UtcMicros) -> Self {
        let rows: Vec<&SettingRow> = rows.iter().filter(|row| row.class == class.as_str()).collect();
        let overtaken =
            |at: usize| rows.get(at + 1..).unwrap_or_default().iter().any(|later| later.set_at < rows[at].from);
        let held: Vec<&SettingRow> =
            rows.iter().enumerate().filter(|(at, _)| !overtaken(*at)).map(|(_, row)| *row).collect();
        Self {
            version: rows.last().map_or(0, |row| row.version),
            now: held.iter().rfind(|row| row.from <= now.0).copied(),
            coming: held.iter().find(|row| row.from > now.0).copied(),
        }
    }
}

/// How many days each class that has bounds is kept at one body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InForce(BTreeMap<&'static str, u32>);

impl InForce {
    /// Out of what was said. Whatever stands in the store, it is never outside of the bounds.
    #[must_use]
    pub fn of(rows: &[SettingRow], now: UtcMicros) -> Self {
        let mut days = BTreeMap::new();
        for class in DataClass::ALL {
            let Bounds::Between { least_days, most_days, .. } = bounds_of(class) else { continue };
            if let Some(said) = Stands::of(class, rows, now).now {
                let said = u32::try_from(said.days).unwrap_or(0);
                days.insert(class.as_str(), said.clamp(least_days, most_days));
            }
        }
        Self(days)
    }

    /// Days of a class; none for one without bounds.
    #[must_use]
    pub fn days(&self, class: DataClass) -> Option<u32> {
        let Bounds::Between { default_days, .. } = bounds_of(class) else { return None };
        Some(self.0.get(class.as_str()).copied().unwrap_or(default_days))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{REGISTRY, kept_days};
    use super::*;

    fn row(version: i64, days: i64, set_at: i64, from: i64) -> SettingRow {
        let (class, reason, by) = ("access".to_owned(), String::new(), String::new());
        SettingRow { class, version, days, reason, from, by, set_at }
    }

    fn in_force(rows: &[SettingRow], now: i64) -> (Option<u32>, Option<i64>) {
        let coming = Stands::of(DataClass::Access, rows, UtcMicros(now)).coming.map(|row| row.version);
        (InForce::of(rows, UtcMicros(now)).days(DataClass::Access), coming)
    }

    #[test]
    fn what_was_said_holds_from_its_moment_on_and_what_was_taken_back_before_it_never_does() {
        assert_eq!(in_force(&[], 5), (Some(365), None));
        let rows = [row(1, 700, 10, 10), row(2, 400, 20, 100)];
        assert_eq!(in_force(&rows, 9), (Some(365), Some(1)));
        assert_eq!(in_force(&rows, 99), (Some(700), Some(2)));
        assert_eq!(in_force(&rows, 100), (Some(400), None));
        // Taken back before its day was over: 400 days never held, whenever somebody looks.
        let back = [rows[0].clone(), rows[1].clone(), row(3, 500, 30, 110)];
        assert_eq!(in_force(&back, 105), (Some(700), Some(3)));
        assert_eq!(in_force(&back, 110), (Some(500), None));
        assert_eq!(InForce::of(&back, UtcMicros(110)).days(DataClass::Plate), Some(30), "of its own class only");
    }

    #[test]
    fn nothing_in_the_store_moves_a_time_out_of_its_bounds() {
        assert_eq!(in_force(&[row(1, 1, 1, 1)], 5).0, Some(365));
        assert_eq!(in_force(&[row(1, 1_000_000, 1, 1)], 5).0, Some(730));
        assert_eq!(in_force(&[row(1, -4, 1, 1)], 5).0, Some(365));
    }

    #[test]
    fn the_defaults_are_the_registrys_and_lie_within_the_bounds() {
        for (class, table) in [
            (DataClass::Plate, "events"),
            (DataClass::Plate, "passes"),
            (DataClass::Picture, "evidence"),
            (DataClass::Access, "arrivals"),
            (DataClass::Access, "visits"),
            (DataClass::Audit, "audit"),
        ] {
            let Bounds::Between { default_days, least_days, most_days, .. } = bounds_of(class) else {
                panic!("{class:?} has no bounds")
            };
            assert_eq!(default_days, kept_days(table), "{table}");
            assert!(least_days <= default_days && default_days <= most_days && least_days > 0);
        }
        for class in DataClass::ALL {
            assert!(REGISTRY.iter().any(|group| group.class == class), "{class:?}");
            assert_eq!(InForce::default().days(class).is_some(), matches!(bounds_of(class), Bounds::Between { .. }));
        }
    }
}
