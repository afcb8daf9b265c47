package io.tributary.host.leaks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the shortest way from a root to an object, in a heap dump of live objects.
///
/// It goes backwards: first who refers to the object, then who refers to those, each with one walk
/// through the file, until one of them is a root. That needs memory for what was found only, not
/// for the whole heap, and most ways are short.
final class PathToRoot implements Dumped {

    /// What many objects refer to could fill the memory of the member that is to be helped.
    private static final int MOST = 1_000_000;

    private static final int LONGEST = 60;

    private final Index index;
    private final Map<Long, Step> steps = new HashMap<>();
    private Ids frontier = new Ids();
    private Ids next = new Ids();
    private final String type;
    private final String field;
    private final long value;
    private long target;

    /// How one goes on from an object.
    ///
    /// @param to where to; 0: it is the object that was asked for
    /// @param by in words
    private record Step(long to, String by) {}

    private PathToRoot(Index index, String type, String field, long value) {
        this.index = index;
        this.type = type;
        this.field = field;
        this.value = value;
    }

    /// The way to the one object of a class whose field, of type `long`, has that value; empty:
    /// nothing but weak references leads there.
    ///
    /// @throws IOException the dump cannot be read, or the object is not in it
    static Optional<List<String>> find(Path dump, String type, String field, long value)
            throws IOException {
        var search = new PathToRoot(Index.of(dump), type, field, value);
        search.seek(dump);
        var way = search.find(dump);
        if (way.isPresent()) {
            return way;
        }
        search.index.follow();
        return search.find(dump).map(PathToRoot::softly);
    }

    private static List<String> softly(List<String> way) {
        List<String> told = new ArrayList<>(way);
        told.addFirst("soft references only, which go when memory is short");
        return told;
    }

    private void seek(Path dump) throws IOException {
        var seeking = new Seeking();
        Walk.through(dump, seeking);
        if (target == 0) {
            throw new IOException("the object is not in the heap dump: it was collected after all");
        }
    }

    private Optional<List<String>> find(Path dump) throws IOException {
        steps.clear();
        frontier = new Ids();
        steps.put(target, new Step(0, type));
        frontier.add(target);
        for (int length = 0; length < LONGEST && !frontier.isEmpty(); length++) {
            for (long each : frontier.all()) {
                String why = index.root(each);
                if (why != null) {
                    return Optional.of(told(each, why));
                }
            }
            next = new Ids();
            Walk.through(dump, this);
            frontier = next;
            if (steps.size() > MOST) {
                throw new IOException("more than " + MOST + " objects lead there");
            }
        }
        return Optional.empty();
    }

    private List<String> told(long root, String why) {
        List<String> way = new ArrayList<>();
        way.add(why);
        @Nullable Step step = steps.get(root);
        while (step != null) {
            way.add(step.by());
            step = step.to() == 0 ? null : steps.get(step.to());
        }
        return way;
    }

    /// Finds the object itself.
    private final class Seeking implements Dumped {

        private final Map<Long, Integer> offsets = new HashMap<>();

        @Override
        public void object(long id, long kind, byte[] fields, int length) {
            int offset = offsets.computeIfAbsent(kind, this::offset);
            if (offset >= 0 && ByteBuffer.wrap(fields).getLong(offset) == value) {
                target = id;
            }
        }

        private int offset(long kind) {
            try {
                return index.className(kind).equals(type) ? index.offset(kind, field) : -1;
            } catch (IOException unknown) {
                return -1;
            }
        }
    }

    @Override
    public void type(long id, DumpedClass shape) {
        if (steps.containsKey(id)) {
            return;
        }
        for (DumpedClass.Static each : shape.statics()) {
            if (frontier.holds(each.object())) {
                lead(
                        id,
                        each.object(),
                        "static " + index.className(id) + "." + index.name(each.name()));
                return;
            }
        }
        if (frontier.holds(shape.loader())) {
            lead(id, shape.loader(), "class " + index.className(id));
        } else if (frontier.holds(shape.above())) {
            lead(id, shape.above(), "class " + index.className(id));
        } else {
            shape.others().stream()
                    .filter(frontier::holds)
                    .findFirst()
                    .ifPresent(each -> lead(id, each, "class " + index.className(id)));
        }
    }

    @Override
    public void object(long id, long kind, byte[] fields, int length) {
        try {
            Index.Layout layout = index.layout(kind);
            for (int i = 0; i < layout.offsets().length; i++) {
                long object = index.reference(fields, layout.offsets()[i]);
                if (frontier.holds(object) && !steps.containsKey(id)) {
                    lead(id, object, index.className(kind) + "." + index.name(layout.names()[i]));
                    return;
                }
            }
        } catch (IOException unknown) {
            throw new IllegalStateException(unknown);
        }
        if (frontier.holds(kind) && !steps.containsKey(id)) {
            lead(id, kind, "an object of " + index.className(kind));
        }
    }

    @Override
    public void array(long id, long kind, int length, DumpReader at) throws IOException {
        boolean found = false;
        for (int i = 0; i < length; i++) {
            long object = at.id();
            if (!found && frontier.holds(object)) {
                found = true;
                if (!steps.containsKey(id)) {
                    lead(id, object, "an element of " + arrayName(kind));
                }
            }
        }
        if (!found && frontier.holds(kind) && !steps.containsKey(id)) {
            lead(id, kind, "an array of " + arrayName(kind));
        }
    }

    private String arrayName(long kind) {
        String name = index.className(kind);
        return name.startsWith("[L") && name.endsWith(";")
                ? name.substring(2, name.length() - 1) + "[]"
                : name;
    }

    private void lead(long from, long to, String by) {
        steps.put(from, new Step(to, by));
        next.add(from);
    }
}
