package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Watches.Watch;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.spi.Account;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Conversation;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sends;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("who follows the stream")
final class CapabilityWatchTest {

    private static final Duration WINDOW = Duration.ofHours(3);
    private static final List<Duration> NOTICES =
            List.of(Duration.ofMinutes(30), Duration.ofHours(2));
    private static final CapabilityWatch.Rhythm FAST =
            new CapabilityWatch.Rhythm(Duration.ofMillis(5), Duration.ofMillis(5));

    private final ManualClock clock = new ManualClock();
    private final Channel channel = new Channel();
    private final List<CapabilityWatch> watches = new ArrayList<>();
    private Journals journals;
    private Member member;

    @BeforeEach
    void open() {
        journals = new Journals(clock);
        member = new Member(journals.journal(), clock, channel);
    }

    @AfterEach
    void close() {
        watches.forEach(CapabilityWatch::close);
        member.close();
        journals.close();
    }

    private CapabilityWatch watch() {
        return watch(member.accounts);
    }

    private CapabilityWatch watch(TestAccount.Registry accounts) {
        var watch = new CapabilityWatch(member.journal, accounts, member.ids, clock, NOTICES, FAST);
        watches.add(watch);
        watch.start();
        return watch;
    }

    /// The clock stands still while members look; so each look is another moment.
    private void advance(Duration by) {
        clock.advance(by);
    }

    private Watch watched(ConversationId conversation) {
        await().until(() -> {
            clock.advance(Duration.ofMillis(10));
            return member.journal.watches().of(conversation).isPresent();
        });
        return member.journal.watches().of(conversation).orElseThrow();
    }

    /// Waits until all is looked at that was said so far.
    private void lookedAt() {
        long head = member.journal.log().head();
        await().until(() -> {
            clock.advance(Duration.ofMillis(10));
            return member.journal
                    .folds()
                    .mark("capabilities")
                    .filter(mark -> mark.position() >= head)
                    .isPresent();
        });
    }

    private List<Map<String, String>> told() {
        return member.rows().stream()
                .map(Bodies::of)
                .filter(interaction -> interaction.direction() == Direction.INTERNAL)
                .map(Interaction::content)
                .map(content -> ((Content.Changed) content).details())
                .toList();
    }

    private List<String> left() {
        return told().stream().map(details -> details.getOrDefault("left", "closed")).toList();
    }

    @Test
    @DisplayName("is told before a send window closes, and that it closed, each once")
    void countsDown() {
        channel.window = WINDOW;
        watch();
        watch();
        var conversation = member.conversation("100");
        var closesAt = watched(conversation).closesAt();

        clock.set(closesAt.minus(Duration.ofHours(2)));
        await().until(() -> left().size() == 1);
        clock.set(closesAt.minus(Duration.ofMinutes(30)));
        await().until(() -> left().size() == 2);
        clock.set(closesAt);
        await().until(() -> left().size() == 3);

        assertThat(left()).containsExactly("PT2H", "PT30M", "closed");
        assertThat(told().getFirst()).containsEntry("closesAt", closesAt.toString());
        assertThat(told().getLast().get("version")).isNotEqualTo(told().getFirst().get("version"));
        await().until(() ->
                member.journal.watches().of(conversation).orElseThrow().dueAt() == null);
    }

    @Test
    @DisplayName("is told anew after the customer's next word, and that the window is open again")
    void beginsAnew() {
        channel.window = WINDOW;
        watch();
        var conversation = member.conversation("100");
        var first = watched(conversation).closesAt();
        advance(Duration.ofMinutes(50));
        member.customerSays(conversation, "still there?");
        lookedAt();
        var second = closesAt(conversation);
        assertThat(second).isAfter(first);

        clock.set(first.minus(Duration.ofMinutes(30)));
        await().until(() -> left().size() == 1);
        assertThat(told())
                .extracting(details -> details.get("closesAt"))
                .containsExactly(second.toString());

        clock.set(second);
        await().until(() -> left().contains("closed"));
        member.customerSays(conversation, "and now?");
        await().until(() -> {
            clock.advance(Duration.ofMillis(10));
            return told().getLast().containsKey("closesAt");
        });
        assertThat(told().getLast()).doesNotContainKey("left");
    }

    @Test
    @DisplayName("costs no write for a word that only moves the end of the window")
    void movesLate() {
        channel.window = WINDOW;
        watch();
        var conversation = member.conversation("100");
        var before = watched(conversation);
        lookedAt();

        for (int i = 0; i < 3; i++) {
            advance(Duration.ofMinutes(5));
            member.customerSays(conversation, "and now?");
            lookedAt();
        }

        assertThat(watched(conversation)).isEqualTo(before);
    }

    @Test
    @DisplayName("is told of a window though the channel could not name it when the word came")
    void silentChannel() {
        channel.window = WINDOW;
        channel.silent = true;
        watch();
        var conversation = member.conversation("100");
        assertThat(watched(conversation).closesAt()).isNull();

        channel.silent = false;
        advance(Duration.ofMinutes(1));
        await().until(() -> watched(conversation).closesAt() != null);
        assertThat(told()).isEmpty();
        clock.set(closesAt(conversation).minus(Duration.ofMinutes(30)));

        await().until(() -> left().size() == 1);
        assertThat(left()).containsExactly("PT30M");
    }

    @Test
    @DisplayName("is not told again and again where two members see different things")
    void disagreement() {
        var elsewhere = new Channel();
        elsewhere.pictures = true;
        var others = new TestAccount.Registry();
        others.open(new TestAccount(elsewhere));
        watch(others);
        var watch = watch();
        var conversation = member.conversation("100");
        watch.told(conversation, capable(conversation));
        await().until(() -> {
            clock.advance(Duration.ofMillis(10));
            member.customerSays(conversation, "hm");
            return !told().isEmpty();
        });
        for (int i = 0; i < 2; i++) {
            advance(Duration.ofMinutes(2));
            var _ = member.conversation("before " + i);
            lookedAt();
        }
        var settled = told();

        for (int i = 0; i < 10; i++) {
            advance(Duration.ofMinutes(2));
            var _ = member.conversation("after " + i);
            lookedAt();
        }

        assertThat(told()).isEqualTo(settled);
    }

    @Test
    @DisplayName("costs a closed account nothing: it is not held")
    void holdsNoAccount() {
        watch();
        var conversation = member.conversation("100");
        var held = seen(conversation);
        member.accounts.open(null);

        await().until(() -> {
            System.gc();
            return held.refersTo(null);
        });
    }

    /// An account that was opened and looked at.
    private WeakReference<TestAccount> seen(ConversationId conversation) {
        watches.getFirst().told(conversation, capable(conversation));
        var _ = watched(conversation);
        channel.pictures = true;
        var account = new TestAccount(channel);
        member.accounts.open(account);
        await().until(() -> {
            clock.advance(Duration.ofMillis(10));
            return told().size() == 1;
        });
        return new WeakReference<>(account);
    }

    private Capable capable(ConversationId conversation) {
        try {
            return member.replies.capabilities(conversation).orElseThrow();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /// By the last word of the customer.
    private Instant closesAt(ConversationId conversation) {
        return member.journal
                .conversations()
                .byId(conversation)
                .orElseThrow()
                .lastFromCustomer()
                .plus(WINDOW);
    }

    @Test
    @DisplayName("is told once of what came due while nobody looked, with the time that is left")
    void survivesRestarts() {
        channel.window = WINDOW;
        var before = watch();
        var conversation = member.conversation("100");
        var closesAt = watched(conversation).closesAt();
        before.close();

        clock.set(closesAt.minus(Duration.ofMinutes(20)));
        watch();

        await().until(() -> left().size() == 1);
        assertThat(left()).containsExactly("PT20M");
        clock.set(closesAt);
        await().until(() -> left().size() == 2);
        assertThat(left()).endsWith("closed");
    }

    @Test
    @DisplayName("is told nothing of a conversation that has ended")
    void ended() {
        channel.window = WINDOW;
        watch();
        var conversation = member.conversation("100");
        var closesAt = watched(conversation).closesAt();
        member.done(new Change.CloseConversation(conversation, clock.instant()));

        clock.set(closesAt.minus(Duration.ofMinutes(1)));

        await().until(() -> member.journal.watches().of(conversation).isEmpty());
        assertThat(told()).isEmpty();
    }

    @Test
    @DisplayName("is told that what an app was shown has changed, once for each change")
    void tellsChanges() throws InterruptedException {
        var watch = watch();
        var conversation = member.conversation("100");
        var other = member.conversation("200");
        var capable = member.replies.capabilities(conversation).orElseThrow();
        watch.told(conversation, capable);
        assertThat(watched(conversation).version()).isEqualTo(capable.version());

        channel.pictures = true;
        member.accounts.open(new TestAccount(channel));
        await().until(() -> {
            clock.advance(Duration.ofMillis(10));
            return told().size() == 1;
        });
        channel.pictures = false;
        member.accounts.open(new TestAccount(channel));
        await().until(() -> {
            clock.advance(Duration.ofMillis(10));
            return told().size() == 2;
        });

        assertThat(told().getLast()).isEqualTo(Map.of("version", capable.version()));
        assertThat(member.journal.watches().of(other)).isEmpty();
    }

    /// A channel with or without a window.
    private static final class Channel implements Account, Sends {

        private volatile Duration window = Duration.ZERO;
        private volatile boolean pictures;
        private volatile boolean silent;

        @Override
        public Capabilities capabilities(Conversation conversation) {
            if (silent) {
                throw new IllegalStateException("made so by the test");
            }
            var can = Capabilities.NONE.with("text", Support.full());
            if (pictures) {
                can = can.with("media.image", Support.full());
            }
            var last = conversation.lastFromCustomer();
            return window.isZero()
                    ? can
                    : can.window(
                            last == null
                                    ? Capabilities.Window.closed()
                                    : Capabilities.Window.closesAt(last.plus(window)));
        }

        @Override
        public SendResult send(OutboundMessage message) {
            return SendResult.accepted(message.key());
        }
    }
}
