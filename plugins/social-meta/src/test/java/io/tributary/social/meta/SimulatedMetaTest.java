package io.tributary.social.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.meta.simulator.Options;
import io.tributary.meta.simulator.Simulator;
import io.tributary.model.Choice;
import io.tributary.model.Content;
import io.tributary.model.Content.Receipt;
import io.tributary.model.Target;
import io.tributary.spi.ChecksHealth;
import io.tributary.spi.FetchesMedia;
import io.tributary.spi.Health;
import io.tributary.spi.Inbound;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.Scope;
import io.tributary.spi.SendResult;
import io.tributary.spi.SendsSignals;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.Stored;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Conversations over real HTTP with a stand-in that keeps WhatsApp's rules.
class SimulatedMetaTest {

    private static final String WA_ID = "16505551234";

    private final FakeHost host = new FakeHost();
    private Doorway door;
    private Simulator meta;
    private HostedAccount account;

    @BeforeEach
    void open() throws Exception {
        door = new Doorway();
        meta =
                Simulator.start(
                        new Options(
                                Sample.NUMBER,
                                Sample.ACCESS_TOKEN,
                                Sample.APP_SECRET,
                                door.url(),
                                host.clock()));
        account = host.open(new MetaChannel(), Sample.settings(meta.url()));
        door.leadsTo(account);
    }

    @AfterEach
    void close() {
        meta.close();
        door.close();
        account.close();
        host.close();
    }

    @Test
    @DisplayName("a customer asks, is answered, and reads")
    void conversation() {
        meta.says(WA_ID, "Ist es schon da? äöü 👋");
        await(1);
        var asked = host.stored().getFirst().inbound();
        assertThat(asked.content()).isEqualTo(Content.text("Ist es schon da? äöü 👋"));
        assertThat(asked.party().address()).isEqualTo(Sample.CUSTOMER);

        var result = account.send(message(Content.text("Ja.")));
        assertThat(result).isInstanceOf(SendResult.Accepted.class);
        meta.reads(meta.taken().getFirst().id());
        await(4);

        assertThat(receipts())
                .containsExactly(
                        Receipt.Status.SENT, Receipt.Status.DELIVERED, Receipt.Status.READ);
        assertThat(receiptTargets()).containsOnly(Target.external(Sample.KEY));
    }

    @Test
    @DisplayName("a send whose answer was lost is unknown, and its status settles it")
    void lostAnswer() {
        meta.says(WA_ID, "hello");
        meta.loseNextAnswer();

        assertThat(account.send(message(Content.text("Ja."))))
                .isInstanceOf(SendResult.Unknown.class);
        await(2);

        assertThat(meta.taken()).hasSize(1);
        assertThat(receiptTargets()).containsExactly(Target.external(Sample.KEY));
        // an answer of the customer will name it by this
        assertThat(host.stored().getLast().inbound().parts().getFirst().externalIds())
                .singleElement()
                .asString()
                .startsWith("wamid.");
    }

    @Test
    @DisplayName("after a day only a template goes, as the window said")
    void window() throws Exception {
        meta.says(WA_ID, "hello");
        await(1);
        var last = host.stored().getFirst().receivedAt();
        var conversation = Sample.conversation(Platform.WHATSAPP).lastFromCustomer(last);
        var window = account.capabilities(conversation).window();
        assertThat(window.closesAt()).isEqualTo(last.plus(Duration.ofHours(24)));
        assertThat(window.after()).containsExactly("template");

        host.advance(Duration.ofHours(24));
        assertThat(account.send(message(Content.text("Still there?"))))
                .isInstanceOfSatisfying(
                        SendResult.Rejected.class,
                        rejected -> assertThat(rejected.reason().code()).isEqualTo("131047"));
        assertThat(account.send(message(new Content.Template("hello", Locale.US, Map.of()))))
                .isInstanceOf(SendResult.Accepted.class);
    }

    @Test
    @DisplayName("too many messages to one customer make that customer wait, nobody else")
    void pair() {
        meta.says(WA_ID, "hello");
        await(1);
        for (int i = 0; i < 45; i++) {
            assertThat(account.send(message(Content.text("a"))))
                    .isInstanceOf(SendResult.Accepted.class);
        }
        assertThat(account.send(message(Content.text("a"))))
                .isInstanceOfSatisfying(
                        SendResult.Retry.class,
                        retry -> assertThat(retry.scope()).isEqualTo(Scope.ADDRESS));
    }

    @Test
    @DisplayName("a picture is found by its id, and downloaded with the token")
    void picture() throws Exception {
        meta.shows(WA_ID, new byte[] {1, 2, 3});
        await(1);
        var part = host.stored().getFirst().inbound().parts().getFirst();

        var location = ((FetchesMedia) account.account()).locate(part.fetch());
        var request = HttpRequest.newBuilder(location.uri());
        location.headers().forEach(request::header);
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.body()).containsExactly(1, 2, 3);
        }
    }

    @Test
    @DisplayName("a customer with a new number is the same end")
    void newNumber() {
        meta.changesNumber(WA_ID, "12195555358");
        await(1);

        var party = host.stored().getFirst().inbound().party();
        assertThat(party.address()).isEqualTo("+12195555358");
        assertThat(party.aliases()).contains(Sample.CUSTOMER);
    }

    @Test
    @DisplayName("buttons, lists, cards and places are of a form that WhatsApp takes")
    void forms() {
        meta.says(WA_ID, "hello");
        await(1);
        var four = List.of("1", "2", "3", "4").stream().map(id -> Choice.of(id, id)).toList();

        for (var content :
                List.of(
                        new Content.Choices("Which?", four.subList(0, 3)),
                        new Content.Choices("Which?", four),
                        new Content.Card("Shoe", "Blue", null, four.subList(0, 1)),
                        Content.location(47.07, 15.43),
                        new Content.ContactCard("Ada", null, List.of()))) {
            assertThat(account.send(message(content))).isInstanceOf(SendResult.Accepted.class);
        }
    }

    @Test
    @DisplayName("the customer's message is marked as read, and the account is well")
    void readAndHealth() throws Exception {
        var id = meta.says(WA_ID, "hello");
        await(1);

        ((SendsSignals) account.account())
                .signal(Sample.conversation(Platform.WHATSAPP), SendsSignals.Kind.READ, id);

        assertThat(meta.markedAsRead()).containsExactly(id);
        var whatsAppAlone = Sample.settings(meta.url()).without("messenger").without("instagram");
        try (var other = host.open(new MetaChannel(), whatsAppAlone)) {
            assertThat(((ChecksHealth) other.account()).check().state()).isEqualTo(Health.State.UP);
        }
    }

    @Test
    @DisplayName("who left WhatsApp is told as such, and a wrong token stops the account")
    void refusals() throws Exception {
        meta.says(WA_ID, "hello");
        meta.leaves(WA_ID);
        assertThat(account.send(message(Content.text("a"))))
                .isInstanceOfSatisfying(
                        SendResult.Rejected.class,
                        rejected -> assertThat(rejected.reason().code()).isEqualTo("131026"));

        var wrong = Sample.settings(meta.url()).withSecret("accessToken", "expired");
        try (var other = host.open(new MetaChannel(), wrong)) {
            assertThat(other.send(message(Content.text("a"))))
                    .isInstanceOf(SendResult.AccountStopped.class);
        }
    }

    private void await(int stored) {
        Awaitility.await().until(() -> host.stored().size() >= stored);
    }

    private List<Receipt.Status> receipts() {
        return host.stored().stream()
                .map(Stored::inbound)
                .map(Inbound::content)
                .filter(Receipt.class::isInstance)
                .map(receipt -> ((Receipt) receipt).status())
                .toList();
    }

    private List<Target> receiptTargets() {
        return host.stored().stream()
                .map(Stored::inbound)
                .filter(inbound -> inbound.content() instanceof Receipt)
                .map(Inbound::target)
                .toList();
    }

    private OutboundMessage message(Content content) {
        return Sample.message(
                Sample.conversation(Platform.WHATSAPP), host.clock().instant(), content);
    }
}
