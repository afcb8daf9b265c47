package io.tributary.social.telegram;

import io.tributary.model.Bytes;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Connection;
import io.tributary.spi.Delivery;
import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.NotStored;
import io.tributary.spi.RawEvent;
import io.tributary.spi.Slot;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Asks for updates, again and again (https://core.telegram.org/bots/api#getupdates).
///
/// Asking for what comes after an update tells Telegram to forget it and all before it. So that is
/// asked once, after the commit, and is kept nowhere: Telegram itself knows where we are, and what
/// comes twice is known by its key. A number that was kept would be wrong one day, since after a
/// week of silence Telegram goes on at a random one, and what is below the number asked for is
/// forgotten unread.
final class Polling implements Connection {

    private static final int MOST = 100;
    private static final long NOTHING = 0;

    /// Between questions that brought nothing: a server may answer at once.
    private static final Duration REST = Duration.ofMillis(100);

    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final BotApi api;
    private final AccountContext context;
    private final Slot slot;
    private final Duration patience;
    private final List<String> further;

    Polling(BotApi api, AccountContext context, Slot slot) {
        var settings = context.settings();
        this.api = api;
        this.context = context;
        this.slot = slot;
        this.patience = settings.duration("pollTimeout", TelegramChannel.LONGEST_POLL);
        this.further = settings.texts("furtherUpdates");
    }

    @Override
    public void run() throws Exception {
        var updates = ask(NOTHING, Duration.ZERO);
        slot.report(Health.up());
        while (true) {
            take(updates);
            if (updates.isEmpty()) {
                Thread.sleep(REST);
            }
            updates = ask(after(updates), patience);
        }
    }

    /// What to forget up to, by the next question.
    private static long after(List<JsonNode> updates) {
        long last = NOTHING;
        for (var update : updates) {
            var id = StrictJson.number(update, UpdateReader.ID);
            last = id == null ? last : Math.max(last, id + 1);
        }
        return last;
    }

    private List<JsonNode> ask(long offset, Duration wait)
            throws IOException, InterruptedException {
        var question =
                StrictJson.object().put("limit", MOST).put("timeout", (int) wait.toSeconds());
        if (offset != NOTHING) {
            question.put("offset", offset);
        }
        UpdateKinds.add(further, question.putArray("allowed_updates"));
        BotAnswer answer;
        try {
            answer = api.call("getUpdates", question);
        } catch (Http.Failure failure) {
            slot.report(Health.down("Telegram cannot be reached"));
            throw failure;
        }
        if (answer.ok() && answer.result().isArray()) {
            return List.copyOf(answer.result().values());
        }
        throw refused(answer);
    }

    private IOException refused(BotAnswer answer) throws InterruptedException {
        slot.report(Troubles.of(answer));
        var rest = answer.retryAfter();
        if (rest.isPositive()) {
            Thread.sleep(rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest);
        }
        return new IOException("Telegram answered " + answer.code() + " to a question for updates");
    }

    /// As many at once as a delivery holds; usually all of them.
    private void take(List<JsonNode> updates) throws NotStored, InterruptedException {
        var events = new ArrayList<RawEvent>();
        long bytes = 0;
        for (var update : updates) {
            Bytes body = StrictJson.bytes(update);
            if (bytes + body.length() > Delivery.MOST_BYTES) {
                slot.deliver(Delivery.of(List.copyOf(events)));
                events.clear();
                bytes = 0;
            }
            bytes += body.length();
            events.add(UpdateReader.event(body, update));
        }
        if (!events.isEmpty()) {
            slot.deliver(Delivery.of(List.copyOf(events)));
        }
        updates.forEach(this::answer);
    }

    /// Ends the wait on a button that was pressed; once, and if that fails Telegram ends it itself.
    private void answer(JsonNode update) {
        var pressed = Callbacks.answer(update);
        if (pressed != null) {
            context.executor()
                    .execute(() -> {
                        try {
                            api.call("answerCallbackQuery", pressed);
                        } catch (Http.Failure unanswered) {
                            // the choice itself is stored
                        } catch (InterruptedException closed) {
                            Thread.currentThread().interrupt();
                        }
                    });
        }
    }
}
