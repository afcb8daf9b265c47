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
        var runs = PlainRuns.of(units);
        int plain = 0;
        var text = new BatchText();
        text.beginList();
        for (int i = 0; i < units.size(); i++) {
            Prepared unit = units.get(i);
            int begins = runs.beginsWith(i);
            plain = Math.max(plain, begins);
            text.beginList();
            if (plain > 0) {
                plain--;
                writePlain(unit.items.getFirst(), begins, text);
            } else {
                unit.items.forEach(item -> write(item, text));
            }
            text.endList();
        }
        text.endList();
        return text.finished();
    }

    /// @param run how many it begins; 0: it goes on
    private static void writePlain(Prepared.Ready ready, int run, BatchText text) {
        List<Change> changes = ready.item.changes();
        text.begin();
        if (run > 0) {
            text.put("p", run);
        }
        if (ready.once != null) {
            text.put("o", ready.once);
        }
        expects(ready, text);
        for (Change change : changes) {
            switch (change) {
                case Change.Append message -> writeAs("m", message, text);
                case Change.KeepRaw event -> writeAs("w", event, text);
                default -> {
                    // listed below
                }
            }
        }
        text.beginList("f");
        for (Change change : changes) {
            if (change instanceof Change.BindReference) {
                text.begin();
                ChangeText.write(change, text);
                text.end();
            }
        }
        text.endList();
        text.end();
    }

    private static void writeAs(String name, Change change, BatchText text) {
        text.begin(name);
        ChangeText.write(change, text);
        text.end();
    }

    private static void expects(Prepared.Ready ready, BatchText text) {
        text.beginList("e");
        for (Expect expect : ready.item.expects()) {
            text.begin();
            ExpectText.write(expect, text);
            text.end();
        }
        text.endList();
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
        expects(ready, text);
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
