package io.tributary.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// What a figure was measured on.
record Machine(
        int processors, String model, long gigabytes, String system, String files, String java) {

    /// @param folder where the logs of this run lie
    static Machine of(Path folder) throws IOException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                system.getAvailableProcessors(),
                modelName(),
                Math.round(system.getTotalMemorySize() / 1e9),
                system.getName() + " " + system.getVersion().replaceAll("-.*", ""),
                Files.getFileStore(folder).type(),
                System.getProperty("java.vendor") + " JDK " + System.getProperty("java.version"));
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%d processors%s shared by servers and generator, %d GB, %s, %s, %s",
                processors,
                model.isEmpty() ? "" : " (" + model + ")",
                gigabytes,
                system,
                files,
                java);
    }

    /// @throws IOException a process may not have so many files, and sockets, open
    static void needFiles(int count) throws IOException {
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        if (system.getMaxFileDescriptorCount() < count) {
            throw new IOException(
                    "a process may have %d files open: that is too few, see ulimit -n"
                            .formatted(system.getMaxFileDescriptorCount()));
        }
    }

    private static String modelName() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return "";
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }
}
