package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.model.Bytes;
import io.tributary.spi.Account;
import io.tributary.spi.AccountContext;
import io.tributary.spi.DeviceHandshake;
import io.tributary.spi.DeviceLink;
import io.tributary.spi.DeviceVerdict;
import io.tributary.spi.Frame;
import io.tributary.testkit.bell.BellAccount;
import io.tributary.testkit.bell.BellChannel;
import io.tributary.testkit.bell.BellSession;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the fake host's devices")
class FakeDevicesTest {

    private static final DeviceHandshake GOOD =
            FakeHost.handshake("", Map.of("bell", "front-door", "key", "ding"));
    private static final List<Frame> RING = List.of(Frame.text("ring 1 hello"));

    private final FakeHost host = new FakeHost();
    private @Nullable DeviceLink link;

    @AfterEach
    void close() {
        host.close();
    }

    private HostedAccount open() throws Exception {
        return open(BellSession::new);
    }

    /// How the account makes its sessions.
    @FunctionalInterface
    private interface Made {
        BellSession session(AccountContext context, DeviceLink link, String name)
                throws IOException;
    }

    private HostedAccount open(Made made) throws Exception {
        return host.open(
                new BellChannel() {
                    @Override
                    public Account open(AccountContext context) {
                        return new BellAccount(context) {
                            @Override
                            protected BellSession session(DeviceLink given, String name) {
                                link = given;
                                try {
                                    return made.session(context, given, name);
                                } catch (IOException gone) {
                                    throw new IllegalStateException(gone);
                                }
                            }
                        };
                    }
                },
                TestSettings.NONE.withSecret("key", "ding"));
    }

    private DeviceLink link() {
        return Objects.requireNonNull(link);
    }

    @Test
    @DisplayName(
            "are let in or refused as the channel says, and a choice of what was not offered fails")
    void handshakes() throws Exception {
        try (var account = open()) {
            assertThat(account.knock(GOOD).status()).isEqualTo(101);
            assertThat(account.knock(FakeHost.handshake("", Map.of())).status()).isEqualTo(401);
        }
        var choosing =
                new BellChannel() {
                    @Override
                    public Account open(AccountContext context) {
                        return new BellAccount(context) {
                            @Override
                            public DeviceVerdict connect(
                                    DeviceHandshake handshake, DeviceLink given) throws Exception {
                                return ((DeviceVerdict.Accepted) super.connect(handshake, given))
                                        .subprotocol("bells.v9");
                            }
                        };
                    }
                };
        try (var account = host.open(choosing, TestSettings.NONE.withSecret("key", "ding"))) {
            assertThat(account.knock(GOOD).status()).isEqualTo(500);
        }
    }

    @Test
    @DisplayName("hear what was sent inside connect once they are let in")
    void early() throws Exception {
        try (var account =
                open((context, given, name) -> {
                    given.send(Frame.text("welcome"));
                    return new BellSession(context, given, name);
                })) {
            var device = account.knock(GOOD);

            assertThat(device.heard()).containsExactly(Frame.text("welcome"));
            assertThat(device.followed()).containsExactly(Map.entry("front-door", ""));
        }
    }

    @Test
    @DisplayName("have one socket each: the newer takes the place of the older")
    void replaced() throws Exception {
        try (var account = open()) {
            var older = account.knock(GOOD);
            var newer = account.knock(GOOD);

            assertThat(older.closedWith()).isEqualTo(OptionalInt.of(1000));
            assertThat(newer.says(RING).heard()).containsExactly(Frame.text("rung 1"));
        }
    }

    @Test
    @DisplayName(
            "are closed with 1013 where nothing was stored, and with 1011 where the session threw")
    void failures() throws Exception {
        try (var account = open()) {
            host.storeUnavailable(true);
            var full = account.knock(GOOD).says(RING);
            host.storeUnavailable(false);
            var broken = account.knock(GOOD).says(List.of(Frame.binary(Bytes.EMPTY)));

            assertThat(full.closedWith()).isEqualTo(OptionalInt.of(1013));
            assertThat(broken.closedWith()).isEqualTo(OptionalInt.of(1011));
            assertThat(broken.says(RING).heard()).isEmpty();
            assertThat(host.stored()).isEmpty();
        }
    }

    @Test
    @DisplayName("are closed by channels with codes of their own only, and the link is over then")
    void closing() throws Exception {
        try (var account = open()) {
            var device = account.knock(GOOD);
            assertThatThrownBy(() -> link().close(1011, "no"))
                    .isInstanceOf(IllegalArgumentException.class);
            link().close(3001, "bye");

            assertThat(device.closedWith()).isEqualTo(OptionalInt.of(3001));
            assertThatThrownBy(() -> link().send(Frame.text("too late")))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    @DisplayName(
            "keep their socket when another version goes on, and lose it with 1012 when none does")
    void handedOver() throws Exception {
        try (var before = open();
                var after = open();
                var refusing =
                        host.open(new BellChannel(), TestSettings.NONE.withSecret("key", "dong"))) {
            var device = before.knock(GOOD);
            var old = link();
            device.handOver(after);

            assertThat(device.isOpen()).isTrue();
            assertThatThrownBy(() -> old.send(Frame.text("from beyond")))
                    .isInstanceOf(IOException.class);
            assertThat(device.says(RING).heard()).containsExactly(Frame.text("rung 1"));
            device.handOver(refusing);
            assertThat(device.closedWith()).isEqualTo(OptionalInt.of(1012));
        }
    }

    @Test
    @DisplayName("are closed with 1012 where their account is, unless they were handed over")
    void accountClosed() throws Exception {
        var account = open();
        var device = account.knock(GOOD);
        account.close();

        assertThat(device.closedWith()).isEqualTo(OptionalInt.of(1012));
    }

    @Test
    @DisplayName("belong to the account that took them over: it closes them, and tells the session")
    void closedByTheNext() throws Exception {
        var told = new ArrayList<String>();
        try (var before = open()) {
            var after =
                    open((context, given, name) ->
                            new BellSession(context, given, name) {
                                @Override
                                public void onClosed() {
                                    told.add(name);
                                }
                            });
            var device = before.knock(GOOD);
            device.handOver(after);
            after.close();

            assertThat(device.closedWith()).isEqualTo(OptionalInt.of(1012));
            assertThat(told).containsExactly("front-door");
        }
    }

    @Test
    @DisplayName(
            "lose their socket where the next version takes them for others, and its link ends")
    void anotherDevice() throws Exception {
        var renaming =
                new BellChannel() {
                    @Override
                    public Account open(AccountContext context) {
                        return new BellAccount(context) {
                            @Override
                            public DeviceVerdict connect(
                                    DeviceHandshake handshake, DeviceLink given) {
                                link = given;
                                return DeviceVerdict.accepted(
                                        "back-door", session(given, "back-door"));
                            }
                        };
                    }
                };
        try (var before = open();
                var after = host.open(renaming, TestSettings.NONE.withSecret("key", "ding"))) {
            var device = before.knock(GOOD);
            device.handOver(after);

            assertThat(device.closedWith()).isEqualTo(OptionalInt.of(1012));
            assertThatThrownBy(() -> link().send(Frame.text("who is there?")))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    @DisplayName("are all closed, and their account too, where the end of one fails")
    void endsWhateverFails() throws Exception {
        var account =
                open((context, given, name) ->
                        new BellSession(context, given, name) {
                            @Override
                            public void onClosed() {
                                throw new StackOverflowError("deep down");
                            }
                        });
        var one = account.knock(GOOD);
        var other = account.knock(FakeHost.handshake("", Map.of("bell", "back", "key", "ding")));
        var left = link();

        assertThatThrownBy(account::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("StackOverflowError");
        assertThat(List.of(one.closedWith(), other.closedWith()))
                .containsOnly(OptionalInt.of(1012));
        assertThatThrownBy(() -> left.send(Frame.text("still here")))
                .isInstanceOf(IOException.class);
    }

    @Test
    @DisplayName("upload what their session was permitted")
    void uploads() throws Exception {
        try (var account = open()) {
            account.knock(GOOD);
            var upload = link().upload("bell.png", "image/png", 100);
            host.upload(upload, Bytes.utf8("picture"));

            assertThat(upload.url().toString()).contains("/uploads/");
            try (var stored = host.media().open(upload.media())) {
                assertThat(stored.readAllBytes()).isEqualTo(Bytes.utf8("picture").toArray());
            }
        }
    }
}
