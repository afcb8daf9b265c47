package io.tributary.telegram.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The updates of one bot that were not confirmed yet. Thread safe.
final class Updates {

    /// Come only to who names them (https://core.telegram.org/bots/api#getupdates).
    private static final Set<String> ONLY_IF_NAMED =
            Set.of("chat_member", "message_reaction", "message_reaction_count");

    private static final String ID = "update_id";

    private final Deque<ObjectNode> waiting = new ArrayDeque<>();
    private final List<ObjectNode> confirmed = new ArrayList<>();
    private @Nullable Set<String> allowed;
    private long next = 700_000_001;
    private long asked;
    private boolean cut;

    void offer(String kind, ObjectNode happened) {
        var update = JsonNodeFactory.instance.objectNode();
        update.set(kind, happened);
        offer(update);
    }

    /// Puts an update, under the next number, if its kind is wanted.
    synchronized void offer(ObjectNode update) {
        if (isWanted(update)) {
            var numbered = JsonNodeFactory.instance.objectNode().put(ID, next++);
            update.properties().stream()
                    .filter(member -> !member.getKey().equals(ID))
                    .forEach(member -> numbered.set(member.getKey(), member.getValue().deepCopy()));
            waiting.add(numbered);
            notifyAll();
        }
    }

    private boolean isWanted(ObjectNode update) {
        var names = allowed;
        return update.propertyNames().stream()
                .filter(kind -> !kind.equals(ID))
                .anyMatch(kind ->
                        names == null ? !ONLY_IF_NAMED.contains(kind) : names.contains(kind));
    }

    /// Goes on at another number, as after a week of silence.
    synchronized void goOnAt(long number) {
        next = number;
    }

    synchronized void allow(JsonNode kinds) {
        if (kinds.isArray()) {
            var names = new ArrayList<String>();
            kinds.values().forEach(kind -> names.add(kind.asString("")));
            allowed = names.isEmpty() ? null : Set.copyOf(names);
        }
    }

    /// The kinds that are wanted, where they were named.
    synchronized @Nullable Set<String> allowed() {
        return allowed;
    }

    /// Confirms what is below the offset, and waits for more.
    ///
    /// @param over whether the question is of no use any more
    /// @return null: whoever asked was cut off
    /// @throws Refused somebody else asked meanwhile
    synchronized @Nullable List<ObjectNode> ask(
            long offset, int limit, long seconds, BooleanSupplier over)
            throws Refused, InterruptedException {
        long mine = ++asked;
        notifyAll();
        while (!waiting.isEmpty() && id(waiting.element()) < offset) {
            confirmed.add(waiting.remove());
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (waiting.isEmpty() && mine == asked && !cut && !over.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        if (mine != asked) {
            throw new Refused(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot"
                            + " instance is running");
        }
        if (cut) {
            cut = false;
            return null;
        }
        return waiting.stream().limit(limit).toList();
    }

    /// The first that waits; null: none does.
    synchronized @Nullable ObjectNode first() {
        return waiting.peek();
    }

    /// The first was taken.
    synchronized void confirmFirst() {
        confirmed.add(waiting.remove());
    }

    synchronized void awaitSome(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (waiting.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                return;
            }
            wait(left);
        }
    }

    synchronized void wake() {
        notifyAll();
    }

    /// Cuts off the question that waits; where none does, the next one.
    synchronized void cut() {
        cut = true;
        notifyAll();
    }

    synchronized int pending() {
        return waiting.size();
    }

    synchronized List<ObjectNode> confirmed() {
        return List.copyOf(confirmed);
    }

    private static long id(ObjectNode update) {
        return update.path(ID).longValue();
    }
}
