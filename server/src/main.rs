//! The server's door: the commands of `pilotlight`.

// A page's type nests as deep as the page.
#![recursion_limit = "512"]

mod command;
mod http;
mod listen;
mod middleware;
mod sandbox_clock;
mod wiring;

use std::io::IsTerminal;

use clap::{Parser, Subcommand};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Keeps Instagram access tokens alive, and lit the widgets that depend on them.
#[derive(Parser)]
#[command(name = "pilotlight", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site, with a worker in the same process
    Serve {
        /// Leave the jobs to `pilotlight worker`
        #[arg(long)]
        no_worker: bool,
        /// The address to listen on, such as 127.0.0.1:3000
        #[arg(long)]
        listen: Option<String>,
    },
    /// Work on the jobs only
    Worker,
    /// Bring the database's schema up to date
    Migrate,
    /// Test database, keys, Meta apps and mail, and say what to do
    Check,
    /// The keys that seal tokens
    Keys {
        #[command(subcommand)]
        command: Keys,
    },
    /// The people who sign in here
    Person {
        #[command(subcommand)]
        command: Person,
    },
    /// Run the imitation of Meta alone
    Sandbox,
}

#[derive(Subcommand)]
enum Keys {
    /// Print a new key for PILOTLIGHT_SECRET_KEY
    New,
    /// Seal every token again with the newest key, while everything runs
    Rotate,
}

#[derive(Subcommand)]
enum Person {
    /// Let somebody help others here: staff answer tickets and comments
    Staff {
        /// The confirmed address that they log in with
        email: String,
        /// They do so no longer
        #[arg(long)]
        remove: bool,
    },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    backend::tls::install();
    init_tracing();
    match Cli::parse().command {
        Command::Serve { no_worker, listen } => command::serve::run(listen, !no_worker).await,
        Command::Worker => command::worker::run().await,
        Command::Migrate => command::migrate::run().await,
        Command::Check => command::check::run().await,
        Command::Keys { command: Keys::New } => command::keys::new(),
        Command::Keys { command: Keys::Rotate } => command::keys::rotate().await,
        Command::Person { command: Person::Staff { email, remove } } => command::person::staff(&email, remove).await,
        Command::Sandbox => command::sandbox::run().await,
    }
}

/// `PILOTLIGHT_LOG` chooses what is logged, in the usual `RUST_LOG` syntax.
fn init_tracing() {
    let filter = tracing_subscriber::EnvFilter::builder()
        .with_default_directive(tracing::Level::INFO.into())
        .with_env_var("PILOTLIGHT_LOG")
        .from_env_lossy();
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).init();
}
