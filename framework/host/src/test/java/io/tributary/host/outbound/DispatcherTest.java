package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.Outbox;
import io.tributary.host.journal.Outbox.State;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.Reason;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Health;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import io.tributary.spi.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class DispatcherTest {

    private final ManualClock clock = new ManualClock();
    private final ScriptedChannel channel = new ScriptedChannel();
    private Journals journals;
    private Member member;
    private ConversationId conversation;

    @BeforeEach
    void open() {
        journals = new Journals(clock);
        member = new Member(journals.journal(), clock, channel);
        conversation = member.conversation("100");
    }

    @AfterEach
    void close() {
        member.close();
        journals.close();
    }

    private void awaitState(Interaction interaction, State state) {
        await().untilAsserted(() -> assertThat(member.state(interaction)).isEqualTo(state));
    }

    private static List<Status> statuses(List<Content.Receipt> receipts) {
        return receipts.stream().map(Content.Receipt::status).toList();
    }

    private List<DeadLetters.DeadLetter> deadLetters() {
        return member.journal
                .deadLetters()
                .page(
                        DeadLetters.Query.ALL.only(Direction.OUTBOUND).onlyOpen(),
                        Long.MAX_VALUE,
                        100);
    }

    @Test
    void whatIsTakenIsWrittenDown() throws InterruptedException {
        var during = new AtomicReference<Outbox.Send>();
        channel.answers(message -> {
            during.set(member.journal.outbox().of(message.id()).getFirst());
            return SendResult.accepted("x1");
        });
        member.start();

        var interaction = member.reply(conversation, "hi");

        awaitState(interaction, State.ACCEPTED);
        assertThat(during.get().state()).isEqualTo(State.SENDING);
        assertThat(during.get().attempt()).isEqualTo(1);
        var message = channel.sent().getFirst();
        assertThat(message.key()).isEqualTo(interaction.id() + "-1");
        assertThat(message.conversation().line()).isEqualTo("desk");
        assertThat(message.conversation().address()).isEqualTo("100");
        assertThat(message.conversation().lastFromCustomer()).isEqualTo(clock.instant());
        assertThat(message.actor()).isEqualTo(Member.ANNA);
        assertThat(member.journal.directory().reference(TestAccount.ID, "x1").orElseThrow())
                .returns(interaction.id(), reference -> reference.interaction());
        assertThat(statuses(member.receipts(interaction))).containsExactly(Status.ACCEPTED);
        assertThat(member.replies.progress(interaction.id()).deliveries())
                .singleElement()
                .returns(Status.ACCEPTED, Outbox.Delivery::status);
        assertThat(member.counted("accepted")).isEqualTo(1);
    }

    @Test
    void accountsThatCouldNotBeLookedForAreLookedForAgain() throws InterruptedException {
        channel.answers(_ -> SendResult.accepted("x1"));
        member.accounts.failing.set(3);
        member.start();

        var interaction = member.reply(conversation, "hi");

        awaitState(interaction, State.ACCEPTED);
        assertThat(member.accounts.failing).hasValue(0);
    }

    @Test
    void whatWaitsForAnAccountThatIsDownFromTheStartOnComesToItsEnd() throws InterruptedException {
        var interaction =
                member.taken(
                        Reply.of(
                                conversation,
                                Member.text("hi").timeToLive(Duration.ofMinutes(10))));
        member.accounts.open(null);
        assertThat(member.journal.accounts().all()).isEmpty();
        member.start();

        clock.advance(Duration.ofMinutes(10));

        awaitState(interaction, State.EXPIRED);
        assertThat(channel.sent()).isEmpty();
    }

    @Test
    void whatWasQueuedBeforeTheStartIsSent() throws InterruptedException {
        var interaction = member.reply(conversation, "hi");

        member.start();

        awaitState(interaction, State.ACCEPTED);
    }

    @Test
    void aConversationKeepsItsOrderAndOthersGoOnBesideIt() throws InterruptedException {
        channel.atOnce(4);
        var gate = new Semaphore(0);
        channel.answers(message -> {
            if (message.conversation().address().equals("100")) {
                gate.acquire();
            }
            return SendResult.accepted("x-" + message.key());
        });
        member.start();
        for (int i = 1; i <= 5; i++) {
            member.reply(conversation, "blocked " + i);
        }
        var others = new ArrayList<Interaction>();
        for (int i = 0; i < 50; i++) {
            others.add(member.reply(member.conversation("2" + i), "free"));
        }

        others.forEach(other -> awaitState(other, State.ACCEPTED));
        assertThat(channel.texts()).filteredOn(text -> text.startsWith("blocked")).hasSize(1);
        gate.release(5);
        await().until(() -> channel.sent().size() == 55);
        assertThat(channel.texts().stream().filter(text -> text.startsWith("blocked")))
                .containsExactly("blocked 1", "blocked 2", "blocked 3", "blocked 4", "blocked 5");
    }

    @Test
    void notMoreGoSideBySideThanTheChannelTakes() throws InterruptedException {
        channel.atOnce(3);
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        var all = new CountDownLatch(3);
        channel.answers(message -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            all.countDown();
            all.await();
            inside.decrementAndGet();
            return SendResult.accepted("x-" + message.key());
        });
        member.start();
        var replies = new ArrayList<Interaction>();
        for (int i = 0; i < 30; i++) {
            replies.add(member.reply(member.conversation("3" + i), "hi"));
        }

        replies.forEach(reply -> awaitState(reply, State.ACCEPTED));
        assertThat(most).hasValue(3);
    }

    @Test
    void aLongConversationIsSentWhole() throws InterruptedException {
        var last = member.reply(conversation, "0");
        for (int i = 1; i < 3 * Lane.MOST; i++) {
            last = member.reply(conversation, String.valueOf(i));
        }
        member.start();

        awaitState(last, State.ACCEPTED);
        assertThat(channel.texts())
                .containsExactlyElementsOf(
                        java.util.stream.IntStream.range(0, 3 * Lane.MOST)
                                .mapToObj(String::valueOf)
                                .toList());
    }

    @Test
    void aRetryWaitsAsLongAsTheProviderAsks() throws InterruptedException {
        channel.answers(message ->
                message.attempt() == 1 && message.content().fallback().equals("first")
                        ? SendResult.retry(Duration.ofSeconds(30), Scope.MESSAGE, "busy", "later")
                        : SendResult.accepted("x1"));
        member.start();
        var first = member.reply(conversation, "first");
        var second = member.reply(conversation, "second");
        await().until(() -> member.send(first).reason() != null);
        assertThat(member.send(first).notBefore())
                .isBetween(clock.instant().plusSeconds(30), clock.instant().plusSeconds(31));

        clock.advance(Duration.ofSeconds(29));
        assertThat(member.reply(member.conversation("200"), "other")).isNotNull();
        await().until(() -> channel.texts().contains("other"));
        assertThat(channel.texts()).doesNotContain("second").containsOnlyOnce("first");

        clock.advance(Duration.ofSeconds(2));
        awaitState(second, State.ACCEPTED);
        assertThat(channel.texts()).endsWith("first", "second");
        assertThat(channel.sent().stream().filter(one -> one.id().equals(first.id())).toList())
                .extracting(one -> one.attempt())
                .containsExactly(1, 2);
    }

    @Test
    void anOverloadedAccountSeesOneProbePerDelay() throws InterruptedException {
        var overloaded = new java.util.concurrent.atomic.AtomicBoolean(true);
        channel.answers(message ->
                overloaded.get()
                        ? SendResult.retry(Duration.ofSeconds(10), Scope.ACCOUNT, "429", "slower")
                        : SendResult.accepted("x-" + message.key()));
        var replies = new ArrayList<Interaction>();
        for (int i = 0; i < 40; i++) {
            replies.add(member.reply(member.conversation("4" + i), "hi"));
        }
        member.start();
        await().until(() -> member.counted("retried") >= 1 && idle());
        int before = channel.sent().size();
        assertThat(before).isBetween(1, 16);

        for (int round = 1; round <= 3; round++) {
            clock.advance(Duration.ofSeconds(11));
            int expected = before + round;
            await().until(() -> channel.sent().size() >= expected && idle());
            assertThat(channel.sent()).hasSize(expected);
        }

        overloaded.set(false);
        await().until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return replies.stream().allMatch(reply -> member.state(reply) == State.ACCEPTED);
        });
    }

    private boolean idle() {
        return member.journal.outbox().pending(TestAccount.ID, 0, 100).stream()
                .noneMatch(send -> send.state() == State.SENDING);
    }

    @Test
    void whatIsNotSentInTimeExpires() throws InterruptedException {
        channel.answers(_ -> SendResult.retry("down", "the provider is down"));
        member.start();
        var draft = Member.text("hi").timeToLive(Duration.ofMinutes(10));
        var first = member.taken(Reply.of(conversation, draft));
        var second =
                member.taken(
                        Reply.of(
                                conversation, Member.text("ho").timeToLive(Duration.ofMinutes(1))));
        await().until(() -> member.send(first).reason() != null);

        clock.advance(Duration.ofMinutes(1));
        awaitState(second, State.EXPIRED);
        await().until(() -> {
            clock.advance(Duration.ofSeconds(10));
            return member.state(first) == State.EXPIRED;
        });

        assertThat(statuses(member.receipts(first))).containsExactly(Status.FAILED);
        assertThat(statuses(member.receipts(second))).containsExactly(Status.FAILED);
        assertThat(deadLetters()).hasSize(2);
        var letter =
                deadLetters().stream()
                        .filter(one -> first.id().equals(one.interaction()))
                        .findFirst();
        assertThat(letter.orElseThrow().payload().utf8())
                .contains("\"code\":\"down\"")
                .contains("\"text\":\"hi\"");
        assertThat(channel.texts()).doesNotContain("ho");
    }

    @Test
    void aRejectionIsFinalAndTakesTheLaterPartsAlong() throws InterruptedException {
        channel.answers(message ->
                message.content().fallback().equals("bad")
                        ? SendResult.rejected("4711", "not this")
                        : SendResult.accepted("x-" + message.key()));
        member.start();
        var interaction =
                member.reply(
                        conversation,
                        Content.text("good"),
                        Content.text("bad"),
                        Content.text("never"));
        var next = member.reply(conversation, "next");

        awaitState(next, State.ACCEPTED);
        assertThat(channel.texts()).containsExactly("good", "bad", "next");
        assertThat(member.journal.outbox().of(interaction.id()))
                .extracting(Outbox.Send::state)
                .containsExactly(State.ACCEPTED, State.REJECTED, State.REJECTED);
        assertThat(member.replies.progress(interaction.id()).deliveries())
                .extracting(Outbox.Delivery::part, Outbox.Delivery::status)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, Status.ACCEPTED),
                        org.assertj.core.groups.Tuple.tuple(2, Status.FAILED),
                        org.assertj.core.groups.Tuple.tuple(3, Status.FAILED));
        assertThat(deadLetters())
                .singleElement()
                .returns(Reason.of("4711", "not this"), DeadLetters.DeadLetter::reason)
                .returns("pager 1.0.0", DeadLetters.DeadLetter::plugin);
    }

    @Test
    void anAttemptGoesOnAfterWhatWasTaken() throws InterruptedException {
        channel.can(now -> now.together(2).with("location", Support.full()));
        channel.answers(message ->
                message.attempt() == 1
                        ? SendResult.retry("half", "half of it").having(List.of(new Sent(1, "x1")))
                        : SendResult.accepted(List.of(new Sent(2, "x2"))));
        member.start();
        var interaction = member.reply(conversation, Content.text("a"), Content.location(1, 2));
        await().until(() -> member.send(interaction).reason() != null);

        clock.advance(Duration.ofMinutes(1));

        awaitState(interaction, State.ACCEPTED);
        assertThat(channel.sent().getLast().sent()).containsExactly(new Sent(1, "x1"));
        assertThat(member.journal.directory().reference(TestAccount.ID, "x2").orElseThrow().part())
                .isEqualTo(2);
    }

    @Test
    void whatWasDegradedGoesAsItsText() throws InterruptedException {
        channel.can(now -> now.with("location", Support.of(Level.FALLBACK)));
        member.start();

        var interaction = member.reply(conversation, Content.location(1, 2));

        awaitState(interaction, State.ACCEPTED);
        assertThat(channel.sent().getFirst().content())
                .isEqualTo(Content.text(Content.location(1, 2).fallback()));
        assertThat(channel.sent().getFirst().extensions()).isEmpty();
    }

    @Test
    void nothingGoesToWhereNobodyIsUntilSomebodyWrites() throws InterruptedException {
        channel.answers(_ -> SendResult.recipientGone("gone", "nobody there"));
        var first = member.reply(conversation, "first");
        var second = member.reply(conversation, "second");
        member.start();
        awaitState(second, State.REJECTED);
        assertThat(channel.texts()).containsExactly("first");
        assertThat(statuses(member.receipts(first))).containsExactly(Status.FAILED);
        assertThat(member.replies.post(Reply.of(conversation, Member.text("third"))))
                .isEqualTo(Posted.Refused.CannotSend.because("gone", "nobody there"));

        channel.answers(message -> SendResult.accepted("x-" + message.key()));
        member.customerSays(conversation, "I am back");
        await().until(() ->
                member.replies.post(Reply.of(conversation, Member.text("fourth")))
                        instanceof Posted.Taken);
        await().until(() -> channel.texts().contains("fourth"));
    }

    @Test
    void aStoppedAccountHoldsEverythingUntilSomebodyActed() throws InterruptedException {
        channel.atOnce(1);
        channel.answers(_ -> SendResult.accountStopped("401", "wrong password"));
        var both =
                List.of(
                        member.reply(conversation, "one"),
                        member.reply(member.conversation("200"), "other"));
        member.start();
        await().until(() -> both.stream().anyMatch(each -> member.state(each) == State.HELD));
        var account = (TestAccount) member.accounts.all().iterator().next();
        await().until(() -> account.health().state() == Health.State.STOPPED);
        assertThat(account.health().text()).contains("wrong password");

        clock.advance(Duration.ofHours(1));
        channel.answers(message -> SendResult.accepted("x-" + message.key()));
        var later = member.reply(conversation, "later");
        assertThat(channel.sent()).hasSize(1);
        member.dispatchers.release(TestAccount.ID);

        // one probes, and what was about to go beside it looks again after a second
        await().until(() -> {
            clock.advance(Duration.ofMillis(100));
            return Stream.concat(both.stream(), Stream.of(later))
                    .allMatch(each -> member.state(each) == State.ACCEPTED);
        });
        assertThat(channel.sent()).hasSize(4);
        assertThat(channel.texts()).containsSubsequence("one", "later").contains("other");
        await().until(() -> account.health().state() == Health.State.UP);
    }

    @Test
    void newSettingsReleaseAStoppedAccount() throws InterruptedException {
        channel.answers(_ -> SendResult.accountStopped("401", "wrong password"));
        var held = member.reply(conversation, "held");
        member.start();
        awaitState(held, State.HELD);

        channel.answers(message -> SendResult.accepted("x-" + message.key()));
        member.accounts.open(new TestAccount(channel));

        awaitState(held, State.ACCEPTED);
    }

    @Test
    void aStoppedAccountWhoseHealthTurnsWellIsTriedAgain() throws InterruptedException {
        channel.answers(_ -> SendResult.accountStopped("402", "no money"));
        var held = member.reply(conversation, "held");
        member.start();
        awaitState(held, State.HELD);
        var account = member.accounts.all().iterator().next();
        await().until(() -> account.health().state() == Health.State.STOPPED);

        channel.answers(message -> SendResult.accepted("x-" + message.key()));
        account.report(Health.up());
        clock.advance(Duration.ofSeconds(30));

        awaitState(held, State.ACCEPTED);
    }

    @Test
    void whatAHeldAccountCannotSendExpires() throws InterruptedException {
        channel.answers(_ -> SendResult.accountStopped("401", "wrong password"));
        member.start();
        var held =
                member.taken(
                        Reply.of(conversation, Member.text("hi").timeToLive(Duration.ofHours(1))));
        awaitState(held, State.HELD);

        clock.advance(Duration.ofHours(1));

        awaitState(held, State.EXPIRED);
        assertThat(statuses(member.receipts(held))).containsExactly(Status.FAILED);
    }

    @Test
    void anUnknownOutcomeHoldsItsConversationForAMinuteAndIsNeverRepeated()
            throws InterruptedException {
        channel.answers(message ->
                message.content().fallback().equals("lost")
                        ? SendResult.unknown("no-answer", "cut")
                        : SendResult.accepted("x-" + message.key()));
        member.start();
        var lost = member.reply(conversation, "lost");
        var next = member.reply(conversation, "next");
        awaitState(lost, State.UNKNOWN);
        clock.advance(Duration.ofSeconds(59));
        var other = member.reply(member.conversation("200"), "other");
        awaitState(other, State.ACCEPTED);
        assertThat(member.receipts(lost)).isEmpty();
        assertThat(member.state(next)).isEqualTo(State.QUEUED);

        clock.advance(Duration.ofSeconds(2));

        awaitState(next, State.ACCEPTED);
        assertThat(member.receipts(lost))
                .containsExactly(
                        new Content.Receipt(Status.UNKNOWN, Reason.of("no-answer", "cut")));
        assertThat(member.state(lost)).isEqualTo(State.UNKNOWN);
        clock.advance(Duration.ofDays(2));
        var last = member.reply(conversation, "last");
        awaitState(last, State.ACCEPTED);
        assertThat(channel.texts()).containsExactly("lost", "other", "next", "last");
    }

    @Test
    @DisplayName(
            "an account that wants each message at least once sends again what nobody knows of")
    void atLeastOnce() throws InterruptedException {
        member.close();
        member =
                new Member(
                        journals.journal(),
                        clock,
                        channel,
                        Member.PACE,
                        Wires.NONE,
                        100,
                        Set.of(TestAccount.ID));
        channel.answers(message ->
                message.attempt() == 1
                        ? SendResult.unknown("no-answer", "cut")
                        : SendResult.accepted("x-" + message.key()));
        member.start();
        var lost = member.reply(conversation, "lost");
        var next = member.reply(conversation, "next");
        awaitState(lost, State.UNKNOWN);
        clock.advance(Duration.ofSeconds(59));
        assertThat(channel.texts()).as("it had its time to be settled").containsExactly("lost");

        clock.advance(Duration.ofSeconds(2));
        awaitState(lost, State.QUEUED);
        clock.advance(Duration.ofSeconds(5));

        awaitState(lost, State.ACCEPTED);
        awaitState(next, State.UNKNOWN);
        assertThat(channel.texts()).containsExactly("lost", "lost", "next");
    }

    @Test
    @DisplayName(
            "what would be sent again too late is given up, not called expired: it may be there")
    void atLeastOnceButTooLate() throws InterruptedException {
        member.close();
        member =
                new Member(
                        journals.journal(),
                        clock,
                        channel,
                        Member.PACE,
                        Wires.NONE,
                        100,
                        Set.of(TestAccount.ID));
        channel.answers(_ -> SendResult.unknown("no-answer", "cut"));
        member.start();
        var lost =
                member.taken(
                        Reply.of(
                                conversation,
                                Member.text("lost").timeToLive(Duration.ofSeconds(30))));
        awaitState(lost, State.UNKNOWN);

        clock.advance(Duration.ofSeconds(61));

        await().untilAsserted(() ->
                assertThat(statuses(member.receipts(lost))).containsExactly(Status.UNKNOWN));
        assertThat(channel.texts()).containsExactly("lost");
    }

    @Test
    void aReceiptSettlesAnUnknownOutcome() throws InterruptedException {
        channel.answers(message ->
                message.content().fallback().equals("lost")
                        ? SendResult.unknown("no-answer", "cut")
                        : SendResult.accepted("x-" + message.key()));
        member.start();
        var lost = member.reply(conversation, "lost");
        var next = member.reply(conversation, "next");
        awaitState(lost, State.UNKNOWN);

        member.receipt(conversation, lost.id(), Content.receipt(Status.DELIVERED));

        awaitState(next, State.ACCEPTED);
        assertThat(member.state(lost)).isEqualTo(State.ACCEPTED);
        assertThat(statuses(member.receipts(lost))).containsExactly(Status.DELIVERED);
    }

    @Test
    void aReceiptThatCameDuringTheCallSettlesItToo() throws InterruptedException {
        channel.answers(message -> {
            member.receipt(conversation, message.id(), Content.receipt(Status.DELIVERED));
            return SendResult.unknown("no-answer", "cut");
        });
        member.start();
        var lost = member.reply(conversation, "lost");

        awaitState(lost, State.ACCEPTED);
        assertThat(statuses(member.receipts(lost))).containsExactly(Status.DELIVERED);
    }

    @Test
    void theProviderIsAskedAboutAnUnknownOutcome() throws InterruptedException {
        channel.answers(message ->
                message.attempt() == 1
                        ? SendResult.unknown("no-answer", "cut")
                        : SendResult.accepted("second-" + message.key()));
        var asking =
                new ScriptedChannel.Reconciling(
                        channel,
                        message ->
                                message.content().fallback().equals("there")
                                        ? SendResult.accepted("x-there")
                                        : SendResult.retry("absent", "never came"));
        member.accounts.open(new TestAccount(asking));
        member.start();
        var there = member.reply(conversation, "there");
        var absent = member.reply(member.conversation("200"), "absent");
        awaitState(there, State.UNKNOWN);
        awaitState(absent, State.UNKNOWN);

        clock.advance(Duration.ofSeconds(3));
        awaitState(there, State.ACCEPTED);
        await().until(() -> {
            clock.advance(Duration.ofMillis(100));
            return member.state(absent) == State.ACCEPTED;
        });

        assertThat(channel.texts()).containsOnlyOnce("there").endsWith("absent");
        assertThat(channel.sent()).hasSize(3);
        assertThat(member.journal.directory().reference(TestAccount.ID, "x-there")).isPresent();
    }

    @Test
    void aProviderThatCannotTellIsAskedAgainAndThenNoMore() throws InterruptedException {
        channel.answers(_ -> SendResult.unknown("no-answer", "cut"));
        var asking =
                new ScriptedChannel.Reconciling(
                        channel, _ -> SendResult.unknown("not-yet", "cannot tell"));
        member.accounts.open(new TestAccount(asking));
        member.start();
        var lost = member.reply(conversation, "lost");
        awaitState(lost, State.UNKNOWN);

        await().until(() -> {
            clock.advance(Duration.ofSeconds(2));
            return !member.receipts(lost).isEmpty();
        });

        assertThat(asking.asked()).hasSizeBetween(2, 6);
        assertThat(channel.sent()).hasSize(1);
    }

    @Test
    void aChannelThatThrowsOrHangsLeavesTheOutcomeUnknown() throws InterruptedException {
        var forever = new CountDownLatch(1);
        channel.answers(message -> {
            if (message.content().fallback().equals("throws")) {
                throw new IllegalStateException("bug");
            }
            DirectCalls.declareStuck();
            forever.await();
            return SendResult.accepted("too-late");
        });
        member.start();
        var throwing = member.reply(conversation, "throws");
        var hanging = member.reply(member.conversation("200"), "hangs");

        awaitState(throwing, State.UNKNOWN);
        awaitState(hanging, State.UNKNOWN);
        forever.countDown();
        clock.advance(Duration.ofSeconds(61));
        await().until(() ->
                !member.receipts(throwing).isEmpty() && !member.receipts(hanging).isEmpty());
        assertThat(member.journal.directory().reference(TestAccount.ID, "too-late")).isEmpty();
        assertThat(channel.sent()).hasSize(2);
    }

    @Test
    void whatWasUnderWayAtACrashIsUnknownAndNotRepeated() throws InterruptedException {
        var inside = new CountDownLatch(1);
        var forever = new CountDownLatch(1);
        channel.answers(_ -> {
            inside.countDown();
            forever.await();
            return SendResult.accepted("never seen");
        });
        member.start();
        var lost = member.reply(conversation, "lost");
        inside.await();
        member.crash();

        channel.answers(message -> SendResult.accepted("x-" + message.key()));
        try (var next = new Member(journals.journal(), clock, channel).start()) {
            var after = next.reply(conversation, "after");
            awaitState(lost, State.UNKNOWN);
            clock.advance(Duration.ofSeconds(61));
            await().until(() -> next.state(after) == State.ACCEPTED);
            assertThat(statuses(next.receipts(lost))).containsExactly(Status.UNKNOWN);
            assertThat(channel.texts()).containsExactly("lost", "after");
        } finally {
            forever.countDown();
        }
    }

    @Test
    void aResultIsKeptUntilTheJournalTakesItAndTheProviderIsNotCalledAgain()
            throws InterruptedException {
        var refused = new AtomicInteger();
        channel.answers(message -> {
            member.journal.refuse(_ -> refused.incrementAndGet() <= 20);
            return SendResult.accepted("x1");
        });
        member.start();
        var interaction = member.reply(conversation, "hi");

        awaitState(interaction, State.ACCEPTED);
        assertThat(refused.get()).isGreaterThan(20);
        assertThat(channel.sent()).hasSize(1);
    }

    @Test
    void whatAnotherRunGaveUpIsSettledByTheAnswerThatComesAfterAll() throws InterruptedException {
        var answer = new CountDownLatch(1);
        channel.answers(message -> {
            answer.await();
            return message.content().fallback().equals("taken")
                    ? SendResult.accepted("x1")
                    : SendResult.rejected("blocked", "");
        });
        member.start();
        var taken = member.reply(conversation, "taken");
        var refused = member.reply(member.conversation("200"), "refused");
        await().until(() -> channel.sent().size() == 2);
        try (var next = new Member(journals.journal(), clock, new ScriptedChannel())) {
            next.start();
            awaitState(taken, State.UNKNOWN);
            awaitState(refused, State.UNKNOWN);

            answer.countDown();

            awaitState(taken, State.ACCEPTED);
            awaitState(refused, State.REJECTED);
            assertThat(statuses(member.receipts(taken))).containsExactly(Status.ACCEPTED);
            assertThat(member.journal.directory().reference(TestAccount.ID, "x1")).isPresent();
            assertThat(deadLetters()).hasSize(1);
            assertThat(channel.sent()).hasSize(2);
        }
    }

    @Test
    void withoutAJournalNothingIsSent() throws InterruptedException {
        var refused = new AtomicInteger();
        var interaction = member.reply(conversation, "hi");
        member.journal.refuse(_ -> refused.incrementAndGet() > 0);
        member.start();
        await().until(() -> {
            clock.advance(Duration.ofMillis(50));
            return refused.get() > 3;
        });
        assertThat(channel.sent()).isEmpty();

        member.journal.refuse(_ -> false);
        await().until(() -> {
            clock.advance(Duration.ofMillis(50));
            return member.state(interaction) == State.ACCEPTED;
        });
        assertThat(channel.sent()).hasSize(1);
    }

    @Test
    void aReceiptThatOvertookTheAnswerIsTakenAlong() throws InterruptedException {
        channel.answers(message -> {
            member.park("x1", Status.DELIVERED);
            return SendResult.accepted("x1");
        });
        member.start();
        var interaction = member.reply(conversation, "hi");

        awaitState(interaction, State.ACCEPTED);
        assertThat(statuses(member.receipts(interaction)))
                .containsExactly(Status.ACCEPTED, Status.DELIVERED);
        assertThat(member.replies.progress(interaction.id()).deliveries())
                .singleElement()
                .returns(Status.DELIVERED, Outbox.Delivery::status);
        assertThat(member.journal.directory().parked(TestAccount.ID, "x1")).isEmpty();
    }

    @Test
    void whoOptsOutMeanwhileGetsNothingMore() throws InterruptedException {
        var interaction = member.reply(conversation, "queued");
        member.done(
                new Change.SetConsent(
                        member.customer(conversation),
                        TestAccount.ID,
                        "100",
                        "messages",
                        false,
                        clock.instant()));
        member.start();

        awaitState(interaction, State.REJECTED);
        assertThat(member.receipts(interaction).getFirst().reason())
                .returns("opted-out", Reason::code);
        assertThat(channel.sent()).isEmpty();
    }

    @Test
    void aWindowThatClosedMeanwhileIsRespected() throws InterruptedException {
        channel.can(
                now -> now.window(Capabilities.Window.closesAt(clock.instant().plusSeconds(5))));
        var interaction = member.reply(conversation, "queued");
        clock.advance(Duration.ofSeconds(6));
        member.start();

        awaitState(interaction, State.REJECTED);
        assertThat(channel.sent()).isEmpty();
    }

    @Test
    void theAddressReallyUsedIsTheSameEnd() throws InterruptedException {
        channel.answers(_ -> SendResult.accepted("x1").at("100-new"));
        member.start();
        var interaction = member.reply(conversation, "hi");

        awaitState(interaction, State.ACCEPTED);
        var end = member.journal.directory().end(TestAccount.ID, "100-new").orElseThrow();
        assertThat(end.primary()).isEqualTo("100");
        assertThat(end.customer()).isEqualTo(member.customer(conversation));
    }

    @Test
    void aReactionSaysToWhatInTheWordsOfTheProvider() throws InterruptedException {
        channel.can(now -> now.with("reaction", Support.full()));
        channel.answers(message -> SendResult.accepted("x-" + message.attempt()));
        member.start();
        var message = member.reply(conversation, "hi");
        awaitState(message, State.ACCEPTED);
        var like = Member.draft(new Content.Reaction("👍", true));

        var reaction = member.taken(Reply.of(conversation, like).about(message.id()));

        awaitState(reaction, State.ACCEPTED);
        var target = channel.sent().getLast().target();
        assertThat(target).isNotNull();
        assertThat(target.id()).isEqualTo(message.id());
        assertThat(target.externalIds()).containsExactly("x-1");
    }

    @Test
    void aDrainedAccountSendsNothingMoreUntilItIsOpenedAnew() throws InterruptedException {
        var inside = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        channel.answers(message -> {
            inside.countDown();
            go.await();
            return SendResult.accepted("x-" + message.key());
        });
        member.start();
        var underWay = member.reply(conversation, "under way");
        inside.await();
        var drained = new CountDownLatch(1);
        Thread.startVirtualThread(() -> {
            try {
                member.dispatchers.drain(TestAccount.ID);
                drained.countDown();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        var later = member.reply(member.conversation("200"), "later");
        go.countDown();
        drained.await();
        assertThat(member.state(underWay)).isEqualTo(State.ACCEPTED);

        member.accounts.open(new TestAccount(channel));

        awaitState(later, State.ACCEPTED);
    }

    @Test
    void ratesOfTheChannelAreKept() throws InterruptedException {
        channel.can(now -> now.rates(Capabilities.Rate.of(Scope.LINE, 2, Duration.ofSeconds(10))));
        var times = new CopyOnWriteArrayList<java.time.Instant>();
        channel.answers(message -> {
            // when it was given leave: the clock goes on meanwhile
            var send = member.journal.outbox().of(message.id()).getFirst();
            times.add(Objects.requireNonNull(send.firstTriedAt()));
            return SendResult.accepted("x-" + message.key());
        });
        for (int i = 0; i < 6; i++) {
            member.reply(member.conversation("5" + i), "hi");
        }
        member.start();

        await().until(() -> {
            clock.advance(Duration.ofMillis(500));
            return times.size() == 6;
        });

        for (int i = 2; i < 6; i++) {
            assertThat(Duration.between(times.get(i - 2), times.get(i)))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(9_000));
        }
    }

    @Test
    @DisplayName("what was begun but not called yet does not go out when the provider puts off all")
    void preparedAndPutOff() throws InterruptedException {
        channel.atOnce(1);
        var both = new CopyOnWriteArrayList<Interaction>();
        channel.answers(message -> {
            await().until(() ->
                    both.stream().allMatch(each -> member.state(each) == State.SENDING));
            return SendResult.retry(Duration.ofMinutes(1), Scope.ACCOUNT, "busy", "later");
        });
        both.add(member.reply(conversation, "one"));
        both.add(member.reply(member.conversation("200"), "other"));
        member.start();

        await().until(() ->
                both.stream().allMatch(each -> member.state(each) == State.QUEUED)
                        && !channel.sent().isEmpty());
        assertThat(channel.sent()).hasSize(1);
        assertThat(both.stream().map(each -> member.send(each).attempt()))
                .as("what did not go out was not tried")
                .containsExactlyInAnyOrder(0, 1);
    }

    @Test
    @DisplayName("what is put off before it is called failed last for what it failed before")
    void putOffIsNoAttempt() throws InterruptedException {
        channel.atOnce(1);
        channel.answers(
                _ -> SendResult.retry(Duration.ofSeconds(1), Scope.MESSAGE, "early", "not yet"));
        var both =
                List.of(
                        member.reply(conversation, "one"),
                        member.reply(member.conversation("200"), "other"));
        member.start();
        await().until(() -> both.stream().allMatch(each -> member.send(each).reason() != null));
        member.close();
        clock.advance(Duration.ofMinutes(1));
        member = new Member(journals.journal(), clock, channel);
        channel.answers(_ -> {
            await().until(() ->
                    both.stream().allMatch(each -> member.state(each) == State.SENDING));
            return SendResult.retry(Duration.ofMinutes(1), Scope.ACCOUNT, "busy", "later");
        });

        member.start();

        await().until(() ->
                channel.sent().size() == 3
                        && both.stream().allMatch(each -> member.state(each) == State.QUEUED));
        assertThat(both.stream().map(member::send))
                .extracting(
                        Outbox.Send::attempt, send -> Objects.requireNonNull(send.reason()).code())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(2, "busy"),
                        org.assertj.core.groups.Tuple.tuple(1, "early"));
    }

    @Test
    @DisplayName("a provider that answers nobody is asked sixteen times, and then now and then")
    void troubleClosesTheAccount() throws InterruptedException {
        channel.atOnce(1);
        var times = new CopyOnWriteArrayList<java.time.Instant>();
        channel.answers(message -> {
            times.add(clock.instant());
            return times.size() <= 17
                    ? SendResult.unknown("no-answer", "cut")
                    : SendResult.accepted("x-" + message.key());
        });
        for (int i = 0; i < 20; i++) {
            member.reply(member.conversation("6" + (10 + i)), "hi");
        }
        var began = clock.instant();
        member.start();
        await().untilAsserted(() -> assertThat(member.counted("unknown")).isEqualTo(16));
        // the one that probes, and those after the one that is taken
        await().until(() -> {
            clock.advance(Duration.ofMillis(100));
            return times.size() == 20;
        });

        assertThat(times.subList(0, 16)).containsOnly(began);
        assertThat(times.get(16)).isAfter(began);
        assertThat(times.get(17)).isAfter(times.get(16));
    }
}
