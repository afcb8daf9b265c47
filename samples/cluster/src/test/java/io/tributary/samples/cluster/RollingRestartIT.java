package io.tributary.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("a rolling restart behind a front")
final class RollingRestartIT {

    private static final int CUSTOMERS = 16;
    private static final Duration PAUSE = Duration.ofMillis(20);

    @Test
    @Timeout(400)
    @DisplayName("fails no webhook, loses none, doubles none, and the front never has to ask twice")
    void unnoticed() throws Exception {
        Path distribution =
                Path.of(System.getProperty("cluster.distribution")).toAbsolutePath().normalize();
        try (var cluster = new Cluster(distribution)) {
            Cluster.Parts parts = cluster.found();
            cluster.startMembers(_ -> {});
            cluster.share(parts);
            var traffic =
                    cluster.opened(
                            Traffic.begin(parts.provider(), cluster.company(), CUSTOMERS, PAUSE));
            var reckoning = new Reckoning(cluster.operator(), parts.front().url(), Cluster.SMS);
            var stage =
                    new Stage(
                            cluster,
                            parts.front(),
                            parts.front().url(),
                            traffic,
                            reckoning,
                            new Terminal(),
                            List.of(Cluster.SMS));

            new RollingRestart(stage).restart();
            Traffic.Figures figures = traffic.figures();

            assertThat(figures.answered()).isGreaterThan(100);
            assertThat(figures.failed()).isZero();
            assertThat(parts.front().repeated())
                    .as("members said that they leave before they refused anything")
                    .isZero();
            traffic.close();
            var reckoned = reckoning.of(traffic);
            assertThat(reckoned.acknowledged()).isGreaterThanOrEqualTo(figures.answered());
            assertThat(reckoned.right()).as("%s", reckoned).isTrue();
        }
    }
}
