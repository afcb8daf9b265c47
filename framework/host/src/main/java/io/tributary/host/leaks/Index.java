package io.tributary.host.leaks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The classes, their names and the roots of a heap dump: all that has to be known before its
/// objects can be read.
final class Index implements Dumped {

    private static final String REFERENCE = "java.lang.ref.Reference";
    private static final String SOFT = "java.lang.ref.SoftReference";

    private final int idSize;
    private final Map<Long, String> names = new HashMap<>();
    private final Map<Long, Long> classNames = new HashMap<>();
    private final Map<Long, DumpedClass> classes = new HashMap<>();
    private final Map<Long, String> roots = new HashMap<>();
    private final Map<Long, Layout> layouts = new HashMap<>();

    /// Where the references are among the bytes of an object.
    ///
    /// @param names of the fields, by id
    /// @param offsets of the same fields
    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    record Layout(long[] names, int[] offsets) {}

    private boolean softly;

    private Index(int idSize) {
        this.idSize = idSize;
    }

    /// From now on soft references count, too: they hold until memory is short.
    void follow() {
        softly = true;
        layouts.clear();
    }

    static Index of(Path dump) throws IOException {
        int idSize;
        try (var reader = new DumpReader(dump)) {
            idSize = reader.idSize();
        }
        var index = new Index(idSize);
        Walk.through(dump, index);
        return index;
    }

    @Override
    public void name(long id, DumpReader at, int length) throws IOException {
        names.put(id, at.text(length));
    }

    @Override
    public void className(long type, long name) {
        classNames.put(type, name);
    }

    @Override
    public void root(long object, String why) {
        roots.putIfAbsent(object, why);
    }

    @Override
    public void type(long id, DumpedClass shape) {
        classes.put(id, shape);
    }

    int idSize() {
        return idSize;
    }

    /// Why the object is alive by itself; null: it is not.
    @Nullable String root(long object) {
        return roots.get(object);
    }

    /// The class; null where there is none of that id.
    @Nullable DumpedClass type(long id) {
        return classes.get(id);
    }

    String className(long type) {
        Long name = classNames.get(type);
        return name == null ? "?" : name(name).replace('/', '.');
    }

    String name(long id) {
        return names.getOrDefault(id, "?");
    }

    /// Which of the references of its objects keep something alive: not what is referred to weakly.
    Layout layout(long type) throws IOException {
        Layout known = layouts.get(type);
        if (known == null) {
            known = made(type);
            layouts.put(type, known);
        }
        return known;
    }

    private Layout made(long type) throws IOException {
        List<Long> found = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        int offset = 0;
        boolean soft = false;
        for (long at = type; at != 0; ) {
            DumpedClass shape = classes.get(at);
            if (shape == null) {
                break;
            }
            soft |= className(at).equals(SOFT);
            boolean weak = className(at).equals(REFERENCE) && !(softly && soft);
            for (DumpedClass.Field field : shape.fields()) {
                if (field.isReference() && !(weak && name(field.name()).equals("referent"))) {
                    found.add(field.name());
                    offsets.add(offset);
                }
                offset += Walk.size(field.type(), idSize);
            }
            at = shape.above();
        }
        return new Layout(
                found.stream().mapToLong(Long::longValue).toArray(),
                offsets.stream().mapToInt(Integer::intValue).toArray());
    }

    /// Where a field of primitive type of an object's own class is among its bytes; -1: nowhere.
    int offset(long type, String field) throws IOException {
        DumpedClass shape = classes.get(type);
        int offset = 0;
        if (shape != null) {
            for (DumpedClass.Field each : shape.fields()) {
                if (name(each.name()).equals(field)) {
                    return offset;
                }
                offset += Walk.size(each.type(), idSize);
            }
        }
        return -1;
    }

    /// The reference at a place among an object's bytes.
    long reference(byte[] fields, int offset) {
        ByteBuffer bytes = ByteBuffer.wrap(fields);
        return idSize == 8 ? bytes.getLong(offset) : bytes.getInt(offset) & 0xffffffffL;
    }
}
