package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.DeadLetters;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.model.Direction;
import io.tributary.model.Json;
import io.tributary.model.Target;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Delivery;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import io.tributary.spi.Outcome;
import io.tributary.spi.WebhookVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class DeadLettersTest extends InboundTest {

    @Test
    void anEventThatChokesThePluginHarmsNoNeighbour() {
        pager.say(
                "bad",
                (String _) -> {
                    throw new IllegalStateException("cannot read 'my secret words'");
                });

        stored("k1|+15551|one", "k2|+15551|bad", "k3|+15551|three");

        assertThat(log()).extracting(one -> one.fallbackText()).containsExactly("one", "three");
        var letter = letters().getFirst();
        assertThat(letter.direction()).isEqualTo(Direction.INBOUND);
        assertThat(letter.plugin()).isEqualTo("pager 1.0.0");
        assertThat(letter.kind()).isEqualTo("page");
        assertThat(letter.reason().text()).doesNotContain("secret words");
        var kept = DeadEvents.read(letter.payload());
        assertThat(kept.events()).containsExactly(PagerService.event("k2|+15551|bad"));
        assertThat(kept.receivedAt()).isEqualTo(NOW);
    }

    @Test
    void whatCannotBeStoredIsADeadLetterToo() {
        pager.say(
                "other channel",
                from -> List.of(PagerService.text(from, "x").channel(ChannelId.of("telex"))));
        pager.say(
                "bad json",
                from -> List.of(PagerService.text(from, "x").extension("pager.x", Json.of("{"))));
        pager.say(
                "no medium",
                from ->
                        List.of(
                                Inbound.of(
                                        PagerService.LINE,
                                        PagerService.party(from),
                                        Content.Media.pending(Content.Media.Kind.IMAGE, null))));
        pager.say(
                "no target",
                from ->
                        List.of(
                                PagerService.text(from, "x")
                                        .target(
                                                Target.known(
                                                        TimeOrderedIds.system().interaction()))));
        pager.say(
                "fetch text",
                from ->
                        List.of(
                                Inbound.of(
                                        PagerService.LINE,
                                        PagerService.party(from),
                                        List.of(
                                                InboundPart.of(Content.text("x"))
                                                        .fetch("there")))));

        stored(
                "k1|+1|other channel",
                "k2|+1|bad json",
                "k3|+1|no medium",
                "k4|+1|no target",
                "k5|+1|fetch text",
                "k6|+1|fine");

        assertThat(letters()).hasSize(5);
        assertThat(letters()).allMatch(letter -> letter.reason().code().equals("nonsense"));
        assertThat(log()).hasSize(1);
    }

    @Test
    void textIsCleanedOfWhatNoStoreCanBeTrustedWith() {
        pager.verify =
                _ ->
                        WebhookVerdict.accepted(
                                Delivery.of(
                                        io.tributary.spi.RawEvent.of(
                                                "page",
                                                io.tributary.model.Bytes.utf8("k1|+1|dirty"),
                                                io.tributary.spi.Dedupe.key("k1"))));
        pager.say(
                "dirty",
                Inbound.of(
                        "55\u000050",
                        PagerService.party("+1\uD800"),
                        Content.text("a\u0000b\uDC00c\uD83D\uDE00")));

        stored("k1|+1|dirty");

        assertThat(last().content()).isEqualTo(Content.text("a\uFFFDb\uFFFDc\uD83D\uDE00"));
        assertThat(last().line()).isEqualTo("55\uFFFD50");
        assertThat(last().address()).isEqualTo("+1\uFFFD");
    }

    @Test
    void mediaThatIsNamedIsFetchedAfterTheCommit() {
        pager.say(
                "picture",
                from ->
                        List.of(
                                Inbound.of(
                                        PagerService.LINE,
                                        PagerService.party(from),
                                        List.of(
                                                InboundPart.of(Content.text("look")),
                                                InboundPart.of(
                                                                Content.Media.pending(
                                                                        Content.Media.Kind.IMAGE,
                                                                        "image/png"))
                                                        .fetch("https://example.com/1")))));

        stored("k1|+1|picture");

        var fetch = changes(Change.AddFetch.class).getFirst();
        assertThat(fetch.interaction()).isEqualTo(last().id());
        assertThat(fetch.part()).isEqualTo(2);
        assertThat(fetch.fetch()).isEqualTo("https://example.com/1");
        assertThat(last().parts().get(1).content())
                .isInstanceOfSatisfying(
                        Content.Media.class,
                        media -> {
                            assertThat(media.id()).isEqualTo(fetch.media());
                            assertThat(media.state()).isEqualTo(Content.Media.State.PENDING);
                        });
        assertThat(changes(Change.AddMedia.class)).hasSize(1);
    }

    @Test
    void aReplayAfterAFixAppendsOnceWithTheTimesOfThen() throws Exception {
        pager.say(
                "bad",
                (String _) -> {
                    throw new IllegalStateException("bug");
                });
        stored("k1|+15551|bad");
        long letter = letters().getFirst().id();
        later(Duration.ofHours(5));
        var replay = new Replay(account.alone(), inbox);

        assertThat(replay.replay(letter, "ops")).isInstanceOf(Replay.Result.Failed.class);
        assertThat(letters().getFirst().closedAt()).isNull();

        pager.say("bad", from -> List.of(PagerService.text(from, "now understood")));
        assertThat(replay.replay(letter, "ops")).isInstanceOf(Replay.Result.Replayed.class);
        assertThat(replay.replay(letter, "ops")).isInstanceOf(Replay.Result.Closed.class);

        assertThat(log()).hasSize(1);
        assertThat(last().replayed()).isTrue();
        assertThat(last().receivedAt()).isEqualTo(NOW);
        assertThat(letters().getFirst().replayed()).isTrue();
        assertThat(replay.replay(999, "ops")).isInstanceOf(Replay.Result.Unknown.class);
    }

    @Test
    @DisplayName("members that replay the same dead letter at the same time append it once")
    void aReplayByManyAppendsOnce() throws Exception {
        pager.say(
                "bad",
                (String _) -> {
                    throw new IllegalStateException("bug");
                });
        stored("k1|+15551|bad", "k2|+15552|bad");
        pager.say("bad", from -> List.of(PagerService.text(from, "now understood")));
        List<Replay> members = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            members.add(new Replay(account.alone(), inbox));
        }
        List<Callable<Replay.Result>> tries = new ArrayList<>();
        for (var letter : letters()) {
            members.forEach(member -> tries.add(() -> member.replay(letter.id(), "ops")));
        }

        List<Replay.Result> results = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var one : threads.invokeAll(tries)) {
                results.add(one.get());
            }
        }

        assertThat(results).filteredOn(Replay.Result.Replayed.class::isInstance).hasSize(2);
        assertThat(results).filteredOn(Replay.Result.Closed.class::isInstance).hasSize(14);
        assertThat(log()).hasSize(2).allMatch(one -> one.replayed());
        assertThat(letters()).hasSize(2).allMatch(DeadLetters.DeadLetter::replayed);
    }

    @Test
    @DisplayName("a dead letter whose replay cannot be made durable says so, and stays open")
    void aReplayThatCannotBeStored() throws Exception {
        pager.say(
                "bad",
                (String _) -> {
                    throw new IllegalStateException("bug");
                });
        stored("k1|+15551|bad");
        long letter = letters().getFirst().id();
        pager.say("bad", from -> List.of(PagerService.text(from, "now understood")));
        var replay = new Replay(account.alone(), inbox);
        journal.full = true;

        assertThatThrownBy(() -> replay.replay(letter, "ops"))
                .isInstanceOf(JournalUnavailable.class);

        journal.full = false;
        assertThat(letters().getFirst().closedAt()).isNull();
        assertThat(replay.replay(letter, "ops")).isInstanceOf(Replay.Result.Replayed.class);
    }

    @Test
    void whoDeliversIsToldWhatBecameOfEachEvent() {
        pager.say(
                "bad",
                (String _) -> {
                    throw new IllegalStateException("bug");
                });
        pager.say("nothing", (String _) -> List.of());
        stored("k1|+15551|one");

        List<Outcome> outcomes =
                answer(
                        inbox.deliver(
                                account,
                                pager,
                                null,
                                Delivery.of(
                                        PagerService.event("k1|+15551|one"),
                                        PagerService.event("k2|+15551|two"),
                                        PagerService.event("k3|+15551|bad"),
                                        PagerService.event("k4|+15551|nothing"))));

        assertThat(outcomes)
                .extracting(Outcome::fate)
                .containsExactly(
                        Outcome.Fate.DUPLICATE,
                        Outcome.Fate.STORED,
                        Outcome.Fate.DEAD_LETTER,
                        Outcome.Fate.STORED);
        assertThat(outcomes.get(0).ids()).containsExactly(log().getFirst().id());
        assertThat(outcomes.get(1).ids()).containsExactly(log().get(1).id());
    }
}
