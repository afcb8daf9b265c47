package io.tributary.voice.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Content;
import io.tributary.model.InteractionId;
import io.tributary.model.Target;
import io.tributary.spi.Fields;
import io.tributary.spi.Inbound;
import io.tributary.spi.OutboundMessage;
import io.tributary.spi.WebhookRequest;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import io.tributary.testkit.LoopbackProvider;
import io.tributary.testkit.Stored;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What Twilio tells of a call comes in any order, and again. What it means does not depend on it.
class AnyOrderProperties {

    private static final Fields LEG =
            Fields.of("CallSid", Sample.LEG)
                    .with("ParentCallSid", Sample.CALL)
                    .with("AccountSid", Sample.ACCOUNT)
                    .with("From", Sample.CUSTOMER)
                    .with("To", Sample.AGENT)
                    .with("Direction", "outbound-dial")
                    .with("CallStatus", "in-progress")
                    .with("CallbackSource", "call-progress-events")
                    .with("Timestamp", "Sun, 22 Nov 2026 10:00:10 +0000");

    private static final Fields BARE =
            Fields.of("CallSid", Sample.CALL).with("AccountSid", Sample.ACCOUNT);

    /// All that happens to a call that is answered, held, transferred, recorded and written down.
    private static final List<WebhookRequest> CALL =
            List.of(
                    Sample.post("", Sample.RINGING),
                    Sample.post("leg?as=answered", LEG),
                    Sample.post("hold?send=k1", Sample.with(Sample.RINGING, "CallStatus", "held")),
                    Sample.post(
                            "leg?as=answered&send=k3",
                            Sample.with(LEG, "CallSid", "CA" + "4".repeat(32))),
                    Sample.post(
                            "leg?as=transferred&send=k2",
                            Sample.with(LEG, "CallSid", "CA" + "3".repeat(32))),
                    segment("1", "inbound_track", "Hello"),
                    segment("2", "outbound_track", "How can I help?"),
                    Sample.post(
                            "recording",
                            BARE.with("RecordingSid", "RE1")
                                    .with("RecordingUrl", "https://api.twilio.com/Recordings/RE1")
                                    .with("RecordingStatus", "completed")),
                    Sample.post(
                            "words",
                            BARE.with("RecordingSid", "RE1")
                                    .with("TranscriptionSid", "TR1")
                                    .with("TranscriptionStatus", "completed")
                                    .with("TranscriptionText", "Hello")),
                    Sample.post(
                            "status",
                            Sample.with(Sample.RINGING, "CallStatus", "completed")
                                    .with("CallDuration", "42")));

    private static WebhookRequest segment(String sequence, String track, String text) {
        return Sample.post(
                "speech",
                BARE.with("TranscriptionSid", "GT1")
                        .with("TranscriptionEvent", "transcription-content")
                        .with("SequenceId", sequence)
                        .with("Track", track)
                        .with("Final", "true")
                        .with("TranscriptionData", "{\"transcript\":\"" + text + "\"}"));
    }

    @Property(tries = 100)
    void theSameIsToldOnceInAnyOrder(@ForAll("orders") List<WebhookRequest> order)
            throws Exception {
        assertThat(told(order)).isEqualTo(told(CALL));
    }

    @Property(tries = 100)
    void whatHasNoPartyWaitsForSomethingThatIsTold(@ForAll("orders") List<WebhookRequest> order)
            throws Exception {
        var inbounds = inbounds(order);
        var brought =
                inbounds.stream()
                        .flatMap(inbound -> inbound.parts().stream())
                        .flatMap(part -> part.externalIds().stream())
                        .collect(Collectors.toCollection(HashSet::new));
        // orders of ours are known by their keys
        brought.addAll(List.of("k1", "k2", "k3"));

        assertThat(inbounds)
                .allSatisfy(inbound ->
                        assertThat(inbound.target())
                                .isInstanceOfSatisfying(
                                        Target.External.class,
                                        target -> assertThat(brought).contains(target.id())));
        assertThat(inbounds)
                .filteredOn(inbound -> inbound.party() != null)
                .allSatisfy(inbound ->
                        assertThat(inbound.parts().getFirst().externalIds())
                                .startsWith(Sample.CALL));
    }

    @Property(tries = 100)
    void anOrderMayBeAboutAnythingThatHappened(@ForAll("orders") List<WebhookRequest> order)
            throws Exception {
        var known = Known.ids(inbounds(order));

        assertThat(known).isNotEmpty();
        for (var ids : known) {
            var target =
                    new OutboundMessage.Reference(new InteractionId(new UUID(0x7000L, 3)), ids);
            assertThat(CallSid.of(target)).isEqualTo(Sample.CALL);
        }
    }

    @Property(tries = 100)
    void theHighestSequenceTellsHowTheCallStands(@ForAll("orders") List<WebhookRequest> order)
            throws Exception {
        var last =
                inbounds(order).stream()
                        .map(Inbound::content)
                        .filter(Content.Call.class::isInstance)
                        .map(Content.Call.class::cast)
                        .max(Comparator.comparingInt(Content.Call::sequence));

        assertThat(last).get().extracting(Content.Call::event).isEqualTo(Content.Call.Event.ENDED);
    }

    @Property(tries = 100)
    void whatWasOrderedCountsMoreThanThatSomebodyAnswered(
            @ForAll("orders") List<WebhookRequest> order) throws Exception {
        var held = Progress.meanwhile(Content.Call.Event.HELD);
        var meanwhile =
                inbounds(order).stream()
                        .map(Inbound::content)
                        .filter(Content.Call.class::isInstance)
                        .map(Content.Call.class::cast)
                        .filter(call -> call.sequence() == held.sequence());

        assertThat(meanwhile)
                .extracting(Content.Call::event)
                .containsExactlyInAnyOrder(
                        Content.Call.Event.HELD,
                        Content.Call.Event.ANSWERED,
                        Content.Call.Event.TRANSFERRED);
    }

    /// All of them, shuffled, some of them twice.
    @Provide
    Arbitrary<List<WebhookRequest>> orders() {
        return Arbitraries.of(CALL)
                .list()
                .ofMaxSize(4)
                .flatMap(again -> {
                    var all = new ArrayList<>(CALL);
                    all.addAll(again);
                    return Arbitraries.shuffle(all);
                });
    }

    private static List<String> told(List<WebhookRequest> order) throws Exception {
        return inbounds(order).stream().map(AnyOrderProperties::text).sorted().toList();
    }

    private static String text(Inbound inbound) {
        var party = inbound.party() == null ? "" : inbound.party().address();
        return String.join(
                "|",
                party,
                String.valueOf(inbound.target()),
                inbound.parts().toString(),
                Objects.toString(inbound.content()),
                String.valueOf(inbound.occurredAt()));
    }

    private static List<Inbound> inbounds(List<WebhookRequest> order) throws Exception {
        try (var host = new FakeHost();
                var account = open(host)) {
            for (var request : order) {
                assertThat(account.webhook(request).problem()).isEmpty();
            }
            assertThat(host.deadLetters()).isEmpty();
            return host.stored().stream().map(Stored::inbound).toList();
        }
    }

    private static HostedAccount open(FakeHost host) throws Exception {
        return host.open(new VoiceChannel(), Sample.settings(LoopbackProvider.unreachable()));
    }
}
