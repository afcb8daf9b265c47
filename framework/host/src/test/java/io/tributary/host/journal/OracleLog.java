package io.tributary.host.journal;

import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a journal must answer, as simple as it can be said: lists and maps, one unit after another.
/// Knows the changes and expectations that [OracleTest] makes.
final class OracleLog {

    final List<Line> lines = new ArrayList<>();
    final Map<ConversationId, Talk> talks = new LinkedHashMap<>();
    final Map<String, Bound> references = new HashMap<>();
    private final Map<String, Commit.Result.Stored> once = new HashMap<>();
    final List<String> parked = new ArrayList<>();
    long next = 1;

    record Line(
            long position, InteractionId id, @Nullable ConversationId conversation, Instant at) {}

    record Bound(InteractionId interaction, int part) {}

    static final class Talk {
        final String address;
        boolean open = true;
        @Nullable String holder;
        long last;
        long content;

        Talk(String address) {
            this.address = address;
        }
    }

    /// The answer; null: the unit contradicts what is stored, so that it is refused for good.
    @Nullable Commit take(Unit unit) {
        for (int i = 0; i < unit.items().size(); i++) {
            Item item = unit.items().get(i);
            if (known(item) != null) {
                continue;
            }
            for (Expect expect : item.expects()) {
                if (!holds(expect)) {
                    return new Commit.Stale(i, expect);
                }
            }
        }
        if (contradicts(unit)) {
            return null;
        }
        List<Commit.Result> results = new ArrayList<>();
        for (Item item : unit.items()) {
            Commit.Result.Stored before = known(item);
            results.add(
                    before == null
                            ? store(item)
                            : new Commit.Result.Duplicate(before.first(), before.count()));
        }
        return new Commit.Done(results);
    }

    private Commit.Result.@Nullable Stored known(Item item) {
        return item.once() == null ? null : once.get(item.once().key());
    }

    private boolean holds(Expect expect) {
        return switch (expect) {
            case Expect.ConversationOpen(var id) -> {
                Talk talk = talks.get(id);
                yield talk != null && talk.open;
            }
            case Expect.NoOpenConversation(var _, var _, var address, var _) -> !isOpen(address);
            case Expect.NothingNewAfter(var id, long position) -> {
                Talk talk = talks.get(id);
                yield talk != null && talk.content <= position;
            }
            case Expect.ClaimFree(var id, var agent) -> {
                Talk talk = talks.get(id);
                yield talk != null && (talk.holder == null || talk.holder.equals(agent));
            }
            case Expect.ReferenceUnknown(var _, var id) -> !references.containsKey(id);
            case Expect.NothingParked(var _, var id) -> !parked.contains(id);
            case Expect.FirstTime(var _, var key) -> !once.containsKey(key);
            default -> throw new IllegalArgumentException("not of this test: " + expect);
        };
    }

    private boolean isOpen(String address) {
        return talks.values().stream().anyMatch(talk -> talk.open && talk.address.equals(address));
    }

    /// A second open conversation with the same end, or something about a conversation that is not
    /// there.
    private boolean contradicts(Unit unit) {
        var opened = new HashMap<ConversationId, String>();
        var closed = new ArrayList<String>();
        var here = new ArrayList<>(talks.keySet());
        var keys = new HashSet<Item.Once>();
        for (Item item : unit.items()) {
            boolean again = item.once() != null && !keys.add(item.once());
            if (again || known(item) != null) {
                continue;
            }
            for (Change change : item.changes()) {
                switch (change) {
                    case Change.OpenConversation open -> {
                        boolean taken = isOpen(open.address()) && !closed.contains(open.address());
                        if (taken || opened.containsValue(open.address())) {
                            return true;
                        }
                        opened.put(open.id(), open.address());
                        here.add(open.id());
                    }
                    case Change.CloseConversation close -> {
                        if (!here.contains(close.id())) {
                            return true;
                        }
                        opened.remove(close.id());
                        Talk talk = talks.get(close.id());
                        if (talk != null && talk.open) {
                            closed.add(talk.address);
                        }
                    }
                    case Change.Append append -> {
                        if (append.conversation() != null
                                && !here.contains(append.conversation())) {
                            return true;
                        }
                    }
                    case Change.Claim claim -> {
                        if (!here.contains(claim.conversation())) {
                            return true;
                        }
                    }
                    default -> {
                        // has nothing to contradict
                    }
                }
            }
        }
        return false;
    }

    private Commit.Result.Stored store(Item item) {
        long first = next;
        for (Change change : item.changes()) {
            store(change);
        }
        int count = (int) (next - first);
        var stored = new Commit.Result.Stored(count == 0 ? 0 : first, count);
        if (item.once() != null) {
            once.putIfAbsent(item.once().key(), stored);
        }
        return stored;
    }

    private void store(Change change) {
        switch (change) {
            case Change.Append append -> {
                long position = next++;
                lines.add(
                        new Line(
                                position, append.id(), append.conversation(), append.receivedAt()));
                if (append.conversation() != null) {
                    Talk talk = Objects.requireNonNull(talks.get(append.conversation()));
                    talk.last = position;
                    if (append.weight().isContent()) {
                        talk.content = position;
                    }
                }
            }
            case Change.OpenConversation open -> talks.put(open.id(), new Talk(open.address()));
            case Change.CloseConversation close ->
                    Objects.requireNonNull(talks.get(close.id())).open = false;
            case Change.Claim claim ->
                    Objects.requireNonNull(talks.get(claim.conversation())).holder = claim.agent();
            case Change.BindReference bound ->
                    references.putIfAbsent(
                            bound.externalId(), new Bound(bound.interaction(), bound.part()));
            case Change.Park park -> parked.add(park.externalId());
            default -> throw new IllegalArgumentException("not of this test: " + change);
        }
    }

    /// @return how many went
    int dropBefore(Instant before) {
        int dropped = 0;
        while (!lines.isEmpty() && lines.getFirst().at().isBefore(before)) {
            Line line = lines.removeFirst();
            references.values().removeIf(bound -> bound.interaction().equals(line.id()));
            dropped++;
        }
        long oldest = lines.isEmpty() ? next : lines.getFirst().position();
        talks.values().removeIf(talk -> !talk.open && talk.last > 0 && talk.last < oldest);
        return dropped;
    }
}
