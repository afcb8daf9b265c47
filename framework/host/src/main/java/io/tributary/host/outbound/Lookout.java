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
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks at one conversation: whether what it can carry is what agent apps were told, and whether
/// its send window is about to close. Blocking.
final class Lookout {

    private static final Duration LATER = Duration.ofMinutes(1);

    /// The version of what nobody could say when it was to be known, so nobody was told of it.
    private static final String UNKNOWN = "";

    private static final int MOST_TOLD = 10_000;

    private final Journal journal;
    private final OpenAccounts accounts;
    private final CapabilityNews news;
    private final Countdown countdown;
    private final InstantSource clock;
    private final Map<Said, Instant> lately = new LinkedHashMap<>();

    /// A version that was told of a conversation.
    private record Said(ConversationId conversation, String version) {}

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
                .ifPresent(conversation -> begin(conversation, version, clock.instant()));
    }

    private void begin(Conversation conversation, String version, Instant due) {
        var first = new Watch(conversation.id(), conversation.account(), version, null, due, 0);
        journal.watches()
                .of(conversation.id())
                .filter(watch -> watch.version().equals(UNKNOWN))
                .ifPresentOrElse(
                        watch -> journal.watches().move(watch, first),
                        () -> journal.watches().begin(first));
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
        } else {
            postpone(watch);
        }
    }

    /// It is looked at again soon, and does not stand in the way of others that are due.
    private void postpone(Watch watch) {
        var now = clock.instant();
        var soon = now.plus(LATER);
        var due = watch.dueAt();
        if (due == null || !due.isAfter(now) || due.isAfter(soon)) {
            var later =
                    new Watch(
                            watch.conversation(),
                            watch.account(),
                            watch.version(),
                            watch.closesAt(),
                            soon,
                            watch.revision());
            var _ = journal.watches().move(watch, later);
        }
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
        if (!begins && watched.isEmpty()) {
            return null;
        }
        var capabilities = capabilities(conversation);
        if (capabilities == null) {
            watched.ifPresentOrElse(
                    this::postpone,
                    () -> begin(conversation, UNKNOWN, clock.instant().plus(LATER)));
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
        if (watch.version().equals(UNKNOWN) && closesAt == null) {
            journal.watches().end(watch.conversation());
        } else if (isToldLately(watch, version, now)) {
            postpone(watch);
        } else if (isTold(conversation, watch, version, closesAt)) {
            var due = closesAt == null ? null : countdown.next(closesAt, now);
            var next =
                    new Watch(
                            watch.conversation(),
                            watch.account(),
                            version,
                            closesAt,
                            due,
                            watch.revision());
            if (!next.equals(watch) && !isEarlyEnough(watch, next, now)) {
                var _ = journal.watches().move(watch, next);
            }
        }
    }

    /// Each word of the customer moves the end of the window. Where the watch comes up in time as
    /// it is, it is moved then.
    private static boolean isEarlyEnough(Watch kept, Watch next, Instant now) {
        var due = kept.dueAt();
        var wanted = next.dueAt();
        return kept.version().equals(next.version())
                && due != null
                && wanted != null
                && due.isAfter(now)
                && !due.isAfter(wanted);
    }

    /// Where two members see different things, each would else tell its own again and again.
    private boolean isToldLately(Watch watch, String version, Instant now) {
        var told = lately.get(new Said(watch.conversation(), version));
        return !version.equals(watch.version()) && told != null && told.plus(LATER).isAfter(now);
    }

    private void remember(Watch watch, String version) {
        var said = new Said(watch.conversation(), version);
        lately.remove(said);
        lately.put(said, clock.instant());
        if (lately.size() > MOST_TOLD) {
            lately.remove(lately.keySet().iterator().next());
        }
    }

    private boolean isTold(
            Conversation conversation, Watch watch, String version, @Nullable Instant closesAt)
            throws InterruptedException {
        if (watch.version().equals(UNKNOWN)) {
            return true;
        }
        if (!version.equals(watch.version())) {
            boolean told = news.changed(conversation, version, watch.revision(), closesAt);
            if (told) {
                remember(watch, version);
            }
            return told;
        }
        if (closesAt == null) {
            return true;
        }
        var now = clock.instant();
        var due = watch.dueAt();
        var lead = countdown.reached(closesAt, now);
        return due == null
                || due.isAfter(now)
                || lead.isEmpty()
                || isOver(lead.get(), closesAt, watch, conversation)
                || news.closing(conversation, version, closesAt, lead.get());
    }

    /// Whether the window was moved since the watch was kept, by a word that came after this moment
    /// of the countdown.
    private static boolean isOver(
            Duration lead, Instant closesAt, Watch watch, Conversation conversation) {
        var word = conversation.lastFromCustomer();
        return !closesAt.equals(watch.closesAt())
                && word != null
                && !closesAt.minus(lead).isAfter(word);
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
