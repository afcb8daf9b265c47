package io.tributary.host.command;

import io.tributary.host.LogPlace;
import io.tributary.host.MediaStorage;
import io.tributary.host.configuration.Configuration;
import io.tributary.host.configuration.Misconfigured;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.secrets.SecretsUnusable;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of commands that work on a log's database while no member runs.
final class LogTarget {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "tributary.yaml, whose log.database names the database.")
    @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder; wins over the file's.")
    @Nullable Path data;

    Configuration configuration() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        if (data != null) {
            environment.put("TRIBUTARY_DATA", data.toString());
        }
        try {
            return Configuration.load(config, environment);
        } catch (Misconfigured wrong) {
            throw new CommandFailed(
                    Exit.CONFIGURATION,
                    String.join("\n", wrong.mistakes().stream().map(Object::toString).toList()));
        }
    }

    static MediaStorage media(Configuration configuration) {
        try {
            return MediaStorage.of(
                    configuration.data().resolve("media"),
                    configuration.media(),
                    InstantSource.system(),
                    System.getenv());
        } catch (SecretsUnusable unreadable) {
            throw new CommandFailed(Exit.CONFIGURATION, String.valueOf(unreadable.getMessage()));
        }
    }

    static PostgresAddress database(Configuration configuration) {
        try {
            return LogPlace.of(configuration.log(), System.getenv())
                    .database()
                    .orElseThrow(() ->
                            new CommandFailed(
                                    Exit.CONFIGURATION,
                                    "No database is named. Put it into tributary.yaml, or set"
                                            + " TRIBUTARY_LOG_DATABASE_URL:\n"
                                            + "  log:\n"
                                            + "    database: {url: jdbc:postgresql://HOST/DATABASE, user: tributary}"));
        } catch (SecretsUnusable unreadable) {
            throw new CommandFailed(Exit.CONFIGURATION, String.valueOf(unreadable.getMessage()));
        }
    }
}
