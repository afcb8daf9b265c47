package io.tributary.wearables.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

import io.tributary.spi.Health;
import io.tributary.testkit.FakeHost;
import io.tributary.testkit.HostedAccount;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("the terms of a broker")
class BrokerTermsTest {

    private final FakeHost host = new FakeHost();
    private LoopbackBroker broker;
    private HostedAccount account;

    @BeforeEach
    void open() throws Exception {
        broker = new LoopbackBroker(1);
        account = host.open(new WearablesChannel(), Sample.settings(broker.uri()));
    }

    @AfterEach
    void close() throws IOException {
        account.close();
        broker.close();
        host.close();
    }

    private void awaitHealth(Health.State state, String words) {
        await().until(() ->
                host.reported().stream()
                        .anyMatch(each -> each.state() == state && each.text().contains(words)));
    }

    private long lost() {
        return host.counted().getOrDefault(Sessions.LOST, 0L);
    }

    @Test
    @DisplayName("must be QoS 1: with less nothing waits for us")
    void quality() {
        broker.granting(0);
        var connection = account.connect(0);

        awaitHealth(Health.State.STOPPED, "QoS 0");
        assertThat(connection.up()).isFalse();
    }

    @Test
    @DisplayName("must be a session that outlives its connection")
    void noSession() {
        broker.terms(PacketProperties.NONE.number(PacketProperties.SESSION_EXPIRY, 0));
        var connection = account.connect(0);

        awaitHealth(Health.State.STOPPED, "keeps nothing");
        assertThat(connection.up()).isFalse();
    }

    @Test
    @DisplayName("may be a shorter session than we want, which an operator is told")
    void shortSession() throws Exception {
        broker.terms(PacketProperties.NONE.number(PacketProperties.SESSION_EXPIRY, 3_600));
        var connection = account.connect(0);
        awaitHealth(Health.State.DEGRADED, "3600 s");

        assertThat(connection.up()).isTrue();
        var health = ((WearablesAccount) account.account()).check();
        assertThat(health.state()).isEqualTo(Health.State.DEGRADED);
        assertThat(health.text()).contains("3600 s", "604800 s");
    }

    @Test
    @DisplayName("may be too hard for one of several slots, which keeps the account stopped")
    void stoppedBeside() {
        var sessions =
                new Sessions(host.context(Sample.settings(broker.uri())), Duration.ofDays(7));
        var shorter = PacketProperties.NONE.number(PacketProperties.SESSION_EXPIRY, 3_600);
        var stopped = Health.stopped("the broker refuses the subscription", "check topics");
        assertThatNoException()
                .isThrownBy(() -> sessions.granted(1, new Packet.ConnAck(false, 0, shorter)));

        sessions.failed(0, stopped);
        sessions.up(1);
        sessions.report();
        assertThat(sessions.health()).isEqualTo(stopped);
        assertThat(host.reported()).isEmpty();

        sessions.up(0);
        sessions.report();
        assertThat(sessions.health().state()).isEqualTo(Health.State.DEGRADED);
        assertThat(host.reported()).containsExactly(sessions.health());
    }

    @Test
    @DisplayName(
            "may be that the session was lost, which is counted and told; that there was none is not")
    void lostSession() throws Exception {
        var connection = account.connect(0);
        await().until(connection::up);
        broker.cut();
        await().until(() -> connection.begun() == 2 && connection.up());
        assertThat(lost()).isZero();

        broker.forget();
        broker.cut();
        await().until(() -> lost() == 1);
        assertThat(host.logged()).anyMatch(line -> line.text().contains("the session of slot 0"));
    }

    @Test
    @DisplayName("may be that we are refused, and an operator is told what to do")
    void refused() throws Exception {
        broker.password("another");
        account.connect(0);
        awaitHealth(Health.State.STOPPED, "refuses the account");
        assertThat(((WearablesAccount) account.account()).check().state())
                .isEqualTo(Health.State.STOPPED);
    }

    @Test
    @DisplayName("may be that we must not subscribe, and then we are not up")
    void mayNotSubscribe() {
        broker.granting(0x87);
        var connection = account.connect(0);
        awaitHealth(Health.State.STOPPED, "refuses the account");
        assertThat(connection.up()).isFalse();
    }

    @ParameterizedTest(name = "{0} is {1}: {2}")
    @DisplayName("may be those of MQTT 3.1.1 alone, whose refusals are understood")
    @CsvSource({
        "1, STOPPED, MQTT 5",
        "2, STOPPED, client id",
        "3, DOWN, busy",
        "4, STOPPED, refuses the account",
        "5, STOPPED, refuses the account",
    })
    void old(int reason, Health.State state, String words) {
        broker.answeringGreetings(
                new PacketForm().oneByte(0).oneByte(reason).packet(Packet.CONNACK, 0));
        account.connect(0);
        awaitHealth(state, words);
    }
}
