package io.tributary.host.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A unit with all that can be worked out before its turn, on the thread of the one who hands it
/// in: the writer's thread is what all wait for.
final class Prepared {

    private static final int UNIT_BYTES = 256;

    final Unit unit;
    final CompletableFuture<Commit> future = new CompletableFuture<>();
    final List<Ready> items;
    final long bytes;

    Prepared(Unit unit) {
        this.unit = unit;
        this.items = new ArrayList<>(unit.items().size());
        long sum = UNIT_BYTES;
        for (Item item : unit.items()) {
            Ready ready = new Ready(item);
            items.add(ready);
            sum += ready.bytes;
        }
        this.bytes = sum;
    }

    /// One item.
    static final class Ready {

        final Item item;
        final @Nullable Hash once;
        final long bytes;
        private final @Nullable Object[] prepared;

        Ready(Item item) {
            this.item = item;
            this.once =
                    item.once() == null ? null : Hash.of(item.once().account(), item.once().key());
            List<Change> changes = item.changes();
            this.prepared = new Object[changes.size()];
            long sum = 0;
            for (int i = 0; i < prepared.length; i++) {
                Object made = prepare(changes.get(i));
                prepared[i] = made;
                sum += weigh(changes.get(i), made);
            }
            this.bytes = sum;
        }

        /// What was made of the change with this index, of the type that [#prepare] gives it.
        Object prepared(int index) {
            Object made = prepared[index];
            if (made == null) {
                throw new IllegalStateException("nothing is prepared for this change");
            }
            return made;
        }

        private static @Nullable Object prepare(Change change) {
            if (change instanceof Change.Append append) {
                return new InteractionRow(append);
            }
            if (change instanceof Change.KeepRaw event) {
                return new RawRow(event);
            }
            if (change instanceof Change.BindReference reference) {
                return Hash.of(reference.account(), reference.externalId());
            }
            return null;
        }

        private static long weigh(Change change, @Nullable Object made) {
            return switch (made) {
                case InteractionRow row -> row.bytes();
                case RawRow row -> row.bytes();
                case null, default -> Weights.of(change);
            };
        }
    }
}
