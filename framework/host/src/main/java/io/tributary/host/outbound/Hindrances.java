package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.model.Reason;
import io.tributary.spi.Capabilities;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What may stand against a send, and may change while it waits: the customer's word, the
/// provider's window, its time, and that it has arrived or something else in its place. Blocking;
/// for one attempt.
final class Hindrances {

    /// What was asked longer ago than this is asked again: a slow provider keeps those waiting who
    /// have been let through.
    private static final Duration MOMENT = Duration.ofMillis(200);

    private final Equipment equipment;
    private final OpenAccount account;
    private final Carriage carriage;
    private final Instant asked;

    Hindrances(Equipment equipment, OpenAccount account, Carriage carriage) {
        this.equipment = equipment;
        this.account = account;
        this.carriage = carriage;
        this.asked = equipment.now();
    }

    /// Why the customer gets nothing; null: they may.
    @Nullable Reason ofCustomer() {
        return equipment
                .permission()
                .against(
                        carriage.stored().customer(),
                        carriage.send().account(),
                        carriage.stored().address(),
                        carriage.ends().address());
    }

    /// Why the window does not let it through; null: it does.
    @Nullable Reason ofWindow(Capabilities capabilities) {
        return Permission.againstWindow(
                carriage.interaction().parts(), capabilities, equipment.now());
    }

    /// Whether one has come up since it was asked for them, unless that was just now. So it counts,
    /// too, where nobody can say: what has not gone out can be asked for anew.
    ///
    /// @param instead as it was read then
    boolean cameUp(Instead instead) throws InterruptedException {
        if (!asked.plus(MOMENT).isBefore(equipment.now())) {
            return false;
        }
        try {
            return isOver()
                    || Reported.ofEarlier(carriage, equipment.journal()).isPresent()
                    || ofCustomer() != null
                    || instead.against(equipment.journal()) != null
                    || ofWindow(account.capabilities(carriage.conversation())) != null;
        } catch (PluginFailure | JournalUnavailable _) {
            return true;
        }
    }

    private boolean isOver() {
        return !equipment.now().isBefore(carriage.send().expiresAt());
    }
}
