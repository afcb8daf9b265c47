package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Unit;
import io.tributary.model.Bytes;
import io.tributary.spi.Delivery;
import io.tributary.spi.NotStored;
import io.tributary.spi.Outcome;
import io.tributary.spi.Outcome.Fate;
import io.tributary.spi.State;
import io.tributary.spi.WebhookVerdict;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A provider would send again for ever what is never stored, and its neighbours with it.
@DisplayName("what the journal refuses for good")
final class RefusedUnitsTest extends InboundTest {

    /// As an interaction; kept as a dead letter it does no harm.
    private static boolean bringsAsInteraction(Unit unit, String text) {
        return unit.items().stream()
                .flatMap(item -> item.changes().stream())
                .anyMatch(change ->
                        change instanceof Change.Append append
                                && append.body().utf8().contains(text));
    }

    private static Predicate<Unit> bringing(String text) {
        return unit -> bringsAsInteraction(unit, text);
    }

    private List<Fate> deliver(String... lines) {
        var events = List.of(lines).stream().map(PagerService::event).toList();
        return answer(inbox.deliver(account, pager, null, Delivery.of(events))).stream()
                .map(Outcome::fate)
                .toList();
    }

    private void assertOneDeadLetter(String line) {
        assertThat(letters())
                .singleElement()
                .satisfies(letter -> {
                    assertThat(letter.reason().code()).isEqualTo("nonsense");
                    assertThat(DeadEvents.read(letter.payload()).events())
                            .containsExactly(PagerService.event(line));
                });
    }

    @Test
    @DisplayName("is a dead letter, and its provider is answered as if all were well")
    void single() {
        journal.unfit = bringing("poison");

        stored("k1|+15551|poison");

        assertThat(log()).isEmpty();
        assertOneDeadLetter("k1|+15551|poison");
        assertThat(journal.refused).hasValue(1);

        stored("k1|+15551|poison");
        assertThat(letters()).as("the provider's retry").hasSize(1);
    }

    @Test
    @DisplayName("harms no neighbour in its batch")
    void batch() {
        journal.unfit = bringing("poison");

        stored("k1|+15551|one", "k2|+15551|poison", "k3|+15552|three");

        assertThat(log()).extracting(one -> one.fallbackText()).containsExactly("one", "three");
        assertOneDeadLetter("k2|+15551|poison");
        assertThat(journal.refused).as("the batch, then the one alone").hasValue(2);
    }

    @Test
    @DisplayName("is told to connections and devices as a dead letter, event by event")
    void delivered() {
        journal.unfit = bringing("poison");

        assertThat(deliver("k1|+15551|poison")).containsExactly(Fate.DEAD_LETTER);
        assertThat(deliver("k2|+15551|two", "k3|+15551|poison", "k4|+15551|four"))
                .containsExactly(Fate.STORED, Fate.DEAD_LETTER, Fate.STORED);
        assertThat(log()).extracting(one -> one.fallbackText()).containsExactly("two", "four");
        assertThat(letters()).hasSize(2);
    }

    @Test
    @DisplayName("is nothing that came over a connection that is another member's by now")
    void lost() {
        journal.write(Unit.of(new Change.PutState(account.id(), "owner", Bytes.utf8("bea"), null)));
        var own = List.<Expect>of(new Expect.StateVersion(account.id(), "owner", 0));
        var deliveries =
                List.of(
                        Delivery.of(PagerService.event("k1|+15551|one")),
                        Delivery.of(
                                List.of(
                                        PagerService.event("k1|+15551|one"),
                                        PagerService.event("k2|+15552|two"))));

        assertThat(deliveries)
                .allSatisfy(delivery ->
                        assertThatThrownBy(() ->
                                        answer(inbox.deliver(account, pager, null, own, delivery)))
                                .hasCauseInstanceOf(NotStored.class)
                                .satisfies(failed ->
                                        assertThat(((NotStored) failed.getCause()).why())
                                                .isEqualTo(NotStored.Why.LOST)));

        assertThat(log()).isEmpty();
        assertThat(letters()).isEmpty();
        var still = List.<Expect>of(new Expect.StateVersion(account.id(), "owner", 1));
        answer(inbox.deliver(account, pager, null, still, deliveries.getLast()));
        assertThat(log()).hasSize(2);
    }

    @Test
    @DisplayName("is not acknowledged where it cannot even be kept as a dead letter")
    void notEvenAsDeadLetter() {
        journal.unfit = _ -> true;

        assertThat(post("k1|+15551|poison", "k2|+15551|two").status()).isEqualTo(503);
        assertThatThrownBy(() -> deliver("k3|+15551|poison"))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(NotStored.class);

        journal.unfit = _ -> false;
        stored("k1|+15551|poison", "k2|+15551|two");
        assertThat(log()).hasSize(2);
    }

    @Test
    @DisplayName("is not acknowledged where it is state of the plugin alone")
    void stateAlone() {
        journal.unfit = _ -> true;
        pager.verify =
                _ ->
                        WebhookVerdict.accepted(
                                Delivery.NOTHING.state(
                                        new State.Change("cursor", 0, Bytes.utf8("9"), null)));

        assertThat(post("k|a|b").status()).isEqualTo(503);
        assertThat(journal.refused).hasValue(1);
    }
}
