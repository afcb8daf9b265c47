package io.tributary.host.api;

import io.tributary.host.access.Scope;
import io.tributary.host.http.Answer;
import io.tributary.host.http.Request;
import io.tributary.host.http.Routes;
import io.tributary.host.journal.Journal;
import io.tributary.host.outbound.Signals;
import io.tributary.model.InteractionId;
import io.tributary.spi.SendsSignals;
import java.util.UUID;

/// That an agent is writing, or has read: shown to the customer where the channel can.
final class SignalResources {

    private static final long SMALL = 16 * 1024;

    private final Journal journal;
    private final Signals signals;

    SignalResources(Journal journal, Signals signals) {
        this.journal = journal;
        this.signals = signals;
    }

    void add(Routes routes) {
        routes.add(
                "POST",
                "/v1/conversations/{id}/signals",
                Scope.INTERACTIONS_WRITE,
                SMALL,
                this::pass);
    }

    private Answer pass(Request request) {
        var conversation =
                Seen.conversation(journal, request.principal(), Ids.conversation(request));
        RequestJson body = RequestJson.of(request);
        SendsSignals.Kind kind =
                switch (body.needText("kind")) {
                    case "typing" -> SendsSignals.Kind.TYPING;
                    case "idle" -> SendsSignals.Kind.IDLE;
                    case "read" -> SendsSignals.Kind.READ;
                    default -> {
                        body.error("/kind", "must be typing, idle or read");
                        yield SendsSignals.Kind.IDLE;
                    }
                };
        UUID upTo = body.uuid("upTo");
        if (upTo != null && kind != SendsSignals.Kind.READ) {
            body.error("/upTo", "only says up to where something was read");
        }
        body.finish();
        signals.pass(conversation, kind, upTo == null ? null : new InteractionId(upTo));
        return Answer.nothing();
    }
}
