package io.tributary.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Identity;
import io.tributary.spi.Arrival;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Party;
import io.tributary.spi.RawEvent;
import io.tributary.testkit.TestSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("a customer who checks in")
class CheckInsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    /// NOW in seconds is 1767268800.
    private static final String CLAIMS =
            "{\"aud\":\"kiosk\",\"sub\":\"u-17\",\"exp\":1767269100,\"name\":\"Ada\","
                    + "\"email\":\"Ada@Example.com\",\"email_verified\":true,"
                    + "\"phone_number\":\"+4930123456\"}";

    private final CheckIns checkIns = new CheckIns(new CustomerTokens("kiosk", Sample.settings()));

    private static String signed(String claims) {
        return Sample.jwt(Sample.HS256, claims, Sample.IDENTITY_KEY);
    }

    private static String frame(String identity, String more) {
        return "[2,\"e-1\",\"CheckIn\",{\"session\":\"s1\",\"identity\":" + identity + more + "}]";
    }

    private CheckIns.Kept kept(String identity, String more) {
        return kept(frame(identity, more));
    }

    private CheckIns.Kept kept(String frame) {
        return checkIns.of((Message.Call) MessageReader.read(frame), frame, NOW);
    }

    private @Nullable Person person(String token) {
        return kept("{\"token\":\"" + token + "\"}", ",\"consent\":{\"granted\":true}").person();
    }

    @Test
    @DisplayName("is who a token of the company's own site or app says, and it is not kept")
    void vouched() {
        var token = signed(CLAIMS);
        var kept =
                kept(
                        "{\"type\":\"site.user\",\"value\":\"u-17\",\"token\":\"" + token + "\"}",
                        ",\"consent\":{\"granted\":true}");

        assertThat(kept.frame()).doesNotContain(token, "token").contains("u-17");
        assertThat(MessageReader.read(kept.frame())).isInstanceOf(Message.Call.class);
        assertThat(kept.person()).isNotNull();
        assertThat(kept.person().name()).isEqualTo("Ada");
        assertThat(kept.person().identities())
                .containsExactly(
                        Identity.byChannel("site.user", "u-17"),
                        Identity.byChannel("email", "ada@example.com"),
                        Identity.claimed("phone", "+4930123456"));
        assertThat(Person.read(kept.person().note())).isEqualTo(kept.person());
        assertThat(kept.person()).hasToString("Person[]");
    }

    @Test
    @DisplayName("who does not agree is nobody, and what they showed is not kept either")
    void noConsent() {
        var token = signed(CLAIMS);
        for (var consent : new String[] {"", ",\"consent\":{\"granted\":false}"}) {
            var kept = kept("{\"token\":\"" + token + "\"}", consent);
            assertThat(kept.person()).isNull();
            assertThat(kept.frame()).doesNotContain(token);
        }
    }

    @Test
    @DisplayName(
            "is nobody by a token that is refused, which is said, and by a code that nobody sent")
    void refused() {
        var granted = ",\"consent\":{\"granted\":true}";
        var kept = kept("{\"token\":\"a.b.c\"}", granted);
        assertThat(kept.person()).isNull();
        assertThat(kept.frame()).contains("{\"refused\":true}").doesNotContain("a.b.c");

        var code =
                kept(
                        "{\"type\":\"phone\",\"value\":\"+49301\",\"challenge\":\"c\",\"code\":\"99\"}",
                        granted);
        assertThat(code.person()).isNull();
        assertThat(code.frame()).doesNotContain("99", "refused").contains("+49301");
    }

    @Test
    @DisplayName("leaves everything else as it came")
    void asItCame() {
        var said = "[2, \"e-1\", \"Say\", {\"session\":\"s1\", \"identity\":{\"token\":\"x\"}}]";
        assertThat(kept(said)).isEqualTo(new CheckIns.Kept(said, null));
        var bare = frame("{\"type\":\"card\",\"value\":\"1\"}", "");
        assertThat(kept(bare)).isEqualTo(new CheckIns.Kept(bare, null));
        var none = frame("null", "");
        assertThat(kept(none)).isEqualTo(new CheckIns.Kept(none, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TOKEN", "{\"token\":[TOKEN]}", "[{\"token\":TOKEN}]", "17", "true"})
    @DisplayName("is nobody by what is no object or no token's text: it is refused, and not kept")
    void noObject(String identity) {
        var token = signed(CLAIMS);
        var given = identity.replace("TOKEN", "\"" + token + "\"");

        var kept = kept(given, ",\"consent\":{\"granted\":true}");
        assertThat(kept.person()).isNull();
        assertThat(kept.frame()).contains("\"identity\":{\"refused\":true}").doesNotContain(token);
        // with a mere visit, and no dead letter
        var event =
                RawEvent.of(KioskSession.EVENT, Bytes.utf8(kept.frame()), Dedupe.key("k"))
                        .notes(
                                Map.of(
                                        KioskSession.DEVICE, "d",
                                        KioskSession.STORE, "s",
                                        KioskSession.FLOOR, ""));
        var visit = Translation.of(Arrival.of(event, NOW)).getLast();
        assertThat(visit.content()).isInstanceOf(Content.Visit.class);
        assertThat(visit.extensions()).containsKey("kiosk.token");
        assertThat(visit.party()).extracting(Party::identities).isEqualTo(List.of());

        var disagreed = kept(given, "");
        assertThat(disagreed.frame()).contains("\"identity\":{}").doesNotContain(token);
    }

    @Test
    @DisplayName("may have shown what was good then while there was no connection, for a day")
    void offline() {
        var ended = CLAIMS.replace("1767269100", "1767265500");
        assertThat(person(signed(ended))).isNull();
        assertThat(shown(ended, "2026-01-01T11:00:00Z")).isNotNull();
        // the device's clock is ahead, or was set to long ago
        assertThat(shown(CLAIMS, "2026-01-01T13:00:00Z")).isNotNull();
        assertThat(shown(CLAIMS.replace("1767269100", "1767182500"), "2025-12-31T12:00:00Z"))
                .isNull();
    }

    private @Nullable Person shown(String claims, String at) {
        return kept(
                        "{\"token\":\"" + signed(claims) + "\"}",
                        ",\"at\":\"" + at + "\",\"consent\":{\"granted\":true}")
                .person();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"sub\":\"u\",\"exp\":1767269100}",
                "{\"aud\":\"web\",\"sub\":\"u\",\"exp\":1767269100}",
                "{\"aud\":\"kiosk\",\"exp\":1767269100}",
                "{\"aud\":\"kiosk\",\"sub\":17,\"exp\":1767269100}",
                "{\"aud\":\"kiosk\",\"sub\":\"u\"}",
                "{\"aud\":\"kiosk\",\"sub\":\"u\",\"exp\":\"1767269100\"}",
                "{\"aud\":\"kiosk\",\"sub\":\"u\",\"exp\":1767268700}",
                "{\"aud\":\"kiosk\",\"sub\":\"u\",\"exp\":1767355300}",
                "{\"aud\":\"kiosk\",\"sub\":\"u\",\"exp\":1767269100,\"nbf\":1767268900}",
                "{\"aud\":\"kiosk\",\"sub\":\"u\",\"exp\":99999999999999999999999}",
                "[]"
            })
    @DisplayName("is nobody by a token for others, without an end, not good now, or of nobody")
    void claims(String claims) {
        assertThat(person(signed(claims))).isNull();
    }

    @Test
    @DisplayName("is known by a token for several, and by the key of before")
    void keys() {
        var several = CLAIMS.replace("\"kiosk\"", "[\"web\",\"kiosk\"]");
        assertThat(person(signed(several))).isNotNull();
        var changed =
                TestSettings.NONE
                        .withSecret("identityKey", "n".repeat(32))
                        .withSecret("formerIdentityKey", Sample.IDENTITY_KEY);
        assertThat(new CustomerTokens("kiosk", changed).person(signed(CLAIMS), NOW)).isNotNull();
        assertThat(new CustomerTokens("kiosk", TestSettings.NONE).person(signed(CLAIMS), NOW))
                .isNull();
    }

    @Test
    @DisplayName("is nobody by a token that the device management, or nobody, has signed")
    void forged() {
        assertThat(person(Sample.jwt(Sample.HS256, CLAIMS, Sample.FLEET_KEY))).isNull();
        assertThat(person(Sample.jwt("{\"alg\":\"none\"}", CLAIMS, Sample.IDENTITY_KEY))).isNull();
        var critical = "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}";
        assertThat(person(Sample.jwt(critical, CLAIMS, Sample.IDENTITY_KEY))).isNull();
        var unsigned = Sample.encoded("{\"alg\":\"none\"}") + "." + Sample.encoded(CLAIMS) + ".";
        assertThat(person(unsigned)).isNull();
    }
}
