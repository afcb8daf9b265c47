package io.tributary.host.leaks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Finds the shortest way from a root to an object, in a heap dump of live objects.
///
/// It goes backwards: first who refers to the object, then who refers to those, each with one walk
/// through the file, until one of them is a root. That needs memory for what was found only, not
/// for the whole heap, and most ways are short. One more walk finds the names of the way.
final class PathToRoot implements References.Sought {

    /// What many objects refer to could fill the memory of the member that is to be helped.
    private static final int MOST = 500_000;

    private static final int LONGEST = 60;

    private final Index index;
    private final String type;
    private final String field;
    private final long value;
    private Steps steps = new Steps();
    private int level;
    private long root;
    private long target;

    private PathToRoot(Index index, String type, String field, long value) {
        this.index = index;
        this.type = type;
        this.field = field;
        this.value = value;
    }

    /// The way to the one object of a class whose field, of type `long`, has that value; empty:
    /// nothing but weak references leads there.
    ///
    /// @throws IOException the dump cannot be read, the object is not in it, or too much leads to
    ///   it
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
        steps = new Steps();
        root = 0;
        add(target, 0, 1);
        for (level = 1; root == 0 && level < LONGEST; level++) {
            int before = steps.size();
            Walk.through(dump, new References(index, this));
            if (steps.size() == before) {
                return Optional.empty();
            }
        }
        return root == 0 ? Optional.empty() : Optional.of(told(dump));
    }

    @Override
    public boolean seeks(long from, long to) {
        return steps.level(to) == level && root == 0 && steps.level(from) == 0;
    }

    @Override
    public void found(long from, long to, Supplier<String> how) throws IOException {
        // at once: a single walk may find millions
        if (steps.size() >= MOST) {
            throw new IOException("more than " + MOST + " objects lead there");
        }
        add(from, to, level + 1);
    }

    private void add(long from, long to, int level) {
        steps.add(from, to, level);
        if (root == 0 && index.root(from) != null) {
            root = from;
        }
    }

    private List<String> told(Path dump) throws IOException {
        var names = new Names(root, target, steps);
        if (root != target) {
            Walk.through(dump, new References(index, names));
        }
        List<String> way = new ArrayList<>();
        way.add(String.valueOf(index.root(root)));
        way.addAll(names.inOrder());
        way.add(type);
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
}
