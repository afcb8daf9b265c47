package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Change;
import io.tributary.model.Content;
import io.tributary.model.Interaction;
import io.tributary.model.Part;
import io.tributary.spi.SplitsText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shows what was decided about a draft: what the sender would take from the outbox, had it been
/// committed. Blocking.
final class Preview {

    private final Interaction interaction;
    private final Replies.Carrier carrier;

    private Preview(Interaction interaction, Replies.Carrier carrier) {
        this.interaction = interaction;
        this.carrier = carrier;
    }

    static Previewed of(Replies.Decision decision) throws InterruptedException {
        var carrier = decision.carrier();
        if (carrier == null) {
            return new Previewed.Sendable(List.of(), null);
        }
        var preview = new Preview(decision.interaction(), carrier);
        var sends = new ArrayList<Previewed.Send>();
        for (var item : decision.unit().items()) {
            for (var change : item.changes()) {
                if (change instanceof Change.Enqueue send) {
                    sends.add(preview.send(send));
                }
            }
        }
        return new Previewed.Sendable(
                sends, decision.interaction().extensions().get(Degraded.EXTENSION));
    }

    private Previewed.Send send(Change.Enqueue send) throws InterruptedException {
        var carried = new ArrayList<Previewed.Carried>();
        for (Part part : Carriage.parts(send.firstPart(), send.parts(), interaction)) {
            carried.add(new Previewed.Carried(part, measure(part.content())));
        }
        return new Previewed.Send(carried);
    }

    private Previewed.@Nullable Measure measure(Content content) throws InterruptedException {
        if (!(content instanceof Content.Text text)) {
            return null;
        }
        var support = carrier.capabilities().support(text.capability());
        return new Previewed.Measure(
                Limits.length(text.text(), support.unit()),
                support.unit(),
                support.length(),
                segments(carrier.account(), text.text()));
    }

    /// None where the channel cannot say: the text goes all the same.
    private static List<String> segments(OpenAccount account, String text)
            throws InterruptedException {
        var splits = account.ability(SplitsText.class);
        if (splits.isEmpty()) {
            return List.of();
        }
        try {
            return account.calls()
                    .ask(
                            Calls.Kind.SPLIT,
                            account.id(),
                            () -> List.copyOf(splits.get().split(text)));
        } catch (PluginFailure failure) {
            return List.of();
        }
    }
}
