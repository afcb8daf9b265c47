package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.accounts.Wire;
import io.tributary.model.AccountId;
import io.tributary.model.Reason;
import io.tributary.spi.Health;
import io.tributary.spi.Sends;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The account as it can send right now: whether it is open, whether the provider stopped it, and
/// how many sends run side by side. Only the dispatcher's loop touches it.
@SuppressWarnings("ReferenceEquality") // an account opened anew is another object
final class Sender {

    /// An account whose health turned well by itself is tried again, but not at every look.
    private static final Duration BETWEEN_RELEASES = Duration.ofSeconds(30);

    private final AccountId id;
    private final OpenAccounts accounts;
    private final Consumer<Runnable> mailbox;
    private final Places places;
    private @Nullable OpenAccount account;
    private @Nullable Wire own;
    private @Nullable OpenAccount drained;
    private @Nullable Reason stopped;
    private boolean said;
    private Instant releasedAt = Instant.EPOCH;

    /// @param mailbox takes what is to be done on the loop
    Sender(AccountId id, OpenAccounts accounts, Consumer<Runnable> mailbox) {
        this.id = id;
        this.accounts = accounts;
        this.mailbox = mailbox;
        this.places = new Places(() -> mailbox.accept(() -> {}));
    }

    /// Looks at the account anew.
    ///
    /// @return whether it was stopped until now and is to be tried again
    boolean look(Instant now) {
        var found =
                accounts.find(id) instanceof OpenAccounts.Found.Open(OpenAccount open)
                        ? open
                        : null;
        if (found != account) {
            account = found;
            own =
                    found == null
                            ? null
                            : found.ability(Sends.class)
                                    .map(sends -> new Wire(found, sends))
                                    .orElse(null);
            places.shut();
            askAtOnce();
            // New settings or a new version: what stopped it may be gone.
            return found != null && release(now);
        }
        boolean well = found != null && found.health().state() != Health.State.STOPPED;
        return well && !now.isBefore(releasedAt.plus(BETWEEN_RELEASES)) && release(now);
    }

    boolean release(Instant now) {
        boolean was = stopped != null;
        stopped = null;
        if (was) {
            releasedAt = now;
        }
        return was;
    }

    /// The provider takes nothing until an operator acted: unless one has acted since, and it was
    /// the account's own wire of before that was refused.
    ///
    /// @param refused the account as it was open then
    void stop(OpenAccount refused, Reason reason, Instant now) {
        var open = account;
        if (open == null || (own != null && refused != open)) {
            return;
        }
        stopped = reason;
        releasedAt = now;
        said = true;
        open.report(
                Health.stopped(
                        "the provider takes no messages: " + reason.text(),
                        "correct the account's settings or settle the matter with the"
                                + " provider, then check the account"));
    }

    /// Sends nothing more through the account as it is open now.
    void drain() {
        drained = account;
        places.shut();
    }

    /// The provider took a message: what this said of the account's health is no longer so.
    void works() {
        var open = account;
        if (said && stopped == null && open != null) {
            said = false;
            if (open.health().state() == Health.State.STOPPED) {
                open.report(Health.up());
            }
        }
    }

    /// Lets nothing begin any more, not even what waits to.
    void leave() {
        places.shut();
    }

    boolean maySend() {
        return account != null && stopped == null && account != drained;
    }

    OpenAccount account() {
        return present(account);
    }

    /// The account's own wire; null: its connections or devices send.
    @Nullable Wire own() {
        return own;
    }

    /// Those on the account's own wire, however often that is opened anew: none until it is known
    /// how many there are.
    Places places() {
        return places;
    }

    /// The channel is asked beside the loop: it may be slow. Until it answers nothing is sent.
    private void askAtOnce() {
        var asked = own;
        if (asked == null) {
            return;
        }
        Thread.ofVirtual()
                .name("outbound " + id)
                .start(() -> {
                    try {
                        int answer = asked.atOnce();
                        mailbox.accept(() -> {
                            if (asked == own) {
                                places.open(answer);
                            }
                        });
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the account is not open: ask maySend first");
        }
        return value;
    }
}
