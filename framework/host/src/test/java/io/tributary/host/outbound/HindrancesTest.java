package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Outbox.State;
import io.tributary.model.Content;
import io.tributary.model.Interaction;
import io.tributary.model.Reason;
import io.tributary.spi.Capabilities;
import io.tributary.spi.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("what waits for its place at the provider")
final class HindrancesTest {

    private final ManualClock clock = new ManualClock();
    private final ScriptedChannel channel = new ScriptedChannel();
    private final List<Interaction> both = new ArrayList<>();
    private Journals journals;
    private Member member;

    @BeforeEach
    void open() throws InterruptedException {
        journals = new Journals(clock);
        member = new Member(journals.journal(), clock, channel);
        channel.atOnce(1);
        for (String address : List.of("100", "200")) {
            var draft = Member.text("hi").timeToLive(Duration.ofHours(1));
            both.add(member.taken(Reply.of(member.conversation(address), draft)));
        }
    }

    @AfterEach
    void close() {
        member.close();
        journals.close();
    }

    private boolean are(State state) {
        return both.stream().allMatch(each -> member.state(each) == state);
    }

    /// One of both is at the provider, and something happens while the other one waits behind it.
    ///
    /// @param meanwhile told which one waits
    /// @return that one
    private Interaction waiting(Consumer<Interaction> meanwhile) {
        var waits = new CompletableFuture<Interaction>();
        channel.answers(message -> {
            if (!waits.isDone()) {
                await().until(() -> are(State.SENDING));
                var other =
                        both.stream().filter(each -> !each.id().equals(message.id())).findFirst();
                meanwhile.accept(other.orElseThrow());
                waits.complete(other.orElseThrow());
            }
            return SendResult.accepted("x-" + message.key());
        });
        member.start();
        return waits.orTimeout(30, TimeUnit.SECONDS).join();
    }

    private void awaitRefused(Interaction interaction, String reason) {
        await().until(() -> member.state(interaction).isFinal());
        assertThat(member.send(interaction).state()).isIn(State.REJECTED, State.EXPIRED);
        assertThat(member.send(interaction).reason()).returns(reason, Reason::code);
        assertThat(channel.sent()).hasSize(1);
    }

    @Test
    @DisplayName("does not go to who wants none meanwhile")
    void optedOut() {
        var waited =
                waiting(other -> {
                    clock.advance(Duration.ofSeconds(1));
                    member.done(
                            new Change.SetConsent(
                                    member.customer(Objects.requireNonNull(other.conversation())),
                                    TestAccount.ID,
                                    other.address(),
                                    "messages",
                                    false,
                                    clock.instant()));
                });

        awaitRefused(waited, "opted-out");
    }

    @Test
    @DisplayName("does not go after the time for replies")
    void windowClosed() {
        var waited =
                waiting(_ -> {
                    clock.advance(Duration.ofSeconds(1));
                    channel.can(now -> now.window(Capabilities.Window.closesAt(clock.instant())));
                });

        awaitRefused(waited, "window-closed");
    }

    @Test
    @DisplayName("does not go after its own time")
    void tooLate() {
        var waited = waiting(_ -> clock.advance(Duration.ofHours(1)));

        awaitRefused(waited, "expired");
    }

    @Test
    @DisplayName("does not go once more where an earlier attempt proves to have arrived")
    void arrived() throws InterruptedException {
        channel.answers(_ -> SendResult.retry("500", "later"));
        member.start();
        await().until(() -> both.stream().allMatch(each -> member.send(each).reason() != null));
        member.close();
        clock.advance(Duration.ofMinutes(1));
        member = new Member(journals.journal(), clock, channel);

        var waited =
                waiting(other -> {
                    clock.advance(Duration.ofSeconds(1));
                    member.receipt(
                            Objects.requireNonNull(other.conversation()),
                            other.id(),
                            Content.receipt(Content.Receipt.Status.DELIVERED));
                });

        await().until(() -> member.state(waited) == State.ACCEPTED);
        assertThat(channel.sent()).hasSize(3);
    }

    @Test
    @DisplayName("goes later where nobody can say whether it may")
    void nobodyCanSay() {
        var waited =
                waiting(_ -> {
                    clock.advance(Duration.ofSeconds(1));
                    channel.silent(true);
                });
        await().untilAsserted(() ->
                assertThat(member.send(waited))
                        .returns(State.QUEUED, Outbox.Send::state)
                        .returns(0, Outbox.Send::attempt));
        assertThat(channel.sent()).hasSize(1);

        channel.silent(false);

        await().until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return member.state(waited) == State.ACCEPTED;
        });
        assertThat(channel.sent()).hasSize(2);
    }

    @Test
    @DisplayName("goes where nothing has come up, however long that took")
    void nothingCameUp() {
        var waited = waiting(_ -> clock.advance(Duration.ofMinutes(1)));

        await().until(() -> member.state(waited) == State.ACCEPTED);
        assertThat(member.send(waited)).returns(1, Outbox.Send::attempt);
    }
}
