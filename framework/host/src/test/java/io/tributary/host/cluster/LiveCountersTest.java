package io.tributary.host.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.cluster.LiveCounters.Folded;
import io.tributary.host.journal.Row;
import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.ChannelId;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import io.tributary.model.InteractionId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("live counters")
final class LiveCountersTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static final LogTimeline LOG = new LogTimeline(-7, 1);

    private final List<Row> log = new ArrayList<>();

    @Test
    @DisplayName("count arrivals, first answers, what is open and who waits since when")
    void counts() {
        said(1, Direction.INBOUND, "text", 0);
        said(1, Direction.INBOUND, "text", 5);
        said(2, Direction.INBOUND, "media", 10);
        said(1, Direction.OUTBOUND, "receipt", 20);
        said(1, Direction.OUTBOUND, "text", 30);
        said(1, Direction.OUTBOUND, "text", 31);
        said(3, Direction.OUTBOUND, "template", 40);
        said(1, Direction.INBOUND, "text", 50);

        assertThat(folded().insights())
                .containsExactly(
                        new Insight(
                                new ChannelId("pager"),
                                new AccountId("shop"),
                                4,
                                1,
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(30),
                                3,
                                2,
                                NOON.plusSeconds(10)));
    }

    @Test
    @DisplayName("see a conversation end that an agent closes, and a visit that does")
    void ends() {
        said(1, Direction.INBOUND, "text", 0);
        said(
                2,
                Direction.INBOUND,
                "visit",
                0,
                "{\"number\":1,\"type\":\"visit\",\"event\":\"checkedIn\",\"place\":\"graz-1\"}");
        said(3, Direction.INBOUND, "text", 0);
        said(1, Direction.INTERNAL, "changed", 9, changed("claimed"));
        assertThat(folded().insights().getFirst().open()).isEqualTo(3);

        said(1, Direction.INTERNAL, "changed", 10, changed("closed"));
        said(
                2,
                Direction.INBOUND,
                "visit",
                11,
                "{\"number\":1,\"type\":\"visit\",\"event\":\"ended\",\"place\":\"graz-1\"}");
        assertThat(folded().insights().getFirst().open()).isEqualTo(1);
        assertThat(folded().insights().getFirst().arrivals()).isEqualTo(3);
        assertThat(folded().insights().getFirst().waiting()).isEqualTo(1);
    }

    @Test
    @DisplayName("see a visit end that comes with words")
    void endsWithWords() {
        said(
                1,
                Direction.INBOUND,
                "text",
                0,
                "{\"number\":1,\"type\":\"text\",\"text\":\"bye\"},"
                        + "{\"number\":2,\"type\":\"visit\",\"event\":\"ended\",\"place\":\"graz-1\"}");

        assertThat(folded().insights().getFirst().arrivals()).isEqualTo(1);
        assertThat(folded().insights().getFirst().open()).isZero();
    }

    @Test
    @DisplayName("take for arrivals what customers say, and for answers what we do")
    void directions() {
        said(1, Direction.INBOUND, "text", 0);
        for (Direction direction : Direction.values()) {
            for (String quiet :
                    List.of("receipt", "reaction", "edited", "deleted", "consent", "mediaStored")) {
                said(1, direction, quiet, 1);
            }
        }
        said(1, Direction.INTERNAL, "text", 2);

        Insight insight = folded().insights().getFirst();
        assertThat(insight.arrivals()).isEqualTo(1);
        assertThat(insight.answered()).isZero();
        assertThat(insight.waitingSince()).isEqualTo(NOON);
    }

    @Test
    @DisplayName("take a call that rings for a question and the one who takes it for the answer")
    void calls() {
        said(1, Direction.INBOUND, "call", 0, call("ringing"));
        said(1, Direction.INBOUND, "call", 7, call("answered"));
        said(1, Direction.INBOUND, "call", 90, call("ended"));

        Insight insight = folded().insights().getFirst();
        assertThat(insight.arrivals()).isEqualTo(1);
        assertThat(insight.untilAnswered()).isEqualTo(Duration.ofSeconds(7));
        assertThat(insight.waiting()).isZero();
    }

    private static String call(String event) {
        return "{\"number\":1,\"type\":\"call\",\"event\":\"" + event + "\",\"sequence\":0}";
    }

    @Test
    @DisplayName("forget conversations that ended")
    void bounded() {
        said(0, Direction.INBOUND, "text", 0);
        said(0, Direction.INTERNAL, "changed", 1, changed("closed"));
        int one = folded().snapshot().length();
        for (int i = 1; i < 500; i++) {
            said(i, Direction.INBOUND, "text", 0);
            said(i, Direction.OUTBOUND, "text", 0);
            said(i, Direction.INTERNAL, "changed", 1, changed("closed"));
        }

        assertThat(folded().snapshot().length()).isLessThan(one + 16);
    }

    @Test
    @DisplayName("count nothing of another timeline, and go on where nothing was replaced")
    void timelines() {
        for (int i = 0; i < 10; i++) {
            said(i, Direction.INBOUND, "text", i);
        }
        var later = new LogTimeline(LOG.log(), LOG.number() + 1);
        LiveCounters counters = folded();
        assertThat(counters.fold(later, log)).isEqualTo(Folded.OTHER_TIMELINE);
        assertThat(counters.position()).isEqualTo(10);

        assertThat(counters.carryOver(later, _ -> 9)).isFalse();
        assertThat(counters.timeline()).isEqualTo(LOG);
        assertThat(counters.carryOver(new LogTimeline(8, 1), _ -> 100)).isFalse();
        assertThat(counters.carryOver(later, number -> number == 1 ? 10 : -1)).isTrue();
        assertThat(counters.fold(later, log)).isEqualTo(Folded.WHOLE);
        assertThat(counters.carryOver(LOG, _ -> 100)).isFalse();

        LiveCounters restored = LiveCounters.restore(counters.snapshot()).orElseThrow();
        assertThat(restored.timeline()).isEqualTo(later);
    }

    @Test
    @DisplayName("are the same however the rows come, and not ahead of what is missing")
    void order() {
        for (int i = 0; i < 200; i++) {
            said(
                    i % 17,
                    i % 3 == 0 ? Direction.OUTBOUND : Direction.INBOUND,
                    i % 5 == 0 ? "receipt" : "text",
                    i);
        }
        LiveCounters counters = new LiveCounters(LOG, 0);
        assertThat(counters.fold(LOG, log.subList(0, 50))).isEqualTo(Folded.WHOLE);
        assertThat(counters.fold(LOG, log.subList(30, 60))).isEqualTo(Folded.WHOLE);
        assertThat(counters.fold(LOG, log.subList(100, 120))).isEqualTo(Folded.GAP);
        assertThat(counters.position()).isEqualTo(60);
        assertThat(counters.fold(LOG, log.subList(60, 200))).isEqualTo(Folded.WHOLE);

        assertThat(counters.insights()).isEqualTo(folded().insights());
        assertThat(counters.snapshot()).isEqualTo(folded().snapshot());
    }

    @Test
    @DisplayName("go on from a snapshot of any member as if nothing had been")
    void snapshots() {
        for (int i = 0; i < 100; i++) {
            said(i % 7, i % 2 == 0 ? Direction.INBOUND : Direction.OUTBOUND, "text", i);
        }
        LiveCounters before = new LiveCounters(LOG, 0);
        before.fold(LOG, log.subList(0, 40));
        LiveCounters after = LiveCounters.restore(before.snapshot()).orElseThrow();
        assertThat(after.position()).isEqualTo(40);
        after.fold(LOG, log);

        assertThat(after.insights()).isEqualTo(folded().insights());
        assertThat(LiveCounters.restore(Bytes.utf8("\u0009something of later"))).isEmpty();
        Bytes whole = before.snapshot();
        assertThat(LiveCounters.restore(whole.slice(0, whole.length() - 3))).isEmpty();
    }

    @Test
    @DisplayName("begin where the log does")
    void retention() {
        said(1, Direction.INBOUND, "text", 0);
        said(1, Direction.INBOUND, "text", 1);
        LiveCounters counters = new LiveCounters(LOG, 0);
        counters.skipTo(2);

        assertThat(counters.fold(LOG, log.subList(1, 2))).isEqualTo(Folded.WHOLE);
        assertThat(counters.insights().getFirst().arrivals()).isEqualTo(1);
    }

    private LiveCounters folded() {
        LiveCounters counters = new LiveCounters(LOG, 0);
        assertThat(counters.fold(LOG, log)).isEqualTo(Folded.WHOLE);
        return counters;
    }

    private void said(int conversation, Direction direction, String type, int second) {
        said(
                conversation,
                direction,
                type,
                second,
                "{\"number\":1,\"type\":\"text\",\"text\":\"x\"}");
    }

    private void said(int conversation, Direction direction, String type, int second, String part) {
        long position = log.size() + 1L;
        var id = new InteractionId(new UUID(0x0000_0000_0000_7000L, position));
        log.add(
                new Row(
                        position,
                        id,
                        new ConversationId(new UUID(0x0000_0000_0000_7000L, conversation)),
                        null,
                        new ChannelId("pager"),
                        new AccountId("shop"),
                        direction,
                        type,
                        NOON.plusSeconds(second),
                        Bytes.wrap(body(id, direction, part).getBytes(UTF_8))));
    }

    private static String changed(String what) {
        return "{\"number\":1,\"type\":\"changed\",\"what\":\"" + what + "\",\"details\":{}}";
    }

    private static String body(InteractionId id, Direction direction, String part) {
        return """
        {"id":"%s","conversationId":"01a200f5-da63-7002-80e3-9d4c1a3ac1f0",\
        "customerId":"01a200f5-da63-7003-9a71-54e0aa2fd0b7","channel":"pager","account":"shop",\
        "line":"","address":"ada","direction":"%s","actor":{"kind":"customer","id":"ada"},\
        "occurredAt":"2026-11-22T12:00:00Z","receivedAt":"2026-11-22T12:00:00Z",\
        "plugin":{"id":"pager","version":"1.0.0"},"replayed":false,"possibleDuplicate":false,\
        "extensions":{},"parts":[%s],"fallbackText":"x"}
        """
                .formatted(id, direction.name().toLowerCase(java.util.Locale.ROOT), part);
    }
}
