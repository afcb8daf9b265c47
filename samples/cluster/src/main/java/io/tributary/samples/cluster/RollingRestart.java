package io.tributary.samples.cluster;

import java.io.IOException;
import java.time.Duration;

/// Restarts all members, one after another, as an operator does for a new version.
final class RollingRestart {

    private static final Duration MOST = Duration.ofMinutes(2);

    private final Stage stage;

    RollingRestart(Stage stage) {
        this.stage = stage;
    }

    /// @return whether no webhook failed and nothing was lost
    boolean tell() throws IOException, InterruptedException {
        stage.terminal().title("A rolling restart");
        restart();
        stage.terminal().line("");
        return stage.reckon();
    }

    /// What is counted meanwhile is counted from the beginning of this.
    void restart() throws IOException, InterruptedException {
        Cluster cluster = stage.cluster();
        stage.count();
        for (Member each : cluster.members()) {
            long begin = System.nanoTime();
            each.stop();
            long stopped = System.nanoTime();
            cluster.start(each);
            Stage.until(
                    "the front sends to all members, and they have seen each other",
                    MOST,
                    () ->
                            stage.way().ready() == cluster.members().size()
                                    && Slots.seen(cluster.operator(), each.url()).ready()
                                            == cluster.members().size());
            stage.terminal()
                    .line(
                            "%-6s told to stop, has ended after %s; started again, serves after %s",
                            each.name(),
                            Terminal.seconds(stopped - begin),
                            Terminal.seconds(System.nanoTime() - stopped));
        }
    }
}
