package io.tributary.host.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.ConversationId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a run of plain units")
final class PlainRunsTest {

    private static final ConversationId TALK = Samples.IDS.conversation();

    private static List<Integer> runs(Unit... units) {
        List<Prepared> batch = new ArrayList<>();
        for (Unit unit : units) {
            batch.add(new Prepared(unit));
        }
        var runs = PlainRuns.of(batch);
        List<Integer> lengths = new ArrayList<>();
        for (int i = 0; i < units.length; i++) {
            lengths.add(runs.beginsWith(i));
        }
        return lengths;
    }

    /// Whether it is in a run with what comes after it.
    private static boolean beginsRun(Unit unit) {
        return runs(unit, Samples.webhook(TALK, "next")).getFirst() == 2;
    }

    private static Unit message(List<Expect> expects, Change... more) {
        List<Change> changes = new ArrayList<>(List.of(Samples.message(TALK)));
        changes.addAll(List.of(more));
        return new Unit(List.of(new Item(null, expects, changes)));
    }

    @Test
    @DisplayName("holds messages into conversations that are open, until something else comes")
    void ends() {
        Unit other = Unit.of(new Change.CloseConversation(TALK, Samples.AT));

        assertThat(
                        runs(
                                Samples.webhook(TALK, "1"),
                                Samples.webhook(TALK, "2"),
                                other,
                                Samples.webhook(TALK, "3")))
                .containsExactly(2, 0, 0, 0);
    }

    @Test
    @DisplayName("ends before a dedupe key that the batch has brought")
    void repeated() {
        assertThat(
                        runs(
                                Samples.webhook(TALK, "1"),
                                Samples.webhook(TALK, "2"),
                                Samples.webhook(TALK, "1"),
                                Samples.webhook(TALK, "3"),
                                Samples.webhook(TALK, "4")))
                .containsExactly(2, 0, 0, 2, 0);
        assertThat(
                        runs(
                                Samples.once("1", Samples.message(null)),
                                Samples.webhook(TALK, "1"),
                                Samples.webhook(TALK, "2")))
                .containsExactly(0, 0, 0);
    }

    @Test
    @DisplayName("holds nothing that rests on more, or changes more")
    void notPlain() {
        Expect open = new Expect.ConversationOpen(TALK);

        assertThat(beginsRun(message(List.of(open), Samples.raw("raw")))).isTrue();
        assertThat(beginsRun(message(List.of()))).isFalse();
        assertThat(
                        beginsRun(
                                message(
                                        List.of(
                                                new Expect.ConversationOpen(
                                                        Samples.IDS.conversation())))))
                .isFalse();
        assertThat(beginsRun(message(List.of(open, new Expect.FirstTime(Samples.ACCOUNT, "k")))))
                .isFalse();
        assertThat(beginsRun(message(List.of(open), Samples.message(TALK)))).isFalse();
        assertThat(beginsRun(message(List.of(open), Samples.raw("one"), Samples.raw("two"))))
                .isFalse();
        assertThat(
                        beginsRun(
                                message(
                                        List.of(open),
                                        new Change.CloseConversation(TALK, Samples.AT))))
                .isFalse();
        assertThat(beginsRun(Unit.of(Samples.message(null)))).isFalse();
    }
}
