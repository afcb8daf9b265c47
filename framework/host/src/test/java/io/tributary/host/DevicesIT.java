package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.host.http.HttpLimits;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("a device's socket")
final class DevicesIT {

    private static final byte[] PNG = {
        (byte) 0x89,
        'P',
        'N',
        'G',
        '\r',
        '\n',
        0x1a,
        '\n',
        0,
        0,
        0,
        13,
        'I',
        'H',
        'D',
        'R',
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        1,
        8,
        6,
        0,
        0,
        0
    };

    @TempDir Path folder = Path.of("");

    private final List<Buzzer> buzzers = new ArrayList<>();
    private BuzzerMember member = null;

    @BeforeEach
    void start() throws Exception {
        member = BuzzerMember.start(folder);
        member.account("shop", "buzzer", "");
    }

    @AfterEach
    void stop() {
        buzzers.forEach(Buzzer::vanish);
        member.close();
    }

    private Buzzer buzzer(String query) {
        var buzzer = Buzzer.connect(member, "shop", query);
        buzzers.add(buzzer);
        return buzzer;
    }

    @Test
    @DisplayName("17: is let in or refused as the channel says, with the subprotocol it chose")
    void handshakes() {
        buzzer("device=ada").hears("hello hello");
        var chosen =
                Buzzer.connect(
                        member.http(),
                        member.connect("shop") + "?device=bob",
                        "other.v1",
                        "buzz.v1");
        buzzers.add(chosen);

        assertThat(chosen.hears("hello hello").subprotocol()).isEqualTo("buzz.v1");
        assertThat(buzzers.getFirst().subprotocol()).isEmpty();
        assertThat(Buzzer.refused(member, "shop", "nobody=here")).isEqualTo(401);
        assertThat(Buzzer.refused(member, "shop", "device=broken")).isEqualTo(500);
        assertThat(Buzzer.refused(member, "elsewhere", "device=ada")).isEqualTo(404);
        assertThat(member.send("GET", "/channels/shop/connect", null).statusCode()).isEqualTo(426);
        assertThat(member.send("GET", "/channels/shop/connected", null).statusCode())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("18: delivers durably, in order, one frame at a time, however fast they come")
    void frames() {
        var ada = buzzer("device=ada");
        IntStream.range(0, 300).forEach(i -> ada.say("say " + i + " word-" + i));

        ada.hears("ok 299 STORED 300 hello");
        assertThat(ada.heard().stream().filter(each -> each.startsWith("ok ")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 300)
                                .mapToObj(i -> "ok " + i + " STORED " + (i + 1) + " hello")
                                .toList());
        assertThat(member.log())
                .containsExactlyElementsOf(
                        IntStream.range(0, 300).mapToObj(i -> "INBOUND ada word-" + i).toList());
        ada.say("say 7 word-7").hears("ok 7 DUPLICATE 301 hello");
        ada.sayInPieces("say 8a ", "in-pieces");
        ada.hears("ok 8a STORED 302 hello");
        ada.bytes(60_000).join();
        ada.hears("bytes 60000");
    }

    @Test
    @DisplayName(
            "18: is closed with 1011 when the channel throws, with 1013 when it stored nothing")
    void failures() {
        var ada = buzzer("device=ada").say("break it");
        var bob = buzzer("device=bob").say("full house");
        var eve = buzzer("device=eve").say("bye");
        var amy = buzzer("device=amy").say("adieu");
        var big = buzzer("device=big");
        var _ = big.bytes(HttpLimits.DEFAULT.webhookBody());

        assertThat(ada.closedWith()).isEqualTo(1011);
        assertThat(bob.closedWith()).isEqualTo(1013);
        assertThat(eve.closedWith()).isEqualTo(3001);
        assertThat(amy.closedWith()).isEqualTo(3001);
        assertThat(big.closedWith()).isIn(1009, 1006);
        buzzer("device=ada").say("say 1 again").hears("ok 1 STORED 1 hello");
    }

    @Test
    @DisplayName("18: slows a flooding device down and harms no neighbour")
    void flood() {
        var eve = buzzer("device=eve");
        IntStream.range(0, 600).forEach(i -> eve.saying("say " + i + " flood"));
        var ada = buzzer("device=ada");
        for (int i = 0; i < 20; i++) {
            ada.say("say " + i + " calm").hears("ok " + i + " STORED " + (i + 1) + " hello");
        }

        // what a second allows, and the burst before it, is less than what was sent
        assertThat(eve.heard().size()).isLessThan(600);
        await().untilAsserted(() -> assertThat(eve.heard()).contains("ok 599 STORED 600 hello"));
    }

    @Test
    @DisplayName("is closed when it says something in more pieces than a message has")
    void crumbs() {
        var eve = buzzer("device=eve");
        eve.nothingInPieces(500);

        assertThat(eve.closedWith()).isEqualTo(1008);
    }

    @Test
    @DisplayName("19: gets nothing more once it is being closed: that waits for the next one")
    void closing() {
        var ada = buzzer("device=ada").lingering().say("say 1 hi").hears("ok 1 STORED 1 hello");
        String conversation = member.conversation("shop", "ada");
        ada.say("break it");
        assertThat(ada.closedWith()).isEqualTo(1011);
        member.reply(conversation, "where are you");

        buzzer("device=ada").hears("msg where are you hello");
        assertThat(ada.heard()).doesNotContain("msg where are you hello");
    }

    @Test
    @DisplayName("counts as a connection until it is gone, and not after that")
    void counted() {
        long before = connections();
        var ada = buzzer("device=ada").hears("hello hello");
        buzzer("device=bob").hears("hello hello").vanish();
        await().until(() -> connections() == before + 1);

        ada.vanish();
        await().until(() -> connections() == before);
    }

    private long connections() {
        String name = "tributary_http_connections ";
        return member.send("GET", "/metrics", null)
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    @Test
    @DisplayName("is replaced by a newer one of the same device, which goes on")
    void replaced() {
        var older = buzzer("device=ada").hears("hello hello");
        var newer = buzzer("device=ada").hears("hello hello");

        assertThat(older.closedWith()).isEqualTo(1000);
        newer.say("say 1 still-here").hears("ok 1 STORED 1 hello");
        member.reply(member.conversation("shop", "ada"), "welcome");
        newer.hears("msg welcome hello");
    }

    @Test
    @DisplayName("19: gets what is for the address of its last event, which waits while it is away")
    void outbound() {
        member.write("shop", "ada", "first");
        var ada = buzzer("device=ada").say("say 1 hi").hears("ok 1 STORED 1 hello");
        ada.hears("msg first hello");
        String conversation = member.conversation("shop", "ada");
        ada.vanish();
        await().until(() -> member.log().contains("INBOUND ada closed hello"));
        member.reply(conversation, "while-away");
        member.reply(conversation, "and-this");
        var bob = buzzer("device=bob").say("say 1 hi").hears("ok 1 STORED 1 hello");
        member.reply(member.conversation("shop", "bob"), "for-bob");
        bob.hears("msg for-bob hello");

        var back = buzzer("device=ada");
        back.hears("msg and-this hello");
        assertThat(back.heard())
                .containsExactly("hello hello", "msg while-away hello", "msg and-this hello");
        assertThat(bob.heard()).doesNotContain("msg and-this hello");
    }

    @Test
    @DisplayName("19: is found again after a restart: what waited goes out when the device is back")
    void restart() throws Exception {
        buzzer("device=ada").say("say 1 hi").hears("ok 1 STORED 1 hello");
        String conversation = member.conversation("shop", "ada");
        buzzers.getFirst().hangUp();
        await().until(() -> member.log().contains("INBOUND ada closed hello"));
        member.reply(conversation, "parked");
        member.close();
        member = BuzzerMember.start(folder);

        buzzer("device=ada")
                .hears("msg parked hello")
                .say("say 1 hi")
                .hears("ok 1 DUPLICATE 1 hello");
    }

    @Test
    @DisplayName("3: is sent to while a frame is being taken, and shows that somebody writes")
    void beside() {
        var ada = buzzer("device=ada").say("say 1 hi").hears("ok 1 STORED 1 hello");
        String conversation = member.conversation("shop", "ada");
        ada.say("hold").hears("holding").say("say 2 later");
        member.reply(conversation, "go");
        ada.hears("ok 2 STORED 2 hello");
        member.typing(conversation);

        ada.hears("signal TYPING");
        assertThat(ada.heard())
                .contains("msg go hello")
                .containsSubsequence("holding", "held", "ok 2 STORED 2 hello");
    }

    @Test
    @DisplayName(
            "22: shows a conversation from its cursor on, both directions, and that it was closed")
    void follows() {
        var ada = buzzer("device=ada&follow=ada").say("say 1 one").hears("ok 1 STORED 1 hello");
        String conversation = member.conversation("shop", "ada");
        member.note(conversation, "she is nice");
        member.reply(conversation, "two");
        await().until(() -> shown(ada).contains("OUTBOUND two"));
        member.closeConversation(conversation);
        await().until(() -> shown(ada).contains("INTERNAL changed"));
        ada.say("say 2 three");
        await().until(() -> shown(ada).contains("INBOUND three"));

        assertThat(words(ada))
                .containsExactly(
                        "INBOUND one", "OUTBOUND two", "INTERNAL changed", "INBOUND three");
        String cursor = cursor(ada, "INBOUND one");
        var late = buzzer("device=screen&follow=ada&cursor=" + cursor);
        await().until(() -> shown(late).contains("INBOUND three"));
        assertThat(words(late))
                .containsExactly("OUTBOUND two", "INTERNAL changed", "INBOUND three");
        var lost = buzzer("device=old&follow=ada&cursor=from-another-time");
        await().until(() -> shown(lost).contains("INBOUND three"));
        assertThat(words(lost)).startsWith("INBOUND one").hasSize(4);
    }

    @Test
    @DisplayName("22: shows what comes while it reads what was, without a gap or a repetition")
    void followsOn() {
        var ada = buzzer("device=ada");
        IntStream.range(0, 60).forEach(i -> ada.say("say " + i + " w" + i));
        ada.hears("ok 59 STORED 60 hello");
        var screen = buzzer("device=screen&follow=ada&cursor=oldest");
        IntStream.range(60, 120).forEach(i -> ada.say("say " + i + " w" + i));
        await().until(() -> shown(screen).contains("INBOUND w119"));

        assertThat(words(screen))
                .containsExactlyElementsOf(
                        IntStream.range(0, 120).mapToObj(i -> "INBOUND w" + i).toList());
        screen.say("unfollow ada").say("follow ada " + cursor(screen, "INBOUND w118"));
        await().until(() -> words(screen).size() == 121);
        ada.say("typing ada");
        screen.hears("noticed TYPING");
        assertThat(ada.heard()).doesNotContain("noticed TYPING");
    }

    /// Of interactions, without receipts and cursors.
    private static List<String> words(Buzzer buzzer) {
        return shown(buzzer).stream().filter(each -> !each.endsWith("receipt")).toList();
    }

    private static List<String> shown(Buzzer buzzer) {
        return buzzer.heard().stream()
                .filter(each -> each.startsWith("saw "))
                .map(each -> each.substring(4, each.lastIndexOf(' ')))
                .toList();
    }

    private static String cursor(Buzzer buzzer, String of) {
        return buzzer.heard().stream()
                .filter(each -> each.startsWith("saw " + of + " "))
                .map(each -> each.substring(each.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("21: ends with 1012 when the member stops, after its session was told once")
    void stopping() throws Exception {
        var ada = buzzer("device=ada").hears("hello hello");
        member.close();
        assertThat(ada.closedWith()).isEqualTo(1012);
        member = BuzzerMember.start(folder);

        assertThat(member.log()).containsExactly("INBOUND ada closed hello");
    }

    @Test
    @DisplayName("uploads one file per ticket, of the type and size that were said")
    void uploads() throws Exception {
        var ada = buzzer("device=ada").say("put image/png 100");
        await().until(() -> ada.heard().size() == 2);
        String[] put = ada.heard().getLast().split(" ");
        String url = put[2];

        assertThat(put(url, "image/png", new byte[101]).statusCode()).isEqualTo(413);
        assertThat(put(url, "text/plain", PNG).statusCode()).isEqualTo(415);
        assertThat(put(url.substring(0, url.length() - 2) + "xx", "image/png", PNG).statusCode())
                .isEqualTo(404);
        assertThat(put(url.replace("/shop/", "/other/"), "image/png", PNG).statusCode())
                .isEqualTo(404);
        assertThat(put(url, "image/png", PNG).statusCode()).isEqualTo(204);
        assertThat(put(url, "image/png", PNG).statusCode()).isEqualTo(409);
        ada.say("picture " + put[1]);
        await().until(() -> member.log().contains("INBOUND ada media"));
        assertThat(member.send("GET", "/v1/media/" + put[1], null).body())
                .contains("\"state\":\"stored\"", "\"bytes\":" + PNG.length);
    }

    @Test
    @DisplayName("uploads nothing that is something else than was said")
    void disguised() throws Exception {
        var ada = buzzer("device=ada").say("put image/png 5000");
        await().until(() -> ada.heard().size() == 2);
        String[] put = ada.heard().getLast().split(" ");
        var page = new ByteArrayOutputStream();
        page.writeBytes("<!DOCTYPE html><html><script>alert(1)</script></html>".getBytes());

        assertThat(put(put[2], "image/png", page.toByteArray()).statusCode()).isEqualTo(415);
        assertThat(put(put[2], "image/png", PNG).statusCode()).isEqualTo(409);
        assertThat(member.send("GET", "/v1/media/" + put[1], null).body())
                .contains("\"state\":\"failed\"");
    }

    private HttpResponse<String> put(String url, String type, byte[] bytes) throws Exception {
        return member.http()
                .send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Content-Type", type)
                                .PUT(BodyPublishers.ofByteArray(bytes))
                                .build(),
                        BodyHandlers.ofString());
    }
}
