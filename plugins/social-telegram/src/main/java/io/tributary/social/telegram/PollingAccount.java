package io.tributary.social.telegram;

import io.tributary.spi.AccountContext;
import io.tributary.spi.Connection;
import io.tributary.spi.HoldsConnections;
import io.tributary.spi.Slot;

/// A bot that asks for its updates. Telegram hands them to one asker at a time, so there is one
/// slot.
final class PollingAccount extends TelegramAccount implements HoldsConnections {

    private final Bot bot;
    private final AccountContext context;

    PollingAccount(Bot bot, AccountContext context) {
        super(bot, context, false);
        this.bot = bot;
        this.context = context;
    }

    @Override
    public Connection connect(Slot slot) {
        return new Polling(bot.api(), context, slot);
    }
}
