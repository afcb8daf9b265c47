package io.tributary.host.cluster;

import io.tributary.model.Bytes;
import io.tributary.model.ConversationId;
import java.time.Duration;
import java.util.Optional;

/// States of conversations in memory, so that a member that is asked about one need not read it
/// from the database. Thread safe.
///
/// A copy may be older than the log, or not be there: who uses it compares its position.
public final class HotCopies {

    static final String NAME = "conversations";
    static final Duration KEPT = Duration.ofMinutes(10);

    private static final int VERSION = 1;
    private static final int LARGEST = 64_000;

    private final SealedMap map;

    /// A conversation as of a position of the log.
    ///
    /// @param state in a form that its maker knows
    public record Copy(long position, Bytes state) {}

    HotCopies(Surroundings grid) {
        this.map = new SealedMap(grid, NAME);
    }

    /// Puts it in place of the one before. Never waits; what is too large is not kept.
    public void put(ConversationId conversation, Copy copy) {
        if (copy.state().length() > LARGEST) {
            return;
        }
        map.put(
                conversation.toString(),
                new WireWriter()
                        .octet(VERSION)
                        .number(copy.position())
                        .content(copy.state())
                        .toArray());
    }

    /// Waits a quarter of a second at the most.
    public Optional<Copy> find(ConversationId conversation) {
        return map.find(conversation.toString()).flatMap(HotCopies::read);
    }

    /// Never waits.
    public void forget(ConversationId conversation) {
        map.remove(conversation.toString());
    }

    private static Optional<Copy> read(Bytes content) {
        try {
            var in = new WireReader(content);
            return in.octet() == VERSION
                    ? Optional.of(new Copy(in.number(), in.content()))
                    : Optional.empty();
        } catch (Unreadable _) {
            return Optional.empty();
        }
    }
}
