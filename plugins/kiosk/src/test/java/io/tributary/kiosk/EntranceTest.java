package io.tributary.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Json;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.OffersActions;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.HostedDevice;
import io.tributary.testkit.TestSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

@DisplayName("a device comes in")
class EntranceTest {

    private static final String PLACE = "{\"device\": \"berlin-7\", \"store\": \"berlin\"}";

    private final FakeHost host = new FakeHost();
    private HostedAccount account = null;

    @BeforeEach
    void open() throws Exception {
        account = host.open(new KioskChannel(), TestSettings.NONE);
    }

    @AfterEach
    void close() {
        account.close();
        host.close();
    }

    private JsonNode perform(String action, String input) throws Exception {
        var actions = (OffersActions) account.account();
        return WireJson.read(actions.perform(action, Json.of(input)).text());
    }

    private String code() throws Exception {
        return WireJson.need(perform(Actions.MAKE_CODE, PLACE), "code");
    }

    /// What it was given for its code.
    private static String token(HostedDevice device) {
        var call = (Message.Call) Sample.heard(device.heard().getFirst());
        assertThat(call.action()).isEqualTo("Provision");
        assertThat(WireJson.need(call.payload(), "device")).isEqualTo("berlin-7");
        assertThat(WireJson.need(call.payload(), "store")).isEqualTo("berlin");
        return WireJson.need(call.payload(), "token");
    }

    @Test
    @DisplayName("by a code once, and from then on by the token that it was given")
    void byCode() throws Exception {
        var made = perform(Actions.MAKE_CODE, PLACE);
        var code = WireJson.need(made, "code");
        assertThat(code).matches("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}");
        assertThat(WireJson.need(made, "page")).endsWith("/pages#code=" + code);

        String token;
        try (var first = account.knock(Sample.withCode(code))) {
            assertThat(first.status()).isEqualTo(101);
            token = token(first);
            assertThat(account.knock(Sample.withCode(code)).status()).isEqualTo(401);
        }
        try (var again = account.knock(Sample.withToken("berlin-7", token))) {
            assertThat(again.status()).isEqualTo(101);
            assertThat(again.heard()).isEmpty();
            again.says(Sample.says("hello"));
        }
        assertThat(host.stored()).hasSize(1);
        assertThat(account.knock(Sample.withToken("berlin-8", token)).status()).isEqualTo(401);
        assertThat(account.knock(bearer(token)).status()).isEqualTo(101);
    }

    private static DeviceHandshake bearer(String token) {
        return new DeviceHandshake(
                "berlin-7",
                Map.of(),
                Map.of("authorization", List.of("Bearer " + token)),
                List.of(Entrance.PROTOCOL),
                "127.0.0.1",
                null);
    }

    @Test
    @DisplayName("however the code was typed")
    void typed() throws Exception {
        var code = code().replace("-", " ").replace('0', 'o').replace('1', 'l');
        assertThat(account.knock(Sample.withCode(code.toLowerCase(java.util.Locale.ROOT))).status())
                .isEqualTo(101);
    }

    @Test
    @DisplayName("no more when the code's time is over")
    void expired() throws Exception {
        var code = code();
        host.advance(Duration.ofMinutes(16));
        assertThat(account.knock(Sample.withCode(code)).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("alone, where many bring the same code at once")
    void race() throws Exception {
        var code = code();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> knock = () -> account.knock(Sample.withCode(code)).status();
            var answers =
                    threads.invokeAll(Stream.generate(() -> knock).limit(20).toList()).stream()
                            .map(each -> each.resultNow())
                            .collect(Collectors.groupingBy(each -> each, Collectors.counting()));
            assertThat(answers).isEqualTo(Map.of(101, 1L, 401, 19L));
        }
    }

    @Test
    @DisplayName("and nothing that was given away stands in the state")
    void hashed() throws Exception {
        var code = code();
        var kept = host.state().list("").getFirst();
        assertThat(kept.key() + kept.value().utf8()).doesNotContain(code.replace("-", ""));
        var token = token(account.knock(Sample.withCode(code)));
        assertThat(host.state().list(""))
                .extracting(entry -> entry.key() + entry.value().utf8())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("berlin-7")
                .doesNotContain(token);
    }

    @Test
    @DisplayName("not when it was revoked: its socket is closed, and a new code lets it in again")
    void revoked() throws Exception {
        var device = account.knock(Sample.withCode(code()));
        var token = token(device);

        assertThat(perform(Actions.REVOKE, "{\"device\": \"berlin-7\"}").path("known").asBoolean())
                .isTrue();
        assertThat(device.closedWith()).hasValue(KioskSession.REVOKED);
        assertThat(account.knock(bearer(token)).status()).isEqualTo(401);
        assertThat(perform(Actions.LIST, "{}").path("devices").get(0).path("revoked").asBoolean())
                .isTrue();

        var back = account.knock(Sample.withCode(code()));
        assertThat(token(back)).isNotEqualTo(token);
        assertThat(perform(Actions.LIST, "{}").path("devices").get(0).path("connectedHere"))
                .isEqualTo(WireJson.read("true"));
    }

    @Test
    @DisplayName("not by a code that was made before it was revoked")
    void codeOfBefore() throws Exception {
        var before = code();
        var spare = code();
        account.knock(Sample.withCode(before)).close();
        perform(Actions.REVOKE, "{\"device\": \"berlin-7\"}");

        assertThat(account.knock(Sample.withCode(spare)).status()).isEqualTo(401);
        assertThat(account.knock(Sample.withCode(code())).status()).isEqualTo(101);
    }

    @Test
    @DisplayName("not by a code of before it was revoked, where nobody knew it yet")
    void codeOfNobody() throws Exception {
        var before = code();
        perform(Actions.REVOKE, "{\"device\": \"berlin-7\"}");

        assertThat(account.knock(Sample.withCode(before)).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("no more by a token of the fleet, once it has or had one of its own")
    void ownTokenOnly() throws Exception {
        try (var fleet = host.open(new KioskChannel(), Sample.settings())) {
            try (var device = fleet.knock(Sample.handshake())) {
                assertThat(device.status()).isEqualTo(101);
            }
            perform(Actions.REVOKE, "{\"device\": \"berlin-7\"}");
            assertThat(fleet.knock(Sample.handshake()).status()).isEqualTo(401);
            account.knock(Sample.withCode(code())).close();
            assertThat(fleet.knock(Sample.handshake()).status()).isEqualTo(401);
        }
    }

    @Test
    @DisplayName("and is sent away, in words that a browser hears, with a token that it had once")
    void former() throws Exception {
        var first = token(account.knock(Sample.withCode(code())));
        perform(Actions.REVOKE, "{\"device\": \"berlin-7\"}");
        var away = account.knock(Sample.withToken("berlin-7", first));
        assertThat(away.status()).isEqualTo(101);
        assertThat(away.closedWith()).hasValue(KioskSession.REVOKED);

        var own = account.knock(Sample.withCode(code()));
        var again = account.knock(Sample.withToken("berlin-7", first));
        assertThat(again.closedWith()).hasValue(KioskSession.REVOKED);
        assertThat(own.isOpen()).isTrue();
        again.says(Sample.says("hear me"));
        assertThat(host.stored()).isEmpty();
        assertThat(account.knock(Sample.withToken("berlin-7", token(own) + "x")).status())
                .isEqualTo(401);
        assertThat(account.knock(Sample.withToken("berlin-8", first)).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("for as long as the token of the fleet lasts, and no longer on an open socket")
    void fleetTokenEnds() throws Exception {
        var now = host.clock().instant();
        var claims =
                "{\"sub\":\"berlin-7\",\"store\":\"berlin\",\"exp\":%d}"
                        .formatted(now.plusSeconds(50).getEpochSecond());
        var token = Sample.jwt(Sample.HS256, claims, Sample.FLEET_KEY);
        try (var fleet = host.open(new KioskChannel(), Sample.settings())) {
            var device = fleet.knock(Sample.withToken("berlin-7", token));
            host.advance(Duration.ofSeconds(40));
            device.says(Sample.says("in time"));
            assertThat(host.stored()).hasSize(1);
            host.advance(Duration.ofSeconds(11));
            device.says(Sample.says("too late"));
            assertThat(device.closedWith()).hasValue(KioskSession.EXPIRED);
            assertThat(host.stored()).hasSize(1);
        }
    }

    @Test
    @DisplayName(
            "and is found out when it speaks half a minute after it was revoked on another member")
    void revokedElsewhere() throws Exception {
        var device = account.knock(Sample.withCode(code()));
        try (var elsewhere = host.open(new KioskChannel(), TestSettings.NONE)) {
            ((OffersActions) elsewhere.account())
                    .perform(Actions.REVOKE, Json.of("{\"device\": \"berlin-7\"}"));
        }
        host.advance(Duration.ofSeconds(31));
        device.says(Sample.says("am I still welcome?"));

        assertThat(device.closedWith()).hasValue(KioskSession.REVOKED);
        assertThat(host.stored()).isEmpty();
    }

    @Test
    @DisplayName(
            "and stays through an upgrade, though its code is used up; not if it was revoked meanwhile")
    void upgraded() throws Exception {
        var device = account.knock(Sample.withCode(code()));
        try (var next = host.open(new KioskChannel(), TestSettings.NONE);
                var last = host.open(new KioskChannel(), TestSettings.NONE)) {
            device.handOver(next);
            device.says(Sample.says("still here"));
            assertThat(host.stored()).hasSize(1);

            perform(Actions.REVOKE, "{\"device\": \"berlin-7\"}");
            device.handOver(last);
            assertThat(device.closedWith()).hasValue(1012);
        }
    }

    @Test
    @DisplayName("never as somebody whom the operator could not have meant")
    void names() {
        for (var input :
                List.of(
                        "{}",
                        "{\"device\": \"a\"}",
                        "{\"device\": \"../a\", \"store\": \"b\"}",
                        "{\"device\": \"a/b\", \"store\": \"b\"}",
                        "{\"device\": \"a\", \"store\": \"b\", \"floor\": \" c\"}")) {
            org.assertj.core.api.Assertions.assertThatExceptionOfType(
                            io.tributary.spi.Trouble.class)
                    .isThrownBy(() -> perform(Actions.MAKE_CODE, input));
        }
        assertThat(host.state().list("")).isEmpty();
    }
}
