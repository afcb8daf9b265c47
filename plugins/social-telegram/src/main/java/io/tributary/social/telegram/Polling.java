package io.tributary.social.telegram;

import io.tributary.spi.AccountContext;
import io.tributary.spi.Connection;
import io.tributary.spi.Delivery;
import io.tributary.spi.Http;
import io.tributary.spi.NotStored;
import io.tributary.spi.RawEvent;
import io.tributary.spi.Slot;
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

    /// Between questions that brought nothing to go on from: a server may answer at once.
    private static final Duration REST = Duration.ofMillis(100);

    private final BotApi api;
    private final AccountContext context;
    private final Slot slot;
    private final UpdateSource source;
    private final Duration patience;

    Polling(BotApi api, AccountContext context, Slot slot) {
        var settings = context.settings();
        this.api = api;
        this.context = context;
        this.slot = slot;
        this.source = new UpdateSource(api, slot, settings.texts("furtherUpdates"));
        this.patience = settings.duration("pollTimeout", TelegramChannel.LONGEST_POLL);
    }

    @Override
    public void run() throws Exception {
        var batch = source.ask(Batch.NOTHING, Duration.ZERO);
        while (true) {
            take(batch);
            if (batch.next() == Batch.NOTHING) {
                Thread.sleep(REST);
            }
            batch = source.ask(batch.next(), patience);
        }
    }

    private void take(Batch batch) throws NotStored, InterruptedException {
        var unreadable = batch.unreadable();
        if (unreadable != null) {
            slot.deliver(Delivery.of(UpdateReader.event(unreadable, null)));
        }
        deliver(batch.updates());
        batch.updates().forEach(this::answer);
    }

    /// As many at once as a delivery holds; usually all of them.
    private void deliver(List<JsonNode> updates) throws NotStored, InterruptedException {
        var events = new ArrayList<RawEvent>();
        long bytes = 0;
        for (var update : updates) {
            var event = UpdateReader.event(StrictJson.bytes(update), update);
            if (bytes + event.body().length() > Delivery.MOST_BYTES) {
                slot.deliver(Delivery.of(List.copyOf(events)));
                events.clear();
                bytes = 0;
            }
            bytes += event.body().length();
            events.add(event);
        }
        if (!events.isEmpty()) {
            slot.deliver(Delivery.of(List.copyOf(events)));
        }
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
