package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.model.ConversationId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a row that a reader read spares the writer the reading")
final class ConversationCacheTest {

    /// What a commit appended lies before it, so that no marks wait.
    private static final long NOTHING_WAITS = Long.MAX_VALUE;

    private final ConversationCache cache = new ConversationCache(1);
    private final KeptConversation row =
            new KeptConversation(conversation(Samples.IDS.conversation()), Skips.NONE);
    private final ConversationId id = row.conversation().id();

    private static Conversation conversation(ConversationId id) {
        return new Conversation(
                id,
                Samples.IDS.customer(),
                Samples.CHANNEL,
                Samples.ACCOUNT,
                Samples.LINE,
                id.toString(),
                null,
                null,
                Samples.AT,
                null,
                5,
                Samples.AT,
                5,
                5,
                Samples.AT,
                null,
                null,
                null);
    }

    private void commit(long appendedFrom, ConversationId... ids) {
        cache.committed(
                List.of(ids).stream()
                        .map(each -> new ConversationState(conversation(each), Skips.NONE))
                        .toList(),
                appendedFrom);
    }

    /// The cache has room for one.
    private void pushOut() {
        commit(NOTHING_WAITS, Samples.IDS.conversation());
        assertThat(cache.state(id)).isNull();
    }

    @Test
    @DisplayName("once")
    void once() {
        cache.read(row, cache.commits());
        commit(NOTHING_WAITS, Samples.IDS.conversation());

        assertThat(cache.reading(id)).isSameAs(row);
        assertThat(cache.reading(id)).isNull();
    }

    @Test
    @DisplayName("not if a commit changed the conversation after the reading, and is forgotten")
    void changed() {
        long before = cache.commits();
        commit(NOTHING_WAITS, id);
        long after = cache.commits();
        pushOut();

        cache.read(row, before);
        assertThat(cache.reading(id)).isNull();
        cache.read(row, after);
        assertThat(cache.reading(id)).isSameAs(row);
    }

    @Test
    @DisplayName("not if the marks were brought into the row after the reading")
    void marked() {
        commit(1, id);
        long before = cache.commits();
        commit(NOTHING_WAITS, Samples.IDS.conversation());
        assertThat(cache.state(id)).as("its marks wait").isNotNull();
        cache.marked(List.of(id));
        pushOut();

        cache.read(row, before);
        assertThat(cache.reading(id)).isNull();
    }

    @Test
    @DisplayName("not if the conversation was deleted after the reading")
    void deleted() {
        long before = cache.commits();
        cache.forget(List.of(id));

        cache.read(row, before);
        assertThat(cache.reading(id)).isNull();
        assertThat(cache.commits()).isGreaterThan(before);
    }
}
