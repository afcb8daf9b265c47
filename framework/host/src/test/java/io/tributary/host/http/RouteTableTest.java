package io.tributary.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The table of routes")
final class RouteTableTest {

    private final RouteTable table = new RouteTable();

    private void add(String method, String template) {
        table.add(
                new Route(
                        method,
                        template,
                        null,
                        Body.NONE,
                        new Route.Work.Whole(_ -> Answer.nothing()),
                        new RouteTimers(new SimpleMeterRegistry(), method, template)));
    }

    private String template(String path) {
        return table.find("GET", path) instanceof RouteTable.Found.Here here
                ? here.route().template()
                : "none";
    }

    private Map<String, String> variables(String path) {
        return table.find("GET", path) instanceof RouteTable.Found.Here here
                ? here.variables()
                : Map.of("none", "none");
    }

    @Test
    @DisplayName("prefers literals, and goes back where they lead nowhere")
    void prefersLiterals() {
        add("GET", "/a/{id}");
        add("GET", "/a/new");
        add("GET", "/a/{id}/b");
        add("GET", "/a/new/c");
        add("GET", "/s/{rest*}");

        assertThat(template("/a/1")).isEqualTo("/a/{id}");
        assertThat(template("/a/new")).isEqualTo("/a/new");
        assertThat(template("/a/new/b")).isEqualTo("/a/{id}/b");
        assertThat(variables("/a/new/b")).isEqualTo(Map.of("id", "new"));
        assertThat(template("/a/new/c")).isEqualTo("/a/new/c");
        assertThat(template("/a/")).isEqualTo("none");
        assertThat(template("/a")).isEqualTo("none");
        assertThat(template("/")).isEqualTo("none");
        assertThat(variables("/s/x/y%20z")).isEqualTo(Map.of("rest", "x/y z"));
        assertThat(variables("/s")).isEqualTo(Map.of("rest", ""));
        assertThat(variables("/s/")).isEqualTo(Map.of("rest", ""));
    }

    @Test
    @DisplayName("refuses a second route for the same")
    void refusesDoubles() {
        add("GET", "/a/{id}");

        assertThatThrownBy(() -> add("GET", "/a/{other}"))
                .hasMessageContaining("served by another route");
    }

    @Test
    @DisplayName("knows which methods a path takes")
    void methods() {
        add("POST", "/a/{id}");
        add("GET", "/a/{id}");

        assertThat(table.find("DELETE", "/a/1"))
                .isEqualTo(
                        new RouteTable.Found.OtherMethods(java.util.Set.of("GET", "HEAD", "POST")));
    }
}
