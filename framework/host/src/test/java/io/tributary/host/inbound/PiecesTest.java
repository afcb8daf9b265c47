package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.accounts.OpenAccounts;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Pieces;
import io.tributary.host.journal.Unit;
import io.tributary.model.AccountId;
import io.tributary.model.ChannelId;
import io.tributary.model.Content;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Delivery;
import io.tributary.spi.Outcome;
import io.tributary.spi.Outcome.Fate;
import io.tributary.spi.Piece;
import io.tributary.spi.RawEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Guarantee 12.
@DisplayName("a whole that comes in pieces")
final class PiecesTest extends InboundTest {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Wholes wholes;

    @BeforeEach
    void takeUp() {
        wholes = new Wholes(account.alone(), inbox);
    }

    private static RawEvent piece(String line, int number, int of) {
        return PagerService.event(line).piece(Piece.counted("g", number, of, PATIENCE));
    }

    private static RawEvent open(String line) {
        return PagerService.event(line).piece(Piece.open("album", PATIENCE));
    }

    private List<Fate> deliver(RawEvent... events) {
        return answer(inbox.deliver(account, pager, null, Delivery.of(List.of(events)))).stream()
                .map(Outcome::fate)
                .toList();
    }

    private List<String> texts() {
        return log().stream().map(one -> one.content().fallback()).toList();
    }

    @Test
    @DisplayName("is translated once, in order, when all are there, as of its first piece")
    void whole() throws Exception {
        assertThat(deliver(piece("k3|+1|c", 3, 3))).containsExactly(Fate.GATHERED);
        later(Duration.ofSeconds(5));
        assertThat(deliver(piece("k1|+1|a", 1, 3), piece("k2|+1|b", 2, 3)))
                .containsExactly(Fate.GATHERED, Fate.GATHERED);
        assertThat(log()).isEmpty();

        wholes.takeUp();
        wholes.takeUp();

        assertThat(texts()).containsExactly("abc.");
        assertThat(last().receivedAt()).isEqualTo(NOW);
        assertThat(last().replayed()).isFalse();
        assertThat(changes(Change.KeepRaw.class)).hasSize(3);
        assertThat(waiting()).isEmpty();
        assertThat(deliver(piece("k2|+1|b", 2, 3))).containsExactly(Fate.DUPLICATE);
        assertThat(waiting()).isEmpty();
    }

    @Test
    @DisplayName("is translated without what is missing when patience is over")
    void patienceIsOver() throws Exception {
        deliver(piece("k1|+1|a", 1, 3));
        later(PATIENCE.minusSeconds(1));
        deliver(piece("k3|+1|c", 3, 3));
        wholes.takeUp();
        assertThat(log()).isEmpty();

        later(Duration.ofSeconds(1));
        wholes.takeUp();

        assertThat(texts()).containsExactly("ac …");
        assertThat(last().receivedAt()).isEqualTo(NOW);
    }

    @Test
    @DisplayName("that nobody counted takes pieces until its patience is over")
    void uncounted() throws Exception {
        deliver(open("k1|+1|a"), open("k2|+1|a"));
        later(PATIENCE);
        deliver(open("k3|+1|b"));
        wholes.takeUp();
        assertThat(texts()).containsExactly("aa.");

        later(PATIENCE);
        wholes.takeUp();
        assertThat(texts()).containsExactly("aa.", "b.");
    }

    @Test
    @DisplayName("meets the same piece again once, and other bytes as the next whole's")
    void sameNumber() throws Exception {
        deliver(piece("k1|+1|a", 1, 2));
        var again = Dedupe.key("k1 again");
        var same =
                new RawEvent(
                        "page",
                        PagerService.event("k1|+1|a").body(),
                        Map.of(),
                        again,
                        Piece.counted("g", 1, 2, PATIENCE));
        assertThat(deliver(same)).containsExactly(Fate.DUPLICATE);
        assertThat(deliver(piece("k4|+1|x", 1, 2))).containsExactly(Fate.GATHERED);
        deliver(piece("k2|+1|b", 2, 2));
        wholes.takeUp();
        assertThat(texts()).containsExactly("ab.");

        deliver(piece("k5|+1|y", 2, 2));
        wholes.takeUp();
        assertThat(texts()).containsExactly("ab.", "xy.");
    }

    @Test
    @DisplayName("is a dead letter with all its pieces where the plugin fails, and can be replayed")
    void deadLetter() throws Exception {
        var usual = pager.together;
        pager.together =
                _ -> {
                    throw new IllegalStateException("no album of mine");
                };
        deliver(piece("k1|+1|a", 1, 2), piece("k2|+1|b", 2, 2));
        wholes.takeUp();

        assertThat(letters())
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.reason().code()).isEqualTo("translate-threw");
                    assertThat(DeadEvents.read(letter.payload()).events()).hasSize(2);
                });
        assertThat(waiting()).isEmpty();

        pager.together = usual;
        var replay = new Replay(account.alone(), inbox);
        assertThat(replay.replay(letters().getFirst().id(), "operator"))
                .isInstanceOf(Replay.Result.Replayed.class);
        assertThat(texts()).containsExactly("ab.");
        assertThat(last().replayed()).isTrue();
        assertThat(last().receivedAt()).isEqualTo(NOW);
    }

    @Test
    @DisplayName("that cannot be stored as the plugin says it is a dead letter, too")
    void nonsense() throws Exception {
        pager.together = _ -> List.of(PagerService.text("+1", "x").channel(ChannelId.of("fax")));
        deliver(piece("k1|+1|a", 1, 1));
        wholes.takeUp();

        assertThat(letters().getFirst().reason().code()).isEqualTo("nonsense");
        assertThat(waiting()).isEmpty();
    }

    @Test
    @DisplayName("waits for its account, three days at the most, and never outlives it")
    void withoutAccount() throws Exception {
        deliver(piece("k1|+1|a", 1, 2), piece("k2|+1|b", 2, 2));
        var down = new Wholes(only(new OpenAccounts.Found.Down("no settings")), inbox);
        down.takeUp();
        down.takeUp();
        assertThat(waiting()).hasSize(2);
        assertThat(letters()).isEmpty();

        later(Duration.ofSeconds(30));
        wholes.takeUp();
        assertThat(texts()).containsExactly("ab.");

        deliver(piece("k3|+1|c", 1, 1));
        later(Duration.ofDays(3).plusSeconds(1));
        down.takeUp();
        assertThat(letters().getFirst().reason().code()).isEqualTo("account-down");
        deliver(piece("k4|+1|d", 1, 1));
        new Wholes(only(new OpenAccounts.Found.Unknown()), inbox).takeUp();
        assertThat(letters().getFirst().reason().code()).isEqualTo("account-gone");
        assertThat(waiting()).isEmpty();
    }

    @Test
    @DisplayName("takes along a piece that comes while it is taken up")
    void oneMore() throws Exception {
        deliver(piece("k1|+1|a", 1, 3));
        later(PATIENCE);
        var late = EventForm.bytes(EventForm.write(piece("k2|+1|b", 2, 3)));
        journal.beforeNext =
                () ->
                        journal.write(
                                Unit.of(
                                        new Change.KeepPiece(
                                                account.id(), "g", 1, 2, 3, now, NOW, late)));
        wholes.takeUp();
        assertThat(log()).isEmpty();

        wholes.takeUp();
        assertThat(texts()).containsExactly("ab …");
    }

    @Test
    @DisplayName("is put together by the next member where the first one stopped")
    void restart() throws Exception {
        deliver(piece("k1|+1|a", 1, 2));
        deliver(piece("k2|+1|b", 2, 2));
        openJournalAnew();

        try (var _ = new Wholes(account.alone(), inbox).start()) {
            await().untilAsserted(() -> assertThat(texts()).containsExactly("ab."));
            deliver(piece("k3|+1|c", 1, 2), piece("k4|+1|d", 2, 2));
            await().untilAsserted(() -> assertThat(texts()).containsExactly("ab.", "cd."));
        }
    }

    @Test
    @DisplayName("of anything larger than a unit of the log begins another one")
    void tooLarge() throws Exception {
        String much = "x".repeat(900_000);
        for (int i = 1; i <= 12; i++) {
            deliver(open("k" + i + "|+1|" + much));
        }
        later(PATIENCE);
        wholes.takeUp();

        assertThat(log()).hasSize(3);
        assertThat(waiting()).isEmpty();
        assertThat(
                        log().stream()
                                .mapToInt(one -> ((Content.Text) one.content()).text().length())
                                .sum())
                .isEqualTo(12 * 900_000 + 3);
    }

    private void openJournalAnew() {
        journal.close();
        openJournal();
    }

    private List<Pieces.Piece> waiting() {
        return List.of("g", "album").stream()
                .flatMap(group -> journal.real().pieces().waiting(account.id(), group).stream())
                .toList();
    }

    private static OpenAccounts only(OpenAccounts.Found found) {
        return new OpenAccounts() {
            @Override
            public Found find(AccountId id) {
                return found;
            }

            @Override
            public Collection<OpenAccount> all() {
                return List.of();
            }
        };
    }

    @Test
    @DisplayName(
            "that is no whole but an event that looks like another is marked, over a restart, too")
    void prints() {
        var print = Dedupe.print("same", Duration.ofMinutes(5));
        deliver(looksLike(print, "k1|+1|hi"));
        openJournalAnew();
        later(Duration.ofMinutes(5));
        deliver(looksLike(print, "k1|+1|hi"));
        assertThat(log()).extracting(one -> one.possibleDuplicate()).containsExactly(false, true);

        openJournalAnew();
        later(Duration.ofMinutes(5).plusSeconds(1));
        deliver(looksLike(print, "k1|+1|hi"));
        assertThat(last().possibleDuplicate()).isFalse();
    }

    private static RawEvent looksLike(Dedupe print, String line) {
        return new RawEvent("page", PagerService.event(line).body(), Map.of(), print, null);
    }
}
