package io.tributary.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("devices that ask for more than is configured")
final class DeviceLimitsIT {

    @TempDir Path folder = Path.of("");

    private final List<Buzzer> buzzers = new ArrayList<>();
    private BuzzerMember member = null;

    private void start(Map<String, String> environment) throws Exception {
        member = BuzzerMember.start(folder, environment);
        member.account("shop", "buzzer", "");
    }

    @AfterEach
    void stop() {
        buzzers.forEach(Buzzer::vanish);
        if (member != null) {
            member.close();
        }
    }

    private Buzzer buzzer(String account, String device) {
        var buzzer = Buzzer.connect(member, account, "device=" + device);
        buzzers.add(buzzer);
        return buzzer.hears("hello hello");
    }

    @Test
    @DisplayName("are answered 503 when their account has all its sockets, until one is free again")
    void sockets() throws Exception {
        start(Map.of("TRIBUTARY_DEVICES_SOCKETS", "2"));
        member.account("other", "buzzer", "");
        var ada = buzzer("shop", "ada");
        buzzer("shop", "bob");

        assertThat(Buzzer.refused(member, "shop", "device=eve")).isEqualTo(503);
        buzzer("other", "eve");
        ada.hangUp();
        await().until(() -> member.log().contains("INBOUND ada closed hello"));
        await().ignoreExceptions().until(() -> buzzer("shop", "eve").isOpen());
        assertThat(Buzzer.refused(member, "shop", "device=ada")).isEqualTo(503);
        assertThat(Buzzer.refused(member, "shop", "device=broken")).isEqualTo(503);
    }

    @Test
    @DisplayName("are answered 503 when too many of their account come from their address")
    void socketsPerAddress() throws Exception {
        start(Map.of("TRIBUTARY_DEVICES_SOCKETS_PER_ADDRESS", "1"));
        member.account("other", "buzzer", "");
        assertThat(Buzzer.refused(member, "shop", "nobody=here")).isEqualTo(401);
        var ada = buzzer("shop", "ada");

        assertThat(Buzzer.refused(member, "shop", "device=bob")).isEqualTo(503);
        buzzer("other", "bob");
        ada.hangUp();
        await().until(() -> member.log().contains("INBOUND ada closed hello"));
        await().ignoreExceptions().until(() -> buzzer("shop", "bob").isOpen());
    }

    @Test
    @DisplayName("are closed with 1009 for a message that is too large, in one piece or in two")
    void frames() throws Exception {
        start(Map.of("TRIBUTARY_DEVICES_FRAME_LIMIT", "1kB"));
        var whole = buzzer("shop", "ada");
        var pieces = buzzer("shop", "bob");

        whole.bytes(1_000).join();
        whole.hears("bytes 1000");
        var _ = whole.bytes(1_001);
        pieces.sayInPieces("say 1 " + "x".repeat(500), "x".repeat(500));

        assertThat(whole.closedWith()).isEqualTo(1009);
        assertThat(pieces.closedWith()).isEqualTo(1009);
    }

    @Test
    @DisplayName("may send larger messages where that is configured")
    void largeFrames() throws Exception {
        start(Map.of("TRIBUTARY_DEVICES_FRAME_LIMIT", "200kB"));
        var ada = buzzer("shop", "ada");

        ada.bytes(200_000).join();

        ada.hears("bytes 200000");
    }

    @Test
    @DisplayName("are let go when they answer no pings, and live on quietly when they do")
    void pings() throws Exception {
        start(Map.of("TRIBUTARY_DEVICES_PING", "200ms"));
        var quiet = buzzer("shop", "ada");
        try (var dead = new RawBuzzer(member, "shop", "device=bob")) {
            assertThat(dead.closedWith()).isEqualTo(1008);
        }

        await().until(() -> member.log().contains("INBOUND bob closed hello"));
        quiet.say("say 1 still-here").hears("ok 1 STORED 1 hello");
    }

    @Test
    @DisplayName("are closed when they read nothing for too long, and harm no neighbour")
    void stuck() throws Exception {
        start(Map.of("TRIBUTARY_DEVICES_WRITE_TIMEOUT", "300ms"));
        var neighbour = buzzer("shop", "ada");
        try (var stuck = new RawBuzzer(member, "shop", "device=bob")) {
            stuck.say("shout 400 60000");

            neighbour.say("say 1 calm").hears("ok 1 STORED 1 hello");
            await().until(() -> member.log().contains("INBOUND bob unheard"));
            await().until(() -> member.log().contains("INBOUND bob closed hello"));
        }
        neighbour.say("say 2 calm").hears("ok 2 STORED 2 hello");
        buzzer("shop", "bob").say("say 3 back").hears("ok 3 STORED 1 hello");
    }

    @Test
    @DisplayName("that read slowly, but read, get all of it")
    void slow() throws Exception {
        start(Map.of());
        var ada = buzzer("shop", "ada");

        ada.say("shout 100 60000");

        ada.hears("shouted");
        assertThat(ada.heard()).hasSize(102);
    }

    @Test
    @DisplayName("are not served with pings that come too late to be of use")
    void latePings() {
        assertThatThrownBy(() -> start(Map.of("TRIBUTARY_DEVICES_PING", "2m")))
                .isInstanceOf(Node.CannotStart.class)
                .hasMessageContaining("devices.ping")
                .hasMessageContaining("60s");
    }
}
