package io.tributary.faults;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Watches how a running process syncs, or makes every sync fail; by strace, from the moment it is
/// attached until it is closed.
final class Syscalls implements AutoCloseable {

    private static final String SYNCS = "fsync,fdatasync";

    private final Process strace;
    private final Path calls;

    private Syscalls(Process strace, Path calls) {
        this.strace = strace;
        this.calls = calls;
    }

    static Syscalls watchSyncs(long pid, Path folder) throws IOException {
        return attach(pid, folder, List.of());
    }

    static Syscalls failSyncs(long pid, Path folder) throws IOException {
        return attach(pid, folder, List.of("-e", "inject=" + SYNCS + ":error=EIO"));
    }

    /// Skips the test where there is no strace, or it may not attach.
    private static Syscalls attach(long pid, Path folder, List<String> more) throws IOException {
        Path calls = Files.createTempFile(folder, "calls-", ".log");
        Path said = Files.createTempFile(folder, "strace-", ".log");
        List<String> command =
                new ArrayList<>(
                        List.of("strace", "-f", "-p", Long.toString(pid), "-e", "trace=" + SYNCS));
        command.addAll(more);
        command.addAll(List.of("-o", calls.toString()));
        Process strace;
        try {
            strace = new ProcessBuilder(command).redirectError(said.toFile()).start();
        } catch (IOException missing) {
            assumeTrue(false, "skipped: needs strace (the Debian package of that name)");
            throw missing;
        }
        await().atMost(Duration.ofMinutes(3))
                .until(() -> Files.readString(said).contains("attached") || !strace.isAlive());
        assumeTrue(strace.isAlive(), "skipped: strace may not attach here");
        return new Syscalls(strace, calls);
    }

    /// How many there were that say this, such as `= 0`.
    long count(String what) throws IOException {
        try (var lines = Files.lines(calls)) {
            return lines.filter(line -> line.contains(what)).count();
        }
    }

    /// Lets the process go on by itself.
    @Override
    public void close() throws IOException, InterruptedException {
        strace.destroy();
        if (!strace.waitFor(20, TimeUnit.SECONDS)) {
            strace.destroyForcibly();
            throw new IOException("strace did not let go");
        }
    }
}
