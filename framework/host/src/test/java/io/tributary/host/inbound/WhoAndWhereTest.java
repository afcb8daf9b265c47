package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Unit;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.CustomerId;
import io.tributary.model.Identity;
import io.tributary.model.Interaction;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Inbound;
import io.tributary.spi.Party;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class WhoAndWhereTest extends InboundTest {

    @Test
    void aNewSenderIsANewCustomerWithANewConversation() {
        stored("k1|+15551|hello");
        stored("k2|+15551|again");
        stored("k3|+15552|other");

        List<Interaction> log = log();
        assertThat(log.get(1).conversation()).isEqualTo(log.get(0).conversation());
        assertThat(log.get(1).customer()).isEqualTo(log.get(0).customer());
        assertThat(log.get(2).conversation()).isNotEqualTo(log.get(0).conversation());
        assertThat(log.get(2).customer()).isNotEqualTo(log.get(0).customer());
    }

    @Test
    void aSenderWhoWasHeardOfCostsNoReading() {
        stored("k1|+15551|hello");
        journal.reads.set(0);

        stored("k2|+15551|again");

        assertThat(journal.reads).hasValue(0);
    }

    @Test
    void eventsOfOneBatchFromOneNewSenderAgree() {
        stored("k1|+15551|one", "k2|+15551|two", "k3|+15552|three");

        List<Interaction> log = log();
        assertThat(log)
                .extracting(Interaction::fallbackText)
                .containsExactly("one", "two", "three");
        assertThat(log.get(1).conversation()).isEqualTo(log.get(0).conversation());
        assertThat(changes(Change.AddCustomer.class)).hasSize(2);
        assertThat(changes(Change.OpenConversation.class)).hasSize(2);
    }

    @Test
    void aBatchWhoseFirstEventIsADuplicateStoresTheRestInTheSameConversation() {
        stored("k1|+15551|one");

        stored("k1|+15551|one", "k2|+15551|two");

        assertThat(log()).hasSize(2);
        assertThat(last().conversation()).isEqualTo(log().getFirst().conversation());
    }

    @Test
    void aBatchThatComesAgainBeginsNoConversationForNothing() {
        stored("k1|+15551|one", "k2|+15551|two");
        journal.write(Unit.of(new Change.CloseConversation(conversation(last()), NOW)));

        stored("k1|+15551|one", "k2|+15551|two");

        assertThat(log()).hasSize(2);
        assertThat(changes(Change.OpenConversation.class)).hasSize(1);
    }

    @Test
    void aBatchThatBringsSomethingNewAsWellBeginsWhatThatNeedsAlone() {
        stored("k1|+15551|one", "k2|+15552|two");
        for (Interaction one : log()) {
            journal.write(Unit.of(new Change.CloseConversation(conversation(one), NOW)));
        }

        stored("k1|+15551|one", "k2|+15552|two", "k3|+15552|three", "k4|+15553|four");

        assertThat(log())
                .extracting(Interaction::fallbackText)
                .containsExactly("one", "two", "three", "four");
        assertThat(changes(Change.OpenConversation.class))
                .extracting(Change.OpenConversation::address)
                .containsExactly("+15551", "+15552", "+15552", "+15553");
        assertThat(changes(Change.AddCustomer.class)).hasSize(3);
    }

    @Test
    void aBatchThatComesTwiceAtOnceBeginsNoConversationForNothing() {
        sayBye();
        stored("k1|+15551|hi");
        journal.write(Unit.of(new Change.CloseConversation(conversation(last()), NOW)));
        journal.beforeNext = () -> stored("k2|+15551|me again", "k3|+15551|bye");

        stored("k2|+15551|me again", "k3|+15551|bye");

        assertThat(log()).hasSize(3);
        assertThat(changes(Change.OpenConversation.class)).hasSize(2);
        assertThat(
                        journal.real()
                                .conversations()
                                .byId(conversation(last()))
                                .orElseThrow()
                                .closedAt())
                .isNotNull();
    }

    @Test
    void aClosedConversationIsNotWrittenTo() {
        stored("k1|+15551|one");
        ConversationId before = conversation(last());
        journal.write(Unit.of(new Change.CloseConversation(before, NOW)));

        stored("k2|+15551|two");

        assertThat(conversation(last())).isNotEqualTo(before);
        assertThat(last().customer()).isEqualTo(log().getFirst().customer());
        assertThat(journal.stale).hasValue(1);
    }

    private void sayBye() {
        pager.say(
                "bye",
                from ->
                        List.of(
                                Inbound.of(
                                        PagerService.LINE,
                                        PagerService.party(from),
                                        new Content.Visit(Content.Visit.Event.ENDED, null))));
    }

    @Test
    void theEndOfAVisitEndsTheConversationAlsoWithinABatch() {
        sayBye();

        stored("k1|+15551|hi", "k2|+15551|bye", "k3|+15551|me again");

        List<Interaction> log = log();
        assertThat(log).hasSize(3);
        assertThat(log.get(1).conversation()).isEqualTo(log.get(0).conversation());
        assertThat(log.get(2).conversation()).isNotEqualTo(log.get(0).conversation());
        assertThat(
                        journal.real()
                                .conversations()
                                .byId(conversation(log.get(0)))
                                .orElseThrow()
                                .closedAt())
                .isNotNull();
    }

    @Test
    void manyAtOnceFromOneNewSenderEndInOneConversation() {
        var replies = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < 40; i++) {
            replies.add(door.receive("pager-us", request("k" + i + "|+15551|text " + i)));
        }
        replies.forEach(InboundTest::answer);

        assertThat(log()).hasSize(40);
        assertThat(new HashSet<>(log().stream().map(Interaction::conversation).toList()))
                .hasSize(1);
    }

    @Test
    void anAliasIsTheSameEnd() {
        stored("k1|old-chat|hello");
        pager.say(
                "moved",
                _ ->
                        List.of(
                                Inbound.of(
                                        PagerService.LINE,
                                        Party.of("new-chat").aliases("old-chat"),
                                        Content.text("moved"))));

        stored("k2|x|moved");
        stored("k3|new-chat|there");

        assertThat(new HashSet<>(log().stream().map(Interaction::conversation).toList()))
                .hasSize(1);
        assertThat(last().address()).isEqualTo("new-chat");
    }

    @Test
    void theChannelsOwnIdentityJoinsAndAClaimDoesNot() {
        CustomerId known = TimeOrderedIds.system().customer();
        journal.write(
                Unit.of(
                        new Change.AddCustomer(known, null, NOW),
                        new Change.BindIdentity(
                                "phone", "+15551230001", known, "by-channel", NOW)));
        pager.say("mine", said(Party.of("chat-1", Identity.byChannel("phone", "+15551230001"))));
        pager.say("claim", said(Party.of("chat-2", Identity.claimed("phone", "+15551230001"))));
        pager.say(
                "code",
                said(Party.of("chat-3", Identity.confirmed("phone", "+15551230001", "c", "1234"))));

        stored("k1|x|mine");
        assertThat(last().customer()).isEqualTo(known);
        stored("k2|x|claim");
        assertThat(last().customer()).isNotEqualTo(known);
        stored("k3|x|code");
        assertThat(last().customer()).isNotEqualTo(known);
        assertThat(journal.real().directory().identity("phone", "+15551230001")).contains(known);
    }

    @Test
    void whatThePluginIsNotEntitledToVouchForIsAClaim() {
        CustomerId known = TimeOrderedIds.system().customer();
        journal.write(
                Unit.of(
                        new Change.AddCustomer(known, null, NOW),
                        new Change.BindIdentity("email", "ada@x", known, "by-channel", NOW)));
        pager.say("foreign", said(Party.of("chat-4", Identity.byChannel("email", "ada@x"))));

        stored("k1|x|foreign");
        assertThat(last().customer()).isNotEqualTo(known);
        assertThat(journal.real().directory().identity("email", "ada@x")).contains(known);
    }

    @Test
    void namesAndThreadsAreTakenOver() {
        pager.say(
                "named",
                Inbound.of(PagerService.LINE, Party.of("+15551").named("Ada"), Content.text("hi"))
                        .thread("t1"));
        stored("k1|+15551|plain");
        stored("k2|+15551|named");

        assertThat(last().actor().name()).isEqualTo("Ada");
        assertThat(last().thread()).isEqualTo("t1");
        assertThat(last().conversation()).isNotEqualTo(log().getFirst().conversation());
        assertThat(changes(Change.NameCustomer.class)).hasSize(1);
    }

    @Test
    void aNoticeHasNoConversation() {
        pager.say("notice", Inbound.notice(Content.text("number will be released")));

        stored("k1|x|notice");

        assertThat(last().conversation()).isNull();
        assertThat(last().customer()).isNull();
    }

    @Test
    void consentIsRemembered() {
        pager.say(
                "STOP",
                from ->
                        List.of(
                                Inbound.of(
                                        PagerService.LINE,
                                        PagerService.party(from),
                                        Content.text("STOP"),
                                        new Content.Consent("messages", false))));

        stored("k1|+15551|STOP");

        var consent = changes(Change.SetConsent.class).getFirst();
        assertThat(consent.granted()).isFalse();
        assertThat(consent.customer()).isEqualTo(last().customer());
        assertThat(consent.address()).isEqualTo("+15551");
    }

    @Test
    void anUrgentAlertRaisesItsConversation() {
        pager.say(
                "fall",
                from ->
                        List.of(
                                Inbound.of(
                                        PagerService.LINE,
                                        PagerService.party(from),
                                        new Content.Alert(
                                                "fall",
                                                Content.Alert.Severity.CRITICAL,
                                                "A fall"))));

        stored("k1|+15551|fall");

        assertThat(log()).extracting(Interaction::type).containsExactly("alert", "changed");
        assertThat(last().conversation()).isEqualTo(log().getFirst().conversation());
    }

    private static Inbound said(Party party) {
        return Inbound.of(PagerService.LINE, party, Content.text("hi"));
    }

    private static ConversationId conversation(Interaction interaction) {
        ConversationId id = interaction.conversation();
        assertThat(id).isNotNull();
        return Objects.requireNonNull(id);
    }
}
