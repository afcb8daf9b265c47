package io.tributary.voice.twilio;

import io.tributary.spi.AccountContext;
import io.tributary.spi.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;

/// A context as another one, but with state that cannot be read.
final class Blind {

    private Blind() {}

    static AccountContext context(AccountContext whole) {
        var state = state();
        return (AccountContext)
                Proxy.newProxyInstance(
                        AccountContext.class.getClassLoader(),
                        new Class<?>[] {AccountContext.class},
                        (_, method, arguments) ->
                                method.getName().equals("state")
                                        ? state
                                        : method.invoke(whole, arguments));
    }

    private static State state() {
        return (State)
                Proxy.newProxyInstance(
                        State.class.getClassLoader(),
                        new Class<?>[] {State.class},
                        (_, _, _) -> {
                            throw new UncheckedIOException(
                                    new IOException("the store cannot be read"));
                        });
    }
}
