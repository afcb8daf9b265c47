package io.tributary.faults;

import io.tributary.faults.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Compares what the provider recorded with what the log holds and with what each reader saw.
///
/// It knows nothing of how any of them came about.
final class Checker {

    private final List<Violation> found = new ArrayList<>();

    private Checker() {}

    /// @param log the whole log from its beginning, read when nothing came any more
    /// @param readers by a name, what each was shown, in the order of being shown; each began at
    ///   the beginning
    /// @return empty: every promise was kept
    static List<Violation> check(History history, List<Row> log, Map<String, List<Row>> readers) {
        return check(history, List.of(), log, readers);
    }

    /// @param replies what agents were promised, in the order of being promised
    static List<Violation> check(
            History history, List<Reply> replies, List<Row> log, Map<String, List<Row>> readers) {
        var checker = new Checker();
        checker.positions(log);
        Map<Boolean, List<Row>> parts =
                log.stream().collect(Collectors.partitioningBy(ofAgents(replies)));
        checker.messages(history, parts.getOrDefault(false, List.of()));
        checker.replies(replies, parts.getOrDefault(true, List.of()));
        Map<Long, Row> byPosition = new TreeMap<>();
        log.forEach(row -> byPosition.put(row.position(), row));
        readers.forEach((name, seen) -> checker.reader(name, seen, byPosition));
        return checker.found;
    }

    /// Dense, from 1 on.
    private void positions(List<Row> log) {
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).position() != i + 1L) {
                violated(Kind.GAP, "the log holds %s as number %d".formatted(log.get(i), i + 1));
                return;
            }
        }
    }

    /// Replies, and receipts about them.
    private static Predicate<Row> ofAgents(List<Reply> replies) {
        Set<String> ids = replies.stream().map(Reply::id).collect(Collectors.toSet());
        return row -> ids.contains(row.id()) || ids.contains(row.about());
    }

    private void replies(List<Reply> replies, List<Row> log) {
        Map<String, Row> kept = new HashMap<>();
        for (Row row : log) {
            if (row.about().isEmpty() && kept.putIfAbsent(row.id(), row) != null) {
                violated(Kind.DOUBLED, row + " is there again");
            }
        }
        Map<String, Long> newest = new HashMap<>();
        for (Reply reply : replies) {
            Row row = kept.get(reply.id());
            if (row == null) {
                violated(Kind.LOST, reply + " was promised and is not there");
            } else if (!row.text().equals(reply.text()) || !row.sender().equals(reply.address())) {
                violated(Kind.PHANTOM, "nobody wrote %s as %s".formatted(row, reply));
            } else {
                Long last = newest.put(reply.address(), row.position());
                if (last != null && last > row.position()) {
                    violated(Kind.REORDERED, "%s stands before position %d".formatted(row, last));
                }
            }
        }
    }

    private void messages(History history, List<Row> log) {
        Map<String, Message> byText = new HashMap<>();
        history.sent().forEach(message -> byText.put(message.text(), message));
        Map<Long, Row> kept = new HashMap<>();
        Map<String, Long> newest = new HashMap<>();
        for (Row row : log) {
            Message message = byText.get(row.text());
            if (message == null || !message.sender().equals(row.sender())) {
                violated(Kind.PHANTOM, "nobody sent " + row);
                continue;
            }
            Row before = kept.putIfAbsent(message.number(), row);
            if (before != null) {
                violated(
                        Kind.DOUBLED,
                        "%s is there as %s and as %s".formatted(message, before, row));
                continue;
            }
            Long last = newest.put(message.sender(), message.number());
            if (last != null && last > message.number()) {
                violated(Kind.REORDERED, "%s stands behind number %d".formatted(row, last));
            }
        }
        for (Message message : history.sent()) {
            if (history.acknowledged().contains(message.number())
                    && !kept.containsKey(message.number())) {
                violated(Kind.LOST, message + " was acknowledged and is not there");
            }
        }
    }

    private void reader(String name, List<Row> seen, Map<Long, Row> log) {
        Set<Long> shown = new HashSet<>();
        long last = 0;
        for (Row row : seen) {
            if (!shown.add(row.position())) {
                violated(Kind.REPEATED, "%s was shown %s again".formatted(name, row));
                continue;
            }
            Row kept = log.get(row.position());
            if (!row.equals(kept)) {
                violated(
                        Kind.DIFFERENT,
                        "%s was shown %s where the log holds %s".formatted(name, row, kept));
            }
            if (row.position() < last) {
                violated(Kind.REORDERED, "%s was shown %s after %d".formatted(name, row, last));
            }
            last = Math.max(last, row.position());
        }
        for (Row row : log.values()) {
            if (!shown.contains(row.position())) {
                violated(Kind.MISSED, "%s was not shown %s".formatted(name, row));
            }
        }
    }

    private void violated(Kind kind, String text) {
        found.add(new Violation(kind, text));
    }
}
