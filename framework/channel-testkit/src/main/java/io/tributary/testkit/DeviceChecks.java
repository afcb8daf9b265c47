package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.model.Bytes;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.Frame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whom an account lets in, and what it makes of what devices say.
final class DeviceChecks {

    private static final String FIRST = "the first";
    private static final String SECOND = "the second";
    private static final String THIRD = "the third";
    private static final List<String> NONSENSE =
            List.of("", "\0", "%".repeat(10_000), "../../..", "{\"a\":".repeat(10_000));

    private final ContractSubject subject;

    DeviceChecks(ContractSubject subject) {
        this.subject = subject;
    }

    List<Check> all() {
        return List.of(
                Check.bronze(
                        "a genuine device is let in, and what it says is kept",
                        "Let connect() accept deviceHandshake(), and onFrame() deliver what deviceSays() says.",
                        this::genuine),
                Check.bronze(
                                "who must not be let in leaves nothing behind",
                                "Check in connect() what the handshake brings, in constant time, and refuse"
                                        + " with 4xx before anything is kept.",
                                this::forged)
                        .onlyIf(
                                !subject.forgedHandshakes().isEmpty(),
                                "forgedHandshakes() says that whoever comes is let in."),
                Check.silver(
                        "what a device says keeps its order",
                        "Deliver within onFrame(), not beside it.",
                        this::ordered),
                Check.silver(
                        "what a device says again is no second message, after a restart neither",
                        "Give each event a key of the device's own making, and keep in state what has to"
                                + " outlive the session.",
                        this::again),
                Check.silver(
                        "a device is told when nothing could be stored",
                        "Let NotStored pass through onFrame(), or tell the device another thing than when"
                                + " it was stored; remember nothing of it.",
                        this::notStored),
                Check.bronze(
                        "hostile frames neither hang nor break it",
                        "Throw an exception for what cannot be read, and bound depth and length while"
                                + " reading.",
                        this::hostileFrames),
                Check.bronze(
                        "hostile handshakes neither hang nor break it",
                        "Answer with Refused, or throw Malformed, for what cannot be read of a handshake.",
                        this::hostileHandshakes),
                Check.bronze(
                        "what sessions keep and log gives nothing away",
                        "Leave secrets out of events, and secrets and what customers say out of the log.",
                        this::redacted),
                Check.bronze(
                        "a device that leaves is let go",
                        "Let onClosed() end within ten seconds, and throw nothing.",
                        this::leaves));
    }

    private void genuine() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host);
                var device = subject.knock(account)) {
            assertThat(device.status()).as("the answer to the handshake").isEqualTo(101);
            device.says(subject.says(FIRST));

            assertThat(subject.said(host)).as("what is stored").containsExactly(FIRST);
            assertThat(device.isOpen()).as("whether the socket stays open").isTrue();
            assertThat(device.thrown()).as("what calls have thrown").isEmpty();
            assertThat(host.deadLetters()).as("dead letters").isEmpty();
            assertThat(host.violations()).as("what the calls may not do").isEmpty();
        }
    }

    private void forged() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            for (var forged : subject.forgedHandshakes()) {
                try (var device = account.knock(forged)) {
                    assertThat(device.status())
                            .as("the answer to a forged handshake")
                            .isBetween(400, 499);
                }
            }
            assertThat(host.stored()).as("what forged handshakes left").isEmpty();
            assertThat(host.state().list("")).as("state of forged handshakes").isEmpty();
        }
    }

    private void ordered() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host);
                var device = subject.knock(account)) {
            for (var text : List.of(FIRST, SECOND, THIRD)) {
                device.says(subject.says(text));
            }
            assertThat(subject.said(host))
                    .as("what is stored")
                    .containsExactly(FIRST, SECOND, THIRD);
        }
    }

    private void again() throws Exception {
        try (var host = new FakeHost()) {
            try (var before = subject.open(host);
                    var device = subject.knock(before)) {
                device.says(subject.says(FIRST)).says(subject.says(FIRST));
            }
            try (var after = subject.open(host);
                    var device = subject.knock(after)) {
                device.says(subject.says(FIRST)).says(subject.says(SECOND));
            }
            assertThat(subject.said(host))
                    .as("messages that are not marked as possible duplicates")
                    .containsExactly(FIRST, SECOND);
        }
    }

    private void notStored() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host);
                var first = subject.knock(account)) {
            int greeted = first.heard().size();
            host.storeUnavailable(true);
            first.says(subject.says(FIRST));
            assertThat(host.journal().refused())
                    .as("deliveries while the store is unavailable")
                    .isPositive();
            host.storeUnavailable(false);
            boolean stays = first.isOpen();
            var told = first.heard().subList(greeted, first.heard().size());

            var second = stays ? first : subject.knock(account);
            int before = second.heard().size();
            second.says(subject.says(FIRST));

            assertThat(subject.said(host))
                    .as("what is stored, now that the device said it again")
                    .containsExactly(FIRST);
            if (stays) {
                assertThat(told)
                        .as("what it was told when nothing was stored: not what it is told now")
                        .isNotEqualTo(second.heard().subList(before, second.heard().size()));
            }
        }
    }

    private void hostileFrames() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var good = bytes(subject.says(FIRST).getFirst());
            for (var body : Hostile.bodies(good).values()) {
                for (var frame : List.of(Frame.text(body.utf8()), Frame.binary(body))) {
                    try (var device = subject.knock(account)) {
                        device.says(List.of(frame));
                    }
                }
            }
            try (var device = subject.knock(account)) {
                device.says(subject.says(SECOND));
                assertThat(subject.said(host))
                        .as("what is stored of a good device after all that")
                        .contains(SECOND);
            }
        }
    }

    private static Bytes bytes(Frame frame) {
        return switch (frame) {
            case Frame.Text said -> Bytes.utf8(said.text());
            case Frame.Binary said -> said.bytes();
        };
    }

    private void hostileHandshakes() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var good = subject.handshake();
            for (var nonsense : NONSENSE) {
                assertAnswered(account, with(good, nonsense, good.query(), good.headers()));
                for (var name : good.query().keySet()) {
                    var query = replaced(good.query(), name, nonsense);
                    assertAnswered(account, with(good, good.path(), query, good.headers()));
                }
                for (var name : good.headers().keySet()) {
                    var headers = replaced(good.headers(), name, List.of(nonsense));
                    assertAnswered(account, with(good, good.path(), good.query(), headers));
                }
                for (int at = 0; at < good.subprotocols().size(); at++) {
                    var offered = new ArrayList<>(good.subprotocols());
                    offered.set(at, nonsense);
                    assertAnswered(account, offering(good, offered));
                }
            }
            assertAnswered(account, with(good, good.path(), Map.of(), Map.of()));
            assertAnswered(account, offering(good, List.of()));
        }
    }

    private static DeviceHandshake offering(DeviceHandshake good, List<String> subprotocols) {
        return new DeviceHandshake(
                good.path(),
                good.query(),
                good.headers(),
                subprotocols,
                good.remote(),
                good.parked());
    }

    private static <T> Map<String, T> replaced(Map<String, T> all, String name, T by) {
        var others = new LinkedHashMap<>(all);
        others.put(name, by);
        return others;
    }

    private static DeviceHandshake with(
            DeviceHandshake good,
            String path,
            Map<String, String> query,
            Map<String, List<String>> headers) {
        return new DeviceHandshake(
                path, query, headers, good.subprotocols(), good.remote(), good.parked());
    }

    private static void assertAnswered(HostedAccount account, DeviceHandshake handshake) {
        try (var device = account.knock(handshake)) {
            assertThat(device.status())
                    .as("the answer to a hostile handshake (500: connect threw)")
                    .isLessThan(500);
        }
    }

    private void redacted() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host);
                var device = subject.knock(account)) {
            device.says(subject.says("a word to nobody else"));
            device.says(List.of(Frame.text("a word to nobody else")));

            Redaction.assertKept(host, subject);
        }
    }

    private void leaves() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host)) {
            var leaving = subject.knock(account).says(subject.says(FIRST));
            leaving.close();

            assertThat(leaving.thrown()).as("what onClosed() threw").isEmpty();
            try (var back = subject.knock(account)) {
                back.says(subject.says(SECOND));
            }
            assertThat(subject.said(host))
                    .as("what is stored when the device came back")
                    .contains(FIRST, SECOND);
        }
    }
}
