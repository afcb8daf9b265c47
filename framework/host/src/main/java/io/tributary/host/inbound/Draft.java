package io.tributary.host.inbound;

import io.tributary.host.journal.Change;
import io.tributary.host.journal.Expect;
import io.tributary.host.journal.Item;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An item of the journal while it grows.
final class Draft {

    private final Item.@Nullable Once once;
    private final List<Expect> expects = new ArrayList<>(4);
    private final List<Change> changes = new ArrayList<>(6);

    Draft(Item.@Nullable Once once) {
        this.once = once;
    }

    void expect(Expect expect) {
        expects.add(expect);
    }

    void change(Change change) {
        changes.add(change);
    }

    boolean changesNothing() {
        return changes.isEmpty();
    }

    boolean empty() {
        return expects.isEmpty() && changes.isEmpty();
    }

    Item item() {
        return new Item(once, expects, changes);
    }
}
