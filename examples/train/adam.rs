//! Adam with gradient clipping and a moving average of the weights.

/// The optimizer's state.
pub struct Adam {
    mean: Vec<f32>,
    square: Vec<f32>,
    /// The averaged weights.
    pub average: Vec<f32>,
    steps: i32,
}

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.95;

impl Adam {
    /// A fresh state.
    pub fn new(start: &[f32]) -> Adam {
        Adam { mean: vec![0.0; start.len()], square: vec![0.0; start.len()], average: start.to_vec(), steps: 0 }
    }

    /// One step; the two gradients are added and cleared.
    pub fn step(&mut self, p: &mut [f32], a: &mut [f32], b: &mut [f32], rate: f32, clip: f32, decay: f32) {
        self.steps += 1;
        let norm = squares(a, b).sqrt();
        let scale = if norm > clip { clip / norm } else { 1.0 };
        let fix1 = 1.0 / (1.0 - BETA1.powi(self.steps));
        let fix2 = 1.0 / (1.0 - BETA2.powi(self.steps));
        // The average forgets faster at the start.
        let keep = decay.min(1.0 - 10.0 / (10.0 + self.steps as f32));
        let half = p.len() / 2;
        std::thread::scope(|scope| {
            let (p1, p2) = p.split_at_mut(half);
            let (a1, a2) = a.split_at_mut(half);
            let (b1, b2) = b.split_at_mut(half);
            let (m1, m2) = self.mean.split_at_mut(half);
            let (s1, s2) = self.square.split_at_mut(half);
            let (v1, v2) = self.average.split_at_mut(half);
            let update =
                move |p: &mut [f32], a: &mut [f32], b: &mut [f32], m: &mut [f32], s: &mut [f32], v: &mut [f32]| {
                    let n = p.len();
                    let (a, b, m, s, v) = (&mut a[..n], &mut b[..n], &mut m[..n], &mut s[..n], &mut v[..n]);
                    for i in 0..n {
                        let g = (a[i] + b[i]) * scale;
                        a[i] = 0.0;
                        b[i] = 0.0;
                        m[i] = BETA1 * m[i] + (1.0 - BETA1) * g;
                        s[i] = BETA2 * s[i] + (1.0 - BETA2) * g * g;
                        p[i] -= rate * m[i] * fix1 / ((s[i] * fix2).sqrt() + 1e-8);
                        v[i] = keep * v[i] + (1.0 - keep) * p[i];
                    }
                };
            scope.spawn(move || update(p1, a1, b1, m1, s1, v1));
            update(p2, a2, b2, m2, s2, v2);
        });
    }
}

fn squares(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 16];
    for (a, b) in a.chunks_exact(16).zip(b.chunks_exact(16)) {
        (0..16).for_each(|i| lanes[i] += (a[i] + b[i]) * (a[i] + b[i]));
    }
    lanes.iter().sum()
}
