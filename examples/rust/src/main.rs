//! `mcp-hash-tools` serves MCP over stdin and stdout.

use std::process::ExitCode;

use rmcp::{ServiceExt, transport::stdio};

mod digest;
mod encoding;
mod server;

const USAGE: &str = "usage: mcp-hash-tools [--version | --help]\nServes MCP over stdin and stdout.";

// stdout belongs to the protocol: beside the answers to the two flags everything is written to stderr.
fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    match arguments.as_slice() {
        [] => serve(),
        [flag] if flag == "--version" => {
            println!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
            ExitCode::SUCCESS
        }
        [flag] if flag == "--help" => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        unknown => {
            eprintln!("unknown arguments: {unknown:?}\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn serve() -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(async {
        tokio::select! {
            code = talk() => code,
            code = interruption() => code,
        }
    });
    // A read of stdin cannot be cancelled; waiting for its thread would hold the process until more input came.
    runtime.shutdown_background();
    code
}

async fn talk() -> ExitCode {
    let running = match server::HashTools.serve(stdio()).await {
        Ok(running) => running,
        Err(error) => {
            eprintln!("no MCP session: {error}");
            return ExitCode::FAILURE;
        }
    };
    match running.waiting().await {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("session ended: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(unix)]
async fn interruption() -> ExitCode {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
        (Ok(mut terminate), Ok(mut interrupt)) => tokio::select! {
            _ = terminate.recv() => ExitCode::SUCCESS,
            _ = interrupt.recv() => ExitCode::SUCCESS,
        },
        // Without handlers the signals keep their default effect, which also ends the process.
        _ => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn interruption() -> ExitCode {
    match tokio::signal::ctrl_c().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => std::future::pending().await,
    }
}
