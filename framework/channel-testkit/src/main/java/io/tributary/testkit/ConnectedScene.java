package io.tributary.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.spi.Arrival;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// An account that is connected to a simulator of its provider.
///
/// @param host outlives the account: what is opened next goes on with its state
record ConnectedScene(
        ContractSubject subject,
        Simulator simulator,
        FakeHost host,
        HostedAccount account,
        List<HostedConnection> connections)
        implements AutoCloseable {

    static ConnectedScene begin(ContractSubject subject) throws Exception {
        var simulator = subject.simulator();
        var host = new FakeHost();
        try {
            var account = subject.open(host, simulator.uri());
            return new ConnectedScene(subject, simulator, host, account, account.connect());
        } catch (Exception | Error failed) {
            host.close();
            simulator.close();
            throw failed;
        }
    }

    /// The first customer says something.
    void say(String text) throws Exception {
        simulator.say(0, text);
    }

    /// Waits until exactly this is stored, and meanwhile holds the channel to it that nothing is
    /// acknowledged before.
    void awaitStored(String... texts) throws Exception {
        var expected = List.of(texts);
        subject.patience()
                .until(
                        () -> "what was said to be stored: " + expected + ", while " + state(),
                        () -> {
                            var acknowledged = simulator.acknowledged();
                            var stored = subject.said(host);
                            assertThat(stored)
                                    .as("what is stored, of what the provider need not repeat")
                                    .containsAll(acknowledged);
                            return stored.size() >= expected.size();
                        });
        assertThat(subject.said(host)).as("what is stored").containsExactlyElementsOf(expected);
    }

    /// What was said in all that was delivered, event by event, duplicates too.
    List<String> delivered() throws Exception {
        var delivered = new ArrayList<String>();
        for (var event : host.journal().events()) {
            var arrival = Arrival.of(event, host.clock().instant());
            delivered.addAll(subject.said(account.translate(arrival)));
        }
        return delivered;
    }

    /// Waits until the provider knows that it need not repeat this.
    void awaitAcknowledged(String... texts) throws Exception {
        var expected = List.of(texts);
        subject.patience()
                .until(
                        "the provider to be told that it need not repeat " + expected,
                        () -> simulator.acknowledged().containsAll(expected));
    }

    /// The connection that sends to the contract's conversation.
    HostedConnection sender() {
        int slots = connections.size();
        var address = subject.conversation().address();
        return connections.get(Shares.of(address, slots));
    }

    private String state() {
        return "its connections ended so far: "
                + connections.stream().flatMap(each -> each.endings().stream()).toList();
    }

    @Override
    public void close() throws IOException {
        try (host;
                simulator) {
            account.close();
        }
    }
}
