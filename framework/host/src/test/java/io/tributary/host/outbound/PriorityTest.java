package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.journal.Outbox.Priority;
import io.tributary.host.journal.Outbox.State;
import io.tributary.model.ConversationId;
import io.tributary.model.Interaction;
import io.tributary.spi.Capabilities.Rate;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class PriorityTest {

    private static final int HELD = 10;

    private final ManualClock clock = new ManualClock();
    private final ScriptedChannel channel = new ScriptedChannel();
    private Journals journals;
    private Member member;

    @BeforeEach
    void open() {
        journals = new Journals(clock);
        member = new Member(journals.journal(), clock, channel, Member.PACE, Wires.NONE, HELD);
        channel.atOnce(1);
    }

    @AfterEach
    void close() {
        member.close();
        journals.close();
    }

    private Interaction bulk(ConversationId conversation, String text) throws InterruptedException {
        return member.taken(Reply.of(conversation, Member.text(text).priority(Priority.BULK)));
    }

    /// To so many customers, one message each.
    private List<Interaction> bulk(int customers) throws InterruptedException {
        var all = new ArrayList<Interaction>();
        for (int i = 0; i < customers; i++) {
            all.add(bulk(member.conversation("bulk " + i), "bulk " + i));
        }
        return all;
    }

    private void awaitSent(int messages) {
        await().untilAsserted(() -> assertThat(channel.texts()).hasSize(messages));
    }

    @Test
    @DisplayName("what somebody waits for goes before the bulk that waited longer")
    void overtakes() throws InterruptedException {
        bulk(HELD / 2);
        var answer = member.reply(member.conversation("100"), "answer");
        assertThat(member.send(answer).priority()).isEqualTo(Priority.NORMAL);
        member.start();

        awaitSent(HELD / 2 + 1);
        assertThat(channel.texts().getFirst()).isEqualTo("answer");
    }

    @Test
    @DisplayName("it is found behind more bulk than is held in memory, and all of that is sent too")
    void behindTheBulk() throws InterruptedException {
        var many = bulk(4 * HELD);
        member.reply(member.conversation("100"), "answer");
        member.start();

        awaitSent(4 * HELD + 1);
        assertThat(channel.texts().getFirst()).isEqualTo("answer");
        await().untilAsserted(() ->
                assertThat(many).allMatch(each -> member.state(each) == State.ACCEPTED));
    }

    @Test
    @DisplayName("it takes along what goes before it in its conversation, and nothing else")
    void orderWithinAConversation() throws InterruptedException {
        bulk(2 * HELD);
        var conversation = member.conversation("100");
        bulk(conversation, "before");
        member.reply(conversation, "answer");
        bulk(conversation, "after");
        member.start();

        awaitSent(2 * HELD + 3);
        assertThat(channel.texts().subList(0, 2)).containsExactly("before", "answer");
        assertThat(channel.texts().indexOf("after")).isGreaterThan(2);
    }

    @Test
    @DisplayName("one that comes behind a full conversation raises it, and keeps its place")
    void behindAFullLane() throws InterruptedException {
        var conversation = member.conversation("100");
        for (int i = 0; i < Lane.MOST + 5; i++) {
            bulk(conversation, "same " + i);
        }
        bulk(HELD);
        member.reply(conversation, "answer");
        member.start();

        awaitSent(Lane.MOST + 5 + HELD + 1);
        var texts = channel.texts();
        assertThat(texts.indexOf("answer")).isEqualTo(Lane.MOST + 5);
        assertThat(texts.subList(0, Lane.MOST + 5)).allMatch(text -> text.startsWith("same"));
    }

    @Test
    @DisplayName("one that does not fit into its conversation's lane raises that all the same")
    void beyondAFullLane() throws InterruptedException {
        try (var large =
                new Member(journals.journal(), clock, channel, Member.PACE, Wires.NONE, 10_000)) {
            bulk(HELD);
            var conversation = member.conversation("100");
            for (int i = 0; i < Lane.MOST; i++) {
                bulk(conversation, "same " + i);
            }
            bulk(conversation, "last");
            member.reply(conversation, "answer");
            large.start();

            awaitSent(HELD + Lane.MOST + 2);
            assertThat(channel.texts().indexOf("answer")).isEqualTo(Lane.MOST + 1);
        }
    }

    @Test
    @DisplayName(
            "long conversations are read on one by one, each in its order, beyond what is held")
    void longConversations() throws InterruptedException {
        int each = 2 * Lane.MOST + 3;
        var conversations =
                List.of(
                        member.conversation("100"),
                        member.conversation("200"),
                        member.conversation("300"));
        for (int i = 0; i < each; i++) {
            for (int j = 0; j < conversations.size(); j++) {
                bulk(conversations.get(j), j + " " + i);
            }
        }
        member.start();
        // comes while parts of all of them have been passed over
        member.reply(conversations.get(1), "1 answer");

        awaitSent(3 * each + 1);
        for (int j = 0; j < conversations.size(); j++) {
            var start = j + " ";
            var expected = new ArrayList<String>();
            for (int i = 0; i < each; i++) {
                expected.add(start + i);
            }
            if (j == 1) {
                expected.add("1 answer");
            }
            assertThat(channel.texts().stream().filter(text -> text.startsWith(start)))
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    @DisplayName("where bulk waits for the rate, what somebody waits for gets the next permit")
    void nextPermit() throws InterruptedException {
        var per = Duration.ofMinutes(2);
        channel.can(can -> can.rates(Rate.of(Scope.LINE, 1, per)));
        channel.atOnce(16);
        bulk(HELD);
        member.start();
        awaitSent(1);
        for (int i = 0; i < 4; i++) {
            int sent = 2 * i + 1;
            member.reply(member.conversation("100 " + i), "answer " + i);
            clock.advance(per);
            awaitSent(sent + 1);
            clock.advance(per);
            awaitSent(sent + 2);
            // one of bulk may have been about to ask when the answer came
            assertThat(channel.texts().subList(sent, sent + 2)).contains("answer " + i);
        }
    }

    @Test
    @DisplayName("of the channel's places bulk leaves one free")
    void aPlaceIsLeft() throws InterruptedException {
        var answered = new Semaphore(0);
        channel.answers(message -> {
            answered.acquire();
            return SendResult.accepted("x-" + message.key());
        });
        channel.atOnce(3);
        bulk(5);
        member.start();
        awaitSent(2);

        member.reply(member.conversation("100"), "answer");
        awaitSent(3);
        assertThat(channel.texts().getLast()).isEqualTo("answer");
        answered.release(6);
        awaitSent(6);
    }
}
