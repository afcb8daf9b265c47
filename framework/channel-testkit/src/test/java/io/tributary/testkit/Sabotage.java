package io.tributary.testkit;

import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.testkit.pager.PagerChannel;
import io.tributary.testkit.pager.PagerContract;
import java.util.function.Function;
import java.util.function.Supplier;

/// A channel that breaks exactly one promise.
///
/// @param promise of which check
record Sabotage(String promise, ChannelContract contract) {

    static Sabotage channel(String promise, Supplier<Channel> broken) {
        return new Sabotage(
                promise,
                new PagerContract() {
                    @Override
                    protected Channel channel() {
                        return broken.get();
                    }
                });
    }

    static Sabotage account(String promise, Function<AccountContext, Account> broken) {
        return channel(
                promise,
                () ->
                        new PagerChannel() {
                            @Override
                            public Account open(AccountContext context) {
                                return broken.apply(context);
                            }
                        });
    }

    @Override
    public String toString() {
        return promise;
    }
}
