package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Directory;
import io.tributary.host.journal.JournalUnavailable;
import io.tributary.host.journal.Unit;
import io.tributary.model.Actor;
import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt.Status;
import io.tributary.model.Direction;
import io.tributary.model.Interaction;
import io.tributary.model.Target;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Delivery;
import io.tributary.spi.Inbound;
import io.tributary.spi.InboundPart;
import io.tributary.spi.Party;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class TargetsTest extends InboundTest {

    @BeforeEach
    void receipts() {
        pager.say("delivered", receipt("m1", Status.DELIVERED));
        pager.say(
                "edit",
                from ->
                        List.of(
                                PagerService.text(from, "corrected")
                                        .target(Target.external("m1"))));
    }

    @Test
    void aReceiptFindsWhatItIsAbout() {
        stored("m1|+15551|hello");

        stored("k2|x|delivered");

        assertThat(last().target()).isEqualTo(Target.known(log().getFirst().id(), 1));
        assertThat(last().conversation()).isEqualTo(log().getFirst().conversation());
        assertThat(last().address()).isEqualTo("+15551");
        var advance = changes(Change.Advance.class).getFirst();
        assertThat(advance.status()).isEqualTo(Status.DELIVERED);
        assertThat(advance.interaction()).isEqualTo(log().getFirst().id());
    }

    @Test
    void aReceiptThatIsEarlyWaitsForWhatItIsAbout() {
        stored("k1|x|delivered");
        assertThat(log()).isEmpty();
        assertThat(parked()).hasSize(1);

        stored("m1|+15551|hello");

        assertThat(log()).extracting(Interaction::type).containsExactly("text", "receipt");
        assertThat(last().target()).isEqualTo(Target.known(log().getFirst().id(), 1));
        assertThat(last().customer()).isEqualTo(log().getFirst().customer());
        assertThat(parked()).isEmpty();
        assertThat(changes(Change.KeepRaw.class)).hasSize(2);
        assertThat(changes(Change.Advance.class)).hasSize(1);
    }

    @Test
    @DisplayName(
            "a receipt may tell another id of what it is about, and what waits for it is freed")
    void anIdThatComesLate() {
        pager.say("sent as m2", receipt("m1", Status.SENT).id("m2"));
        pager.say("m2 delivered", receipt("m2", Status.DELIVERED));
        pager.say("about m2", from -> List.of(PagerService.text(from, "yes").inReplyTo("m2")));
        stored("m1|+15551|hello");
        stored("k1|x|m2 delivered");
        assertThat(parked()).hasSize(1);

        stored("k2|x|sent as m2");

        var message = Target.known(log().getFirst().id(), 1);
        assertThat(parked()).isEmpty();
        assertThat(log())
                .extracting(Interaction::type)
                .containsExactly("text", "receipt", "receipt");
        assertThat(log().subList(1, 3)).allMatch(each -> message.equals(each.target()));
        stored("k3|+15551|about m2");
        assertThat(last().inReplyTo()).isEqualTo(message);

        // the first binding wins, and a receipt is never what an id stands for
        stored("k4|x|sent as m2", "k5|x|m2 delivered");
        assertThat(last().target()).isEqualTo(message);
        assertThat(changes(Change.BindReference.class))
                .filteredOn(bound -> bound.externalId().equals("m2"))
                .singleElement()
                .extracting(Change.BindReference::interaction)
                .isEqualTo(log().getFirst().id());
    }

    @Test
    @DisplayName("a receipt that waits for its message brings another id of it along")
    void anIdThatComesEarly() {
        pager.say("sent as m2", receipt("m1", Status.SENT).id("m2"));
        pager.say("m2 delivered", receipt("m2", Status.DELIVERED));
        stored("k1|x|sent as m2");

        stored("m1|+15551|hello");
        stored("k2|x|m2 delivered");

        assertThat(last().target()).isEqualTo(Target.known(log().getFirst().id(), 1));
    }

    @Test
    void aReceiptBeforeItsMessageInOneBatchIsFreed() {
        stored("k1|x|delivered", "m1|+15551|hello");

        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(log())
                                .extracting(Interaction::type)
                                .containsExactly("text", "receipt"));
        assertThat(parked()).isEmpty();
    }

    @Test
    void aReceiptThatIsParkedWhileItsMessageIsBeingStoredIsFoundAfterwards() {
        journal.beforeNext =
                () ->
                        answer(
                                inbox.deliver(
                                        account,
                                        pager,
                                        null,
                                        Delivery.of(PagerService.event("k1|x|delivered"))));
        stored("m1|+15551|hello");

        Awaitility.await().untilAsserted(() -> assertThat(log()).hasSize(2));
        assertThat(parked()).isEmpty();
    }

    @Test
    void aTargetWithinTheBatchIsFound() {
        stored("m1|+15551|hello", "k2|x|delivered");

        assertThat(last().target()).isEqualTo(Target.known(log().getFirst().id(), 1));
    }

    @Test
    void anEditOfSomethingUnknownIsStoredAtOnceInItsPartysConversation() {
        stored("k1|+15551|edit");

        assertThat(last().target()).isEqualTo(Target.external("m1"));
        assertThat(last().conversation()).isNotNull();
    }

    @Test
    void aTargetDecidesTheConversationAlsoAClosedOne() {
        stored("m1|+15551|hello");
        var closed = Objects.requireNonNull(last().conversation());
        journal.write(Unit.of(new Change.CloseConversation(closed, NOW)));

        stored("k2|+15551|edit");

        assertThat(last().conversation()).isEqualTo(closed);
    }

    @Test
    void eventsAboutAnIdThatTheyBringFindEachOther() {
        pager.say("ring", from -> List.of(call(from, Content.Call.Event.RINGING, 0)));
        pager.say("end", from -> List.of(call(from, Content.Call.Event.ENDED, 1)));

        stored("k1|+15551|end");
        stored("k2|+15551|ring");

        assertThat(log().getFirst().target()).isNull();
        assertThat(last().target()).isEqualTo(Target.known(log().getFirst().id(), 1));
    }

    @Test
    void anEchoOfOurOwnIsADuplicate() {
        pager.say(
                "echo",
                from -> List.of(PagerService.text(from, "we said").id("m1").ours(Actor.SYSTEM)));
        stored("m1|+15551|hello");

        stored("k2|+15551|echo");
        assertThat(log()).hasSize(1);

        pager.say(
                "echo2",
                from -> List.of(PagerService.text(from, "other").id("m2").ours(Actor.SYSTEM)));
        stored("k3|+15551|echo2");
        assertThat(last().direction()).isEqualTo(io.tributary.model.Direction.OUTBOUND);
    }

    @Test
    void anAnswerNamesWhatItAnswers() {
        stored("m1|+15551|hello");
        pager.say("re", from -> List.of(PagerService.text(from, "re").inReplyTo("m1")));
        pager.say("re?", from -> List.of(PagerService.text(from, "re").inReplyTo("m9")));

        stored("k2|+15551|re");
        assertThat(last().inReplyTo()).isEqualTo(Target.known(log().getFirst().id(), 1));
        stored("k3|+15551|re?");
        assertThat(last().inReplyTo()).isEqualTo(Target.external("m9"));
    }

    @Test
    void anIdOfAllPartsIsThatOfTheWhole() {
        pager.say(
                "two",
                from ->
                        List.of(
                                Inbound.of(
                                                PagerService.LINE,
                                                PagerService.party(from),
                                                Content.text("a"),
                                                Content.text("b"))
                                        .id("m1")));
        stored("k1|+15551|two");
        stored("k2|x|delivered");

        assertThat(last().target()).isEqualTo(Target.known(log().getFirst().id(), 0));
    }

    @Test
    void whatWaitsTooLongBecomesADeadLetterAndCanBeReplayed() throws Exception {
        stored("k1|x|delivered");
        var sweep = new Sweep(journal.staged(), clock);
        later(Duration.ofDays(2));
        assertThat(sweep.sweep()).isZero();
        later(Duration.ofDays(1).plusSeconds(1));

        assertThat(sweep.sweep()).isEqualTo(1);

        assertThat(parked()).isEmpty();
        assertThat(letters().getFirst().reason().code()).isEqualTo("target-unknown");
        stored("m1|+15551|hello");
        var replay = new Replay(account.alone(), inbox);
        journal.full = true;
        assertThatThrownBy(() -> replay.replay(letters().getFirst().id(), "ops"))
                .isInstanceOf(JournalUnavailable.class);
        journal.full = false;
        assertThat(replay.replay(letters().getFirst().id(), "ops"))
                .isInstanceOf(Replay.Result.Replayed.class);
        assertThat(last().type()).isEqualTo("receipt");
        assertThat(replay.replay(letters().getFirst().id(), "ops"))
                .isInstanceOf(Replay.Result.Closed.class);
        assertThat(log()).hasSize(2);
    }

    @Test
    void aParkedRowThatCannotBeReadStopsNoneBehindIt() {
        journal.write(Unit.of(new Change.Park(account.id(), "m0", now, Bytes.utf8("no parcel"))));
        stored("k1|x|delivered");
        assertThat(parked()).extracting(Directory.Parked::externalId).containsExactly("m0", "m1");
        later(Sweep.PATIENCE.plusSeconds(1));

        assertThat(new Sweep(journal.staged(), clock).sweep()).isEqualTo(1);

        assertThat(parked()).extracting(Directory.Parked::externalId).containsExactly("m0");
        assertThat(letters()).extracting(letter -> letter.kind()).containsExactly("parked");
    }

    @Test
    void aSweepWaitsForAJournalThatTakesNothing() {
        stored("k1|x|delivered");
        stored("k2|x|delivered");
        later(Sweep.PATIENCE.plusSeconds(1));
        journal.beforeNext = () -> journal.down = true;

        assertThatThrownBy(() -> new Sweep(journal.staged(), clock).sweep())
                .isInstanceOf(JournalUnavailable.class);
        assertThat(parked()).hasSize(1);
    }

    @Test
    void theSweepFreesWhatACrashLeftWaiting() {
        stored("k1|x|delivered");
        var parked = parked().getFirst();
        journal.write(Unit.of(new Change.Unpark(parked.id())));
        stored("m1|+15551|hello");
        journal.write(
                Unit.of(
                        new Change.Park(
                                parked.account(),
                                parked.externalId(),
                                parked.receivedAt(),
                                parked.body())));
        later(Duration.ofMinutes(2));

        assertThat(new Sweep(journal.staged(), clock).sweep()).isEqualTo(1);

        assertThat(last().type()).isEqualTo("receipt");
        assertThat(parked()).isEmpty();
    }

    @Test
    @DisplayName(
            "a receipt of whom the message went to counts, also from another address of theirs")
    void fromWhoHasIt() {
        pager.say("mine", from -> List.of(receiptOf(PagerService.party(from))));
        pager.say("moved", from -> List.of(receiptOf(PagerService.party(from).aliases("+15551"))));
        stored("m1|+15551|hello");

        stored("k1|+15551|mine");
        stored("k2|+15559|moved");

        assertThat(changes(Change.Advance.class))
                .extracting(Change.Advance::interaction)
                .containsExactly(log().getFirst().id(), log().getFirst().id());
        assertThat(letters()).isEmpty();
    }

    @Test
    @DisplayName("a receipt of somebody else moves nothing, binds no id and is a dead letter")
    void fromSomebodyElse() throws Exception {
        pager.say("mine", from -> List.of(receiptOf(PagerService.party(from)).id("m2")));
        stored("m1|+15551|hello");
        stored("m0|+15552|I am here, too");

        stored("k1|+15552|mine");
        stored("k2|+15553|mine");

        assertThat(log()).extracting(Interaction::type).containsExactly("text", "text");
        assertThat(changes(Change.Advance.class)).isEmpty();
        assertThat(changes(Change.BindReference.class))
                .extracting(Change.BindReference::externalId)
                .containsExactlyInAnyOrder("m1", "m0");
        assertThat(letters())
                .extracting(letter -> letter.reason().code())
                .containsExactly("not-theirs", "not-theirs");
        var replay = new Replay(account.alone(), inbox);
        assertThat(replay.replay(letters().getFirst().id(), "ops"))
                .isInstanceOf(Replay.Result.Failed.class);
        assertThat(changes(Change.Advance.class)).isEmpty();
    }

    @Test
    @DisplayName(
            "a receipt counts from where the message went, which need not be where they wrote from")
    void fromWhereItWent() {
        pager.say("mine", from -> List.of(receiptOf(PagerService.party(from))));
        stored("k1|+15551|hello");
        var reply =
                last().toBuilder()
                        .id(TimeOrderedIds.system().interaction())
                        .direction(Direction.OUTBOUND)
                        .address("+15552")
                        .build();
        journal.write(
                Unit.of(
                        Envelope.append(reply, Change.Weight.FROM_US),
                        new Change.BindReference(account.id(), "m1", reply.id(), 1)));

        stored("k2|+15552|mine");
        stored("k3|+15553|mine");

        assertThat(changes(Change.Advance.class))
                .extracting(Change.Advance::interaction)
                .containsExactly(reply.id());
        assertThat(letters()).hasSize(1);
    }

    @Test
    @DisplayName("one that comes before the message is judged when the message is there")
    void earlyOnes() throws Exception {
        pager.say("mine", from -> List.of(receiptOf(PagerService.party(from))));
        pager.say("moved", from -> List.of(receiptOf(PagerService.party(from).aliases("+15551"))));
        stored("k1|+15552|mine");
        stored("k2|+15551|mine");
        stored("k3|+15559|moved");
        assertThat(parked()).hasSize(3);

        stored("m1|+15551|hello");

        assertThat(parked()).isEmpty();
        assertThat(log())
                .extracting(Interaction::type)
                .containsExactly("text", "receipt", "receipt");
        assertThat(log()).extracting(Interaction::address).doesNotContain("+15552");
        assertThat(letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.reason().code()).isEqualTo("not-theirs"));
        var replay = new Replay(account.alone(), inbox);
        replay.replay(letters().getFirst().id(), "ops");
        assertThat(changes(Change.Advance.class)).hasSize(2);
        assertThat(parked()).isEmpty();
        assertThat(letters()).filteredOn(letter -> letter.closedAt() == null).hasSize(1);
    }

    @Test
    @DisplayName("one that comes before the answer to the send counts from the address it tells")
    void fromTheAddressThatWasUsed() {
        pager.say("mine", from -> List.of(receiptOf(PagerService.party(from))));
        stored("k1|+15558|mine");
        stored("k2|+15557|mine");
        stored("k3|+15551|hello");
        var known = last();

        var items =
                new Parking(journal.staged())
                        .take(
                                account.id(),
                                "m1",
                                known.id(),
                                1,
                                Objects.requireNonNull(known.conversation()),
                                "+15558");
        journal.write(new Unit(items));

        assertThat(last().target()).isEqualTo(Target.known(known.id(), 1));
        assertThat(last().address()).isEqualTo("+15558");
        assertThat(letters()).hasSize(1);
        assertThat(parked()).isEmpty();
    }

    @Test
    @DisplayName("what was parked by a version that kept no other addresses is read all the same")
    void withoutAliases() {
        pager.say("mine", from -> List.of(receiptOf(PagerService.party(from))));
        stored("k1|+15551|mine");
        var parked = parked().getFirst();
        var before = parked.body().utf8().replace(",\"aliases\":[]", "");
        assertThat(before).hasSizeLessThan(parked.body().utf8().length());
        journal.write(
                Unit.of(
                        new Change.Unpark(parked.id()),
                        new Change.Park(account.id(), "m1", now, Bytes.utf8(before))));

        stored("m1|+15551|hello");

        assertThat(changes(Change.Advance.class)).hasSize(1);
    }

    @Test
    void whoeverBindsAnIdCanTakeAlongWhatWaits() {
        stored("k1|x|delivered");
        stored("k2|+15551|hello");
        var known = last();

        var items =
                new Parking(journal.staged())
                        .take(
                                account.id(),
                                "m1",
                                known.id(),
                                1,
                                Objects.requireNonNull(known.conversation()),
                                null);
        journal.write(new Unit(items));

        assertThat(last().target()).isEqualTo(Target.known(known.id(), 1));
        assertThat(parked()).isEmpty();
    }

    @Test
    void aReceiptUpToATimeMovesWhatWentOutBefore() {
        pager.say(
                "ours",
                from -> List.of(PagerService.text(from, "ours").id("o1").ours(Actor.SYSTEM)));
        pager.say(
                "ours later",
                from -> List.of(PagerService.text(from, "later").id("o2").ours(Actor.SYSTEM)));
        pager.say(
                "read",
                from ->
                        List.of(
                                Inbound.of(
                                                PagerService.LINE,
                                                PagerService.party(from),
                                                Content.receipt(Status.READ))
                                        .target(Target.until(NOW.plusSeconds(5)))));
        stored("k1|+15551|hello");
        stored("k2|+15551|ours");
        later(Duration.ofMinutes(1));
        stored("k3|+15551|ours later");

        stored("k4|+15551|read");

        assertThat(last().target()).isEqualTo(Target.until(NOW.plusSeconds(5)));
        assertThat(changes(Change.Advance.class))
                .extracting(Change.Advance::interaction)
                .containsExactly(log().get(1).id());
    }

    @Test
    @DisplayName("of several that bear one id the first is known by it, each by one of its own")
    void idsOfEvents() {
        pager.say(
                "rings",
                from -> List.of(call(from, Content.Call.Event.RINGING, 0).id("call-1/rings")));
        pager.say(
                "taken",
                from -> List.of(call(from, Content.Call.Event.ANSWERED, 1).id("call-1/taken")));

        stored("k1|+15551|rings");
        stored("k2|+15551|taken");

        assertThat(ids(log().getFirst())).containsExactlyInAnyOrder("call-1", "call-1/rings");
        assertThat(ids(last())).containsExactly("call-1/taken");
    }

    private List<String> ids(Interaction interaction) {
        return journal.real().directory().references(interaction.id()).stream()
                .map(Directory.Reference::externalId)
                .toList();
    }

    private static Inbound receipt(String about, Status status) {
        return Inbound.about(PagerService.LINE, Target.external(about), Content.receipt(status));
    }

    private static Inbound receiptOf(Party party) {
        return Inbound.of(PagerService.LINE, party, Content.receipt(Status.DELIVERED))
                .target(Target.external("m1"));
    }

    private static Inbound call(String from, Content.Call.Event event, int sequence) {
        var part = InboundPart.of(new Content.Call(event, sequence, null, null)).id("call-1");
        return Inbound.of(PagerService.LINE, PagerService.party(from), List.of(part))
                .target(Target.external("call-1"));
    }
}
