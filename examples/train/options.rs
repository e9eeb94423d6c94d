//! The command line of the trainer.

/// What to train, with the values that made the shipped model.
pub struct Options {
    /// Folder of the treebanks.
    pub data: String,
    /// Name of the run: `runs/NAME.log` and so on.
    pub name: String,
    /// Passes over the training set.
    pub epochs: usize,
    /// Seed of everything random.
    pub seed: u64,
    /// Vectors of words from elsewhere.
    pub vectors: String,
    /// Width that they are brought to.
    pub wide: usize,
    /// Cells of one direction.
    pub cells: usize,
    /// LSTM layers.
    pub layers: usize,
    /// Width of word vectors.
    pub word: usize,
    /// Width of spelling vectors.
    pub gram: usize,
    /// Tokens in half a batch.
    pub batch: usize,
    /// Highest learning rate.
    pub rate: f32,
    /// Dropout between layers; the other rates follow from it.
    pub dropout: f32,
    /// Weights to go on from, instead of random ones.
    pub from: Option<String>,
    /// Weights of teachers, joined by commas.
    pub teachers: Vec<String>,
}

impl Options {
    /// Reads `--name value` pairs.
    pub fn read(args: &[String]) -> Result<Options, String> {
        let mut o = Options {
            data: "../shared/treebank".into(),
            name: "model".into(),
            epochs: 24,
            seed: 1,
            vectors: "runs/vectors.bin".into(),
            wide: 64,
            cells: 256,
            layers: 2,
            word: 96,
            gram: 96,
            batch: 400,
            rate: 2e-3,
            dropout: 0.4,
            from: None,
            teachers: Vec::new(),
        };
        for pair in args.chunks(2) {
            let [key, value] = pair else {
                return Err(format!("{} lacks a value", pair[0]));
            };
            let wrong = |e: &dyn std::fmt::Display| format!("{key} {value}: {e}");
            let number = || value.parse::<usize>().map_err(|e| wrong(&e));
            let real = || value.parse::<f32>().map_err(|e| wrong(&e));
            match key.as_str() {
                "--data" => o.data = value.clone(),
                "--name" => o.name = value.clone(),
                "--epochs" => o.epochs = number()?,
                "--seed" => o.seed = number()? as u64,
                "--vectors" => o.vectors = value.clone(),
                "--wide" => o.wide = number()?,
                "--cells" => o.cells = number()?,
                "--layers" => o.layers = number()?,
                "--word" => o.word = number()?,
                "--gram" => o.gram = number()?,
                "--batch" => o.batch = number()?,
                "--rate" => o.rate = real()?,
                "--dropout" => o.dropout = real()?,
                "--teachers" => o.teachers = value.split(',').map(str::to_owned).collect(),
                "--from" => o.from = Some(value.clone()),
                _ => return Err(format!("unknown option {key}")),
            }
        }
        Ok(o)
    }
}
