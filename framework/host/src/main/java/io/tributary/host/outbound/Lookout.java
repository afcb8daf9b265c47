package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Conversations.Conversation;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Watches.Watch;
import io.tributary.model.ConversationId;
import io.tributary.spi.Capabilities;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Looks at one conversation: whether what it can carry is what agent apps were told, and whether
/// its send window is about to close. Blocking.
final class Lookout {

    private static final Duration LATER = Duration.ofMinutes(1);

    private final Journal journal;
    private final OpenAccounts accounts;
    private final CapabilityNews news;
    private final Countdown countdown;
    private final InstantSource clock;

    Lookout(
            Journal journal,
            OpenAccounts accounts,
            CapabilityNews news,
            Countdown countdown,
            InstantSource clock) {
        this.journal = journal;
        this.accounts = accounts;
        this.news = news;
        this.countdown = countdown;
        this.clock = clock;
    }

    /// Begins to watch what an app was told of.
    void told(ConversationId id, String version) {
        journal.conversations()
                .byId(id)
                .filter(conversation -> conversation.closedAt() == null)
                .ifPresent(conversation ->
                        journal.watches()
                                .begin(
                                        new Watch(
                                                id,
                                                conversation.account(),
                                                version,
                                                null,
                                                clock.instant(),
                                                0)));
    }

    /// At a conversation that is watched.
    void at(Watch watch) throws InterruptedException {
        var found = journal.conversations().byId(watch.conversation());
        if (found.isEmpty() || found.get().closedAt() != null) {
            journal.watches().end(watch.conversation());
            return;
        }
        var capabilities = capabilities(found.get());
        if (capabilities != null) {
            settle(found.get(), watch, capabilities);
        } else if (watch.dueAt() != null) {
            var _ = journal.watches().move(watch, later(watch));
        }
    }

    /// It must not stand in the way of others that are due.
    private Watch later(Watch watch) {
        return new Watch(
                watch.conversation(),
                watch.account(),
                watch.version(),
                watch.closesAt(),
                clock.instant().plus(LATER),
                watch.revision());
    }

    /// At a conversation in which something happened.
    ///
    /// @param begins whether it is watched from now on where it has a window
    /// @return whether its channel knows of windows; null: it cannot say now
    @Nullable Boolean at(Conversation conversation, boolean begins) throws InterruptedException {
        var watched = journal.watches().of(conversation.id());
        if (conversation.closedAt() != null) {
            watched.ifPresent(watch -> journal.watches().end(watch.conversation()));
            return null;
        }
        var capabilities = begins || watched.isPresent() ? capabilities(conversation) : null;
        if (capabilities == null) {
            return null;
        }
        if (watched.isPresent()) {
            settle(conversation, watched.get(), capabilities);
        } else {
            begin(conversation, capabilities);
        }
        return capabilities.window() != null;
    }

    /// Where no window is open nobody has to be told of its end.
    private void begin(Conversation conversation, Capabilities capabilities) {
        var now = clock.instant();
        var closesAt = closesAt(capabilities, now);
        if (closesAt != null) {
            journal.watches()
                    .begin(
                            new Watch(
                                    conversation.id(),
                                    conversation.account(),
                                    CapabilityVersion.of(capabilities, now),
                                    closesAt,
                                    countdown.next(closesAt, now),
                                    0));
        }
    }

    private void settle(Conversation conversation, Watch watch, Capabilities capabilities)
            throws InterruptedException {
        var now = clock.instant();
        var version = CapabilityVersion.of(capabilities, now);
        var closesAt = closesAt(capabilities, now);
        if (isTold(conversation, watch, version, closesAt)) {
            var due = closesAt == null ? null : countdown.next(closesAt, now);
            var next =
                    new Watch(
                            watch.conversation(),
                            watch.account(),
                            version,
                            closesAt,
                            due,
                            watch.revision());
            if (!next.equals(watch)) {
                var _ = journal.watches().move(watch, next);
            }
        }
    }

    private boolean isTold(
            Conversation conversation, Watch watch, String version, @Nullable Instant closesAt)
            throws InterruptedException {
        if (!version.equals(watch.version())) {
            return news.changed(conversation, version, watch.revision(), closesAt);
        }
        if (closesAt == null || !Objects.equals(closesAt, watch.closesAt())) {
            return true;
        }
        var now = clock.instant();
        var due = watch.dueAt();
        var lead = countdown.reached(closesAt, now);
        return due == null
                || due.isAfter(now)
                || lead.isEmpty()
                || news.closing(conversation, version, closesAt, lead.get());
    }

    /// As the database keeps it; null: no window is open.
    private static @Nullable Instant closesAt(Capabilities capabilities, Instant now) {
        var window = capabilities.window();
        var closesAt = window == null ? null : window.closesAt();
        return closesAt == null || !now.isBefore(closesAt)
                ? null
                : closesAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /// Null where the channel cannot say now: then it is looked at later.
    private @Nullable Capabilities capabilities(Conversation conversation)
            throws InterruptedException {
        if (!(accounts.find(conversation.account())
                instanceof OpenAccounts.Found.Open(OpenAccount account))) {
            return null;
        }
        try {
            return account.capabilities(Ends.of(conversation).told(conversation));
        } catch (PluginFailure silent) {
            return null;
        }
    }
}
