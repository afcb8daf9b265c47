package io.tributary.host.journal;

import io.tributary.model.ConversationId;
import java.util.List;

/// Reads the log for those who want one conversation: that is followed instead of the log.
final class OneConversation {

    private OneConversation() {}

    static LogReader.Page page(
            LogReader log,
            Conversations conversations,
            ConversationId id,
            long position,
            Filter filter,
            int limit) {
        // before the rows, so that what is told as seen was looked at
        long head = log.head();
        boolean gap = position + 1 < log.oldest();
        List<Row> rows = conversations.interactions(id, position, limit);
        long last = rows.isEmpty() ? position : rows.getLast().position();
        // a commit since then may have shown more than the head told
        long seen = rows.size() < limit ? Math.max(head, last) : last;
        return new LogReader.Page(
                rows.stream().filter(filter::accepts).toList(), Math.max(position, seen), gap);
    }
}
