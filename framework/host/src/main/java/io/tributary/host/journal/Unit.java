package io.tributary.host.journal;

import java.util.List;

/// What is committed together: all items, or none when one of them rests on something that is no
/// longer so.
///
/// An item whose dedupe key is known already is passed over and answered with what was stored the
/// first time; its neighbours are stored all the same.
public record Unit(List<Item> items) {

    public Unit {
        items = List.copyOf(items);
    }

    /// A unit of one item without dedupe.
    public static Unit of(List<Expect> expects, List<Change> changes) {
        return new Unit(List.of(new Item(null, expects, changes)));
    }

    public static Unit of(Change... changes) {
        return of(List.of(), List.of(changes));
    }
}
