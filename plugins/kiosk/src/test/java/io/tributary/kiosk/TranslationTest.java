package io.tributary.kiosk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.model.Bytes;
import io.tributary.model.Content;
import io.tributary.model.Content.Alert.Severity;
import io.tributary.model.Content.Visit;
import io.tributary.model.Identity;
import io.tributary.model.Json;
import io.tributary.model.Target;
import io.tributary.spi.Arrival;
import io.tributary.spi.Dedupe;
import io.tributary.spi.Inbound;
import io.tributary.spi.Malformed;
import io.tributary.spi.RawEvent;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("what a kiosk says becomes")
class TranslationTest {

    private static final String PLACE = "berlin/2/berlin-7";

    private static List<Inbound> all(String action, String payload) {
        return Translation.of(Arrival.of(event(action, payload), Instant.EPOCH));
    }

    private static RawEvent event(String action, String payload) {
        var frame = "[2,\"e-1\",\"" + action + "\"," + payload.replace('\'', '"') + "]";
        return RawEvent.of(KioskSession.EVENT, Bytes.utf8(frame), Dedupe.key("k"))
                .notes(Map.of("device", "berlin-7", "store", "berlin", "floor", "2"));
    }

    private static Inbound one(String action, String payload) {
        return all(action, payload).getFirst();
    }

    private static Content content(String action, String more) {
        return one(action, "{'session':'s1'" + more + "}").content();
    }

    @Test
    @DisplayName("something of a customer of that session alone, at that place and time")
    void envelope() {
        var said =
                one(
                        "Say",
                        "{'session':'s1','at':'2026-01-01T11:59:30Z','language':'de','text':'Hallo'}");

        assertThat(said.line()).isEqualTo("berlin");
        assertThat(said.party().address()).isEqualTo("berlin-7/s1");
        assertThat(said.party().identities()).isEmpty();
        assertThat(said.content()).isEqualTo(Content.text("Hallo"));
        assertThat(said.occurredAt()).isEqualTo(Instant.parse("2026-01-01T11:59:30Z"));
        assertThat(said.locale()).isEqualTo(Locale.GERMAN);
        assertThat(said.extensions())
                .containsEntry("kiosk.device", Json.string("berlin-7"))
                .containsEntry("kiosk.store", Json.string("berlin"))
                .containsEntry("kiosk.floor", Json.string("2"));
        assertThat(one("Say", "{'session':'s1','at':'yesterday','text':'x'}").occurredAt())
                .isNull();
    }

    @Test
    @DisplayName("visits that begin and end, scans, taps and choices")
    void contents() {
        assertThat(content("BeginSession", "")).isEqualTo(new Visit(Visit.Event.BEGAN, PLACE));
        assertThat(content("EndSession", "")).isEqualTo(new Visit(Visit.Event.ENDED, PLACE));
        assertThat(one("EndSession", "{'session':'s1','reason':'idle'}").extensions())
                .containsEntry("kiosk.ended", Json.string("idle"));
        assertThat(content("Scan", ",'symbology':'EAN-13','value':'4006381333931'"))
                .isEqualTo(new Content.Scan("ean-13", "4006381333931"));
        assertThat(content("Tap", ",'on':'map','label':'Toys'"))
                .isEqualTo(new Content.Tap("map", "Toys"));
        var choice = one("Choose", "{'session':'s1','id':'1','label':'Yes','key':'k-1'}");
        assertThat(choice.content()).isEqualTo(new Content.ChoiceMade("1", "Yes"));
        assertThat(choice.inReplyTo()).isEqualTo("berlin-7/k-1");
    }

    @Test
    @DisplayName("an alert that raises the conversation, unless the customer has time")
    void help() {
        assertThat(content("AskForHelp", ",'topic':'shoes','text':'size 44'"))
                .isEqualTo(new Content.Alert("help", Severity.URGENT, "shoes: size 44"));
        assertThat(content("AskForHelp", ",'urgent':false"))
                .isEqualTo(new Content.Alert("help", Severity.WARNING, ""));
    }

    @Test
    @DisplayName("a wish for a ticket, and whatever a newer device says, with nothing of it lost")
    void customs() {
        assertThat(content("TakeTicket", ",'queue':'returns'"))
                .isEqualTo(
                        Content.custom(
                                "kiosk.ticket",
                                Json.of("{\"session\":\"s1\",\"queue\":\"returns\"}"),
                                "Asks for a queue ticket"));
        var unheard = (Content.Custom) content("WaveHand", ",'how':'wildly'");
        assertThat(unheard.name()).isEqualTo("kiosk.WaveHand");
        assertThat(unheard.data().text()).contains("wildly");
        assertThat(unheard.fallback()).isEqualTo("[kiosk: WaveHand]");
    }

    private static final String CHECK_IN =
            "{'session':'s1','name':'Ada','identity':%s,'consent':{'purpose':'identity','granted':true}}";

    @Test
    @DisplayName("who they say they are, as a claim, where the customer agrees")
    void checkIn() {
        var both = all("CheckIn", CHECK_IN.formatted("{'type':'email','value':'a@b.c'}"));

        assertThat(both)
                .extracting(Inbound::content)
                .containsExactly(
                        new Content.Consent("identity", true),
                        new Visit(Visit.Event.CHECKED_IN, PLACE));
        assertThat(both.getLast().party().identities())
                .containsExactly(Identity.claimed("email", "a@b.c"));
        assertThat(both.getLast().party().name()).isEqualTo("Ada");
        assertThat(both.getFirst().party().address()).isEqualTo("berlin-7/s1");
        assertThat(both.getFirst().party().identities()).isEmpty();
    }

    @Test
    @DisplayName("who a token vouched for when they checked in, and what it said besides")
    void vouched() {
        var kept = CHECK_IN.formatted("{'type':'email','value':'x@y.z'}");
        var person =
                new Person(
                        "Ada L.",
                        List.of(
                                Identity.byChannel("site.user", "u-17"),
                                Identity.claimed("phone", "+4930123456")));
        var event = event("CheckIn", kept).note(CheckIns.PERSON, person.note());

        var party = Translation.of(Arrival.of(event, Instant.EPOCH)).getLast().party();

        assertThat(party.identities()).containsExactlyElementsOf(person.identities());
        assertThat(party.session()).isTrue();
        assertThat(party.name()).isEqualTo("Ada L.");
        assertThat(party.address()).isEqualTo("berlin-7/s1");
    }

    @Test
    @DisplayName("nobody, but a visit, where the token was refused")
    void refusedToken() {
        var visit = all("CheckIn", CHECK_IN.formatted("{'refused':true}")).getLast();

        assertThat(visit.party().identities()).isEmpty();
        assertThat(visit.extensions()).containsEntry("kiosk.token", Json.string("refused"));
    }

    @Test
    @DisplayName("no identity where the customer does not agree, or was not asked")
    void noConsent() {
        var refused =
                all(
                        "CheckIn",
                        "{'session':'s1','identity':{'type':'email','value':'a@b.c'},'consent':{'purpose':'identity','granted':false}}");
        assertThat(refused)
                .extracting(Inbound::content)
                .containsExactly(
                        new Content.Consent("identity", false),
                        new Visit(Visit.Event.CHECKED_IN, PLACE));
        assertThat(refused).allMatch(each -> each.party().identities().isEmpty());

        var unasked = all("CheckIn", "{'session':'s1','identity':{'type':'email','value':'a'}}");
        assertThat(unasked).singleElement().matches(each -> each.party().identities().isEmpty());
    }

    @Test
    @DisplayName("an identity also where a card's number comes as a number")
    void numbers() {
        var both =
                all(
                        "CheckIn",
                        "{'session':'s1','identity':{'type':'card','value':12345678901234567890},'consent':{'granted':true}}");
        assertThat(both.getLast().party().identities())
                .containsExactly(Identity.claimed("card", "12345678901234567890"));
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() ->
                        all(
                                "CheckIn",
                                "{'session':'s1','identity':{'type':'card','value':1.5},'consent':{'granted':true}}"));
    }

    @Test
    @DisplayName("receipts about what it was sent, and about nothing that another device was")
    void receipts() {
        var printed = one("Printed", "{'key':'k-1'}");
        assertThat(printed.party()).isNull();
        assertThat(printed.target()).isEqualTo(Target.external("berlin-7/k-1"));
        assertThat(printed.content()).isEqualTo(Content.receipt(Content.Receipt.Status.DELIVERED));
        var failed = (Content.Receipt) one("Printed", "{'key':'k','done':false}").content();
        assertThat(failed.status()).isEqualTo(Content.Receipt.Status.FAILED);
        assertThat(failed.reason().code()).isEqualTo("not-printed");
        assertThat(one("Seen", "{'key':'k-1'}").content())
                .isEqualTo(Content.receipt(Content.Receipt.Status.READ));
    }

    @Test
    @DisplayName("a notice for operators, of what is the matter with the device itself")
    void report() {
        var notice = one("Report", "{'kind':'paper','severity':'critical','text':'no paper'}");
        assertThat(notice.party()).isNull();
        assertThat(notice.target()).isNull();
        assertThat(notice.content())
                .isEqualTo(new Content.Alert("paper", Severity.CRITICAL, PLACE + ": no paper"));
    }

    @ParameterizedTest
    @CsvSource({
        "Say, {'session':'s1'}",
        "Say, {'text':'x'}",
        "Say, '{\"session\":\"../s2\",\"text\":\"x\"}'",
        "Scan, '{\"session\":\"s1\",\"value\":\"1\"}'",
        "Choose, {'session':'s1'}",
        "Printed, {}",
        "Report, {}"
    })
    @DisplayName("a dead letter where it lacks what it is about")
    void missing(String action, String payload) {
        assertThatExceptionOfType(Malformed.class).isThrownBy(() -> all(action, payload));
    }
}
