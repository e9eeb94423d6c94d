//! The program: parses the command line, prints errors, sets exit codes; nothing else.
fn main() {}
