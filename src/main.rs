//! The program: everything is in the library, the command line decides what runs.

fn main() -> std::process::ExitCode {
    tonghop::cli::run()
}
