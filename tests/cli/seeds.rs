//! `output/` is what the program makes of `seeds/`, to the byte.

use crate::common::{Folder, files, program};
use std::path::Path;

#[test]
fn output_is_made_from_seeds() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Folder::new();
    let made = folder.path("made");
    let run = program().current_dir(project).args(["analyze", "seeds", "-o"]).arg(&made).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(project.join("output").is_dir(), "output/ is missing: stancenet analyze seeds -o output");
    let (made, kept) = (files(&made), files(&project.join("output")));
    assert_eq!(made.keys().collect::<Vec<_>>(), kept.keys().collect::<Vec<_>>());
    for (name, bytes) in &made {
        assert!(kept[name] == *bytes, "output/{name} is not what seeds/ give: stancenet analyze seeds -o output");
    }
}
