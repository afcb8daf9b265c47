package io.tributary.host.http;

import io.tributary.host.access.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that is served.
final class Route {

    private final String method;
    private final String template;
    private final List<String> variables;
    private final @Nullable Scope scope;
    private final Body body;
    private final Work work;
    private final RouteTimers timers;

    /// What answers.
    sealed interface Work {
        record Whole(Endpoint endpoint) implements Work {}

        record Feed(Routes.Feed feed) implements Work {}

        record Admitted(Routes.Admission admission, Endpoint endpoint) implements Work {}
    }

    Route(
            String method,
            String template,
            @Nullable Scope scope,
            Body body,
            Work work,
            RouteTimers timers) {
        if (!template.startsWith("/")) {
            throw new IllegalArgumentException(
                    "a template begins with a slash, not so " + template);
        }
        this.method = method;
        this.template = template;
        this.variables = names(template);
        this.scope = scope;
        this.body = body;
        this.work = work;
        this.timers = timers;
    }

    String method() {
        return method;
    }

    String template() {
        return template;
    }

    List<String> variables() {
        return variables;
    }

    @Nullable Scope scope() {
        return scope;
    }

    Body body() {
        return body;
    }

    Work work() {
        return work;
    }

    RouteTimers timers() {
        return timers;
    }

    private static List<String> names(String template) {
        List<String> names = new ArrayList<>();
        for (String segment : RouteTable.segments(template)) {
            if (segment.startsWith("{") && segment.endsWith("}")) {
                String name = segment.substring(1, segment.length() - 1);
                names.add(name.endsWith("*") ? name.substring(0, name.length() - 1) : name);
            }
        }
        return List.copyOf(names);
    }
}
