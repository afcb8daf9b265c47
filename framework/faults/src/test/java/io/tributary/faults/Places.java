package io.tributary.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Where the tests find the distribution and put what they make.
final class Places {

    // tests that are ended from outside leave no member behind
    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() ->
                                ProcessHandle.current()
                                        .descendants()
                                        .forEach(ProcessHandle::destroyForcibly)));
    }

    private Places() {}

    /// A launch on data in a folder of its own.
    static Launch launch(Path folder) {
        return launch(folder, folder.resolve("data"));
    }

    /// A launch on data that lie elsewhere.
    static Launch launch(Path folder, Path data) {
        Path distribution = Path.of(System.getProperty("faults.distribution", "not set"));
        assertThat(distribution.resolve("bin/tributary"))
                .as("built before, by `mvn package` at the top")
                .isExecutable();
        return new Launch(distribution, data, folder, Map.of(), List.of(), List.of());
    }
}
