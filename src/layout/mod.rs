//! Where the actors go on the page.
//!
//! In: signed ties, blocs, sizes of marks and labels. Out: positions. Never here: colours, SVG, text of statements.
