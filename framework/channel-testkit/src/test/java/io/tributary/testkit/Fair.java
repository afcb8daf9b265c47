package io.tributary.testkit;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.Connection;
import io.tributary.spi.Slot;
import io.tributary.testkit.bell.BellAccount;
import io.tributary.testkit.bell.BellChannel;
import io.tributary.testkit.ticker.TickerAccount;
import io.tributary.testkit.ticker.TickerChannel;
import java.util.function.BiFunction;
import java.util.function.Function;

/// A channel that keeps its promises in a way of its own.
///
/// @param way which way that is
/// @param group of checks in which it could be taken for a broken one
record Fair(String way, String group, ChannelContract contract) {

    static Channel ticker(BiFunction<AccountContext, Slot, Connection> connection) {
        return new TickerChannel() {
            @Override
            public Account open(AccountContext context) {
                return new TickerAccount(context) {
                    @Override
                    public Connection connect(Slot slot) {
                        return connection.apply(context, slot);
                    }
                };
            }
        };
    }

    static Channel bell(Function<AccountContext, BellAccount> account) {
        return new BellChannel() {
            @Override
            public Account open(AccountContext context) {
                return account.apply(context);
            }
        };
    }

    @Override
    public String toString() {
        return way;
    }
}
