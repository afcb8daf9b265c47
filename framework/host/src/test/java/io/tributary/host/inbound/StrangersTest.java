package io.tributary.host.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.host.customers.Merges;
import io.tributary.host.journal.Change;
import io.tributary.host.journal.Customers;
import io.tributary.host.journal.Unit;
import io.tributary.model.Actor;
import io.tributary.model.Content;
import io.tributary.model.CustomerId;
import io.tributary.model.Identity;
import io.tributary.model.Interaction;
import io.tributary.model.TimeOrderedIds;
import io.tributary.spi.Inbound;
import io.tributary.spi.Party;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("somebody in a session for whom nobody has vouched")
final class StrangersTest extends InboundTest {

    private static final String ADAS = "+15551230001";
    private static final Actor AGENT = Actor.agent("ops", null);

    private final CustomerId ada = TimeOrderedIds.system().customer();

    @BeforeEach
    void adaIsKnown() {
        journal.write(
                Unit.of(
                        new Change.AddCustomer(ada, "Ada", NOW),
                        new Change.BindIdentity("phone", ADAS, ada, "by-channel", NOW)));
        pager.say("hello", in(Party.of("s-1", Identity.claimed("phone", "+15551230009"))));
        pager.say("Ada", in(vouched("s-1", ADAS)));
        pager.say("Bob", in(vouched("s-1", "+15551230002")));
    }

    private static Inbound said(Party party) {
        return Inbound.of("5550", party, Content.text("hi"));
    }

    private static Inbound in(Party party) {
        return said(party.inSession());
    }

    private static Party vouched(String address, String phone) {
        return Party.of(address, Identity.byChannel("phone", phone));
    }

    private CustomerId today(CustomerId customer) {
        return journal.real().customers().byId(customer).orElseThrow().id();
    }

    private CustomerId stranger() {
        stored("k1|x|hello");
        return Objects.requireNonNull(last().customer());
    }

    private boolean isAnybodys(String phone) {
        return journal.real().directory().identity("phone", phone).isPresent();
    }

    @Test
    @DisplayName("is whoever is vouched for first, from the session's beginning, and agents see it")
    void recognised() {
        var stranger = stranger();
        assertThat(today(stranger)).isEqualTo(stranger);

        stored("k2|x|Ada");

        assertThat(today(stranger)).isEqualTo(ada);
        assertThat(log()).extracting(Interaction::type).containsExactly("text", "text", "changed");
        var told = (Content.Changed) last().content();
        assertThat(told.what()).isEqualTo(Content.Changed.What.MERGED);
        assertThat(told.details())
                .containsEntry("from", stranger.toString())
                .containsEntry("into", ada.toString());
        assertThat(last().conversation()).isEqualTo(log().getFirst().conversation());
        assertThat(changes(Change.AddAudit.class))
                .singleElement()
                .extracting(Change.AddAudit::action, Change.AddAudit::actor)
                .containsExactly("customer.merge", "account pager-us");

        // once
        stored("k3|x|Ada", "k4|x|hello", "k5|x|Ada");
        assertThat(changes(Change.MergeCustomer.class)).hasSize(1);
    }

    @Test
    @DisplayName("is one customer where they come and are recognised in one event, or one batch")
    void recognisedAtOnce() {
        pager.say("check in", _ -> List.of(in(Party.of("s-1")), in(vouched("s-1", ADAS))));
        pager.say("hello there", in(Party.of("s-2")));
        pager.say("it is me", in(vouched("s-2", ADAS)));
        // nobody's yet: who comes with it is its bearer
        var phone = "+15551230004";
        pager.say("new", _ -> List.of(in(Party.of("s-3")), in(vouched("s-3", phone))));
        pager.say("again", _ -> List.of(in(Party.of("s-4")), in(vouched("s-4", phone))));

        stored("k1|x|check in");
        stored("k2|x|hello there", "k3|x|it is me");
        stored("k4|x|new");
        stored("k5|x|again");

        var customers =
                log().stream()
                        .map(each -> today(Objects.requireNonNull(each.customer())))
                        .distinct()
                        .toList();
        assertThat(customers).hasSize(2).contains(ada);
        assertThat(changes(Change.MergeCustomer.class)).hasSize(3);
    }

    @Test
    @DisplayName("is recognised by any of what is vouched for, and bears the rest from then on")
    void recognisedByAny() {
        var both =
                Party.of(
                        "s-1",
                        Identity.byChannel("pager", "u-17"),
                        Identity.byChannel("phone", ADAS));
        pager.say("both", in(both));
        pager.say("later", in(Party.of("s-2", Identity.byChannel("pager", "u-17"))));

        var stranger = stranger();
        stored("k2|x|both");
        stored("k3|x|later");

        assertThat(today(stranger)).isEqualTo(ada);
        assertThat(today(Objects.requireNonNull(last().customer()))).isEqualTo(ada);
    }

    @Test
    @DisplayName(
            "is gone again when people part them, and what was vouched for with Ada stays hers")
    void whatIsVouchedForWithThem() {
        pager.say("with more", in(with(Identity.byChannel("pager", "u-17"))));
        pager.say("later", in(with(Identity.byChannel("pager", "u-18"))));
        var stranger = stranger();
        stored("k2|x|with more");
        stored("k3|x|later");
        assertThat(today(stranger)).isEqualTo(ada);

        new Merges(journal.real(), TimeOrderedIds.system(), clock, () -> inbox.forget())
                .unmerge(stranger, AGENT, "t");

        assertThat(today(stranger)).isEqualTo(stranger);
        var directory = journal.real().directory();
        assertThat(directory.identity("pager", "u-17")).contains(ada);
        assertThat(directory.identity("pager", "u-18")).contains(ada);
        assertThat(journal.real().customers().identities(Set.of(stranger)))
                .extracting(Customers.Identity::evidence)
                .as("what is left with the session")
                .doesNotContain("by-channel");
    }

    @Test
    @DisplayName("leaves what is vouched for with Ada with her, when people part her from another")
    void partedFromAnother() {
        pager.say("with more", in(with(Identity.byChannel("pager", "u-17"))));
        pager.say("beth", in(Party.of("s-2", Identity.byChannel("phone", "+14155550999"))));
        stored("k2|x|beth");
        var beth = Objects.requireNonNull(last().customer());
        var merges =
                new Merges(journal.real(), TimeOrderedIds.system(), clock, () -> inbox.forget());
        merges.merge(ada, beth, AGENT, "t");
        stored("k3|x|with more");

        assertThat(merges.unmerge(ada, AGENT, "t")).isInstanceOf(Merges.Result.Done.class);

        assertThat(journal.real().directory().identity("pager", "u-17")).contains(ada);
        assertThat(today(ada)).isEqualTo(ada);
    }

    private static Party with(Identity more) {
        return Party.of("s-1", Identity.byChannel("phone", ADAS), more);
    }

    @Test
    @DisplayName(
            "is nobody else's where the address is no session's: somebody may have posed as its bearer")
    void anAddressThatAnybodyMayPoseAs() {
        pager.say("spoofed", said(Party.of(ADAS, Identity.claimed("phone", ADAS))));
        pager.say("attested", said(vouched(ADAS, ADAS)));
        stored("k1|x|spoofed");
        var mallory = Objects.requireNonNull(last().customer());

        stored("k2|x|attested");
        stored("k3|x|spoofed");

        assertThat(changes(Change.MergeCustomer.class)).isEmpty();
        assertThat(today(mallory)).isEqualTo(mallory);
        assertThat(last().customer()).isEqualTo(mallory);
    }

    @Test
    @DisplayName("stays whom people have parted them from, whatever is vouched for afterwards")
    void parted() {
        var merges =
                new Merges(journal.real(), TimeOrderedIds.system(), clock, () -> inbox.forget());
        var stranger = stranger();
        stored("k2|x|Ada");
        assertThat(merges.unmerge(stranger, AGENT, "t")).isInstanceOf(Merges.Result.Done.class);
        stored("k3|x|Ada");
        assertThat(today(stranger)).isEqualTo(stranger);

        // joined by people, too
        pager.say("hello there", in(Party.of("s-2")));
        pager.say("Ada there", in(vouched("s-2", ADAS)));
        stored("k4|x|hello there");
        var other = Objects.requireNonNull(last().customer());
        merges.merge(other, ada, AGENT, "t");
        merges.unmerge(other, AGENT, "t");
        stored("k5|x|Ada there");
        assertThat(today(other)).isEqualTo(other);

        // and by people they can be joined again
        merges.merge(stranger, ada, AGENT, "t");
        assertThat(today(stranger)).isEqualTo(ada);
    }

    @Test
    @DisplayName(
            "stays whom people have parted from them, too, where it was the stranger who stayed")
    void partedTheOtherWayRound() {
        var merges =
                new Merges(journal.real(), TimeOrderedIds.system(), clock, () -> inbox.forget());
        var stranger = stranger();
        merges.merge(ada, stranger, AGENT, "t");
        assertThat(today(ada)).isEqualTo(stranger);
        assertThat(merges.unmerge(ada, AGENT, "t")).isInstanceOf(Merges.Result.Done.class);

        stored("k2|x|Ada");

        assertThat(today(stranger)).isEqualTo(stranger);
        assertThat(today(ada)).isEqualTo(ada);
        assertThat(journal.real().directory().identity("phone", ADAS)).contains(ada);
    }

    @Test
    @DisplayName("is not two who are known, where two are vouched for at one moment on two members")
    void raceOfTheKnown() {
        var stranger = stranger();
        journal.beforeNext = () -> stored("k3|x|Bob");

        stored("k2|x|Ada");

        assertThat(journal.stale).hasPositiveValue();
        assertThat(changes(Change.MergeCustomer.class)).isEmpty();
        assertThat(today(stranger)).isEqualTo(stranger);
        assertThat(journal.real().directory().identity("phone", "+15551230002")).contains(stranger);
        assertThat(journal.real().directory().identity("phone", ADAS)).contains(ada);
        assertThat(log()).extracting(Interaction::type).containsExactly("text", "text", "text");
    }

    @Test
    @DisplayName("is the first, where the second is vouched for at the same moment")
    void raceOfTheFirst() {
        var stranger = stranger();
        journal.beforeNext = () -> stored("k3|x|Ada");

        stored("k2|x|Bob");

        assertThat(journal.stale).hasPositiveValue();
        assertThat(today(stranger)).isEqualTo(ada);
        assertThat(isAnybodys("+15551230002")).as("Bob's number").isFalse();
    }

    @Test
    @DisplayName("takes nobody along who is vouched for after them, in a session that goes on")
    void whoComesAfterThem() {
        var stranger = stranger();
        stored("k2|x|Ada");

        stored("k3|x|Bob");

        assertThat(today(stranger)).isEqualTo(ada);
        assertThat(isAnybodys("+15551230002")).as("Bob's number").isFalse();
        assertThat(last().customer()).isEqualTo(stranger);

        // in a session of his own he is somebody
        pager.say("Bob alone", in(vouched("s-2", "+15551230002")));
        stored("k4|x|Bob alone");
        assertThat(today(Objects.requireNonNull(last().customer()))).isNotEqualTo(ada);
        assertThat(isAnybodys("+15551230002")).isTrue();
    }

    @Test
    @DisplayName("who is known is not made another by what a channel vouches for")
    void whoIsKnownStaysApart() {
        pager.say("yours", in(vouched("s-2", "+15551230003")));
        stored("k1|x|Bob", "k2|x|yours");
        var bob = Objects.requireNonNull(log().getFirst().customer());

        stored("k3|x|Ada");

        assertThat(changes(Change.MergeCustomer.class)).isEmpty();
        assertThat(today(bob)).isEqualTo(bob);
        assertThat(last().customer()).isEqualTo(bob);
    }

    @Test
    @DisplayName("is made known by no plugin that vouches for the host's own mark")
    void noPluginsMark() {
        var stranger = stranger();
        pager.say(
                "marked",
                in(Party.of("s-2", Identity.byChannel("tributary.known", stranger.toString()))));
        stored("k2|x|marked");

        stored("k3|x|Ada");

        assertThat(today(stranger)).isEqualTo(ada);
    }
}
