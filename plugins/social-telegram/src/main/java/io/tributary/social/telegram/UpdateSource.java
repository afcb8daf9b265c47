package io.tributary.social.telegram;

import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.Slot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Where updates are asked for (https://core.telegram.org/bots/api#getupdates).
///
/// Many come in one answer. Where that is larger than the host reads, or cannot be read, they are
/// asked for one by one, and then by ever more again: so one that is like that holds up no other.
/// Used by one thread.
final class UpdateSource {

    private static final int MOST = 100;
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final BotApi api;
    private final Slot slot;
    private final List<String> further;
    private int atOnce = MOST;
    private boolean up;

    /// @param further kinds of updates that the settings name
    UpdateSource(BotApi api, Slot slot, List<String> further) {
        this.api = api;
        this.slot = slot;
        this.further = further;
    }

    /// Asks, and tells the slot how that went.
    ///
    /// @param offset what comes before it is forgotten; [Batch#NOTHING]: nothing is
    /// @param wait how long Telegram may wait for updates
    Batch ask(long offset, Duration wait) throws IOException, InterruptedException {
        var batch = attempt(offset, wait);
        while (batch == null) {
            atOnce = 1;
            batch = attempt(offset, Duration.ZERO);
        }
        atOnce = Math.min(MOST, 2 * atOnce);
        report(true, Health.up());
        return batch;
    }

    /// @return null: what came was too much, or cannot be read; never where one alone was asked for
    private @Nullable Batch attempt(long offset, Duration wait)
            throws IOException, InterruptedException {
        BotAnswer answer;
        try {
            answer = api.call("getUpdates", question(offset, wait));
        } catch (Http.Failure failure) {
            report(false, Health.down("Telegram cannot be reached"));
            if (failure.written() && atOnce > 1) {
                // that an answer is too large looks like one that broke off
                return null;
            }
            throw failure;
        }
        if (answer.ok() && answer.result().isArray()) {
            return Batch.of(answer.result());
        }
        boolean unreadable = !answer.theirs() && answer.http().successful();
        if (unreadable && atOnce > 1) {
            return null;
        }
        var alone = unreadable ? Batch.unreadable(answer.http().body()) : null;
        if (alone == null) {
            throw refused(answer);
        }
        return alone;
    }

    private ObjectNode question(long offset, Duration wait) {
        var question =
                StrictJson.object().put("limit", atOnce).put("timeout", (int) wait.toSeconds());
        if (offset != Batch.NOTHING) {
            question.put("offset", offset);
        }
        UpdateKinds.add(further, question.putArray("allowed_updates"));
        return question;
    }

    private IOException refused(BotAnswer answer) throws InterruptedException {
        report(false, Troubles.of(answer));
        var rest = answer.retryAfter();
        if (rest.isPositive()) {
            Thread.sleep(rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
        }
        return new IOException("Telegram answered " + answer.code() + " to a question for updates");
    }

    /// Once that it is well, and whatever else it is.
    private void report(boolean well, Health health) {
        if (!well || !up) {
            slot.report(health);
        }
        up = well;
    }
}
