package io.tributary.faults;

import io.tributary.bench.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// How a member's process is started: from the distribution, on a data folder, on free ports.
///
/// @param distribution what the build left in `framework/host/target/tributary`
/// @param data the member's data folder, which may lie on another file system
/// @param logs where the members' own log lines go
/// @param more of the environment, beside the operator's token
/// @param words more of the command, such as `--config FILE`
/// @param within what the command is preceded by, such as `ip netns exec NAME`
record Launch(
        Path distribution,
        Path data,
        Path logs,
        Map<String, String> more,
        List<String> words,
        List<String> within) {

    static final String TOKEN = "trb_faults_0123456789abcdef0123456789abcdef";

    private static final String PORT = "--http-port";

    /// What a process left that ended by itself.
    record Ended(int exit, String said, String errors) {}

    /// The same with more of the environment.
    Launch with(Map<String, String> environment) {
        return new Launch(distribution, data, logs, environment, words, within);
    }

    /// The same with a configuration file.
    Launch configured(Path file) {
        return new Launch(
                distribution, data, logs, more, List.of("--config", file.toString()), within);
    }

    /// The same on a port that stays the same with each start; its pages are on the next one.
    Launch on(int port) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(PORT, Integer.toString(port)));
        return new Launch(distribution, data, logs, more, List.copyOf(all), within);
    }

    /// The same, its command preceded by another one that becomes it.
    Launch within(List<String> command) {
        return new Launch(distribution, data, logs, more, words, command);
    }

    /// What members that were started by this have logged so far.
    String logged() throws IOException {
        var all = new StringBuilder();
        try (var files = Files.newDirectoryStream(logs, "member-*.log")) {
            for (Path file : files) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    /// Runs another of its commands, such as `plugin sign`, and answers what it says.
    ///
    /// @throws IOException it did not end well; the message holds what it said
    String run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(distribution.resolve("bin/tributary").toString());
        command.addAll(List.of(words));
        Path said = Files.createTempFile(logs, "command-", ".log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", words) + ":\n" + Files.readString(said));
        }
        return Files.readString(said);
    }

    /// Starts it and waits until it serves.
    ///
    /// @throws IOException it did not; the message holds what it said
    Server serving() throws IOException {
        return Server.start(
                Files.createTempFile(logs, "member-", ".log"), environment(), command());
    }

    /// Starts it and waits for nothing.
    Process starting() throws IOException {
        return builder()
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(Files.createTempFile(logs, "member-", ".log").toFile())
                .start();
    }

    /// Starts it where it is expected to refuse.
    Ended refused() throws IOException, InterruptedException {
        Path said = Files.createTempFile(logs, "said-", ".log");
        Path errors = Files.createTempFile(logs, "member-", ".log");
        Process process =
                builder().redirectOutput(said.toFile()).redirectError(errors.toFile()).start();
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new IOException("it did not end by itself:\n" + Files.readString(errors));
        }
        return new Ended(process.exitValue(), Files.readString(said), Files.readString(errors));
    }

    private ProcessBuilder builder() {
        var builder = new ProcessBuilder(command());
        builder.environment().putAll(environment());
        return builder;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(within);
        command.add(distribution.resolve("bin/tributary").toString());
        command.addAll(List.of("serve", "--data", data.toString()));
        if (!words.contains(PORT)) {
            command.addAll(List.of(PORT, "0"));
        }
        command.addAll(words);
        return command;
    }

    private Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(more);
        all.put("TRIBUTARY_ADMIN_TOKEN", TOKEN);
        return all;
    }
}
