package io.tributary.testkit;

import java.time.Duration;
import java.util.List;

/// Has connections leave in every state in which they could be: at rest, with something that cannot
/// be stored, and without their lease.
final class ConnectionLeaving {

    private static final String FIRST = "the first";
    private static final String SECOND = "the second";
    private static final String THIRD = "the third";

    private final ContractSubject subject;

    ConnectionLeaving(ContractSubject subject) {
        this.subject = subject;
    }

    void leaves() throws Exception {
        var limit = subject.patience().limit();
        try (var scene = ConnectedScene.begin(subject)) {
            if (subject.connectionsBring()) {
                leavesWithWords(scene, limit);
            } else {
                awaitRunning(scene.connections());
                scene.connections().forEach(each -> each.leave(limit));
                var lost = scene.account().connect();
                awaitRunning(lost);
                lost.forEach(each -> each.lose(limit));
            }
        }
    }

    /// Something has come, or waits to be stored.
    private void leavesWithWords(ConnectedScene scene, Duration limit) throws Exception {
        scene.say(FIRST);
        scene.awaitStored(FIRST);
        scene.connections().forEach(each -> each.leave(limit));

        refused(scene, SECOND).forEach(each -> each.leave(limit));
        stored(scene, FIRST, SECOND).forEach(each -> each.lose(limit));
        // deliver() says LOST from here on
        refused(scene, THIRD).forEach(each -> each.lose(limit));
        stored(scene, FIRST, SECOND, THIRD);
    }

    /// Connections that have something to deliver and cannot.
    private List<HostedConnection> refused(ConnectedScene scene, String text) throws Exception {
        scene.host().storeUnavailable(true);
        int before = scene.host().journal().refused();
        var connections = scene.account().connect();
        scene.say(text);
        awaitRefused(scene, before);
        return connections;
    }

    /// Connections that have delivered it, now that they can.
    private static List<HostedConnection> stored(ConnectedScene scene, String... texts)
            throws Exception {
        scene.host().storeUnavailable(false);
        var connections = scene.account().connect();
        scene.awaitStored(texts);
        return connections;
    }

    /// Waits until these are up, or have ended already.
    void awaitRunning(List<HostedConnection> connections) throws Exception {
        subject.patience()
                .until(
                        "run() to report UP at a provider that works, or to end",
                        () ->
                                connections.stream()
                                        .allMatch(each -> each.up() || !each.endings().isEmpty()));
    }

    /// Waits for one more refused delivery than there were before.
    void awaitRefused(ConnectedScene scene, int before) throws Exception {
        subject.patience()
                .until(
                        "a delivery while the store is unavailable",
                        () -> scene.host().journal().refused() > before);
    }
}
