package io.tributary.host.cluster;

import io.tributary.model.Bytes;
import io.tributary.model.ConversationId;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// States of conversations in memory, so that a member that is asked about one need not read it
/// from the database. Thread safe.
///
/// A copy may be older than the log, or not be there: who uses it compares its position. Copies of
/// another log or timeline than ours are as if they were not there.
public final class HotCopies implements AutoCloseable {

    static final String NAME = "conversations";
    static final Duration KEPT = Duration.ofMinutes(10);

    private static final int VERSION = 1;
    private static final int LARGEST = 64_000;

    private final Surroundings grid;
    private final SealedMap map;

    /// A conversation as of a position of the log.
    ///
    /// @param timeline that the log had before the state was read
    /// @param state in a form that its maker knows
    public record Copy(LogTimeline timeline, long position, Bytes state) {}

    HotCopies(Surroundings grid, Clock clock) {
        this.grid = grid;
        this.map = new SealedMap(grid, NAME, clock, KEPT);
    }

    /// Puts it in place of the one before. Never waits; what is too large, or of another timeline
    /// than the log has now, is not kept.
    public void put(ConversationId conversation, Copy copy) {
        LogTimeline timeline = copy.timeline();
        if (copy.state().length() > LARGEST || !timeline.equals(grid.log().get())) {
            return;
        }
        var out = new WireWriter().octet(VERSION);
        timeline.write(out);
        out.number(copy.position()).content(copy.state());
        map.put(
                conversation.toString(),
                new SealedMap.Value(
                        new Seen.Version(timeline.number(), copy.position()),
                        Bytes.wrap(out.toArray())));
    }

    /// Waits a quarter of a second at the most.
    public Optional<Copy> find(ConversationId conversation) {
        return map.find(conversation.toString()).flatMap(this::read);
    }

    /// Never waits.
    public void forget(ConversationId conversation) {
        map.remove(conversation.toString());
    }

    @Override
    public void close() {
        map.close();
    }

    private Optional<Copy> read(Bytes content) {
        try {
            var in = new WireReader(content);
            if (in.octet() != VERSION) {
                return Optional.empty();
            }
            var copy = new Copy(LogTimeline.read(in), in.number(), in.content());
            return grid.unlike(NAME, null, copy.timeline()).isPresent()
                    ? Optional.empty()
                    : Optional.of(copy);
        } catch (Unreadable _) {
            return Optional.empty();
        }
    }
}
