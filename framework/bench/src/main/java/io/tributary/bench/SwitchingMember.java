package io.tributary.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

    /// From the distribution, with the flags of its launcher.
    ///
    /// @param classes where those of this benchmark are
    static SwitchingMember start(Launcher launcher, Path classes, Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(Server.tool("java")));
        command.addAll(launcher.flags());
        command.addAll(launcher.tuning());
        command.addAll(
                List.of(
                        "-cp",
                        launcher.home().resolve("lib/*") + File.pathSeparator + classes,
                        OpensLogs.class.getName()));
        Path log = folder.resolve("switching.log");
        var builder = new ProcessBuilder(command);
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
        Server.awaitEnd(process);
    }
}
