package io.tributary.testkit;

import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.Json;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.Arrival;
import io.tributary.spi.Capabilities;
import io.tributary.spi.ChannelDescriptor;
import io.tributary.spi.Conversation;
import io.tributary.spi.Inbound;
import io.tributary.spi.Line;
import io.tributary.spi.Problem;
import io.tributary.spi.Settings;
import io.tributary.testkit.pager.PagerAccount;
import io.tributary.testkit.pager.PagerChannel;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Channels that are wrong in how they describe themselves, open, close and translate.
final class Sabotages {

    private Sabotages() {}

    static List<Sabotage> ofDescriptors() {
        return List.of(
                Sabotage.channel(
                        "a public class that the host can make and find", HiddenChannel::new),
                described("an id, a name and an icon", "no icon", GOOD_SCHEMA),
                described("a schema of its settings", ICON, "{\"type\":\"object\"}"),
                described(
                        "every good setting stands in the schema",
                        ICON,
                        GOOD_SCHEMA.replace("\"url\"", "\"uri\"")),
                described(
                        "secrets, and nothing else, are marked as such",
                        ICON,
                        GOOD_SCHEMA.replace("\"writeOnly\":true", "\"writeOnly\":false")),
                Sabotage.channel("good settings have no problem", FussyChannel::new));
    }

    static List<Sabotage> ofOpening() {
        return List.of(
                Sabotage.account(
                        "open touches no network and starts no thread",
                        context -> {
                            context.executor().execute(() -> {});
                            return new PagerAccount(context);
                        }),
                Sabotage.channel("two accounts are open side by side", LonelyChannel::new),
                Sabotage.account(
                        "capabilities are quick and take a bare conversation", NeedsThread::new),
                Sabotage.account("lines and slots are sane", TwinLines::new),
                Sabotage.account("close ends it and may come again", ClosesOnce::new));
    }

    static List<Sabotage> ofTranslating() {
        return List.of(
                Sabotage.account("the same event is always the same", Counts::new),
                Sabotage.account("translating touches nothing", LooksAtClock::new),
                Sabotage.account("its messages have a party and one of its channels", Strays::new),
                Sabotage.account("hostile events neither hang nor break it", Recurses::new));
    }

    private static final String ICON = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    private static final String GOOD_SCHEMA =
            "{\"type\":\"object\",\"properties\":{\"url\":{},\"key\":{\"writeOnly\":true}},"
                    + "\"additionalProperties\":false}";

    private static Sabotage described(String promise, String icon, String schema) {
        return Sabotage.channel(
                promise,
                () ->
                        new PagerChannel() {
                            @Override
                            public ChannelDescriptor descriptor() {
                                var id = ChannelId.of("pager");
                                return new ChannelDescriptor(
                                        id, "Pager", icon, Json.of(schema), Set.of(id), 1);
                            }
                        });
    }

    private static final class HiddenChannel extends PagerChannel {}

    private static final class FussyChannel extends PagerChannel {
        @Override
        public List<Problem> check(Settings settings) {
            return List.of(new Problem("url", "is not to my taste"));
        }
    }

    private static final class LonelyChannel extends PagerChannel {
        private final AtomicBoolean opened = new AtomicBoolean();

        @Override
        public Account open(AccountContext context) {
            if (opened.getAndSet(true)) {
                throw new IllegalStateException("only one");
            }
            return new PagerAccount(context);
        }
    }

    private static final class NeedsThread extends PagerAccount {
        NeedsThread(AccountContext context) {
            super(context);
        }

        @Override
        public Capabilities capabilities(Conversation conversation) {
            Objects.requireNonNull(conversation.thread());
            return Capabilities.NONE;
        }
    }

    private static final class TwinLines extends PagerAccount {
        TwinLines(AccountContext context) {
            super(context);
        }

        @Override
        public List<Line> lines() {
            return List.of(Line.of("100", "one"), Line.of("100", "two"));
        }
    }

    private static final class ClosesOnce extends PagerAccount {
        private boolean closed;

        ClosesOnce(AccountContext context) {
            super(context);
        }

        @Override
        public void close() {
            if (closed) {
                throw new IllegalStateException("closed already");
            }
            closed = true;
        }
    }

    private static final class Counts extends PagerAccount {
        private final AtomicInteger count = new AtomicInteger();

        Counts(AccountContext context) {
            super(context);
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            return List.of(super.translate(arrival).getFirst().id("n" + count.getAndIncrement()));
        }
    }

    private static final class LooksAtClock extends PagerAccount {
        LooksAtClock(AccountContext context) {
            super(context);
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            try {
                return List.of(super.translate(arrival).getFirst().at(context.clock().instant()));
            } catch (IllegalStateException forbidden) {
                return super.translate(arrival);
            }
        }
    }

    private static final class Strays extends PagerAccount {
        Strays(AccountContext context) {
            super(context);
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            return List.of(super.translate(arrival).getFirst().channel(ChannelId.of("other")));
        }
    }

    private static final class Recurses extends PagerAccount {
        Recurses(AccountContext context) {
            super(context);
        }

        @Override
        public List<Inbound> translate(Arrival arrival) {
            var body = arrival.event().body();
            return depth(body.utf8(), 0) > 0
                    ? List.of(Inbound.notice(Content.note("nested")))
                    : super.translate(arrival);
        }

        private static int depth(String text, int at) {
            return at < text.length() && text.charAt(at) == '[' ? 1 + depth(text, at + 1) : 0;
        }
    }
}
