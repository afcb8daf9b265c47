package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Conversations;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.Journal;
import io.tributary.model.ConversationId;
import io.tributary.model.InteractionId;
import io.tributary.spi.SendsSignals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows the other end that somebody on our side is writing or has read. Nothing of it is kept, and
/// what comes late is dropped (guarantee 27). Thread safe.
public final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    /// What waited longer for its turn is no longer true.
    private static final Duration LATE = Duration.ofSeconds(5);

    private final Journal journal;
    private final OpenAccounts accounts;
    private final Wires wires;
    private final InstantSource clock;
    private final Set<UnderWay> underWay = ConcurrentHashMap.newKeySet();

    private record UnderWay(ConversationId conversation, SendsSignals.Kind kind) {}

    public Signals(Journal journal, OpenAccounts accounts, Wires wires, InstantSource clock) {
        this.journal = journal;
        this.accounts = accounts;
        this.wires = wires;
        this.clock = clock;
    }

    /// Hands a signal over and returns; whether it arrives nobody knows. Blocking reads.
    ///
    /// @param upTo the last that was read, of READ; null: the customer's last word
    public void pass(
            Conversations.Conversation conversation,
            SendsSignals.Kind kind,
            @Nullable InteractionId upTo) {
        if (conversation.closedAt() != null
                || !(accounts.find(conversation.account())
                        instanceof OpenAccounts.Found.Open(OpenAccount account))) {
            return;
        }
        Optional<SendsSignals> ability = account.ability(SendsSignals.class);
        if (ability.isEmpty() && !Gate.maySend(account)) {
            return;
        }
        var one = new UnderWay(conversation.id(), kind);
        // The same one on its way already says all that this one would.
        if (!underWay.add(one)) {
            return;
        }
        String read = kind == SendsSignals.Kind.READ ? theirId(conversation, upTo) : null;
        if (ability.isEmpty()) {
            underWay.remove(one);
            wires.signal(account, Ends.of(conversation).told(conversation), kind, read);
            return;
        }
        Instant asked = clock.instant();
        try {
            account.calls()
                    .start(
                            account.id(),
                            "signal",
                            () -> {
                                try {
                                    call(account, ability.get(), conversation, kind, read, asked);
                                } finally {
                                    underWay.remove(one);
                                }
                            });
        } catch (RuntimeException closing) {
            underWay.remove(one);
        }
    }

    private void call(
            OpenAccount account,
            SendsSignals ability,
            Conversations.Conversation conversation,
            SendsSignals.Kind kind,
            @Nullable String upTo,
            Instant asked) {
        try {
            account.calls()
                    .call(
                            Calls.Kind.SIGNAL,
                            account.id(),
                            () -> {
                                if (!clock.instant().isAfter(asked.plus(LATE))) {
                                    ability.signal(
                                            Ends.of(conversation).told(conversation), kind, upTo);
                                }
                                return true;
                            });
        } catch (PluginFailure failure) {
            LOG.debug("account={} a signal was lost ({})", account.id(), failure.why());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /// The provider's id of what was read; null: it has none.
    private @Nullable String theirId(
            Conversations.Conversation conversation, @Nullable InteractionId upTo) {
        var row =
                upTo == null
                        ? journal.log().at(conversation.customerPosition())
                        : journal.log().byId(upTo);
        return row.filter(found -> conversation.id().equals(found.conversation()))
                .flatMap(found ->
                        journal.directory().references(found.id()).stream()
                                .map(Directory.Reference::externalId)
                                .filter(id -> !SendKey.isOf(found.id(), id))
                                .findFirst())
                .orElse(null);
    }
}
