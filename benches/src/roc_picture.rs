//! A ROC as a picture (SVG, written by hand: a few lines and words): false accept rate on a logarithmic axis, true accept
//! rate upwards, the 95 % interval as a band. Draws what it is given and measures nothing.

use std::fmt::Write as _;

use crate::roc::Point;

const WIDTH: f64 = 900.0;
const HEIGHT: f64 = 620.0;
/// Left, top, right, bottom of the field.
const FIELD: [f64; 4] = [90.0, 70.0, 870.0, 540.0];

/// The picture; `marked` are pointed out with their numbers.
pub(crate) fn svg(title: &str, curve: &[Point], marked: &[Point]) -> String {
    let lowest_far = curve.iter().map(|p| p.far).fold(1.0, f64::min);
    let first_decade = lowest_far.log10().floor().min(-1.0);
    let lowest_tar = curve.iter().map(|p| p.tar_interval[0]).fold(1.0, f64::min);
    let floor = ((lowest_tar * 10.0).floor() / 10.0).clamp(0.0, 0.9);
    let x = |far: f64| FIELD[0] + (FIELD[2] - FIELD[0]) * (far.log10() - first_decade) / -first_decade;
    let y = |tar: f64| FIELD[3] - (FIELD[3] - FIELD[1]) * (tar.max(floor) - floor) / (1.0 - floor);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         font-family=\"sans-serif\" font-size=\"15\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    // Writing into a String does not fail.
    let _ = writeln!(out, "<text x=\"{}\" y=\"34\" font-size=\"18\">{}</text>", FIELD[0], escaped(title));
    let mut far = first_decade;
    while far <= 0.0 {
        let at = x(10f64.powf(far));
        let label = if far == 0.0 { "100 %".to_owned() } else { format!("{} %", 10f64.powf(far + 2.0)) };
        let _ = writeln!(
            out,
            "<path d=\"M{at:.1} {} V{}\" stroke=\"#ccc\"/><text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{label}</text>",
            FIELD[1],
            FIELD[3],
            FIELD[3] + 22.0
        );
        far += 1.0;
    }
    let step = if floor < 0.7 { 0.1 } else { 0.02 };
    let mut tar = floor;
    while tar < 1.0 + step / 2.0 {
        let at = y(tar);
        let _ = writeln!(
            out,
            "<path d=\"M{} {at:.1} H{}\" stroke=\"#ddd\"/><text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{:.0} %</text>",
            FIELD[0],
            FIELD[2],
            FIELD[0] - 10.0,
            at + 5.0,
            tar * 100.0
        );
        tar += step;
    }
    let line = |points: &mut dyn Iterator<Item = (f64, f64)>| {
        points.map(|(far, tar)| format!("{:.1},{:.1}", x(far), y(tar))).collect::<Vec<_>>().join(" ")
    };
    let band = line(
        &mut curve
            .iter()
            .map(|p| (p.far, p.tar_interval[1]))
            .chain(curve.iter().rev().map(|p| (p.far, p.tar_interval[0]))),
    );
    let _ = writeln!(out, "<polygon points=\"{band}\" fill=\"#2b6cb0\" fill-opacity=\"0.18\"/>");
    let middle = line(&mut curve.iter().map(|p| (p.far, p.tar)));
    let _ = writeln!(out, "<polyline points=\"{middle}\" fill=\"none\" stroke=\"#2b6cb0\" stroke-width=\"2.5\"/>");
    for (place, p) in marked.iter().enumerate() {
        let (at, up) = (x(p.far), y(p.tar));
        let words = format!(
            "FAR {} %: TAR {:.1} % ({:.1}–{:.1}), threshold {:.3} ({:.3}–{:.3})",
            p.far * 100.0,
            p.tar * 100.0,
            p.tar_interval[0] * 100.0,
            p.tar_interval[1] * 100.0,
            p.threshold,
            p.threshold_interval[0],
            p.threshold_interval[1],
        );
        let _ = writeln!(
            out,
            "<circle cx=\"{at:.1}\" cy=\"{up:.1}\" r=\"5\" fill=\"#c53030\"/>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\">{words}</text>",
            FIELD[2] - 10.0,
            FIELD[3] - 40.0 + 20.0 * place as f64,
        );
    }
    let _ = writeln!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"black\"/>\n\
         <text x=\"{}\" y=\"{}\" text-anchor=\"middle\">false accept rate (share of impostor pairs that pass), logarithmic</text>\n\
         <text transform=\"translate(26 {}) rotate(-90)\" text-anchor=\"middle\">true accept rate (share of genuine pairs that pass)</text>\n\
         <text x=\"{}\" y=\"{}\" fill=\"#555\" font-size=\"13\">band: 95 % interval, people drawn anew a thousand times</text>\n</svg>",
        FIELD[0],
        FIELD[1],
        FIELD[2] - FIELD[0],
        FIELD[3] - FIELD[1],
        f64::midpoint(FIELD[0], FIELD[2]),
        FIELD[3] + 48.0,
        f64::midpoint(FIELD[1], FIELD[3]),
        FIELD[0],
        FIELD[1] - 10.0,
    );
    out
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_labelled_and_no_number_is_lost() {
        let point = |far: f64, tar: f64| Point {
            far,
            threshold: 0.5,
            tar,
            threshold_interval: [0.4, 0.6],
            tar_interval: [tar - 0.05, (tar + 0.05).min(1.0)],
        };
        let curve = [point(0.0005, 0.72), point(0.01, 0.9), point(1.0, 1.0)];
        let svg = svg("a < b", &curve, &curve[1..2]);
        for word in ["a &lt; b", "0.01 %", "100 %", "60 %", "FAR 1 %: TAR 90.0 % (85.0–95.0)", "</svg>"] {
            assert!(svg.contains(word), "{word}");
        }
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    }
}
