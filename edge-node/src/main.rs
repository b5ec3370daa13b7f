//! The program `edge-node`.

fn main() -> std::process::ExitCode {
    edge_node::cli::main()
}
