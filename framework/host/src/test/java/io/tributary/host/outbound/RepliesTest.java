package io.tributary.host.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Outbox;
import io.tributary.model.AccountId;
import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.ConversationId;
import io.tributary.model.Direction;
import io.tributary.model.Json;
import io.tributary.model.Part;
import io.tributary.model.Target;
import io.tributary.spi.Capabilities;
import io.tributary.spi.Capabilities.Level;
import io.tributary.spi.Capabilities.Support;
import io.tributary.spi.Line;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RepliesTest {

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

    private Posted post(Content... contents) throws InterruptedException {
        return member.replies.post(Reply.of(conversation, Member.draft(contents)));
    }

    private static List<String> codes(Posted posted) {
        return switch (posted) {
            case Posted.Refused.CannotSend(var problems, _) ->
                    problems.stream().map(one -> one.part() + " " + one.reason().code()).toList();
            case Posted.Refused.Invalid(var problems) ->
                    problems.stream().map(one -> one.part() + " " + one.reason().code()).toList();
            default -> List.of(posted.toString());
        };
    }

    @Test
    void aReplyIsInTheLogAndInTheOutboxAtOnce() throws InterruptedException {
        var interaction = member.reply(conversation, "hi");

        assertThat(interaction.position()).isEqualTo(2);
        assertThat(interaction.direction()).isEqualTo(Direction.OUTBOUND);
        assertThat(interaction.line()).isEqualTo("desk");
        assertThat(interaction.address()).isEqualTo("100");
        assertThat(Bodies.of(member.journal.log().at(2).orElseThrow())).isEqualTo(interaction);
        var send = member.send(interaction);
        assertThat(send.state()).isEqualTo(Outbox.State.QUEUED);
        assertThat(send.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(1)));
        var reference = member.journal.directory().reference(TestAccount.ID, send.key());
        assertThat(reference.orElseThrow().interaction()).isEqualTo(interaction.id());
    }

    @Test
    void partsBeyondWhatTheChannelTakesTogetherAreSendsOfTheirOwn() throws InterruptedException {
        channel.can(now -> now.together(2).with("location", Support.full()));
        var interaction =
                member.reply(
                        conversation,
                        Content.text("a"),
                        Content.location(1, 2),
                        Content.text("b"),
                        Content.text("c"),
                        Content.location(3, 4),
                        Content.location(5, 6));

        assertThat(member.journal.outbox().of(interaction.id()))
                .extracting(Outbox.Send::firstPart, Outbox.Send::parts)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1, 2),
                        org.assertj.core.groups.Tuple.tuple(3, 1),
                        org.assertj.core.groups.Tuple.tuple(4, 2),
                        org.assertj.core.groups.Tuple.tuple(6, 1));
    }

    @Test
    void whatTheChannelCannotCarryIsRefusedPartByPart() throws InterruptedException {
        channel.can(now -> now.together(4));
        var posted =
                post(
                        Content.text("this text has more than twenty characters"),
                        Content.text("ok"),
                        Content.location(1, 2));

        assertThat(codes(posted)).containsExactly("1 too-long", "3 not-carried");
        assertThat(posted.toString()).contains("location").doesNotContain("this text");
        assertThat(member.rows()).hasSize(1);
    }

    @Test
    void lengthIsCountedInTheUnitOfTheChannel() {
        assertThat(Limits.length("aé€😀", Capabilities.Unit.UTF16)).isEqualTo(5);
        assertThat(Limits.length("aé€😀", Capabilities.Unit.CODE_POINTS)).isEqualTo(4);
        assertThat(Limits.length("aé€😀", Capabilities.Unit.UTF8_BYTES)).isEqualTo(10);
    }

    @Test
    void aContentThatGoesAsItsTextIsMarked() throws InterruptedException {
        channel.can(now -> now.with("location", Support.of(Level.FALLBACK)));
        var interaction = member.reply(conversation, Content.text("here:"), Content.location(1, 2));

        assertThat(interaction.extensions())
                .containsEntry(
                        "tributary.degraded",
                        Json.of(
                                """
                                {"asText":[2],"sent":[{"number":2,"type":"text",\
                                "text":"[location] 1.0, 2.0"}]}\
                                """));
        assertThat(interaction.parts().get(1).content()).isInstanceOf(Content.Location.class);
        assertThat(member.journal.outbox().of(interaction.id())).hasSize(2);
    }

    @Test
    void aContentWhoseTextDoesNotFitIsRefused() throws InterruptedException {
        channel.can(now -> now.with("location", Support.of(Level.FALLBACK)));

        assertThat(codes(post(Content.location(12.123456789, 13.123456789))))
                .containsExactly("1 too-long");
    }

    @Test
    void afterTheWindowOnlyWhatIsAllowedThenGoes() throws InterruptedException {
        channel.can(now ->
                now.with("card", Support.full())
                        .window(
                                Capabilities.Window.closesAt(
                                        clock.instant().plusSeconds(60), "card")));
        assertThat(post(Content.text("in time"))).isInstanceOf(Posted.Taken.class);

        clock.advance(Duration.ofSeconds(60));

        assertThat(codes(post(Content.text("late")))).containsExactly("0 window-closed");
        assertThat(post(new Content.Card("t", null, null, List.of())))
                .isInstanceOf(Posted.Taken.class);
    }

    @Test
    void whoHasOptedOutGetsNothing() throws InterruptedException {
        member.done(
                new Change.SetConsent(
                        member.customer(conversation),
                        TestAccount.ID,
                        "100",
                        "messages",
                        false,
                        clock.instant()));

        assertThat(codes(post(Content.text("hi")))).containsExactly("0 opted-out");
    }

    @Test
    void mediaGoAsTheyAreStored() throws InterruptedException {
        channel.can(now -> now.with("media.image", Support.full().bytes(1_000)));
        var id = member.ids.media();
        var picture = Content.Media.stored(Content.Media.Kind.IMAGE, id, "image/gif");
        assertThat(codes(post(picture))).containsExactly("1 media-missing");

        member.done(new Change.AddMedia(id, TestAccount.ID, "a.png", "image/png", clock.instant()));
        assertThat(codes(post(picture))).containsExactly("1 media-not-stored");

        member.done(new Change.MediaKept(id, "image/png", 900, "0".repeat(64)));
        var taken = member.reply(conversation, picture);
        assertThat(taken.content())
                .asInstanceOf(type(Content.Media.class))
                .returns("image/png", Content.Media::mediaType)
                .returns(900L, Content.Media::bytes)
                .returns("a.png", Content.Media::name);

        var big = member.ids.media();
        member.done(
                new Change.AddMedia(big, TestAccount.ID, null, null, clock.instant()),
                new Change.MediaKept(big, "image/png", 1_001, "0".repeat(64)));
        assertThat(codes(post(Content.Media.stored(Content.Media.Kind.IMAGE, big, null))))
                .containsExactly("1 too-large");

        channel.can(now -> now.with("media.image", Support.full().values("image/jpeg")));
        assertThat(codes(post(picture))).containsExactly("1 not-carried");
    }

    @Test
    void aClosedConversationTakesNothing() throws InterruptedException {
        member.done(new Change.CloseConversation(conversation, clock.instant()));

        assertThat(post(Content.text("hi"))).isEqualTo(new Posted.Refused.Closed(conversation));
    }

    @Test
    void whoeverHoldsTheConversationWritesInIt() throws InterruptedException {
        member.done(new Change.Claim(conversation, "bob", "Bob", clock.instant()));

        assertThat(post(Content.text("hi"))).isEqualTo(new Posted.Refused.Claimed("bob", "Bob"));
        var bobs = Draft.of(Member.BOB, Part.of(Content.text("hi")));
        assertThat(member.replies.post(Reply.of(conversation, bobs)))
                .isInstanceOf(Posted.Taken.class);
    }

    @Test
    void anAuthorMustHaveSeenWhatOthersWrote() throws InterruptedException {
        long unseen = member.customerSays(conversation, "wait!");
        var reply = Reply.of(conversation, Member.text("done"));

        assertThat(member.replies.post(reply.expecting(unseen - 1)))
                .isEqualTo(new Posted.Refused.NewerContent(unseen));
        assertThat(member.replies.post(reply.expecting(unseen))).isInstanceOf(Posted.Taken.class);
        // Their own words and receipts are nothing new to an author.
        var own = member.taken(reply.expecting(unseen));
        member.receipt(conversation, own.id(), Content.receipt(Content.Receipt.Status.DELIVERED));
        assertThat(member.replies.post(reply.expecting(unseen))).isInstanceOf(Posted.Taken.class);
        var bobs = Reply.of(conversation, Draft.of(Member.BOB, Part.of(Content.text("me too"))));
        assertThat(member.replies.post(bobs.expecting(unseen)))
                .isInstanceOf(Posted.Refused.NewerContent.class);
    }

    @Test
    void theSameKeyGetsTheSameAnswer() throws InterruptedException {
        var once = new Draft.Idempotency("token", "k1", "f1");
        var reply = Reply.of(conversation, Member.text("hi").idempotency(once));

        var first = member.taken(reply);
        assertThat(member.replies.post(reply)).isEqualTo(new Posted.Taken(first, true));
        var other = new Draft.Idempotency("token", "k1", "f2");
        assertThat(
                        member.replies.post(
                                Reply.of(conversation, Member.text("ho").idempotency(other))))
                .isEqualTo(new Posted.Refused.KeyReused());
        var another = new Draft.Idempotency("other token", "k1", "f2");
        assertThat(
                        member.replies.post(
                                Reply.of(conversation, Member.text("ho").idempotency(another))))
                .isInstanceOf(Posted.Taken.class);
    }

    @Test
    void requestsThatRaceWithOneKeyAreOneReply() throws Exception {
        var once = new Draft.Idempotency("token", "k1", "f1");
        long seen = member.customerSays(conversation, "anybody?");
        var reply = Reply.of(conversation, Member.text("hi").idempotency(once)).expecting(seen);

        var answers = race(() -> member.replies.post(reply));

        var interactions = new HashSet<Object>();
        int again = 0;
        for (var answer : answers) {
            var taken = (Posted.Taken) answer;
            interactions.add(taken.interaction().id());
            again += taken.again() ? 1 : 0;
        }
        assertThat(interactions).hasSize(1);
        assertThat(again).isEqualTo(answers.size() - 1);
    }

    @Test
    void aNoteStaysAmongColleagues() throws InterruptedException {
        member.done(new Change.CloseConversation(conversation, clock.instant()));

        var note = member.reply(conversation, Content.note("was friendly"));

        assertThat(note.direction()).isEqualTo(Direction.INTERNAL);
        assertThat(member.journal.outbox().of(note.id())).isEmpty();
        assertThat(codes(post(Content.note("a"), Content.text("b")))).containsExactly("0 mixed");
    }

    @Test
    void whatIsAboutSomethingNamesSomethingInTheConversation() throws InterruptedException {
        channel.can(now ->
                now.with("reaction", Support.full())
                        .with("deleted", Support.full().age(Duration.ofMinutes(5))));
        var elsewhere = member.reply(member.conversation("200"), "hi");
        var here = member.reply(conversation, "hi");
        var customers = member.journal.log().at(1).orElseThrow();
        var like = Reply.of(conversation, Member.draft(new Content.Reaction("👍", true)));
        var deletion = Reply.of(conversation, Member.draft(new Content.Deleted()));

        assertThat(codes(member.replies.post(like))).containsExactly("0 no-target");
        assertThat(codes(member.replies.post(like.about(elsewhere.id()))))
                .containsExactly("0 unknown-target");
        assertThat(member.taken(like.about(customers.id())).target())
                .isEqualTo(Target.known(customers.id()));
        assertThat(codes(member.replies.post(deletion.about(customers.id()))))
                .containsExactly("0 not-ours");
        assertThat(member.replies.post(deletion.about(here.id()))).isInstanceOf(Posted.Taken.class);
        clock.advance(Duration.ofMinutes(6));
        assertThat(codes(member.replies.post(deletion.about(here.id()))))
                .containsExactly("0 too-old");
    }

    @Test
    void otherEndsMustBeOnesOfTheCustomerAndOfTheAccount() throws InterruptedException {
        member.conversation("200");
        member.done(
                new Change.BindAddress(
                        TestAccount.ID, "101", "100", member.customer(conversation)));
        var reply = Reply.of(conversation, Member.text("hi"));

        assertThat(codes(member.replies.post(reply.via(null, "200"))))
                .containsExactly("0 foreign-address");
        assertThat(codes(member.replies.post(reply.via(null, "999"))))
                .containsExactly("0 foreign-address");
        assertThat(codes(member.replies.post(reply.via("nowhere", null))))
                .containsExactly("0 unknown-line");
        assertThat(member.taken(reply.via(null, "101")).address()).isEqualTo("101");
    }

    @Test
    void whatIsNotThereIsSaid() throws InterruptedException {
        var unknown = member.ids.conversation();
        assertThat(member.replies.post(Reply.of(unknown, Member.text("hi"))))
                .isEqualTo(new Posted.Refused.NoSuchConversation(unknown));
        member.accounts.open(null);
        assertThat(post(Content.text("hi")))
                .isEqualTo(new Posted.Refused.AccountDown(TestAccount.ID, "switched off"));
        member.accounts.open(new TestAccount(conversation -> Capabilities.NONE));
        assertThat(codes(post(Content.text("hi")))).containsExactly("0 receives-only");
    }

    @Test
    void aConversationBegunByUsMakesTheCustomerKnown() throws InterruptedException {
        var opening = new Opening(TestAccount.ID, "300", null, null, Member.text("good news"));

        var taken = (Posted.Taken) member.replies.start(opening);

        var end = member.journal.directory().end(TestAccount.ID, "300").orElseThrow();
        assertThat(taken.interaction().customer()).isEqualTo(end.customer());
        var open =
                member.journal.directory().open(TestAccount.ID, "desk", "300", null).orElseThrow();
        assertThat(taken.interaction().conversation()).isEqualTo(open.id());
        assertThat(member.replies.start(opening))
                .isEqualTo(new Posted.Refused.AlreadyOpen(open.id()));
        assertThat(member.send(taken.interaction()).state()).isEqualTo(Outbox.State.QUEUED);
    }

    @Test
    void whoBeginsMustBeAllowedAndNameTheLine() throws InterruptedException {
        var opening = new Opening(TestAccount.ID, "300", null, null, Member.text("hi"));
        channel.has(Line.of("desk", "Desk"), Line.of("shop", "Shop"));
        assertThat(codes(member.replies.start(opening))).containsExactly("0 no-line");
        var other = member.customer(member.conversation("400"));
        var foreign = new Opening(TestAccount.ID, "100", "shop", other, Member.text("hi"));
        assertThat(codes(member.replies.start(foreign))).containsExactly("0 foreign-address");
        var nobody =
                new Opening(
                        TestAccount.ID, "300", "shop", member.ids.customer(), Member.text("hi"));
        assertThat(codes(member.replies.start(nobody))).containsExactly("0 unknown-customer");
        channel.can(
                now -> new Capabilities(now.content(), 1, null, List.of(), now.receipts(), false));
        assertThat(
                        codes(
                                member.replies.start(
                                        new Opening(
                                                TestAccount.ID,
                                                "300",
                                                "desk",
                                                null,
                                                Member.text("hi")))))
                .containsExactly("0 may-not-start");
        var nowhere = AccountId.of("nowhere");
        assertThat(member.replies.start(new Opening(nowhere, "300", null, null, Member.text("hi"))))
                .isEqualTo(new Posted.Refused.NoSuchAccount(nowhere));
    }

    @Test
    void whoeverBeginsFirstOpensTheConversation() throws Exception {
        var opening = new Opening(TestAccount.ID, "300", "desk", null, Member.text("hi"));

        var answers = race(() -> member.replies.start(opening));

        assertThat(answers).filteredOn(Posted.Taken.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(Posted.Refused.AlreadyOpen.class::isInstance)
                .hasSize(answers.size() - 1);
    }

    private static List<Posted> race(Callable<Posted> racer) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = executor.invokeAll(IntStream.range(0, 16).mapToObj(_ -> racer).toList());
            return futures.stream().map(future -> future.resultNow()).toList();
        }
    }

    @Test
    void aReplyGoesToWhereTheCustomerWroteFromLast() throws InterruptedException {
        var stored = member.journal.conversations().byId(conversation).orElseThrow();
        member.done(
                new Change.BindAddress(TestAccount.ID, "101", stored.address(), stored.customer()));
        var moved =
                member.envelope(conversation)
                        .direction(Direction.INBOUND)
                        .address("101")
                        .contents(Content.text("my new number"))
                        .build();
        member.append(moved, Change.Weight.FROM_CUSTOMER);

        assertThat(member.reply(conversation, "noted").address()).isEqualTo("101");
        var toTheOld =
                Reply.of(conversation, Member.text("there, too")).via(null, stored.address());
        assertThat(member.taken(toTheOld).address()).isEqualTo(stored.address());
    }

    @Test
    void whatTheProviderToldOfTheCustomerNeedNotBeRead() throws InterruptedException {
        long seen = member.customerSays(conversation, "hi");
        var moved =
                member.envelope(conversation)
                        .direction(Direction.INBOUND)
                        .actor(Actor.SYSTEM)
                        .address("102")
                        .contents(Content.custom("pager.news", Json.of("{}"), "[moved]"))
                        .build();
        member.append(moved, Change.Weight.MOVED);
        var reply = Reply.of(conversation, Member.text("noted"));

        var first = member.taken(reply.expecting(seen));
        assertThat(first.address()).isEqualTo("102");
        assertThat(member.taken(reply.expecting(seen)).address()).isEqualTo("102");
    }

    @Test
    void aFileThatIsSentIsNotOld() throws InterruptedException {
        channel.can(can -> can.with("media.image", Capabilities.Support.full()));
        var id = member.ids.media();
        member.done(
                new Change.AddMedia(id, TestAccount.ID, "a.png", "image/png", clock.instant()),
                new Change.MediaKept(id, "image/png", 3, "00"));
        clock.advance(Duration.ofDays(30));
        member.customerSays(conversation, "still there?");
        member.reply(
                conversation,
                new Content.Media(
                        Content.Media.Kind.IMAGE,
                        Content.Media.State.STORED,
                        id,
                        "image/png",
                        null,
                        3,
                        null,
                        null));

        member.journal.dropBefore(clock.instant().minus(Duration.ofDays(1)));

        assertThat(member.journal.media().byId(id)).isPresent();
        member.journal.dropBefore(clock.instant().plus(Duration.ofDays(1)));
        assertThat(member.journal.media().byId(id)).isEmpty();
    }
}
