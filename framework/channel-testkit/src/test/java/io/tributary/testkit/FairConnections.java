package io.tributary.testkit;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Channel;
import io.tributary.spi.Connection;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Health;
import io.tributary.spi.HoldsConnections;
import io.tributary.spi.Inbound;
import io.tributary.spi.RawEvent;
import io.tributary.spi.Slot;
import io.tributary.testkit.pager.PagerAccount;
import io.tributary.testkit.pager.PagerChannel;
import io.tributary.testkit.pager.PagerContract;
import io.tributary.testkit.ticker.TickerAccount;
import io.tributary.testkit.ticker.TickerChannel;
import io.tributary.testkit.ticker.TickerConnection;
import io.tributary.testkit.ticker.TickerContract;
import io.tributary.testkit.ticker.TickerSimulator;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Connections that keep their promises in ways of their own.
final class FairConnections {

    private FairConnections() {}

    static List<Fair> all() {
        return List.of(
                new Fair(
                        "has no keys, and asks for what it has seen once more when it comes back",
                        "holds connections",
                        new TickerContract() {
                            @Override
                            protected Channel channel() {
                                return Fair.ticker(Overlaps::new);
                            }
                        }),
                new Fair("brings how its service is", "holds connections", new Presences()),
                new Fair("brings how its service is", "translates", new Presences()),
                new Fair("does chores on its connections", "holds connections", new Chores()),
                new Fair(
                        "has a provider that begins anew with each simulator",
                        "lives",
                        new PagesAndLines()));
    }

    /// Knows lines by what they are, and takes the last one twice when it begins.
    private static final class Overlaps extends TickerConnection {
        private boolean begun;

        Overlaps(AccountContext context, Slot slot) {
            super(context, slot);
        }

        @Override
        protected String after() {
            var after = Integer.parseInt(super.after());
            var from = begun ? after : Math.max(0, after - 1);
            begun = true;
            return Integer.toString(from);
        }

        @Override
        protected RawEvent event(String line) {
            return RawEvent.of("line", Bytes.utf8(line), Dedupe.print(line, Duration.ofMinutes(5)));
        }
    }

    private static final class Presences extends TickerContract {
        @Override
        protected Channel channel() {
            return new TickerChannel() {
                @Override
                public Account open(AccountContext context) {
                    return new PresencesAccount(context);
                }
            };
        }

        @Override
        protected @Nullable String said(Inbound inbound) {
            return inbound.party() == null ? null : super.said(inbound);
        }
    }

    /// Tells operators each time that the service is there.
    private static final class PresencesAccount extends TickerAccount {
        PresencesAccount(AccountContext context) {
            super(context);
        }

        @Override
        public Connection connect(Slot slot) {
            return new TickerConnection(context, slot) {
                @Override
                public void run() throws Exception {
                    var key = Dedupe.key("there " + UUID.randomUUID());
                    slot.deliver(Delivery.of(RawEvent.of("there", Bytes.EMPTY, key)));
                    super.run();
                }
            };
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            return arrival.event().kind().equals("there")
                    ? List.of(Inbound.notice(Content.note("the ticker is there")))
                    : super.translate(arrival);
        }
    }

    private static final class Chores extends TickerContract {
        @Override
        protected Channel channel() {
            return Fair.ticker(Chore::new);
        }

        @Override
        protected boolean connectionsBring() {
            return false;
        }
    }

    /// Asks whether its key is still good, and rests.
    private static final class Chore extends TickerConnection {
        Chore(AccountContext context, Slot slot) {
            super(context, slot);
        }

        @Override
        public void run() throws Exception {
            ask();
            slot.report(Health.up());
            new CountDownLatch(1).await();
        }
    }

    /// Takes pages by webhook, and lines on connections.
    private static final class PagesAndLines extends PagerContract {
        @Override
        protected Channel channel() {
            return new PagerChannel() {
                @Override
                public Account open(AccountContext context) {
                    return new PagesAndLinesAccount(context);
                }
            };
        }

        @Override
        protected TestSettings goodSettings(URI provider) {
            return super.goodSettings(provider).withSecret("line-key", "open");
        }

        @Override
        protected Simulator simulator() throws IOException {
            return new TickerSimulator();
        }
    }

    private static final class PagesAndLinesAccount extends PagerAccount
            implements HoldsConnections {
        private final TickerAccount ticker;

        PagesAndLinesAccount(AccountContext context) {
            super(context);
            this.ticker = new TickerAccount(context);
        }

        @Override
        public int slots() {
            return ticker.slots();
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            return arrival.event().kind().equals("line")
                    ? ticker.translate(arrival)
                    : super.translate(arrival);
        }

        @Override
        public Connection connect(Slot slot) {
            return new TickerConnection(context, slot) {
                @Override
                protected String key() {
                    return "Bearer " + context.settings().secret("line-key").reveal();
                }

                @Override
                protected RawEvent event(String line) {
                    var numbered = context.settings().uri("url").getPort() + "-" + line;
                    return RawEvent.of("line", Bytes.utf8(numbered), Dedupe.key(numbered));
                }
            };
        }
    }
}
