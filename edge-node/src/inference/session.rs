//! One net, ready to run: inputs and outputs by name, one thread, the same numbers every time. Knows shapes, no meaning.

use ort::environment::Environment;
use ort::session::Session;
use ort::session::builder::GraphOptimizationLevel;
use ort::value::Tensor;

use super::InferenceError;
use super::calibration::Calibration;
use super::manifest::{Candidate, Decoding, Defaults, InputSpec, ModelChoice};

/// One output tensor.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// Its sides.
    pub shape: Vec<usize>,
    /// Its numbers, last side fastest.
    pub data: Vec<f32>,
}

/// A loaded net.
#[derive(Debug)]
pub struct NetSession {
    session: Session,
    choice: ModelChoice,
    input: InputSpec,
    outputs: Vec<String>,
    decoding: Decoding,
    defaults: Defaults,
    calibrations: Vec<Calibration>,
}

impl NetSession {
    /// Loads a net from its bytes, whose hash was checked.
    pub(super) fn open(environment: &Environment, candidate: &Candidate, bytes: &[u8]) -> Result<Self, InferenceError> {
        let missing = || InferenceError::NoSuchNet { name: candidate.name.clone() };
        let (input, output) =
            (candidate.input.clone().ok_or_else(missing)?, candidate.output.clone().ok_or_else(missing)?);
        // One thread: on two cores as fast as more, and the sums come out the same every time.
        let load = || -> ort::Result<Session> {
            Session::builder(environment)?
                .with_optimization_level(GraphOptimizationLevel::Level3)?
                .with_intra_threads(1)?
                .with_inter_threads(1)?
                .commit_from_memory(bytes)
        };
        let session = load()
            .map_err(|source| InferenceError::Runtime { doing: format!("loading {}", candidate.name), source })?;
        for name in &output.names {
            if !session.outputs().iter().any(|o| o.name() == name) {
                return Err(InferenceError::UnexpectedOutput {
                    net: candidate.name.clone(),
                    what: format!("no output named {name}"),
                });
            }
        }
        Ok(Self {
            session,
            choice: candidate.choice(),
            input,
            outputs: output.names,
            decoding: output.decoding,
            defaults: candidate.defaults,
            calibrations: candidate.calibration.clone(),
        })
    }

    /// Runs the net on one tensor (pictures, channels, rows, columns). Gives the outputs in the manifest's order.
    pub fn run(&mut self, shape: [usize; 4], data: Vec<f32>) -> Result<Vec<Output>, InferenceError> {
        let name = &self.choice.name;
        let failed = |source| InferenceError::Runtime { doing: format!("running {name}"), source };
        let tensor = Tensor::from_array((shape, data)).map_err(failed)?;
        let results = self.session.run(ort::inputs![self.input.name.as_str() => tensor]).map_err(failed)?;
        self.outputs
            .iter()
            .map(|output| {
                let (shape, data) = results[output.as_str()].try_extract_tensor::<f32>().map_err(failed)?;
                let shape = shape.iter().map(|side| usize::try_from(*side).unwrap_or(0)).collect();
                Ok(Output { shape, data: data.to_vec() })
            })
            .collect()
    }

    /// Who it is, for events.
    #[must_use]
    pub fn choice(&self) -> &ModelChoice {
        &self.choice
    }

    /// How it is fed.
    #[must_use]
    pub fn input(&self) -> &InputSpec {
        &self.input
    }

    /// How it is read.
    #[must_use]
    pub fn decoding(&self) -> Decoding {
        self.decoding
    }

    /// Thresholds to start from.
    #[must_use]
    pub fn defaults(&self) -> Defaults {
        self.defaults
    }

    /// The thresholds measured for it, one for each detector in front. A gate admits nobody on the word of a net without.
    #[must_use]
    pub fn calibrations(&self) -> &[Calibration] {
        &self.calibrations
    }

    /// A text the net's file carries beside the weights.
    #[must_use]
    pub fn metadata(&self, key: &str) -> Option<String> {
        self.session.metadata().ok()?.custom(key)
    }

    /// Says that the net gave something else than expected.
    pub(crate) fn unexpected(&self, what: impl Into<String>) -> InferenceError {
        InferenceError::UnexpectedOutput { net: self.choice.name.clone(), what: what.into() }
    }
}

#[cfg(test)]
mod tests {
    use crate::inference::runtime::weights_or_note;

    /// The same made-up picture, and the same golden numbers, as in models/tests: here they go through ONNX Runtime.
    #[test]
    fn converted_nets_give_the_golden_numbers() {
        let Some(store) = weights_or_note("converted nets give the golden numbers", &["blazeface", "dlib_resnet"])
        else {
            return;
        };
        let golden: serde_json::Value =
            serde_json::from_str(include_str!("../../../models/tests/golden.json")).unwrap();
        for (net, key, side, scale, mean) in
            [("blazeface", "blazeface", 256usize, 1.0 / 127.5, 127.5f32), ("dlib_resnet", "dlib_face", 150, 1.0, 0.0)]
        {
            let mut session = store.open_named(net).unwrap();
            let mut data = vec![0.0f32; 3 * side * side];
            for y in 0..side {
                for x in 0..side {
                    for c in 0..3 {
                        let value = ((x * 7 + y * 13 + c * 29 + ((x * y) >> 3)) % 256) as f32;
                        data[(c * side + y) * side + x] = (value - mean) * scale;
                    }
                }
            }
            let outputs = session.run([1, 3, side, side], data).unwrap();
            let names = session.outputs.clone();
            for (name, output) in names.iter().zip(outputs) {
                let golden = &golden[key][name];
                let step = golden["step"].as_u64().unwrap() as usize;
                for (got, wanted) in output.data.iter().step_by(step).zip(golden["picked"].as_array().unwrap()) {
                    let wanted = wanted.as_f64().unwrap() as f32;
                    assert!((got - wanted).abs() < 2e-3 + 2e-3 * wanted.abs(), "{net} {name}: {got} {wanted}");
                }
                let sum: f64 = output.data.iter().map(|v| f64::from(v.abs())).sum();
                assert!((sum / golden["absolute_sum"].as_f64().unwrap() - 1.0).abs() < 1e-4, "{net} {name}");
            }
        }
    }
}
