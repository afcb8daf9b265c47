package io.tributary.faults;

import io.tributary.faults.Violation.Kind;
import io.tributary.twilio.simulator.Callback;
import io.tributary.twilio.simulator.Message;
import io.tributary.twilio.simulator.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares what the log says became of each message with what the provider really took: each has
/// one fate, and it is true.
///
/// A message of which the log says that nobody knows may be with the provider or not. Nothing may
/// ever be there twice.
final class Fates {

    /// What a receipt says of a message that the provider has.
    private static final Set<String> THERE = Set.of("accepted", "sent", "delivered", "read");

    private static final String FAILED = "failed";
    private static final String UNKNOWN = "unknown";

    private final Map<String, Set<String>> receipts = new HashMap<>();
    private final Map<String, List<Message>> taken = new HashMap<>();
    private final Map<String, Integer> dead = new HashMap<>();
    private final List<Violation> found = new ArrayList<>();

    private Fates(List<Row> log, List<String> deadLetters, List<Message> provider) {
        for (Row row : log) {
            if (!row.about().isEmpty()) {
                receipts.computeIfAbsent(row.about(), _ -> new HashSet<>()).add(row.status());
            }
        }
        deadLetters.forEach(interaction -> dead.merge(interaction, 1, Integer::sum));
        provider.forEach(message ->
                taken.computeIfAbsent(message.body(), _ -> new ArrayList<>()).add(message));
    }

    /// @param replies what was promised to be sent, in order within each conversation; no two say
    ///   the same
    /// @param deadLetters the interactions that they are about, open or closed
    /// @param provider what it took, in the order of taking it
    static List<Violation> check(
            List<Reply> replies, List<Row> log, List<String> deadLetters, List<Message> provider) {
        var fates = new Fates(log, deadLetters, provider);
        replies.forEach(fates::one);
        fates.order(replies, provider);
        return fates.found;
    }

    /// Compares what the provider has told, and was answered for, with what the log has of it.
    ///
    /// @param told before the log was read
    static List<Violation> untold(
            List<Reply> replies, List<Row> log, List<Message> provider, List<Callback> told) {
        var fates = new Fates(log, List.of(), provider);
        Map<String, Set<Status>> statuses = new HashMap<>();
        told.forEach(each ->
                statuses.computeIfAbsent(each.sid(), _ -> new HashSet<>()).add(each.status()));
        replies.forEach(reply -> fates.untold(reply, statuses));
        return fates.found;
    }

    private void untold(Reply reply, Map<String, Set<Status>> told) {
        Set<String> said = receipts.getOrDefault(reply.id(), Set.of());
        for (Message message : taken.getOrDefault(reply.text(), List.of())) {
            Set<Status> statuses = told.getOrDefault(message.sid(), Set.of());
            boolean failed =
                    statuses.contains(Status.FAILED) || statuses.contains(Status.UNDELIVERED);
            if ((failed && !said.contains(FAILED))
                    || (statuses.contains(Status.DELIVERED) && !said.contains("delivered"))) {
                violated(Kind.LOST, "%s: told is %s, known %s".formatted(reply, statuses, said));
            }
        }
    }

    /// Says so where more messages are of unknown outcome than anything has happened to.
    ///
    /// @param causes how many requests ended so that nobody can know, or may have
    static List<Violation> unexplained(List<Reply> replies, List<Row> log, long causes) {
        var fates = new Fates(log, List.of(), List.of());
        long unknown = replies.stream().filter(each -> fates.told(each).equals(UNKNOWN)).count();
        if (unknown > causes) {
            fates.violated(
                    Kind.LOST,
                    "nobody knows of %d messages, and %d had a reason".formatted(unknown, causes));
        }
        return fates.found;
    }

    /// Which of them have no fate yet.
    static List<Reply> open(List<Reply> replies, List<Row> log) {
        var fates = new Fates(log, List.of(), List.of());
        return replies.stream().filter(reply -> !fates.receipts.containsKey(reply.id())).toList();
    }

    /// How many of them came to which end, for whoever reads about it.
    static Map<String, Integer> count(
            List<Reply> replies, List<Row> log, List<String> deadLetters) {
        var fates = new Fates(log, deadLetters, List.of());
        Map<String, Integer> counted = new HashMap<>();
        replies.forEach(reply -> counted.merge(fates.told(reply), 1, Integer::sum));
        return counted;
    }

    private String told(Reply reply) {
        Set<String> said = receipts.getOrDefault(reply.id(), Set.of());
        if (dead.containsKey(reply.id())) {
            return "dead letter";
        }
        if (said.contains(FAILED)) {
            return FAILED;
        }
        if (said.stream().anyMatch(THERE::contains)) {
            return said.contains(UNKNOWN) ? "unknown, then settled" : "taken";
        }
        return said.isEmpty() ? "none" : UNKNOWN;
    }

    private void one(Reply reply) {
        Set<String> said = receipts.getOrDefault(reply.id(), Set.of());
        List<Message> there = taken.getOrDefault(reply.text(), List.of());
        int letters = dead.getOrDefault(reply.id(), 0);
        if (there.size() > 1) {
            violated(Kind.DOUBLED, "%s was taken %d times".formatted(reply, there.size()));
        }
        if (letters > 1) {
            violated(Kind.DOUBLED, "%s has %d dead letters".formatted(reply, letters));
        }
        if (said.isEmpty()) {
            violated(Kind.LOST, reply + " has no fate");
        }
        if (said.stream().anyMatch(THERE::contains) && there.isEmpty()) {
            violated(Kind.LOST, "%s is said to be %s, and is not".formatted(reply, said));
        }
        boolean failedThere = there.stream().anyMatch(Fates::failed);
        if (said.contains(FAILED) && !there.isEmpty() && !failedThere) {
            violated(Kind.CONTRADICTED, reply + " is said to have failed, and has not");
        }
        if (said.contains(FAILED) && there.isEmpty() && letters == 0) {
            violated(Kind.LOST, reply + " was refused, and no dead letter keeps it");
        }
        if (letters > 0 && !said.contains(FAILED)) {
            violated(Kind.CONTRADICTED, reply + " has a dead letter, and did not fail");
        }
    }

    private static boolean failed(Message message) {
        return message.status() == Status.FAILED || message.status() == Status.UNDELIVERED;
    }

    private void order(List<Reply> replies, List<Message> provider) {
        Map<String, Integer> order = new HashMap<>();
        Map<String, String> address = new HashMap<>();
        for (Reply reply : replies) {
            order.put(reply.text(), order.size());
            address.put(reply.text(), reply.address());
        }
        Map<String, Integer> newest = new HashMap<>();
        for (Message message : provider) {
            Integer place = order.get(message.body());
            if (place == null || !message.to().equals(address.get(message.body()))) {
                violated(Kind.PHANTOM, "nobody wanted " + message.body() + " to " + message.to());
            } else if (newest.merge(message.to(), place, Math::max) > place) {
                violated(Kind.REORDERED, message.body() + " was overtaken");
            }
        }
    }

    private void violated(Kind kind, String text) {
        found.add(new Violation(kind, text));
    }
}
