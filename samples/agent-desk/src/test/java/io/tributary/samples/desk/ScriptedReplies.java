package io.tributary.samples.desk;

import com.sun.net.httpserver.HttpExchange;
import io.tributary.samples.desk.ScriptedLog.Talk;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Takes replies by the contract: the same key with the same body has the same answer, and what was
/// written past newer content is refused.
final class ScriptedReplies {

    /// The keys under which replies came, each try of each.
    final Queue<String> keys = new ConcurrentLinkedQueue<>();

    private final ScriptedLog log;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final ReentrantLock replying = new ReentrantLock();
    private final AtomicInteger toFail = new AtomicInteger();
    private final AtomicInteger toLose = new AtomicInteger();

    ScriptedReplies(ScriptedLog log) {
        this.log = log;
    }

    /// The next ones are refused with 503 and not taken.
    void fail(int count) {
        toFail.set(count);
    }

    /// The next ones are taken, but their answer is lost.
    void loseAnswers(int count) {
        toLose.set(count);
    }

    void answer(HttpExchange exchange, Talk talk) throws IOException {
        var body = (ObjectNode) ScriptedLog.JSON.readTree(exchange.getRequestBody());
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        keys.add(key);
        if (toFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            Answers.problem(exchange, 503, "unavailable", "The member cannot do this now");
            return;
        }
        replying.lock();
        try {
            String before = answers.get(key);
            if (before != null && !before.startsWith(body + "\n")) {
                Answers.problem(
                        exchange,
                        422,
                        "key-reused",
                        "The idempotency key was used for another request");
                return;
            }
            String answer =
                    before == null
                            ? taken(exchange, talk, body)
                            : before.substring(before.indexOf('\n') + 1);
            if (answer == null) {
                return;
            }
            answers.put(key, body + "\n" + answer);
            if (toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.close();
                return;
            }
            Answers.send(exchange, 202, "application/json", answer);
        } finally {
            replying.unlock();
        }
    }

    /// @return null where it was refused, and the refusal sent
    private @Nullable String taken(HttpExchange exchange, Talk talk, ObjectNode body)
            throws IOException {
        var part = (ObjectNode) body.get("parts").get(0);
        boolean note = part.get("type").asString().equals("note");
        ObjectNode actor =
                body.has("agent")
                        ? ScriptedLog.actor(
                                "agent",
                                body.at("/agent/id").asString(),
                                body.at("/agent/name").asString(null))
                        : ScriptedLog.actor("agent", "the-token", "The token");
        if (!note && !talk.open) {
            Answers.problem(
                    exchange, 409, "closed", "The conversation has ended; begin a new one.");
            return null;
        }
        if (!note
                && body.has("expectedPosition")
                && isNews(talk, body.get("expectedPosition").asLong(), actor)) {
            Answers.problem(
                    exchange, 409, "newer-content", "There is content after `expectedPosition`.");
            return null;
        }
        part.put("number", 1);
        String direction = note ? "internal" : "outbound";
        return log.append(talk, direction, actor, part.deepCopy(), part.get("text").asString())
                .toString();
    }

    private boolean isNews(Talk talk, long expected, ObjectNode author) {
        return log.of(talk).stream()
                .filter(each -> each.get("position").asLong() > expected)
                .filter(ScriptedLog::isContent)
                .anyMatch(each -> !each.get("actor").path("id").equals(author.path("id")));
    }
}
