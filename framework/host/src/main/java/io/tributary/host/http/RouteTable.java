package io.tributary.host.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the route of a path: a tree of segments, so that the cost is the path's length and not the
/// number of routes, and a path that exists under another method is told from one that does not
/// exist.
///
/// Filled before the server starts, read by its event loops afterwards.
final class RouteTable {

    private final Node root = new Node();

    /// What a path leads to.
    sealed interface Found {
        /// @param variables decoded, by name
        record Here(Route route, Map<String, String> variables) implements Found {}

        /// @param allowed methods that the path takes
        record OtherMethods(Set<String> allowed) implements Found {}

        record Nothing() implements Found {}
    }

    /// @throws IllegalArgumentException the template is malformed, or has this method already
    void add(Route route) {
        Node node = root;
        for (String segment : segments(route.template())) {
            node = node.child(segment);
        }
        if (node.routes.putIfAbsent(route.method(), route) != null) {
            throw new IllegalArgumentException(
                    route.method()
                            + " "
                            + route.template()
                            + " is served by another route already");
        }
    }

    /// @param path begins with a slash, as it came
    /// @throws Problem a variable's escapes are broken
    Found find(String method, String path) {
        List<String> segments = segments(path);
        List<String> values = new ArrayList<>(4);
        Node node = match(root, segments, 0, values);
        if (node == null) {
            return new Found.Nothing();
        }
        Route route = node.routes.get(method);
        if (route == null && method.equals("HEAD") && hasHead(node)) {
            route = node.routes.get("GET");
        }
        return route == null
                ? new Found.OtherMethods(allowed(node))
                : new Found.Here(route, variables(route, values));
    }

    private static @Nullable Node match(
            Node node, List<String> segments, int at, List<String> values) {
        if (at == segments.size()) {
            return node.routes.isEmpty() ? emptyRest(node, values) : node;
        }
        Node literal = node.literals.get(segments.get(at));
        Node found = literal == null ? null : match(literal, segments, at + 1, values);
        if (found == null && node.variable != null && !segments.get(at).isEmpty()) {
            values.addLast(segments.get(at));
            found = match(node.variable, segments, at + 1, values);
            if (found == null) {
                values.removeLast();
            }
        }
        if (found == null && node.rest != null) {
            values.addLast(String.join("/", segments.subList(at, segments.size())));
            found = node.rest;
        }
        return found;
    }

    private static @Nullable Node emptyRest(Node node, List<String> values) {
        if (node.rest != null) {
            values.addLast("");
        }
        return node.rest;
    }

    private static Map<String, String> variables(Route route, List<String> values) {
        if (values.isEmpty()) {
            return Map.of();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            variables.put(route.variables().get(i), UrlText.segment(values.get(i)));
        }
        return variables;
    }

    private static Set<String> allowed(Node node) {
        Set<String> allowed = new TreeSet<>(node.routes.keySet());
        if (hasHead(node)) {
            allowed.add("HEAD");
        }
        return allowed;
    }

    /// A feed that nobody reads is none.
    private static boolean hasHead(Node node) {
        Route get = node.routes.get("GET");
        return get != null && get.work() instanceof Route.Work.Whole;
    }

    /// What stands between slashes; `/a/` has an empty second segment.
    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>(8);
        for (int from = 1; from <= path.length(); ) {
            int slash = path.indexOf('/', from);
            if (slash < 0) {
                segments.add(path.substring(from));
                break;
            }
            segments.add(path.substring(from, slash));
            from = slash + 1;
        }
        return segments;
    }

    private static final class Node {

        private final Map<String, Node> literals = new HashMap<>();
        private final Map<String, Route> routes = new HashMap<>();
        private @Nullable Node variable;
        private @Nullable Node rest;

        Node child(String segment) {
            if (!segment.startsWith("{")) {
                return literals.computeIfAbsent(segment, _ -> new Node());
            }
            if (segment.endsWith("*}")) {
                Node node = rest == null ? new Node() : rest;
                rest = node;
                return node;
            }
            Node node = variable == null ? new Node() : variable;
            variable = node;
            return node;
        }
    }
}
