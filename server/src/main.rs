//! `counterfoil`: see `counterfoil --help`.

use std::process::ExitCode;

/// Judging makes and drops many small things on all cores: with the C library's allocator that is a quarter of its time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::command::run()
}
