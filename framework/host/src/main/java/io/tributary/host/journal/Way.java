package io.tributary.host.journal;

import io.tributary.model.ConversationId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Walks back through a conversation by the places that its interactions point to; see [Skips].
final class Way {

    private static final String STEP =
            "select position, previous, jump, depth from interaction where position = ?";

    private Way() {}

    /// One interaction's place in its conversation.
    record Step(long position, long previous, long jump, int depth) {

        static Step read(Columns columns) throws SQLException {
            return new Step(
                    columns.number(), columns.number(), columns.number(), columns.smallNumber());
        }
    }

    /// What the next interaction of a conversation needs to know.
    ///
    /// @param upToEnd false: what lies further back is not kept any more
    record Walked(Skips skips, boolean upToEnd) {}

    /// Walks a conversation from its end. What comes next points to places that are found here, for
    /// ever: so each row on the way is tested.
    ///
    /// @param last position of the conversation; 0: it has none
    /// @throws Damaged a row is not what was written, or is not there although it is kept
    static Walked walked(Sql sql, ConversationId conversation, long last) throws SQLException {
        List<Long> positions = new ArrayList<>();
        int depth = 0;
        long at = last;
        boolean there = true;
        while (there && at > 0) {
            positions.add(at);
            Optional<InteractionReading.Whole> place =
                    sql.first(InteractionReading.AT, InteractionReading::whole, at);
            there = place.isPresent();
            if (there) {
                test(place.get(), conversation);
                depth = Math.max(depth, place.get().depth());
                at = place.get().jump();
            } else if (at >= sql.number(1, "select oldest from log")) {
                throw new Damaged("the interaction at position " + at + ", which is missing");
            }
        }
        Skips skips =
                depth == 0
                        ? Skips.NONE
                        : new Skips(depth, positions.stream().mapToLong(Long::longValue).toArray());
        return new Walked(skips, there);
    }

    private static void test(InteractionReading.Whole place, ConversationId conversation)
            throws Damaged {
        if (!conversation.equals(place.row().conversation())
                || place.jump() >= place.row().position()) {
            throw new Damaged(
                    "the way back through the conversation "
                            + conversation
                            + ", at position "
                            + place.row().position());
        }
    }

    /// How many interactions of the conversation lie at or before a position, those included that
    /// are not kept any more.
    static int depthAt(Sql sql, long last, long position) throws SQLException {
        long at = last;
        int depth = -1;
        while (at > position) {
            Optional<Step> step = step(sql, at);
            if (step.isEmpty()) {
                break;
            }
            depth = step.get().depth() - 1;
            long jump = step.get().jump();
            at = jump > position ? jump : step.get().previous();
        }
        return depth >= 0 ? depth : step(sql, last).map(Step::depth).orElse(0);
    }

    /// The position of the conversation's interaction at a depth, or of the first one after it that
    /// is kept; 0: there is none.
    static long positionAt(Sql sql, long last, int depth) throws SQLException {
        long at = last;
        long found = 0;
        while (at > 0) {
            Optional<Step> step = step(sql, at);
            if (step.isEmpty()) {
                break;
            }
            found = at;
            if (step.get().depth() <= depth) {
                break;
            }
            boolean far = step.get().jump() > 0 && Skips.jumpDepth(step.get().depth()) >= depth;
            at = far ? step.get().jump() : step.get().previous();
        }
        return found;
    }

    private static Optional<Step> step(Sql sql, long position) throws SQLException {
        return sql.first(STEP, Step::read, position);
    }
}
