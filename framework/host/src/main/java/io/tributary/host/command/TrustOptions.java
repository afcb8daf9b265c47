package io.tributary.host.command;

import io.tributary.host.PluginTrust;
import io.tributary.host.artifacts.Trust;
import io.tributary.host.configuration.Configuration;
import io.tributary.host.configuration.Misconfigured;
import io.tributary.host.configuration.Mistake;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a jar is held against: as a member would that is given the same.
final class TrustOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "tributary.yaml: what the member of that file takes.")
    @Nullable Path config;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description = "The trust list; wins over that of --config.")
    @Nullable Path trust;

    /// The bundled plugins of this distribution are trusted in any case.
    Trust trust() {
        try {
            return trust != null || config == null
                    ? PluginTrust.listed(trust)
                    : PluginTrust.of(Configuration.load(config, System.getenv()).plugins());
        } catch (Misconfigured wrong) {
            throw new CommandFailed(
                    Exit.CONFIGURATION,
                    wrong.mistakes().stream()
                            .map(Mistake::toString)
                            .collect(Collectors.joining("\n")));
        }
    }
}
