package io.tributary.host.outbound;

import io.tributary.host.journal.Journal;
import io.tributary.model.AccountId;
import io.tributary.model.CustomerId;
import io.tributary.model.Part;
import io.tributary.model.Reason;
import io.tributary.spi.Capabilities;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether the customer and the provider's rules let something through right now. Asked before a
/// draft is taken and again before each attempt, since customers opt out and windows close
/// meanwhile. Blocking, thread safe.
final class Permission {

    /// The purpose under which channels report that a customer wants no messages.
    static final String MESSAGES = "messages";

    /// The code of a refusal since the time for replies is over.
    static final String WINDOW_CLOSED = "window-closed";

    private final Journal journal;
    private final Unreachable unreachable;

    Permission(Journal journal, Unreachable unreachable) {
        this.journal = journal;
        this.unreachable = unreachable;
    }

    /// Why nothing may be sent to the customer; null: it may.
    ///
    /// @param primary the end's address under which consent is kept
    /// @param used the address it would go to
    @Nullable Reason against(CustomerId customer, AccountId account, String primary, String used) {
        if (hasOptedOut(customer, account, primary)
                || (!used.equals(primary) && hasOptedOut(customer, account, used))) {
            return Reason.of(
                    "opted-out",
                    "the customer has forbidden messages to this address: wait for a word from"
                            + " them");
        }
        return unreachable.reason(account, used).orElse(null);
    }

    /// What was said under the very customer counts; else, since customers are merged, a no under
    /// any of its other ids.
    private boolean hasOptedOut(CustomerId customer, AccountId account, String address) {
        var said = journal.customers().consents(customer, account, address, MESSAGES);
        var own = said.get(customer);
        return own == null ? said.containsValue(false) : !own;
    }

    /// Why the window does not let the parts through; null: it does.
    static @Nullable Reason againstWindow(
            List<Part> parts, Capabilities capabilities, Instant now) {
        var window = capabilities.window();
        if (window == null) {
            return null;
        }
        var closesAt = window.closesAt();
        if (closesAt != null && now.isBefore(closesAt)) {
            return null;
        }
        for (var part : parts) {
            if (!window.after().contains(part.content().capability())) {
                return Reason.of(
                        WINDOW_CLOSED,
                        window.after().isEmpty()
                                ? "the time for replies is over: wait for a word from the customer"
                                : "the time for free replies is over; may still be sent: "
                                        + String.join(
                                                ", ", window.after().stream().sorted().toList()));
            }
        }
        return null;
    }
}
