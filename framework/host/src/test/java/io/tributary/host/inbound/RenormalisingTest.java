package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Renormalisations.Counts;
import io.tributary.host.journal.Renormalisations.Run;
import io.tributary.host.journal.Renormalisations.State;
import io.tributary.model.Content;
import io.tributary.model.Interaction;
import io.tributary.model.Part;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import io.tributary.spi.Malformed;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("kept events that are translated again after a fix")
final class RenormalisingTest extends InboundTest {

    private static final Renormalising.Pace QUICK =
            new Renormalising.Pace(Duration.ZERO, Duration.ofMillis(5));

    private Renormalising runs;

    @BeforeEach
    void begin() {
        runs = member(1, QUICK);
    }

    @AfterEach
    void close() {
        runs.close();
    }

    private Renormalising member(long run, Renormalising.Pace pace) {
        return new Renormalising(account.alone(), inbox, run, pace);
    }

    private Renormalising.Wish wish(boolean dry) {
        return new Renormalising.Wish(
                account.channel(), null, NOW.minusSeconds(1), NOW.plusSeconds(60), dry);
    }

    private Counts counts(boolean dry) {
        var begun = runs.begin(wish(dry), "ops").orElseThrow();
        return ended(begun).counts();
    }

    private Run ended(Run begun) {
        await().until(() -> now(begun).state() != State.RUNNING);
        assertThat(now(begun).state()).as(now(begun).reason()).isEqualTo(State.ENDED);
        return now(begun);
    }

    private Run now(Run begun) {
        return runs.of(begun.channel()).orElseThrow();
    }

    private void fixed(String text, String meaning) {
        pager.say(text, from -> List.of(PagerService.text(from, meaning)));
    }

    @Test
    @DisplayName("that mean what is stored leave it alone, and others are corrected, once")
    void corrects() {
        stored("k1|+1|good", "k2|+1|bad", "k3|+2|good");
        Interaction bad = log().get(1);
        fixed("bad", "better");
        later(Duration.ofMinutes(1));

        assertThat(counts(false)).isEqualTo(new Counts(3, 2, 1, 0, 0));

        Interaction correction = last();
        assertThat(correction.content())
                .isEqualTo(new Content.Edited(List.of(new Part(1, Content.text("better")))));
        assertThat(correction.target()).isEqualTo(Target.known(bad.id()));
        assertThat(correction.replayed()).isTrue();
        assertThat(correction.receivedAt()).isEqualTo(bad.receivedAt());
        assertThat(correction.occurredAt()).isEqualTo(bad.occurredAt());
        assertThat(correction.conversation()).isEqualTo(bad.conversation());
        assertThat(correction.actor()).isEqualTo(bad.actor());
        assertThat(correction.extensions()).containsKey(Corrections.EXTENSION);

        assertThat(counts(false)).isEqualTo(new Counts(3, 3, 0, 0, 0));
        assertThat(log()).hasSize(4);
    }

    @Test
    @DisplayName("are corrected again where a second fix understands them otherwise, and back")
    void correctsAgain() {
        stored("k1|+1|bad");
        fixed("bad", "better");
        assertThat(counts(false).corrected()).isOne();
        fixed("bad", "best");
        assertThat(counts(false).corrected()).isOne();
        fixed("bad", "bad");
        assertThat(counts(false).corrected()).isOne();

        assertThat(log().stream().skip(1).map(Interaction::content))
                .extracting(content -> ((Content.Edited) content).parts().getFirst().content())
                .containsExactly(Content.text("better"), Content.text("best"), Content.text("bad"));
        assertThat(counts(false).unchanged()).isOne();
    }

    @Test
    @DisplayName("are only counted where nothing is to be appended")
    void counts() {
        stored("k1|+1|bad");
        fixed("bad", "better");

        assertThat(counts(true)).isEqualTo(new Counts(1, 0, 1, 0, 0));

        assertThat(log()).hasSize(1);
        assertThat(counts(false).corrected()).isOne();
    }

    @Test
    @DisplayName("are left alone where they came at another time")
    void atOtherTimes() {
        stored("k1|+1|bad");
        later(Duration.ofHours(1));
        stored("k2|+1|bad");
        fixed("bad", "better");

        assertThat(counts(false)).isEqualTo(new Counts(1, 0, 1, 0, 0));
    }

    @Test
    @DisplayName("are left to be looked at where they are no correction of what is stored")
    void passes() {
        stored("k1|+1|two", "k2|+1|moved", "k3|+1|mute");
        pager.say(
                "two",
                from -> List.of(PagerService.text(from, "one"), PagerService.text(from, "two")));
        pager.say("moved", _ -> List.of(PagerService.text("+9", "moved")));
        pager.say(
                "mute",
                from ->
                        List.of(
                                Inbound.of(
                                        PagerService.LINE,
                                        PagerService.party(from),
                                        new Content.Reaction("x", true))));

        assertThat(counts(false)).isEqualTo(new Counts(3, 0, 0, 3, 0));
        assertThat(log()).hasSize(3);
    }

    @Test
    @DisplayName("do not overrule what their author has changed since")
    void isOvertaken() {
        stored("k1|+1|bad");
        pager.say(
                "edit",
                from ->
                        List.of(
                                Inbound.of(
                                                PagerService.LINE,
                                                PagerService.party(from),
                                                new Content.Edited(
                                                        List.of(new Part(1, Content.text("mine")))))
                                        .target(Target.external("k1"))));
        stored("k2|+1|edit");
        fixed("bad", "better");

        assertThat(counts(false)).isEqualTo(new Counts(2, 1, 0, 1, 0));
        assertThat(log()).hasSize(2);
    }

    @Test
    @DisplayName(
            "become a dead letter each where they are not understood, which is replayed as one")
    void fails() throws InterruptedException {
        stored("k1|+1|bad");
        pager.say(
                "bad",
                _ -> {
                    throw new Malformed("cannot read it");
                });

        assertThat(counts(false)).isEqualTo(new Counts(1, 0, 0, 0, 1));
        assertThat(counts(false).failed()).isOne();
        assertThat(letters()).hasSize(1);
        assertThat(letters().getFirst().interaction()).isEqualTo(log().getFirst().id());

        fixed("bad", "better");
        var replay = new Replay(account.alone(), inbox);
        assertThat(replay.replay(letters().getFirst().id(), "ops"))
                .isInstanceOf(Replay.Result.Replayed.class);
        assertThat(log()).hasSize(2);
        assertThat(last().target()).isEqualTo(Target.known(log().getFirst().id()));
        assertThat(counts(false)).isEqualTo(new Counts(1, 1, 0, 0, 0));
    }

    @Test
    @DisplayName("are gone on with by another member, from where the one before had come")
    void isTakenUp() {
        for (int i = 0; i < 2 * RenormalisationRun.PAGE; i++) {
            stored("k" + i + "|+1|bad");
        }
        fixed("bad", "better");
        var reached = new CountDownLatch(RenormalisationRun.PAGE + 1);
        var dies = new CountDownLatch(1);
        pager.say(
                "bad",
                from -> {
                    reached.countDown();
                    if (reached.getCount() == 0 && dies.getCount() > 0) {
                        runs.close();
                        dies.countDown();
                    }
                    return List.of(PagerService.text(from, "better"));
                });
        Run begun = runs.begin(wish(false), "ops").orElseThrow();
        await().until(() -> dies.getCount() == 0);
        assertThat(runs.begin(wish(false), "ops")).isEmpty();

        runs = member(2, QUICK);
        runs.start();

        Run over = ended(begun);
        assertThat(over.position()).isGreaterThanOrEqualTo(2 * RenormalisationRun.PAGE);
        assertThat(over.counts().looked()).isEqualTo(2 * RenormalisationRun.PAGE);
        assertThat(log()).hasSize(4 * RenormalisationRun.PAGE);
    }

    @Test
    @DisplayName("are left where an operator stops the run; the audit says who began and ended it")
    void isStopped() {
        stored("k1|+1|good");
        var slow = member(3, new Renormalising.Pace(Duration.ofMinutes(1), Duration.ofMinutes(1)));
        Run begun = slow.begin(wish(false), "ops").orElseThrow();

        assertThat(slow.stop(begun.channel(), "boss")).isTrue();
        assertThat(slow.stop(begun.channel(), "boss")).isFalse();

        assertThat(now(begun).state()).isEqualTo(State.STOPPED);
        slow.close();
        assertThat(journal.real().audit().page(Long.MAX_VALUE, 10))
                .extracting(each -> each.actor() + " " + each.action() + " " + each.target())
                .containsExactly(
                        "boss renormalisation.stop " + begun.channel(),
                        "ops renormalisation.begin " + begun.channel());
    }
}
