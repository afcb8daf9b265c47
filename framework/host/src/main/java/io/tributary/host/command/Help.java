package io.tributary.host.command;

import picocli.CommandLine.Option;

/// `--help` for commands that need no member. The others have it from [Connection]: picocli counts
/// wrongly where a method takes a mixin while a help mixin of its own was added later.
final class Help {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;
}
