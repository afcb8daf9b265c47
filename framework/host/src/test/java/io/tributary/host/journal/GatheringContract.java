package io.tributary.host.journal;

import static io.tributary.model.Content.Receipt.Status.DELIVERED;
import static io.tributary.model.Content.Receipt.Status.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.AccountId;
import io.tributary.model.Bytes;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.InteractionId;
import io.tributary.model.MediaId;
import io.tributary.model.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What is not whole yet: pieces, segments, prints; and what goes with age beside the log.
abstract class GatheringContract extends JournalContract {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    GatheringContract(Opening opening) {
        super(opening);
    }

    @Test
    @DisplayName("pieces wait by group and whole, and are due when the first of the whole is")
    void pieces() {
        store(piece("a", 1, 1, MINUTE), piece("a", 1, 2, MINUTE), piece("a", 2, 1, MINUTE));
        store(piece("b", 1, 1, Duration.ofSeconds(-1)));
        reopen();

        assertThat(journal.pieces().waiting(Samples.ACCOUNT, "a"))
                .extracting(Pieces.Piece::whole, Pieces.Piece::number, one -> one.body().utf8())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, 1, "a 1 1"),
                        org.assertj.core.groups.Tuple.tuple(1, 2, "a 1 2"),
                        org.assertj.core.groups.Tuple.tuple(2, 1, "a 2 1"));
        assertThat(journal.pieces().waiting(new AccountId("pager-eu"), "a")).isEmpty();
        assertThat(journal.pieces().due(Samples.AT, 9))
                .containsExactly(new Pieces.Whole(Samples.ACCOUNT, "b", 1));
        assertThat(journal.pieces().nextDue()).contains(Samples.AT.minusSeconds(1));
        store(new Change.DropPieces(Samples.ACCOUNT, "b", 1));
        assertThat(journal.pieces().nextDue()).contains(Samples.AT.plus(MINUTE));
        assertThat(journal.pieces().due(Samples.AT.plus(MINUTE), 9))
                .containsExactly(
                        new Pieces.Whole(Samples.ACCOUNT, "a", 1),
                        new Pieces.Whole(Samples.ACCOUNT, "a", 2));
        assertThat(journal.pieces().due(Samples.AT.plus(MINUTE), 1)).hasSize(1);

        store(new Change.DropPieces(Samples.ACCOUNT, "a", 1));
        assertThat(journal.pieces().waiting(Samples.ACCOUNT, "a"))
                .extracting(Pieces.Piece::whole)
                .containsExactly(2);
    }

    @Test
    @DisplayName("who decides about a group of pieces notices when it has changed meanwhile")
    void piecesChanged() {
        var none = new Expect.PiecesAre(Samples.ACCOUNT, "a", 0, 0);
        var first = Unit.of(List.of(none), List.of(piece("a", 1, 1, MINUTE)));
        assertThat(append(first)).isInstanceOf(Commit.Done.class);
        assertThat(append(first)).isEqualTo(new Commit.Stale(0, none));

        long last = journal.pieces().waiting(Samples.ACCOUNT, "a").getLast().id();
        var one = new Expect.PiecesAre(Samples.ACCOUNT, "a", 1, last);
        assertThat(append(Unit.of(List.of(one), List.of()))).isInstanceOf(Commit.Done.class);
        store(new Change.DropPieces(Samples.ACCOUNT, "a", 1));
        store(piece("a", 1, 1, MINUTE));
        assertThat(append(Unit.of(List.of(one), List.of()))).isEqualTo(new Commit.Stale(0, one));
    }

    private static Change piece(String group, int whole, int number, Duration patience) {
        return new Change.KeepPiece(
                Samples.ACCOUNT,
                group,
                whole,
                number,
                3,
                Samples.AT,
                Samples.AT.plus(patience),
                Bytes.utf8(group + " " + whole + " " + number));
    }

    @Test
    @DisplayName("a print is remembered over a restart, by its latest time, until it is over")
    void prints() {
        store(print("p", Samples.AT), print("p", Samples.AT.minusSeconds(9)));
        reopen();

        assertThat(journal.directory().printSeen(Samples.ACCOUNT, "p")).contains(Samples.AT);
        assertThat(journal.directory().printSeen(new AccountId("pager-eu"), "p")).isEmpty();
        clock.move(MINUTE.plusSeconds(1));
        ((SharedReads) journal).clear();
        assertThat(journal.directory().printSeen(Samples.ACCOUNT, "p")).isEmpty();
    }

    private static Change print(String print, Instant at) {
        return new Change.SeePrint(Samples.ACCOUNT, print, at, at.plus(MINUTE));
    }

    @Test
    @DisplayName("segments move forward only, and whoever decides by them notices a move")
    void segments() {
        InteractionId id = Samples.IDS.interaction();
        store(new Change.AddSegment(id, 1, "x"), new Change.AddSegment(id, 1, "y"));
        long version = journal.outbox().segments(id, 1).version();
        var same = new Expect.SegmentsAre(id, 1, version);
        store(reached(id, "x", DELIVERED), reached(id, "x", SENT));
        store(new Change.AddSegment(id, 1, "x"));

        assertThat(append(Unit.of(List.of(same), List.of()))).isEqualTo(new Commit.Stale(0, same));
        assertThat(journal.outbox().segments(id, 1).of())
                .containsExactly(
                        new Outbox.Segment("x", Map.of("", DELIVERED)),
                        new Outbox.Segment("y", Map.of()));
        var now = new Expect.SegmentsAre(id, 1, journal.outbox().segments(id, 1).version());
        store(reached(id, "x", SENT));
        assertThat(append(Unit.of(List.of(now), List.of()))).isInstanceOf(Commit.Done.class);
        assertThat(journal.outbox().segments(id, 2).of()).isEmpty();
    }

    private static Change reached(InteractionId id, String externalId, Status status) {
        return new Change.AdvanceSegment(id, 1, externalId, "", status);
    }

    @Test
    @DisplayName("with age go media that nothing was sent with lately, and closed dead letters")
    void retention() {
        MediaId old = media();
        MediaId used = media();
        MediaId pending = Samples.IDS.media();
        store(
                new Change.AddMedia(pending, Samples.ACCOUNT, null, null, Samples.AT),
                new Change.UseMedia(used, Samples.AT.plusSeconds(120)),
                letter("open"),
                letter("closed"));
        var letters = journal.deadLetters().page(DeadLetters.Query.ALL, Long.MAX_VALUE, 9);
        store(new Change.CloseDeadLetter(letters.getFirst().id(), false, Samples.AT));
        var conversation = Samples.conversation(journal, "+1");
        talk(conversation, 1);
        InteractionId said = journal.log().at(1).orElseThrow().id();
        store(new Change.AddSegment(said, 0, "x"));

        assertThat(journal.dropBefore(Samples.AT.plusSeconds(60))).isEqualTo(1);

        assertThat(journal.media().byId(old)).isEmpty();
        assertThat(journal.media().byId(used)).isPresent();
        assertThat(journal.media().byId(pending)).isPresent();
        assertThat(journal.deadLetters().page(DeadLetters.Query.ALL, Long.MAX_VALUE, 9))
                .extracting(DeadLetters.DeadLetter::kind)
                .containsExactly("open");
        assertThat(journal.outbox().segments(said, 0).of()).isEmpty();
    }

    private MediaId media() {
        MediaId id = Samples.IDS.media();
        store(
                new Change.AddMedia(id, Samples.ACCOUNT, null, null, Samples.AT),
                Samples.kept(journal, id, "image/png", "abc"));
        return id;
    }

    private static Change letter(String kind) {
        return new Change.AddDeadLetter(
                io.tributary.model.Direction.INBOUND,
                Samples.ACCOUNT,
                "pager@1.0.0",
                kind,
                Reason.of("x", "y"),
                null,
                Bytes.utf8("{}"),
                Samples.AT);
    }
}
