package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.journal.Change;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Signal;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Malformed;
import io.tributary.spi.RawEvent;
import io.tributary.spi.State;
import io.tributary.spi.WebhookReply;
import io.tributary.spi.WebhookVerdict;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class WebhookDoorTest extends InboundTest {

    @Test
    void storesAndThenAnswersWhatThePluginSaid() {
        pager.verify =
                request ->
                        WebhookVerdict.accepted(
                                Delivery.of(PagerService.event("k1|+15551|hello")),
                                WebhookReply.ok("text/xml", "<Response/>"));

        WebhookReply reply = post("k1|+15551|hello");

        assertThat(reply).isEqualTo(WebhookReply.ok("text/xml", "<Response/>"));
        assertThat(last().fallbackText()).isEqualTo("hello");
        assertThat(last().plugin()).isEqualTo(account.plugin());
    }

    @Test
    void whoFoundAnAccountJustBeforeItWasReplacedIsServedByItsSuccessor() {
        var replaced = TestAccount.of(pager);
        replaced.direct().closed = true;
        var looks = new AtomicInteger();
        door =
                new WebhookDoor(
                        new OpenAccounts() {
                            @Override
                            public Found find(AccountId id) {
                                return new Found.Open(
                                        looks.getAndIncrement() == 0 ? replaced : account);
                            }

                            @Override
                            public Collection<OpenAccount> all() {
                                return List.of(account);
                            }
                        },
                        inbox);

        stored("k1|+15551|hello");

        assertThat(last().fallbackText()).isEqualTo("hello");
    }

    @Test
    void anAccountThatIsClosedForGoodIsUnavailable() {
        account.direct().closed = true;

        assertThat(post("k1|+15551|hello").status()).isEqualTo(503);
    }

    @Test
    void aForgedRequestLeavesNothingBehindAndIsCounted() {
        var forged = request("k1|+15551|hello").header("x-token", "guess");

        WebhookReply reply = answer(door.receive("pager-us", forged));

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.type()).isEqualTo("application/problem+json");
        assertThat(journal.changes()).isEmpty();
        assertThat(
                        meters.get("tributary.inbound.refusals")
                                .tag("reason", "wrong token")
                                .counter()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void reasonsOfRefusalCannotFillTheRegistry() {
        var counter = new AtomicInteger();
        pager.verify = _ -> WebhookVerdict.refused("reason " + counter.incrementAndGet());
        for (int i = 0; i < 300; i++) {
            post("k|a|b");
        }

        assertThat(meters.find("tributary.inbound.refusals").counters()).hasSize(201);
    }

    @Test
    void nobodyIsAtAnUnknownAddress() {
        assertThat(door.knows("other")).isFalse();
        assertThat(door.knows("../x")).isFalse();
        assertThat(door.knows("pager-us")).isTrue();
        assertThat(door.knows("pager-down")).isTrue();
        assertThat(answer(door.receive("other", request("k|a|b"))).status()).isEqualTo(404);
        assertThat(answer(door.receive("../x", request("k|a|b"))).status()).isEqualTo(404);
        assertThat(answer(door.receive("", request("k|a|b"))).status()).isEqualTo(404);
    }

    @Test
    void anAccountThatIsDownCannotTakeAnything() {
        assertThat(answer(door.receive("pager-down", request("k|a|b"))).status()).isEqualTo(503);
    }

    @Test
    void malformedIsTheSendersFaultAndThrowingIsOurs() {
        pager.verify =
                _ -> {
                    throw new Malformed("a percent escape is broken");
                };
        assertThat(post("k|a|b").status()).isEqualTo(400);

        pager.verify =
                _ -> {
                    throw new IllegalStateException("a bug");
                };
        assertThat(post("k|a|b").status()).isEqualTo(500);
        assertThat(journal.changes()).isEmpty();
    }

    @Test
    void aRefusalKeepsTheStatusOfThePlugin() {
        pager.verify = _ -> WebhookVerdict.refused(415, "not a form");

        assertThat(post("k|a|b").status()).isEqualTo(415);
    }

    @Test
    void aStoreThatTakesNothingIsToldToTheProvider() {
        journal.down = true;
        assertThat(post("k1|+15551|hello").status()).isEqualTo(503);

        journal.down = false;
        stored("k1|+15551|hello");
        assertThat(log()).hasSize(1);
    }

    @Test
    void aMereAnswerNeedsNoCommit() {
        pager.verify = _ -> WebhookVerdict.answered(WebhookReply.ok("text/plain", "challenge"));

        assertThat(post("k|a|b")).isEqualTo(WebhookReply.ok("text/plain", "challenge"));
        assertThat(journal.changes()).isEmpty();
    }

    @Test
    void aProvidersRetryIsKeptOnce() {
        stored("k1|+15551|hello");
        stored("k1|+15551|hello");

        assertThat(log()).hasSize(1);
    }

    @Test
    void whatLooksTheSameIsKeptAndMarked() {
        pager.verify =
                request ->
                        WebhookVerdict.accepted(
                                Delivery.of(
                                        RawEvent.of(
                                                "page",
                                                request.body(),
                                                Dedupe.print(
                                                        request.body(), Duration.ofMinutes(5)))));
        stored("k1|+15551|hello");
        later(Duration.ofMinutes(1));
        stored("k1|+15551|hello");
        later(Duration.ofMinutes(6));
        stored("k1|+15551|hello");

        assertThat(log())
                .extracting(one -> one.possibleDuplicate())
                .containsExactly(false, true, false);
    }

    @Test
    void whatWasNotStoredIsNoDuplicateOfAnything() {
        pager.verify =
                request ->
                        WebhookVerdict.accepted(
                                Delivery.of(
                                        RawEvent.of(
                                                "page",
                                                request.body(),
                                                Dedupe.print("same", Duration.ofMinutes(5)))));
        journal.down = true;
        post("k1|+15551|hello");
        journal.down = false;
        stored("k1|+15551|hello");

        assertThat(last().possibleDuplicate()).isFalse();
    }

    @Test
    void stateAndEventsAreOneCommitAndAConflictRunsVerifyAgain() {
        var runs = new AtomicInteger();
        pager.verify =
                request -> {
                    long seen = runs.getAndIncrement() == 0 ? 7 : 0;
                    return WebhookVerdict.accepted(
                            Delivery.of(PagerService.event("k1|+15551|hello"))
                                    .state(
                                            new State.Change(
                                                    "cursor", seen, Bytes.utf8("9"), null)));
                };

        stored("k1|+15551|hello");

        assertThat(runs).hasValue(2);
        assertThat(log()).hasSize(1);
        assertThat(changes(Change.PutState.class)).hasSize(1);
    }

    @Test
    void aConflictThatStaysIsGivenUpAfterThreeTimes() {
        var runs = new AtomicInteger();
        pager.verify =
                request -> {
                    runs.incrementAndGet();
                    return WebhookVerdict.accepted(
                            Delivery.NOTHING.state(
                                    new State.Change("cursor", 7, Bytes.utf8("9"), null)));
                };

        assertThat(post("k|a|b").status()).isEqualTo(503);
        assertThat(runs).hasValue(3);
    }

    @Test
    void signalsArePassedOnAndNeverKept() {
        pager.verify =
                _ ->
                        WebhookVerdict.accepted(
                                Delivery.NOTHING.signals(
                                        Signal.of(Signal.Kind.TYPING, "5550", "+15551")));

        stored("k|a|b");

        assertThat(signals).hasSize(1);
        assertThat(journal.changes()).isEmpty();
    }

    @Test
    void theTraceOfTheRequestIsKeptIfItIsOne() {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        answer(door.receive("pager-us", request("k1|+1|a").header("traceparent", trace)));
        answer(door.receive("pager-us", request("k2|+1|b").header("traceparent", "junk")));

        assertThat(log().getFirst().traceparent()).isEqualTo(trace);
        assertThat(last().traceparent()).isNull();
    }
}
