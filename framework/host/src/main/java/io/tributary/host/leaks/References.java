package io.tributary.host.leaks;

import java.io.IOException;
import java.util.function.Supplier;

/// Tells which objects of a heap dump refer to those that are sought: of each the first reference
/// that leads to one.
final class References implements Dumped {

    private final Index index;
    private final Sought sought;

    References(Index index, Sought sought) {
        this.index = index;
        this.sought = sought;
    }

    /// Says what is sought, and is told what was found.
    interface Sought {

        /// Whether a reference between these two is one.
        boolean seeks(long from, long to);

        /// @param how in names of classes and fields; made only where it is asked for
        void found(long from, long to, Supplier<String> how) throws IOException;
    }

    @Override
    public void type(long id, DumpedClass shape) throws IOException {
        for (DumpedClass.Static each : shape.statics()) {
            if (sought.seeks(id, each.object())) {
                sought.found(
                        id,
                        each.object(),
                        () -> "static " + index.className(id) + "." + index.name(each.name()));
                return;
            }
        }
        if (!sees(id, shape.loader()) && !sees(id, shape.above())) {
            for (long other : shape.others()) {
                if (sees(id, other)) {
                    return;
                }
            }
        }
    }

    private boolean sees(long type, long other) throws IOException {
        if (!sought.seeks(type, other)) {
            return false;
        }
        sought.found(type, other, () -> "class " + index.className(type));
        return true;
    }

    @Override
    public void object(long id, long kind, byte[] fields, int length) throws IOException {
        Index.Layout layout = index.layout(kind);
        for (int i = 0; i < layout.offsets().length; i++) {
            long object = index.reference(fields, layout.offsets()[i]);
            if (sought.seeks(id, object)) {
                long name = layout.names()[i];
                sought.found(id, object, () -> index.className(kind) + "." + index.name(name));
                return;
            }
        }
        if (sought.seeks(id, kind)) {
            sought.found(id, kind, () -> "an object of " + index.className(kind));
        }
    }

    @Override
    public void array(long id, long kind, int length, DumpReader at) throws IOException {
        boolean found = false;
        for (int i = 0; i < length; i++) {
            long object = at.id();
            if (!found && sought.seeks(id, object)) {
                found = true;
                sought.found(id, object, () -> "an element of " + arrayName(kind));
            }
        }
        if (!found && sought.seeks(id, kind)) {
            sought.found(id, kind, () -> "an array of " + arrayName(kind));
        }
    }

    private String arrayName(long kind) {
        String name = index.className(kind);
        return name.startsWith("[L") && name.endsWith(";")
                ? name.substring(2, name.length() - 1) + "[]"
                : name;
    }
}
