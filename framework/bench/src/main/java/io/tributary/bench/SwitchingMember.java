package io.tributary.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process in which a member can be opened on one log after the other.
final class SwitchingMember implements AutoCloseable {

    private final Process process;
    private final BufferedReader said;
    private final PrintWriter told;
    private final Path log;

    private SwitchingMember(Process process, Path log) {
        this.process = process;
        this.said = process.inputReader();
        this.told = new PrintWriter(process.outputWriter(), true);
        this.log = log;
    }

    /// From the distribution, with the flags of its launcher that matter here.
    static SwitchingMember start(Path project, Path folder) throws IOException {
        Path home = project.resolve("framework/host/target/tributary");
        Path log = folder.resolve("switching.log");
        var builder =
                new ProcessBuilder(
                        Server.tool("java"),
                        "--add-modules",
                        "java.se",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djava.util.concurrent.ForkJoinPool.common.parallelism=4",
                        "-Djdk.virtualThreadScheduler.parallelism=16",
                        "-Dtributary.home=" + home,
                        "-Xms256m",
                        "-XX:+UseG1GC",
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                List.of(
                                        home.resolve("lib/*").toString(),
                                        project.resolve("framework/bench/target/classes")
                                                .toString())),
                        OpensLogs.class.getName());
        builder.environment().put("TRIBUTARY_ADMIN_TOKEN", Member.TOKEN);
        builder.redirectError(log.toFile());
        return new SwitchingMember(builder.start(), log);
    }

    /// Opens a member; the one before must be closed.
    Member open(Path data) throws IOException, InterruptedException {
        URI url = URI.create(ask(OpensLogs.OPEN + data, OpensLogs.READY));
        return Member.at(new Server(process, url), () -> ask(OpensLogs.CLOSE, OpensLogs.CLOSED));
    }

    private String ask(String command, String awaited) throws IOException {
        told.println(command);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(awaited)) {
                return line.substring(awaited.length());
            }
        }
        throw new IOException("the member's process ended:\n" + Files.readString(log));
    }

    @Override
    public void close() {
        told.close();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
