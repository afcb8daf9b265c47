package io.tributary.samples.desk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tributary.samples.desk.ScriptedLog.Talk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A member as the desk sees it: the agents' part of the public contract over a [ScriptedLog], and
/// the desk's files under `/desk/` with the policy that a member sends. Tests cut its streams and
/// make it refuse.
final class ScriptedMember implements AutoCloseable {

    static final String TOKEN = "a-token-for-tests";

    final ScriptedLog log = new ScriptedLog();
    final ScriptedReplies replies = new ScriptedReplies(log);

    /// The `after` of each stream that was asked for.
    final Queue<String> resumed = new ConcurrentLinkedQueue<>();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<HttpExchange> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean closedToStreams;
    private volatile boolean expired;

    ScriptedMember(Path desk) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        var files = new DeskFiles(desk);
        server.createContext("/desk/", files::answer);
        server.createContext("/v1/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /// Ends every stream in the middle, as a lost connection does.
    void cut() {
        streams.forEach(HttpExchange::close);
    }

    /// While true, nobody gets a stream.
    void closeToStreams(boolean closed) {
        closedToStreams = closed;
        if (closed) {
            cut();
        }
    }

    /// The next stream is told that its cursor is too old.
    void expireCursors() {
        expired = true;
        cut();
    }

    int streams() {
        return streams.size();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!("Bearer " + TOKEN)
                    .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                Answers.problem(exchange, 401, "unauthenticated", "No valid token");
                return;
            }
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            switch (path.length > 2 ? path[2] : "") {
                case "stream" -> stream(exchange);
                case "conversations" ->
                        conversations(exchange, List.of(path).subList(3, path.length));
                case "media" -> Answers.json(exchange, 200, media(path[3]));
                default -> Answers.problem(exchange, 404, "not-found", "There is nothing here");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static ObjectNode media(String id) {
        return ScriptedLog.JSON
                .createObjectNode()
                .put("id", id)
                .put("state", "stored")
                .put("link", "/desk/icon.svg");
    }

    // ---- the stream

    private void stream(HttpExchange exchange) throws IOException, InterruptedException {
        String after = Answers.query(exchange, "after");
        if (closedToStreams) {
            Answers.problem(exchange, 503, "unavailable", "The member cannot do this now");
            return;
        }
        if (expired) {
            expired = false;
            Answers.problem(
                    exchange, 410, "cursor-expired", "The cursor is older than what is kept");
            return;
        }
        resumed.add(String.valueOf(after));
        long position = after == null ? log.last() : Long.parseLong(after.substring(1));
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        streams.add(exchange);
        try (var out = exchange.getResponseBody()) {
            while (true) {
                List<ObjectNode> news = log.after(position, Duration.ofMillis(500));
                var frames = new StringBuilder();
                for (ObjectNode each : news) {
                    position = each.get("position").asLong();
                    ObjectNode event = ScriptedLog.event(each);
                    frames.append("id: ")
                            .append(event.get("cursor").asString())
                            .append("\nevent: ")
                            .append(event.get("type").asString())
                            .append("\ndata: ")
                            .append(event)
                            .append("\n\n");
                }
                if (news.isEmpty()) {
                    frames.append("id: ")
                            .append(ScriptedLog.cursor(position))
                            .append("\n: alive\n\n");
                }
                out.write(frames.toString().getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } finally {
            streams.remove(exchange);
        }
    }

    // ---- conversations

    private void conversations(HttpExchange exchange, List<String> path) throws IOException {
        if (path.isEmpty()) {
            boolean open = !"false".equals(Answers.query(exchange, "open"));
            ObjectNode page =
                    ScriptedLog.JSON
                            .createObjectNode()
                            .put("cursor", ScriptedLog.cursor(log.last()));
            log.page(open).forEach(page.putArray("items")::add);
            Answers.json(exchange, 200, page);
            return;
        }
        Talk talk = log.talk(path.getFirst());
        if (talk == null) {
            Answers.problem(exchange, 404, "not-found", "There is no conversation of this id");
        } else if (path.size() == 1) {
            Answers.json(exchange, 200, log.view(talk));
        } else if (path.get(1).equals("interactions")) {
            if (exchange.getRequestMethod().equals("POST")) {
                replies.answer(exchange, talk);
            } else {
                interactions(exchange, talk);
            }
        } else {
            act(exchange, talk, path.get(1));
        }
    }

    private void interactions(HttpExchange exchange, Talk talk) throws IOException {
        String before = Answers.query(exchange, "before");
        String wanted = Answers.query(exchange, "limit");
        int limit = wanted == null ? 100 : Integer.parseInt(wanted);
        long end = before == null ? Long.MAX_VALUE : Long.parseLong(before.substring(1));
        List<ObjectNode> found =
                log.of(talk).stream().filter(each -> each.get("position").asLong() < end).toList();
        List<ObjectNode> rows = found.subList(Math.max(0, found.size() - limit), found.size());
        ObjectNode page =
                ScriptedLog.JSON.createObjectNode().put("next", ScriptedLog.cursor(log.last()));
        ArrayNode items = page.putArray("items");
        rows.forEach(each -> items.add(ScriptedLog.event(each)));
        if (rows.size() < found.size()) {
            page.put("previous", ScriptedLog.cursor(rows.getFirst().get("position").asLong()));
        }
        Answers.json(exchange, 200, page);
    }

    private void act(HttpExchange exchange, Talk talk, String verb) throws IOException {
        var body = (ObjectNode) ScriptedLog.JSON.readTree(exchange.getRequestBody());
        ObjectNode agent =
                body.has("agent")
                        ? (ObjectNode) body.get("agent")
                        : ScriptedLog.JSON
                                .createObjectNode()
                                .put("id", "the-token")
                                .put("name", "The token");
        ObjectNode holder = talk.holder;
        if (holder != null && !holder.get("id").equals(agent.get("id"))) {
            Answers.problem(
                    exchange, 409, "claimed", "Held by " + holder.get("id").asString() + ".");
            return;
        }
        ObjectNode part = ScriptedLog.part("changed");
        switch (verb) {
            case "claim" -> talk.holder = agent;
            case "release" -> talk.holder = null;
            case "close" -> talk.open = false;
            default -> {
                talk.holder = (ObjectNode) body.get("to");
                part = ScriptedLog.part("handover");
                part.putObject("from").put("kind", "agent").setAll(agent);
                part.putObject("to").put("kind", "agent").setAll((ObjectNode) body.get("to"));
                part.put("note", body.path("note").asString(""));
            }
        }
        if (!verb.equals("transfer")) {
            part.put(
                    "what",
                    Map.of("claim", "claimed", "release", "released", "close", "closed").get(verb));
            ObjectNode details = part.putObject("details").put("agent", agent.get("id").asString());
            if (agent.has("name")) {
                details.put("name", agent.get("name").asString());
            }
        }
        ObjectNode actor = ScriptedLog.actor("agent", null, null);
        actor.setAll(agent);
        log.append(talk, "internal", actor, part, "[" + verb + "]");
        Answers.json(exchange, 200, log.view(talk));
    }

    @Override
    public void close() {
        cut();
        server.stop(0);
        threads.shutdownNow();
    }
}
