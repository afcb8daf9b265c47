package io.tributary.host.journal;

import io.tributary.model.Bytes;
import java.util.List;

/// Units as the database's functions read them: JSON for what is tested and written, and the bodies
/// beside it in one piece, since most of what comes is bodies.
///
/// The names are those that `R__functions.sql` explains.
final class UnitText {

    private UnitText() {}

    /// A batch, ready to be sent as often as it takes.
    record Encoded(String units, Bytes bodies) {}

    static Encoded of(List<Prepared> units) {
        var text = new BatchText();
        text.beginList();
        for (Prepared unit : units) {
            text.beginList();
            unit.items.forEach(item -> write(item, text));
            text.endList();
        }
        text.endList();
        return text.finished();
    }

    private static void write(Prepared.Ready ready, BatchText text) {
        List<Change> changes = ready.item.changes();
        long rawEvents = changes.stream().filter(Change.KeepRaw.class::isInstance).count();
        text.begin();
        if (ready.once != null) {
            text.put("o", ready.once);
        }
        text.mark("a", changes.stream().anyMatch(Change.Append.class::isInstance));
        text.mark("r", rawEvents > 0);
        text.mark("m", rawEvents > 1);
        text.beginList("e");
        for (Expect expect : ready.item.expects()) {
            text.begin();
            ExpectText.write(expect, text);
            text.end();
        }
        text.endList();
        text.beginList("c");
        for (Change change : changes) {
            text.begin();
            ChangeText.write(change, text);
            text.end();
        }
        text.endList();
        text.end();
    }
}
