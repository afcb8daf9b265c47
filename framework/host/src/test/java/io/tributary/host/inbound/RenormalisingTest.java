package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Renormalisations.Counts;
import io.tributary.host.journal.Renormalisations.Run;
import io.tributary.host.journal.Renormalisations.State;
import io.tributary.model.AccountId;
import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.Interaction;
import io.tributary.model.Json;
import io.tributary.model.Part;
import io.tributary.model.PluginVersion;
import io.tributary.model.Target;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import io.tributary.spi.Malformed;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

    private void stored(int bad) {
        stored(IntStream.range(0, bad).mapToObj(i -> "k" + i + "|+1|bad").toArray(String[]::new));
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
        stored(2 * RenormalisationRun.PAGE);
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

    @Test
    @DisplayName("become a dead letter where what is said of them cannot be stored, and no more")
    void cannotBeStored() throws InterruptedException {
        stored("k1|+1|odd", "k2|+1|bad");
        pager.say(
                "odd",
                from ->
                        List.of(
                                PagerService.text(from, "even")
                                        .extension("pager.odd", Json.of("{broken"))));
        fixed("bad", "better");

        assertThat(counts(false)).isEqualTo(new Counts(2, 0, 1, 0, 1));

        assertThat(letters()).hasSize(1);
        long letter = letters().getFirst().id();
        var replay = new Replay(account.alone(), inbox);
        assertThat(replay.replay(letter, "ops")).isInstanceOf(Replay.Result.Failed.class);
        fixed("odd", "even");
        assertThat(replay.replay(letter, "ops")).isInstanceOf(Replay.Result.Replayed.class);
    }

    @Test
    @DisplayName("stay one member's while it works on, however slow the plugin is")
    void isHeld() {
        stored(12);
        var taken = new AtomicInteger();
        var begun = new AtomicReference<Run>();
        pager.say(
                "bad",
                from -> {
                    later(Duration.ofSeconds(6));
                    var run = runs.of(TestAccount.CHANNEL).orElseThrow();
                    begun.set(run);
                    if (journal.real().renormalisations().take(run, 2, now, Duration.ofHours(1))) {
                        taken.incrementAndGet();
                    }
                    return List.of(PagerService.text(from, "better"));
                });

        assertThat(counts(false).corrected()).isEqualTo(12);
        assertThat(taken).hasValue(0);
        assertThat(begun.get().position()).as("kept within a page").isGreaterThan(8);
    }

    @Test
    @DisplayName("do not overrule what their author changes while the correction is written")
    void isOvertakenMeanwhile() {
        stored("k1|+1|bad");
        pager.say("edit", this::edit);
        fixed("bad", "better");
        // the audit of the beginning, then the correction
        journal.beforeNext = () -> journal.beforeNext = () -> stored("k2|+1|edit");

        assertThat(counts(false)).isEqualTo(new Counts(1, 0, 0, 1, 0));
        assertThat(log()).hasSize(2);
        assertThat(journal.stale).hasValue(1);
    }

    @Test
    @DisplayName(
            "are left to be looked at where they are by others, of another time or to another line")
    void otherwise() {
        stored("k1|+1|who", "k2|+1|when", "k3|+1|where", "k4|+1|what");
        pager.say("who", from -> List.of(PagerService.text(from, "who").by(Actor.SYSTEM)));
        pager.say("when", from -> List.of(PagerService.text(from, "when").at(NOW.minusSeconds(9))));
        pager.say("where", from -> List.of(PagerService.text(from, "where").thread("t")));
        pager.say("what", from -> List.of(PagerService.text(from, "what").inReplyTo("k1")));

        assertThat(counts(false)).isEqualTo(new Counts(4, 0, 0, 4, 0));
    }

    private List<Inbound> edit(String from) {
        var mine = new Content.Edited(List.of(new Part(1, Content.text("mine"))));
        return List.of(
                Inbound.of(PagerService.LINE, PagerService.party(from), mine)
                        .target(Target.external("k1")));
    }

    @Test
    @DisplayName("are not read by another plugin, nor by none")
    void ofOthers() {
        stored("k1|+1|bad");
        fixed("bad", "better");
        runs.close();
        var foreign = with(account, "plugin", new PluginVersion("fax", "1.0.0"));
        runs = new Renormalising(only(foreign), inbox, 2, QUICK);
        assertThat(counts(false)).isEqualTo(new Counts(1, 0, 0, 1, 0));

        runs.close();
        var elsewhere = new TestAccount(AccountId.of("pager-eu"), pager, account.calls());
        runs = new Renormalising(only(elsewhere), inbox, 3, QUICK);
        assertThat(counts(false)).isEqualTo(new Counts(1, 0, 0, 1, 0));
        assertThat(log()).hasSize(1);
    }

    @Test
    @DisplayName("wait for the version that began, and fail when it does not come back")
    void otherVersion() {
        stored("k1|+1|bad", "k2|+2|bad");
        var newer = with(account, "plugin", new PluginVersion("pager", "1.1.0"));
        var serving = new AtomicReference<OpenAccount>(account);
        pager.say(
                "bad",
                from -> {
                    serving.set(newer);
                    return List.of(PagerService.text(from, "better"));
                });
        runs.close();
        runs = new Renormalising(served(serving), inbox, 2, QUICK);
        Run begun = runs.begin(wish(false), "ops").orElseThrow();
        await().until(() -> now(begun).position() == 1);
        assertThat(now(begun).state()).isEqualTo(State.RUNNING);

        runs.start();
        await().until(() -> {
            later(Duration.ofMinutes(1));
            return now(begun).state() == State.FAILED;
        });

        assertThat(now(begun).reason()).contains("served by pager 1.0.0");
        assertThat(now(begun).plugins()).containsExactly("pager 1.0.0");
        assertThat(log()).hasSize(3);
    }

    @Test
    @DisplayName("wait for an account that is down, for so long")
    void isDown() {
        stored("k1|+1|bad");
        fixed("bad", "better");
        var down = new AtomicReference<>(false);
        runs.close();
        runs = new Renormalising(frail(down), inbox, 2, QUICK);
        runs.start();
        down.set(true);
        Run begun = runs.begin(wish(false), "ops").orElseThrow();
        down.set(false);
        assertThat(ended(begun).counts().corrected()).isOne();

        down.set(true);
        Run next = runs.begin(wish(false), "ops").orElseThrow();
        await().until(() -> {
            later(Duration.ofMinutes(1));
            return now(next).state() == State.FAILED;
        });
        assertThat(now(next).reason()).contains("is down");
        assertThat(now(next).position()).isZero();
    }

    @Test
    @DisplayName("end with the one at which the plugin hangs; the same run again goes on behind it")
    void hangs() {
        stored("k1|+1|bad", "k2|+1|stuck", "k3|+1|bad");
        fixed("bad", "better");
        runs.close();
        var calls = new HangingCalls();
        runs =
                new Renormalising(
                        new TestAccount(account.id(), pager, calls).alone(), inbox, 2, QUICK);
        pager.say(
                "stuck",
                from -> {
                    calls.hangs.set(true);
                    return List.of(PagerService.text(from, "stuck"));
                });

        Run begun = runs.begin(wish(false), "ops").orElseThrow();
        await().until(() -> now(begun).state() == State.FAILED);
        assertThat(now(begun).reason()).contains("hangs at position 2");
        assertThat(now(begun).counts()).isEqualTo(new Counts(2, 0, 1, 0, 1));

        assertThat(counts(false)).isEqualTo(new Counts(3, 0, 2, 0, 1));
    }

    @Test
    @DisplayName("end where a fix understands hardly anything")
    void isBraked() {
        stored(Brake.IN_A_ROW + 1);
        pager.say(
                "bad",
                _ -> {
                    throw new Malformed("cannot read it");
                });

        Run begun = runs.begin(wish(true), "ops").orElseThrow();
        await().until(() -> now(begun).state() != State.RUNNING);

        assertThat(now(begun).state()).isEqualTo(State.FAILED);
        assertThat(now(begun).counts().failed()).isEqualTo(Brake.IN_A_ROW);
    }

    @Test
    @DisplayName("keep the bytes of their media, and are left alone where those may be others")
    void media() {
        pager.say("two", from -> List.of(pictures(from, null, "a.jpg", "b.jpg")));
        stored("k1|+1|two", "k2|+2|two", "k3|+3|two");
        Interaction first = log().getFirst();
        var ids =
                first.parts().stream().map(part -> ((Content.Media) part.content()).id()).toList();
        pager.say("two", from -> List.of(pictures(from, "said", "a.jpg", "b.jpg")));
        assertThat(counts(true).corrected()).isEqualTo(3);
        pager.say(
                "two",
                from ->
                        List.of(
                                switch (from) {
                                    case "+1" -> pictures(from, "said", "a.jpg", "b.jpg");
                                    case "+2" -> pictures(from, null, "b.jpg", "a.jpg");
                                    default -> pictures(from, "less", "a.jpg");
                                }));

        assertThat(counts(false)).isEqualTo(new Counts(3, 0, 1, 2, 0));

        var edited = (Content.Edited) last().content();
        assertThat(edited.parts().getFirst().content()).isEqualTo(Content.text("said"));
        assertThat(edited.parts().stream().skip(1))
                .extracting(part -> ((Content.Media) part.content()).id())
                .containsExactlyElementsOf(ids);
    }

    private static Inbound pictures(String from, @Nullable String words, String... names) {
        var parts = new ArrayList<InboundPart>();
        if (words != null) {
            parts.add(InboundPart.of(Content.text(words)));
        }
        for (String name : names) {
            var picture = Content.Media.pending(Content.Media.Kind.IMAGE, "image/jpeg");
            parts.add(InboundPart.of(picture.named(name)).fetch("at " + name));
        }
        return Inbound.of(PagerService.LINE, PagerService.party(from), parts);
    }

    /// The same but for one answer.
    private static OpenAccount with(OpenAccount account, String method, Object answer) {
        return (OpenAccount)
                Proxy.newProxyInstance(
                        RenormalisingTest.class.getClassLoader(),
                        new Class<?>[] {OpenAccount.class},
                        (_, called, arguments) ->
                                called.getName().equals(method)
                                        ? answer
                                        : called.invoke(account, arguments));
    }

    private static OpenAccounts only(OpenAccount account) {
        return served(new AtomicReference<>(account));
    }

    private static OpenAccounts served(AtomicReference<OpenAccount> by) {
        return new Serving(by, new AtomicReference<>(false));
    }

    private OpenAccounts frail(AtomicReference<Boolean> down) {
        return new Serving(new AtomicReference<>(account), down);
    }

    private record Serving(AtomicReference<OpenAccount> by, AtomicReference<Boolean> down)
            implements OpenAccounts {

        @Override
        public Found find(AccountId id) {
            if (!by.get().id().equals(id)) {
                return new Found.Unknown();
            }
            return down.get() ? new Found.Down("no settings") : new Found.Open(by.get());
        }

        @Override
        public Collection<OpenAccount> all() {
            return List.of(by.get());
        }
    }

    /// Calls of which one does not come back once the plugin says so.
    private static final class HangingCalls implements Calls {

        private final DirectCalls calls = new DirectCalls();
        private final AtomicBoolean hangs = new AtomicBoolean();

        @Override
        public void start(AccountId account, String what, Runnable work) {
            calls.start(account, what, work);
        }

        @Override
        public <T> T call(Kind kind, AccountId account, Callable<T> body, Runnable whenStuck)
                throws PluginFailure, InterruptedException {
            T answer = calls.call(kind, account, body, whenStuck);
            if (hangs.getAndSet(false)) {
                throw new PluginFailure(PluginFailure.Cause.STUCK, "", "too late");
            }
            return answer;
        }

        @Override
        public void stay(AccountId account, Body body) throws PluginFailure, InterruptedException {
            calls.stay(account, body);
        }

        @Override
        public Runnable givenUp(AccountId account, String what) {
            return calls.givenUp(account, what);
        }
    }
}
