//! `counterfoil`: see `counterfoil --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::command::run()
}
