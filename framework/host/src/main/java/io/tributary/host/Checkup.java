package io.tributary.host;

import io.tributary.host.accounts.SettingsSchema;
import io.tributary.host.artifacts.Trust;
import io.tributary.host.artifacts.Verification;
import io.tributary.host.calls.Watchdog;
import io.tributary.host.configuration.Configuration;
import io.tributary.host.configuration.Misconfigured;
import io.tributary.host.configuration.Mistake;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.PostgresAddress;
import io.tributary.host.journal.PostgresJournal;
import io.tributary.host.journal.SqliteJournal;
import io.tributary.host.objects.Bucket;
import io.tributary.host.objects.BucketUnavailable;
import io.tributary.host.plugins.LoadedPlugin;
import io.tributary.host.plugins.LoaderWatch;
import io.tributary.host.plugins.PluginSetup;
import io.tributary.host.plugins.Plugins;
import io.tributary.host.plugins.Refusal;
import io.tributary.host.plugins.VersionLoader;
import io.tributary.host.rollouts.Rollouts;
import io.tributary.host.secrets.SecretsUnusable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a member needs, looked at without starting one.
public final class Checkup {

    private static final long ROOM_BYTES = 1_000_000_000;

    private final List<Finding> findings = new ArrayList<>();
    private List<Configuration.Setting> settings = List.of();

    private Checkup() {}

    /// One thing that was looked at.
    ///
    /// @param advice what to do; empty when all is well
    public record Finding(String about, boolean good, String text, String advice) {}

    /// Looks at everything, as far as the configuration can be read.
    public static Checkup of(
            @Nullable Path config, @Nullable Path data, Map<String, String> environment) {
        LogLines.none();
        Checkup checkup = new Checkup();
        checkup.java();
        Map<String, String> all = new HashMap<>(environment);
        if (data != null) {
            all.put("TRIBUTARY_DATA", data.toString());
        }
        try {
            Configuration configuration = Configuration.load(config, all);
            checkup.settings = configuration.settings();
            checkup.good(
                    "configuration",
                    config == null ? "none given: everything has its default" : config.toString());
            boolean runs = checkup.member(configuration.data());
            boolean inFile = configuration.log().database() == null;
            checkup.dataFolder(configuration.data(), inFile, runs);
            if (!inFile) {
                checkup.database(configuration.log(), all);
            }
            checkup.bucket(configuration, all);
            checkup.plugins(configuration.plugins());
            if (!runs) {
                checkup.ports(configuration);
            }
        } catch (Misconfigured wrong) {
            for (Mistake each : wrong.mistakes()) {
                checkup.bad(
                        "configuration",
                        each.toString(),
                        "Correct it; docs/configuration.md lists every key.");
            }
        }
        return checkup;
    }

    /// In the order in which things were looked at.
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /// Every setting in force; empty when the configuration cannot be read.
    public List<Configuration.Setting> settings() {
        return settings;
    }

    private void good(String about, String text) {
        findings.add(new Finding(about, true, text, ""));
    }

    private void bad(String about, String text, String advice) {
        findings.add(new Finding(about, false, text, advice));
    }

    private void java() {
        good(
                "java",
                Runtime.version()
                        + " with "
                        + Runtime.getRuntime().availableProcessors()
                        + " processors");
    }

    /// Answers whether one runs on the folder: its log and its ports are its own then.
    private boolean member(Path folder) {
        try {
            Optional<RunningMember> running = RunningMember.on(folder);
            running.ifPresent(member -> {
                if (member.troubles().isEmpty()) {
                    good("member", "runs at " + member.url() + " and is ready");
                }
                for (String trouble : member.troubles()) {
                    bad(
                            "member",
                            "runs at " + member.url() + " and is not ready: " + trouble,
                            "See its own log, and " + member.url() + "/health/ready.");
                }
            });
            return running.isPresent();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// @param inFile whether the log is in the folder
    private void dataFolder(Path folder, boolean inFile, boolean inUse) {
        if (!Files.exists(folder)) {
            good(
                    "data folder",
                    folder.toAbsolutePath() + " does not exist yet; it is made at the first start");
            return;
        }
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            bad(
                    "data folder",
                    folder.toAbsolutePath() + " is no folder that this user may write to",
                    "Name another with --data, or give it to this user.");
            return;
        }
        room(folder);
        if (!inFile) {
            return;
        }
        if (inUse) {
            good("log", "in use by the member");
        } else if (isEmpty(folder)) {
            good("log", "none yet; it is made at the first start");
        } else {
            log(folder);
        }
    }

    private void database(Configuration.Log log, Map<String, String> environment) {
        try {
            PostgresAddress address = LogPlace.of(log, environment).database().orElseThrow();
            List<String> wrong = PostgresJournal.examine(address);
            if (wrong.isEmpty()) {
                good("log", "kept by " + address + ", which answers and can be trusted with it");
            }
            wrong.forEach(
                    each -> bad("log", each, "See docs/operations.md, The log in PostgreSQL."));
        } catch (SecretsUnusable unreadable) {
            bad(
                    "log",
                    String.valueOf(unreadable.getMessage()),
                    "Correct log.database in the configuration.");
        }
    }

    private void bucket(Configuration configuration, Map<String, String> environment) {
        try (MediaStorage media =
                MediaStorage.of(
                        configuration.data().resolve("media"),
                        configuration.media(),
                        InstantSource.system(),
                        environment)) {
            if (media.bucket().isPresent()) {
                Bucket bucket = media.bucket().get();
                bucket.tryOut();
                good("media", "kept in " + bucket + ", which answers and takes them");
            }
        } catch (IOException | BucketUnavailable trouble) {
            bad(
                    "media",
                    String.valueOf(trouble.getMessage()),
                    "See docs/operations.md, Where media are; media.s3 in the configuration.");
        }
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private void room(Path folder) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free < ROOM_BYTES) {
                bad(
                        "disk",
                        free / 1_000_000 + " MB are free",
                        "Make room: a full disk stops the member from taking messages.");
            } else {
                good("disk", free / 1_000_000_000 + " GB are free");
            }
        } catch (IOException unknown) {
            bad(
                    "disk",
                    "how much is free cannot be told: " + unknown,
                    "Look at the file system of " + folder + ".");
        }
    }

    private void log(Path folder) {
        try {
            List<String> damage = SqliteJournal.examine(folder);
            if (damage.isEmpty()) {
                good("log", "whole, as far as it can be told");
            }
            damage.forEach(each -> bad("log", each, "Stop the member and restore a backup."));
        } catch (JournalUnavailable unavailable) {
            bad(
                    "log",
                    String.valueOf(unavailable.getMessage()),
                    "If another process has the folder, stop it first.");
        }
    }

    private void plugins(Configuration.Plugins plugins) throws Misconfigured {
        Trust trust = PluginTrust.of(plugins);
        if (trust.allowUnsigned()) {
            good(
                    "plugins",
                    "unsigned ones are allowed (plugins.allow-unsigned): for development only");
        }
        plugins(PluginFolder.of(plugins.folder()), new Verification(trust));
    }

    private void plugins(Path folder, Verification verification) {
        if (!Files.isDirectory(folder)) {
            bad(
                    "plugins",
                    "there is no folder " + folder.toAbsolutePath(),
                    "Name one in tributary.yaml: plugins: {folder: FOLDER}.");
            return;
        }
        try (Watchdog watchdog = new Watchdog();
                LoaderWatch loaders = new LoaderWatch(InstantSource.system());
                Plugins plugins =
                        Rollouts.dry(
                                folder,
                                verification,
                                new VersionLoader(
                                        new PluginSetup(
                                                watchdog,
                                                loaders,
                                                text -> text,
                                                SettingsSchema::of)))) {
            for (LoadedPlugin each : plugins.loaded()) {
                good("plugin", each.version() + " with " + channels(each));
            }
            for (Refusal each : plugins.refusals()) {
                bad(
                        "plugin",
                        each.file() + " is refused: " + each.reason(),
                        "Take the jar away, or put one in its place that fits.");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String channels(LoadedPlugin plugin) {
        return plugin.channels().stream()
                .map(each -> each.descriptor().id().value())
                .collect(Collectors.joining(", "));
    }

    private void ports(Configuration configuration) {
        Configuration.Http http = configuration.http();
        port(http.host(), http.port(), "http.port");
        Integer pages = http.pagesPort();
        if (http.port() != 0) {
            port(http.host(), pages == null ? http.port() + 1 : pages, "http.pages-port");
        }
    }

    private void port(String host, int port, String key) {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
            good("port", host + ":" + port + " is free");
        } catch (IOException taken) {
            bad(
                    "port",
                    host + ":" + port + " cannot be had: " + taken.getMessage(),
                    "Stop who has it (perhaps a member runs already), or set " + key + ".");
        }
    }
}
