package io.tributary.testkit;

import io.tributary.spi.Outcome;
import io.tributary.spi.WebhookReply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of a webhook.
///
/// @param status what the provider sees
/// @param reply what the plugin answered; null where the host answered
/// @param outcomes one per event, in order; empty where nothing was delivered
/// @param problem why it was refused; empty where it was not
public record Received(
        int status, @Nullable WebhookReply reply, List<Outcome> outcomes, String problem) {

    static Received accepted(WebhookReply reply, List<Outcome> outcomes) {
        return new Received(reply.status(), reply, outcomes, "");
    }

    static Received refused(int status, String problem) {
        return new Received(status, null, List.of(), problem);
    }
}
