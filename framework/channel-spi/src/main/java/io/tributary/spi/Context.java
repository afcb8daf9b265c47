package io.tributary.spi;

import java.time.InstantSource;
import java.util.concurrent.Executor;

/// What a plugin may touch. All of it is taken back at close: from then on every method of what was
/// handed out throws [IllegalStateException] (guarantee 7).
///
/// Thread safe, as is everything it hands out.
@HostProvided
public interface Context {

    /// The settings as they were when the account was opened; new ones open a new account.
    Settings settings();

    /// A small durable store that all members share.
    State state();

    /// The way out: egress rules, limits and tracing are the host's.
    Http http();

    /// Runs work on virtual threads, which are interrupted when the account is closed.
    Executor executor();

    /// The time. Use no other clock: tests move this one.
    InstantSource clock();

    /// A log of the account's own. Secrets that were revealed are blanked out, but never log what a
    /// customer said.
    System.Logger log();

    /// Figures of the account's own.
    Metrics metrics();

    /// Says how the account is, whenever that changes; shown to operators.
    void report(Health health);
}
