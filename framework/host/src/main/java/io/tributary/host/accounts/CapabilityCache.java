package io.tributary.host.accounts;

import io.tributary.host.calls.PluginFailure;
import io.tributary.model.ConversationId;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Conversation;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What conversations may carry, as the plugin last said. Forgetting is cheap: it happens for every
/// interaction.
final class CapabilityCache {

    private static final int LARGEST = 8_192;
    private static final int THROWN_OUT = 64;

    private final AtomicLong changes = new AtomicLong();
    private volatile ConcurrentHashMap<ConversationId, Answer> answers = new ConcurrentHashMap<>();

    /// The cached answer, or else the one that is asked for now. One that was given for the
    /// conversation as it was before is none: another member may have stored what the customer
    /// said.
    ///
    /// Its place is made before the question: whoever forgets the conversation meanwhile removes
    /// the place, and a stale answer is then kept by nobody.
    Capabilities of(Conversation conversation, Question question)
            throws PluginFailure, InterruptedException {
        var known = answers.get(conversation.id());
        if (known != null
                && known.capabilities != null
                && known.conversation.equals(conversation)) {
            return known.capabilities;
        }
        var place = new Answer(conversation);
        makeRoom();
        answers.put(conversation.id(), place);
        try {
            var capabilities = question.ask();
            place.capabilities = capabilities;
            return capabilities;
        } finally {
            if (place.capabilities == null) {
                answers.remove(conversation.id(), place);
            }
        }
    }

    void forget(ConversationId conversation) {
        answers.remove(conversation);
    }

    void forgetAll() {
        answers = new ConcurrentHashMap<>();
    }

    /// The channel says that its answers are others now.
    void changed() {
        changes.incrementAndGet();
        forgetAll();
    }

    /// How often it said so.
    long changes() {
        return changes.get();
    }

    int size() {
        return answers.size();
    }

    /// Throws out any few: which ones hardly matters, since every answer is short-lived.
    private void makeRoom() {
        if (answers.mappingCount() < LARGEST) {
            return;
        }
        var some = answers.keySet().iterator();
        for (int i = 0; i < THROWN_OUT && some.hasNext(); i++) {
            some.next();
            some.remove();
        }
    }

    /// Asks the plugin.
    @FunctionalInterface
    interface Question {

        Capabilities ask() throws PluginFailure, InterruptedException;
    }

    private static final class Answer {

        private final Conversation conversation;
        private volatile @Nullable Capabilities capabilities;

        private Answer(Conversation conversation) {
            this.conversation = conversation;
        }
    }
}
