package io.tributary.testkit;

import io.tributary.model.Bytes;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Channel;
import io.tributary.spi.Connection;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Health;
import io.tributary.spi.Http;
import io.tributary.spi.NotStored;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.RawEvent;
import io.tributary.spi.SendResult;
import io.tributary.spi.Slot;
import io.tributary.spi.State;
import io.tributary.testkit.ticker.TickerAccount;
import io.tributary.testkit.ticker.TickerChannel;
import io.tributary.testkit.ticker.TickerConnection;
import io.tributary.testkit.ticker.TickerContract;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Channels whose connections break exactly one promise.
final class ConnectionSabotages {

    /// Who breaks a promise is not waited for as long as who may keep it.
    private static final Duration SHORT = Duration.ofMillis(700);

    private ConnectionSabotages() {}

    static List<Sabotage> ofConnections() {
        return List.of(
                ticks("what comes on a connection is kept, in order", Forgets::new),
                ticks(
                        "what comes on a connection is kept, in order",
                        ConnectionSabotages::throwing),
                ticks(
                        "nothing is acknowledged to the provider that could not be stored",
                        GoesOn::new),
                ticks("what was stored and not acknowledged is no second message", NewKeys::new),
                ticks("a connection that is cut comes back", Sulks::new),
                ticks("a provider that cannot be reached is not up", AlwaysUp::new),
                ticks("a connection leaves when it is told to", Stays::new),
                ticks("a connection leaves when it is told to", Insists::new),
                ticks("several connections share the work", TakesAll::new),
                ticks("what connections keep and log gives nothing away", LogsLines::new),
                ticks(
                        "a connection goes on after a restart without gap or doubles",
                        BeginsAtEnd::new));
    }

    static List<Sabotage> ofSending() {
        return List.of(
                sends(
                        "what is sent on a connection is taken, and known by the provider's ids",
                        message -> SendResult.accepted(message.key())),
                sends(
                        "unknown content is refused on a connection",
                        _ -> SendResult.retry("any", "whatever comes")),
                sends(
                        "what is sent when the provider is gone is no success",
                        message -> SendResult.accepted(message.key())));
    }

    private static Sabotage ticks(
            String promise, BiFunction<AccountContext, Slot, Connection> broken) {
        return new Sabotage(
                promise,
                new TickerContract() {
                    @Override
                    protected Channel channel() {
                        return new BrokenChannel(broken);
                    }

                    @Override
                    Patience patience() {
                        return new Patience(SHORT);
                    }
                });
    }

    private static Sabotage sends(String promise, Function<OutboundMessage, SendResult> result) {
        return ticks(
                promise,
                (context, slot) ->
                        new TickerConnection(context, slot) {
                            @Override
                            public SendResult send(OutboundMessage message) {
                                return result.apply(message);
                            }
                        });
    }

    private static Connection throwing(AccountContext context, Slot slot) {
        throw new IllegalStateException("slot " + slot.number() + " of " + context.account());
    }

    private static final class BrokenChannel extends TickerChannel {
        private final BiFunction<AccountContext, Slot, Connection> broken;

        BrokenChannel(BiFunction<AccountContext, Slot, Connection> broken) {
            this.broken = broken;
        }

        @Override
        public Account open(AccountContext context) {
            return new TickerAccount(context) {
                @Override
                public Connection connect(Slot slot) {
                    return broken.apply(context, slot);
                }
            };
        }
    }

    /// Moves the cursor past what it does not deliver.
    private static final class Forgets extends TickerConnection {
        Forgets(AccountContext context, Slot slot) {
            super(context, slot);
        }

        @Override
        protected boolean isOurs(String line) {
            return false;
        }
    }

    /// Acknowledges what it could not store.
    private static final class GoesOn extends TickerConnection {
        private String after = "0";

        GoesOn(AccountContext context, Slot slot) {
            super(context, slot);
        }

        @Override
        protected String after() {
            return after;
        }

        @Override
        protected void take(List<String> lines) throws InterruptedException {
            try {
                super.take(lines);
            } catch (NotStored lost) {
                // goes on all the same
            }
            after = lines.isEmpty() ? after : field(lines.getLast(), 0);
        }
    }

    /// Writes its cursor when all is done, and knows lines by names of its own.
    private static final class NewKeys extends TickerConnection {
        NewKeys(AccountContext context, Slot slot) {
            super(context, slot);
        }

        @Override
        protected RawEvent event(String line) {
            return RawEvent.of("line", Bytes.utf8(line), Dedupe.key(UUID.randomUUID().toString()));
        }

        @Override
        protected void take(List<String> lines) throws NotStored, InterruptedException {
            if (!lines.isEmpty()) {
                var events = lines.stream().filter(this::isOurs).map(this::event).toList();
                slot.deliver(Delivery.of(events));
                slot.deliver(Delivery.NOTHING.state(cursorAt(lines.getLast())));
            }
        }
    }

    /// Waits for better days when the provider is gone.
    private static final class Sulks extends TickerConnection {
        Sulks(AccountContext context, Slot slot) {
            super(context, slot);
        }

        @Override
        public void run() throws Exception {
            try {
                super.run();
            } catch (Http.Failure gone) {
                new CountDownLatch(1).await();
            }
        }
    }

    private static final class AlwaysUp extends TickerConnection {
        AlwaysUp(AccountContext context, Slot slot) {
            super(context, slot);
        }

        @Override
        public void run() throws Exception {
            slot.report(Health.up());
            super.run();
        }
    }

    /// Takes an interrupt for one more failure of the provider.
    private static final class Stays extends TickerConnection {
        Stays(AccountContext context, Slot slot) {
            super(context, slot);
        }

        @Override
        public void run() throws Exception {
            try {
                super.run();
            } catch (InterruptedException leave) {
                Thread.sleep(SHORT.multipliedBy(2));
            }
        }
    }

    /// Delivers what it has in hand before it goes, and waits for a lost lease to come back.
    private static final class Insists extends TickerConnection {
        Insists(AccountContext context, Slot slot) {
            super(context, slot);
        }

        @Override
        protected void take(List<String> lines) throws NotStored, InterruptedException {
            try {
                super.take(lines);
            } catch (NotStored full) {
                restOrLeave();
                last(lines);
            } catch (InterruptedException leave) {
                last(lines);
                throw leave;
            }
        }

        private static void restOrLeave() {
            try {
                Thread.sleep(SHORT);
            } catch (InterruptedException leave) {
                // when it has delivered
            }
        }

        private void last(List<String> lines) throws NotStored, InterruptedException {
            try {
                super.take(lines);
            } catch (NotStored told) {
                if (told.why() == NotStored.Why.LOST) {
                    Thread.sleep(SHORT.multipliedBy(2));
                }
                throw told;
            }
        }
    }

    private static final class TakesAll extends TickerConnection {
        TakesAll(AccountContext context, Slot slot) {
            super(context, slot);
        }

        @Override
        protected boolean isOurs(String line) {
            return true;
        }
    }

    private static final class LogsLines extends TickerConnection {
        LogsLines(AccountContext context, Slot slot) {
            super(context, slot);
        }

        @Override
        protected RawEvent event(String line) {
            context.log().log(System.Logger.Level.INFO, line);
            return super.event(line);
        }
    }

    /// Takes only what comes while it is there.
    private static final class BeginsAtEnd extends TickerConnection {
        private String after = "";

        BeginsAtEnd(AccountContext context, Slot slot) {
            super(context, slot);
        }

        @Override
        protected List<String> ask() throws IOException, InterruptedException {
            var lines = super.ask();
            if (after.isEmpty()) {
                after = lines.isEmpty() ? "0" : field(lines.getLast(), 0);
                return after.equals("0") ? lines : List.of();
            }
            return lines;
        }

        @Override
        protected String after() {
            return after.isEmpty() ? "0" : after;
        }

        @Override
        protected State.Change cursorAt(String line) {
            after = field(line, 0);
            return super.cursorAt(line);
        }
    }
}
