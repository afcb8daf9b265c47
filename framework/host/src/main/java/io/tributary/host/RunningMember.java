package io.tributary.host;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A member that runs on a data folder now, as it says of itself.
///
/// @param troubles what keeps it from serving; empty: it is ready
record RunningMember(URI url, List<String> troubles) {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// Asks at the address that the last member on this folder left there.
    static Optional<RunningMember> on(Path folder) throws InterruptedException {
        Path left = folder.resolve("member.url");
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            if (!Files.isReadable(left)) {
                return Optional.empty();
            }
            URI url = URI.create(Files.readString(left).strip());
            var request =
                    HttpRequest.newBuilder(url.resolve("/health/ready")).timeout(PATIENCE).build();
            JsonNode report =
                    new JsonMapper().readTree(http.send(request, BodyHandlers.ofString()).body());
            return report.has("checks")
                    ? Optional.of(new RunningMember(url, troubles(report)))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException | JacksonException nobody) {
            return Optional.empty();
        }
    }

    private static List<String> troubles(JsonNode report) {
        List<String> troubles = new ArrayList<>();
        for (JsonNode check : report.path("checks")) {
            if (!check.path("status").asString("").equals("up")) {
                troubles.add(
                        check.path("name").asString("") + " " + check.path("text").asString(""));
            }
        }
        return troubles;
    }
}
