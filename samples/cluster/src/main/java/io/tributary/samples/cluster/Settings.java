package io.tributary.samples.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What all members are told alike.
///
/// @param distribution with the launcher
/// @param front where everybody else believes the members to be
/// @param trust the list of keys whose plugins are taken
/// @param grid the ports at which members talk to each other
record Settings(
        Path distribution,
        URI front,
        Database database,
        Path trust,
        List<Integer> grid,
        Secrets secrets) {

    /// @param operator the token of whoever may do everything
    /// @param master seals what the log keeps secret
    /// @param cluster seals what members tell each other
    record Secrets(String operator, String master, String cluster) {

        static Secrets random() {
            return new Secrets("trb_" + UUID.randomUUID(), key(), key());
        }

        private static String key() {
            byte[] bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        }

        @Override
        public String toString() {
            return "Secrets[***]";
        }
    }

    /// Writes a member's `tributary.yaml`.
    ///
    /// @param port for APIs and webhooks; the next one is for pages
    /// @param grid for the other members
    void write(Path file, String name, int port, int grid) throws IOException {
        Files.writeString(
                file,
                """
                http:
                  port: %d
                  public-url: %s
                  trusted-proxies: [127.0.0.1]
                egress:
                  allow: [127.0.0.0/8]
                plugins:
                  trust: %s
                log:
                  database: {url: "%s", user: %s}
                cluster:
                  name: sample
                  member: %s
                  port: %d
                  members: [%s]
                  keys: [{env: SAMPLE_CLUSTER_KEY}]
                  size: %d
                sites:
                  desk: %s
                """
                        .formatted(
                                port,
                                front,
                                trust,
                                database.url(),
                                database.user(),
                                name,
                                grid,
                                String.join(
                                        ", ",
                                        this.grid.stream()
                                                .map("\"127.0.0.1:%d\""::formatted)
                                                .toList()),
                                this.grid.size(),
                                distribution.resolve("samples/agent-desk")));
    }

    Map<String, String> environment() {
        return Map.of(
                "TRIBUTARY_ADMIN_TOKEN", secrets.operator(),
                "TRIBUTARY_MASTER_KEY", secrets.master(),
                "SAMPLE_CLUSTER_KEY", secrets.cluster(),
                // three of them on a laptop
                "TRIBUTARY_JAVA_OPTIONS",
                        System.getenv()
                                .getOrDefault(
                                        "TRIBUTARY_JAVA_OPTIONS", "-Xms64m -Xmx192m -XX:+UseG1GC"));
    }
}
