package io.tributary.host.outbound;

import io.tributary.host.accounts.OpenAccount;
import io.tributary.host.calls.Calls;
import io.tributary.host.calls.PluginFailure;
import io.tributary.host.journal.Change;
import io.tributary.model.Content;
import io.tributary.model.Part;
import io.tributary.spi.SplitsText;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Shows what was decided about a draft: what the sender would take from the outbox, had it been
/// committed. Blocking.
final class Preview {

    private final Replies.Carrier carrier;
    private final Iterator<List<String>> segments;

    private Preview(Replies.Carrier carrier, Iterator<List<String>> segments) {
        this.carrier = carrier;
        this.segments = segments;
    }

    static Previewed of(Replies.Decision decision) throws InterruptedException {
        var carrier = decision.carrier();
        if (carrier == null) {
            return new Previewed.Sendable(List.of(), null);
        }
        var interaction = decision.interaction();
        var sends =
                decision.unit().items().stream()
                        .flatMap(item -> item.changes().stream())
                        .filter(Change.Enqueue.class::isInstance)
                        .map(Change.Enqueue.class::cast)
                        .map(send -> Carriage.parts(send.firstPart(), send.parts(), interaction))
                        .toList();
        var texts =
                sends.stream()
                        .flatMap(List::stream)
                        .map(Part::content)
                        .filter(Content.Text.class::isInstance)
                        .map(content -> ((Content.Text) content).text())
                        .toList();
        var preview = new Preview(carrier, segments(carrier.account(), texts).iterator());
        return new Previewed.Sendable(
                sends.stream().map(preview::send).toList(),
                interaction.extensions().get(Degraded.EXTENSION));
    }

    private Previewed.Send send(List<Part> parts) {
        return new Previewed.Send(
                parts.stream()
                        .map(part -> new Previewed.Carried(part, measure(part.content())))
                        .toList());
    }

    private Previewed.@Nullable Measure measure(Content content) {
        if (!(content instanceof Content.Text text)) {
            return null;
        }
        var support = carrier.capabilities().support(text.capability());
        return new Previewed.Measure(
                Limits.length(text.text(), support.unit()),
                support.unit(),
                support.length(),
                segments.hasNext() ? segments.next() : List.of());
    }

    /// Those of each text, in one call, so that all of them have one deadline together. Where the
    /// channel cannot say there are none of that text and of those after it: they go all the same.
    static List<List<String>> segments(OpenAccount account, List<String> texts)
            throws InterruptedException {
        var splits = account.ability(SplitsText.class);
        if (splits.isEmpty() || texts.isEmpty()) {
            return List.of();
        }
        // a call that is given up may still add to it
        var said = new CopyOnWriteArrayList<List<String>>();
        try {
            return account.calls()
                    .ask(
                            Calls.Kind.SPLIT,
                            account.id(),
                            () -> {
                                for (var text : texts) {
                                    if (Thread.interrupted()) {
                                        throw new InterruptedException();
                                    }
                                    said.add(List.copyOf(splits.get().split(text)));
                                }
                                return said;
                            });
        } catch (PluginFailure failure) {
            return said;
        }
    }
}
