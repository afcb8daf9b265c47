package io.tributary.social.telegram;

import io.tributary.model.Json;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.Conversation;
import io.tributary.spi.FetchesMedia;
import io.tributary.spi.Health;
import io.tributary.spi.Inbound;
import io.tributary.spi.Line;
import io.tributary.spi.OffersActions;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Reconciles;
import io.tributary.spi.SendResult;
import io.tributary.spi.SendsSignals;
import io.tributary.spi.SplitsText;
import io.tributary.spi.Translates;
import io.tributary.spi.Trouble;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One bot, however it hears of updates.
abstract sealed class TelegramAccount
        implements Account,
                Translates,
                Reconciles,
                FetchesMedia,
                SplitsText,
                SendsSignals,
                ChecksHealth,
                OffersActions
        permits PollingAccount, WebhookAccount {

    private final Bot bot;
    private final Registration registration;

    TelegramAccount(Bot bot, AccountContext context, boolean posted) {
        this.bot = bot;
        this.registration = new Registration(bot.api(), context, posted);
    }

    @Override
    public Capabilities capabilities(Conversation conversation) {
        return BotCapabilities.of(conversation);
    }

    @Override
    public List<Line> lines() {
        var number = bot.lines().bot();
        return List.of(Line.of(number, "Bot " + number));
    }

    @Override
    public List<Inbound> translate(Arrival arrival) {
        return bot.translation().of(arrival);
    }

    @Override
    public SendResult send(OutboundMessage message) throws InterruptedException {
        return bot.outgoing().send(message);
    }

    @Override
    public SendResult lookUp(OutboundMessage message) {
        return bot.outgoing().lookUp(message);
    }

    @Override
    public Location locate(String fetch) throws Trouble, IOException, InterruptedException {
        return bot.locate(fetch);
    }

    @Override
    public List<String> split(String text) {
        return Pieces.of(text);
    }

    @Override
    public void signal(Conversation conversation, Kind kind, @Nullable String upTo)
            throws IOException, InterruptedException {
        bot.signal(conversation, kind, upTo);
    }

    @Override
    public Health check() throws InterruptedException {
        return registration.check();
    }

    @Override
    public List<Action> actions() {
        return registration.actions();
    }

    @Override
    public Json perform(String action, Json input)
            throws Trouble, IOException, InterruptedException {
        return registration.perform(action);
    }
}
