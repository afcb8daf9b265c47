package io.tributary.sms.smpp;

import io.tributary.model.Bytes;
import io.tributary.spi.AccountContext;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.spi.State;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Remembers how a long text was cut of which a part was taken: only one that is cut in the same
/// way can go on where it was, and settings may change meanwhile.
final class CutNotes {

    private static final String KEY = "cut/";

    private final AccountContext context;
    private final Bytes ours;

    CutNotes(AccountContext context, Profile profile) {
        this.context = context;
        this.ours =
                Bytes.wrap(
                        (profile.concatenation() + " " + profile.alphabet())
                                .getBytes(StandardCharsets.US_ASCII));
    }

    /// Notes it for as long as the message may be tried.
    void write(OutboundMessage message) {
        var left = Duration.between(context.clock().instant(), message.expiresAt());
        if (!left.isPositive()) {
            return;
        }
        try {
            context.state().write(State.Change.set(KEY + message.key(), ours).lasts(left));
        } catch (NotStored unavailable) {
            // the next attempt notes it; until then it counts on nobody changing the settings
            context.metrics().count("cuts.unnoted", 1);
        }
    }

    /// What becomes of a message that was begun and cannot go on now; null: it goes on.
    @Nullable SendResult refusal(OutboundMessage message) {
        try {
            var noted = context.state().read(KEY + message.key());
            return noted == null || noted.value().equals(ours)
                    ? null
                    : SendResult.unknown(
                            "cut-otherwise", "its beginning was sent before the settings changed");
        } catch (UncheckedIOException unreadable) {
            return SendResult.retry("store", "how its beginning was cut cannot be read now");
        }
    }
}
