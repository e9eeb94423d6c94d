//! stub
use crate::network::Network; use crate::clusters::Blocs;
#[derive(Default)] pub enum Matters { #[default] Auto, Show, Hide }
#[derive(Default)] pub struct DiagramOptions { pub width: u32, pub height: u32, pub title: Option<String>, pub seed: u64, pub matters: Matters }
pub fn network_svg(_: &Network, _: Option<&Blocs>, _: &DiagramOptions) -> crate::Result<String> { Ok(String::new()) }
