package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.journal.Change;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("an account with a quota")
final class QuotaTest {

    private static final Quota THREE_A_DAY = new Quota(3, Duration.ofDays(1));

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

    private Replies replies(Quota quota) {
        return new Replies(
                member.journal,
                member.accounts,
                member.dispatchers,
                member.ids,
                clock,
                new Terms(
                        Duration.ofDays(1),
                        Member.TERMS.files(),
                        Duration.ofDays(7),
                        Map.of(TestAccount.ID, quota)));
    }

    private Reply reply(Content... contents) {
        return Reply.of(conversation, Member.draft(contents));
    }

    @Test
    @DisplayName("takes so many sends in its time, and says when it takes more")
    void refuses() throws InterruptedException {
        var replies = replies(THREE_A_DAY);
        var first = clock.instant();
        assertThat(replies.post(reply(Content.text("one")))).isInstanceOf(Posted.Taken.class);
        clock.advance(Duration.ofHours(2));
        assertThat(replies.post(reply(Content.text("two"), Content.text("three"))))
                .isInstanceOf(Posted.Taken.class);
        assertThat(replies.post(reply(Content.note("is angry")))).isInstanceOf(Posted.Taken.class);

        var refused = (Posted.Refused.CannotSend) replies.post(reply(Content.text("four")));
        assertThat(refused.problems().getFirst().reason().code()).isEqualTo("quota");
        assertThat(refused.opensAt())
                .isBetween(
                        first.plus(THREE_A_DAY.per()),
                        first.plus(THREE_A_DAY.per()).plus(Duration.ofMinutes(30)));
        assertThat(replies.preview(reply(Content.text("four"))))
                .isEqualTo(new Previewed.Unsendable(refused));

        clock.set(opening(refused).minusMillis(1));
        assertThat(replies.post(reply(Content.text("four")))).isEqualTo(refused);
        clock.set(opening(refused));
        assertThat(replies.post(reply(Content.text("four")))).isInstanceOf(Posted.Taken.class);
        assertThat(replies.post(reply(Content.text("five"))))
                .isInstanceOf(Posted.Refused.CannotSend.class);
    }

    @Test
    @DisplayName("takes no reply of more sends than it takes at all, and says no time")
    void tooMany() throws InterruptedException {
        var four = new Content[] {text(), text(), text(), text()};

        var refused = (Posted.Refused.CannotSend) replies(THREE_A_DAY).post(reply(four));

        assertThat(refused.opensAt()).isNull();
        assertThat(refused.problems().getFirst().reason().code()).isEqualTo("quota");
    }

    @Test
    @DisplayName("takes no more when all members are asked at once")
    void atOnce() throws Exception {
        var members =
                List.of(
                        replies(new Quota(20, Duration.ofDays(1))),
                        replies(new Quota(20, Duration.ofDays(1))));
        var posts = new ArrayList<Future<Posted>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                var asked = members.get(i % 2);
                posts.add(threads.submit(() -> asked.post(reply(text()))));
            }
        }

        int taken = 0;
        for (var post : posts) {
            taken += post.get() instanceof Posted.Taken ? 1 : 0;
        }
        assertThat(taken).isEqualTo(20);
    }

    @Test
    @DisplayName("takes what has a fallback plan in turn, too")
    void plannedAtOnce() throws Exception {
        var replies = replies(new Quota(30, Duration.ofDays(1)));
        var fallbacks = new Fallbacks(member.journal, replies, member.ids, clock);
        var plan =
                new FallbackPlan(
                        Content.Receipt.Status.DELIVERED,
                        Duration.ofMinutes(5),
                        List.of(
                                new FallbackPlan.Step(
                                        null, null, null, null, Duration.ofMinutes(5))),
                        Set.of());
        var posts = new ArrayList<Future<Posted>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                posts.add(threads.submit(() -> fallbacks.post(reply(text()), plan)));
            }
        }

        int taken = 0;
        for (var post : posts) {
            taken += post.get() instanceof Posted.Taken ? 1 : 0;
        }
        assertThat(taken).isEqualTo(30);
    }

    @Test
    @DisplayName("whose count cannot be read begins anew, and lets replies go")
    void unreadable() throws InterruptedException {
        member.done(
                new Change.PutState(
                        TestAccount.ID, "tributary.quota", Bytes.utf8("when:many"), null));
        var replies = replies(THREE_A_DAY);

        assertThat(replies.post(reply(text(), text(), text()))).isInstanceOf(Posted.Taken.class);
        assertThat(replies.post(reply(text()))).isInstanceOf(Posted.Refused.CannotSend.class);
    }

    private static Content text() {
        return Content.text("hi");
    }

    private static Instant opening(Posted.Refused.CannotSend refused) {
        var opensAt = refused.opensAt();
        if (opensAt == null) {
            throw new AssertionError("nobody says when it opens");
        }
        return opensAt;
    }
}
