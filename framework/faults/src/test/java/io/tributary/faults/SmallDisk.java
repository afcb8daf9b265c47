package io.tributary.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A file system in memory, small enough to be filled.
final class SmallDisk implements AutoCloseable {

    private static final int MEGABYTES = 96;

    private final Path place;

    /// Where the test is ended from outside: as soon as nobody uses it any more.
    private final Thread otherwise;

    private SmallDisk(Path place) {
        this.place = place;
        this.otherwise = new Thread(() -> letGo(place));
        Runtime.getRuntime().addShutdownHook(otherwise);
    }

    /// Skips the test where nothing may be mounted.
    static SmallDisk mount(Path place) throws IOException, InterruptedException {
        Files.createDirectories(place);
        assumeTrue(
                run(
                                "mount",
                                "-t",
                                "tmpfs",
                                "-o",
                                "size=" + MEGABYTES + "m",
                                "tmpfs",
                                place.toString())
                        == 0,
                "skipped: a disk can only be filled where one may be mounted (as root)");
        return new SmallDisk(place);
    }

    Path place() {
        return place;
    }

    /// Leaves no byte.
    void fill() throws IOException {
        byte[] much = new byte[64 * 1024];
        try (var out = Files.newOutputStream(filling())) {
            for (int length = much.length; length > 0; length /= 2) {
                fillWith(out, much, length);
            }
        }
    }

    private static void fillWith(OutputStream out, byte[] much, int length) {
        try {
            for (; ; ) {
                out.write(much, 0, length);
            }
        } catch (IOException full) {
            // perhaps a smaller piece finds room
        }
    }

    void free() throws IOException {
        Files.delete(filling());
    }

    private Path filling() {
        return place.resolve("filling");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (run("umount", place.toString()) != 0) {
            throw new IOException(place + " is still in use");
        }
        Runtime.getRuntime().removeShutdownHook(otherwise);
    }

    private static void letGo(Path place) {
        try {
            run("umount", "--lazy", place.toString());
        } catch (IOException | InterruptedException failed) {
            // nobody is left to be told
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }
}
