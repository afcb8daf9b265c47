package io.tributary.samples.cluster;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Sees to it that nothing stays even when the sample is killed so that it cannot see to it itself.
///
/// A shell waits for the end of its input, which comes when this process has ended in whatever way.
/// Then it kills those whose numbers it finds in the folder, and removes the folder. After an end
/// in good order there is neither.
final class Guard implements AutoCloseable {

    /// Where in the folder the database keeps its data.
    static final String DATABASE = "postgres";

    /// The file in a member's folder that says the number of its process.
    static final String NUMBER = "pid";

    // Ctrl-C reaches all processes of a terminal at once: this one is to be the last.
    private static final String SCRIPT =
            """
            trap '' INT TERM HUP
            cat >/dev/null
            for file in "$1"/*/pid; do
              [ -r "$file" ] && kill -9 "$(cat "$file")"
            done
            if [ -r "$1/postgres/postmaster.pid" ]; then
              server=$(head -n 1 "$1/postgres/postmaster.pid")
              kill -QUIT "$server"
              tries=0
              while kill -0 "$server" && [ $tries -lt 50 ]; do sleep 0.1; tries=$((tries + 1)); done
            fi
            rm -rf "$1"
            """;

    private final Process shell;

    private Guard(Process shell) {
        this.shell = shell;
    }

    static Guard over(Path folder) throws IOException {
        return new Guard(
                new ProcessBuilder("sh", "-c", SCRIPT, "tributary-cluster-guard", folder.toString())
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD)
                        .start());
    }

    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        try {
            if (!shell.waitFor(10, TimeUnit.SECONDS)) {
                shell.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
