//! The console is carried in the program: when what `web/build` made changes, so does the program.

fn main() {
    println!("cargo::rerun-if-changed=web/dist/.made-of");
}
