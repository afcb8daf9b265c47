package io.tributary.host.http;

import io.tributary.host.access.Scope;
import io.tributary.model.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What every member serves, whatever else it is given.
final class FixedRoutes {

    private final Readiness readiness;
    private final Supplier<String> scrape;

    /// @param scrape Prometheus' text format
    FixedRoutes(Readiness readiness, Supplier<String> scrape) {
        this.readiness = readiness;
        this.scrape = scrape;
    }

    void health(Routes routes) {
        routes.open("GET", "/health/live", _ -> report(200, List.of()));
        routes.open("GET", "/health/ready", _ -> ready());
        routes.open("GET", "/problems", _ -> ProblemPages.list());
        routes.open("GET", "/problems/{slug}", ProblemPages::page);
    }

    void contracts(Routes routes) {
        Answer openapi = document("/openapi.yaml");
        Answer asyncapi = document("/asyncapi.yaml");
        routes.open("GET", "/openapi.yaml", _ -> openapi);
        routes.open("GET", "/asyncapi.yaml", _ -> asyncapi);
    }

    void metrics(Routes routes, boolean open) {
        if (open) {
            routes.open("GET", "/metrics", _ -> metrics());
        } else {
            routes.add("GET", "/metrics", Scope.ADMIN_READ, Body.NONE, _ -> metrics());
        }
    }

    private Answer metrics() {
        return new Answer.Whole(
                200,
                "text/plain; version=0.0.4; charset=utf-8",
                Bytes.utf8(scrape.get()),
                Map.of());
    }

    private Answer ready() {
        List<Readiness.Check> checks = readiness.checks();
        return report(checks.stream().allMatch(Readiness.Check::up) ? 200 : 503, checks);
    }

    private static Answer report(int status, List<Readiness.Check> checks) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Readiness.Check check : checks) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", check.name());
            entry.put("status", check.up() ? "up" : "down");
            if (!check.text().isEmpty()) {
                entry.put("text", check.text());
            }
            list.add(entry);
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("status", status == 200 ? "up" : "down");
        report.put("checks", list);
        return Answer.json(status, JsonText.of(report));
    }

    private static Answer document(String resource) {
        try (InputStream in = FixedRoutes.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the build left out " + resource);
            }
            return new Answer.Whole(
                    200,
                    "application/yaml; charset=utf-8",
                    Bytes.wrap(in.readAllBytes()),
                    Map.of("Cache-Control", "no-cache"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
