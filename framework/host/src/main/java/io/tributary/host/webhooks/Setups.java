package io.tributary.host.webhooks;

import io.tributary.host.agents.Refusal;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Commit;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Journal;
import io.tributary.host.journal.Unit;
import io.tributary.host.journal.WebhookRecords.Setup;
import io.tributary.host.journal.WebhookRecords.State;
import io.tributary.host.journal.WebhookRecords.Webhook;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Changes what is set up, each change in one commit with its line in the audit. Thread safe;
/// blocking.
final class Setups {

    private static final int TRIES = 5;

    private final Journal journal;
    private final InstantSource clock;

    /// What is done.
    ///
    /// @param action for the audit, after `webhook.`
    record Deed(String actor, String action, String detail) {}

    /// What becomes of a webhook.
    ///
    /// @param cursor after which it begins anew; null: it stays where it is
    record Changed(Setup setup, @Nullable String cursor, Deed deed) {}

    Setups(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    void add(Setup setup, String cursor, Deed deed) {
        commit(
                setup.id(),
                List.of(new Expect.WebhookVersion(setup.id(), 0)),
                new Change.PutWebhook(setup, cursor),
                deed);
    }

    /// Changes it as it is now.
    ///
    /// @return empty: there is none of this id
    Optional<Webhook> change(String id, Function<Webhook, Changed> change) {
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<Webhook> read = journal.webhooks().byId(id);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            if (put(read.get(), change.apply(read.get()))) {
                return journal.webhooks().byId(id);
            }
        }
        throw new Refusal(Refusal.Why.BUSY, "others change the webhook at the same time");
    }

    /// Delivers no more, unless somebody has changed it since it was read.
    void end(Webhook read, State state, String reason) {
        var deed = new Deed("member", state.name().toLowerCase(Locale.ROOT), reason);
        var _ = put(read, new Changed(state(read.setup(), state, reason), null, deed));
    }

    Setup state(Setup setup, State state, String reason) {
        return new Setup(
                setup.id(),
                setup.name(),
                setup.url(),
                setup.filter(),
                setup.secret(),
                setup.former(),
                setup.formerUntil(),
                state,
                reason,
                setup.createdAt(),
                clock.instant());
    }

    void remove(String id, String actor) {
        commit(id, List.of(), new Change.RemoveWebhook(id), new Deed(actor, "remove", ""));
    }

    /// Only the audit's line.
    void note(String id, Deed deed) {
        append(Unit.of(audit(id, deed)));
    }

    private boolean put(Webhook read, Changed changed) {
        return commit(
                read.id(),
                List.of(new Expect.WebhookVersion(read.id(), read.version())),
                new Change.PutWebhook(changed.setup(), changed.cursor()),
                changed.deed());
    }

    private boolean commit(String id, List<Expect> expects, Change change, Deed deed) {
        return append(Unit.of(expects, List.of(change, audit(id, deed)))) instanceof Commit.Done;
    }

    private Change audit(String id, Deed deed) {
        return new Change.AddAudit(
                deed.actor(), "webhook." + deed.action(), id, deed.detail(), clock.instant());
    }

    private Commit append(Unit unit) {
        try {
            return journal.append(unit).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }
}
