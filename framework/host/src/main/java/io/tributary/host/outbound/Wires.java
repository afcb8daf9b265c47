package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.Wire;
import io.tributary.spi.Conversation;
import io.tributary.spi.SendsSignals;
import org.jspecify.annotations.Nullable;

/// Who sends where the account itself does not: one of its connections, or the session of one of
/// its devices. The host puts those behind it. Thread safe.
public interface Wires {

    /// No account has any.
    Wires NONE =
            new Wires() {
                @Override
                public Way find(OpenAccount account, String address) {
                    return new Way.Closed("");
                }

                @Override
                public void signal(
                        OpenAccount account,
                        Conversation conversation,
                        SendsSignals.Kind kind,
                        @Nullable String upTo) {}
            };

    /// The way to an address right now.
    sealed interface Way {

        record Open(Wire wire) implements Way {}

        /// There is none: messages wait until [Dispatchers#wiresChanged] says that there may be.
        ///
        /// @param waitsFor the one who has to come; empty: anybody
        record Closed(String waitsFor) implements Way {}
    }

    /// Looks for the way; may block on the journal.
    Way find(OpenAccount account, String address);

    /// Shows a signal at the other end where that can be done now, and returns at once.
    void signal(
            OpenAccount account,
            Conversation conversation,
            SendsSignals.Kind kind,
            @Nullable String upTo);
}
