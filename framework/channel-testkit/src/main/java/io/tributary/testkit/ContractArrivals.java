package io.tributary.testkit;

import io.tributary.spi.Arrival;
import io.tributary.spi.HoldsConnections;
import io.tributary.spi.HostsDevices;
import io.tributary.spi.RawEvent;
import io.tributary.spi.ReceivesWebhooks;
import io.tributary.spi.WebhookVerdict;
import java.util.ArrayList;
import java.util.List;

/// What every way in brings, as it is handed to `translate`: one word by each.
final class ContractArrivals {

    private final ContractSubject subject;

    ContractArrivals(ContractSubject subject) {
        this.subject = subject;
    }

    List<Arrival> all(FakeHost host, HostedAccount account) throws Exception {
        var events = new ArrayList<RawEvent>();
        if (account.account() instanceof ReceivesWebhooks webhooks) {
            var verdict = account.call(CallKind.VERIFY, () -> webhooks.verify(subject.webhook()));
            if (!(verdict instanceof WebhookVerdict.Accepted accepted)) {
                throw new AssertionError("webhookWithOneMessage() is refused: " + verdict);
            }
            events.addAll(accepted.delivery().events());
        }
        if (account.account() instanceof HoldsConnections && subject.connectionsBring()) {
            events.addAll(delivered());
        }
        if (account.account() instanceof HostsDevices) {
            events.addAll(framed());
        }
        return events.stream().map(event -> Arrival.of(event, host.clock().instant())).toList();
    }

    /// What comes on a connection.
    private List<RawEvent> delivered() throws Exception {
        try (var scene = ConnectedScene.begin(subject)) {
            scene.say(ContractSubject.WORD);
            var host = scene.host();
            subject.patience()
                    .until(
                            "what was said",
                            () ->
                                    subject.said(host).contains(ContractSubject.WORD)
                                            || !host.deadLetters().isEmpty());
            return host.journal().events();
        }
    }

    /// What comes from a device.
    private List<RawEvent> framed() throws Exception {
        try (var host = new FakeHost();
                var account = subject.open(host);
                var device = subject.knock(account)) {
            device.says(subject.says(ContractSubject.WORD));
            return host.journal().events();
        }
    }
}
